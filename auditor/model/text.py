"""What a person reads, in the two languages of every page: Indonesian first, English beside it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence in the two languages of every page."""

    id: str
    en: str

    def fill(self, **slots: object) -> Text:
        """The sentence with its named slots filled (a Text in each language); a missing one stays as `{name}`."""
        ids = {name: value.id if isinstance(value, Text) else str(value) for name, value in slots.items()}
        ens = {name: value.en if isinstance(value, Text) else str(value) for name, value in slots.items()}
        return Text(self.id.format_map(_Slots(ids)), self.en.format_map(_Slots(ens)))


class _Slots(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return "{" + key + "}"
