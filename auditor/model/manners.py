"""What the archive proves of our manners as a guest."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Manners:
    """Counted over every single request of a run. `together`: began while another to the same host was under way;
    `too_soon`: began before that host's delay, in seconds from start to start, was over; `shortest`: the least such
    time of all hosts, None where no host was asked twice."""

    requests: int = 0
    hosts: int = 0
    together: int = 0
    too_soon: int = 0
    shortest: float | None = None

    @property
    def kept(self) -> bool:
        return not (self.together or self.too_soon)
