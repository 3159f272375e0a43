"""What officers write beside findings in the follow-up list (findings.xlsx) and send back. It never moves a score."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from auditor.model.text import Text

FOLLOW_UP = ("belum dikerjakan", "sedang dikerjakan", "selesai", "disanggah", "bukan wewenang kami")
"""The statuses of the list; the first is that of a row that nobody has touched."""

DONE = "selesai"

ID_COLUMN, SEAL_COLUMN = "ID temuan", "Tanda baris"
STATUS_COLUMN, WHO_COLUMN, DUE_COLUMN, NOTE_COLUMN = "Tindak lanjut", "Petugas", "Tenggat", "Catatan"


@dataclass(frozen=True, slots=True)
class Written:
    """The officer's four columns of one row."""

    status: str = FOLLOW_UP[0]
    who: str = ""
    due: date | None = None
    note: str = ""

    @property
    def seal(self) -> str:
        """Stands in the row as it is sent: a row that comes back with another content was written in."""
        said = "\n".join((self.status, self.who, self.due.isoformat() if self.due else "", self.note))
        return hashlib.sha256(said.encode()).hexdigest()[:12]


@dataclass(frozen=True, slots=True)
class Row:
    """One row that was written in, of a list that came back."""

    finding: str
    written: Written
    sheet: str
    line: int  # from 1


@dataclass(frozen=True, slots=True)
class Returned:
    """A list that came back. `saved`: when its program saved it, where it says so. `troubles`: what could not be
    read, where in the file, and what to do."""

    rows: tuple[Row, ...] = ()
    saved: datetime | None = None
    troubles: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What was last written beside a finding. `since`: the day on which its status became this one."""

    written: Written
    since: date
