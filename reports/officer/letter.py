"""The letter to one OPD as a PDF: one page of A4 in the form of an official letter, for the officer to sign and send.

Drawn with reportlab and the fonts that every reader has (see docs/decisions/0022): the same run gives the same bytes.
Nothing in it is a link, a script or a form; what the fonts cannot write stands as a question mark.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4  # type: ignore[import-untyped]
from reportlab.pdfbase.pdfmetrics import stringWidth  # type: ignore[import-untyped]
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from auditor.model import headline
from reports import labels
from reports.languages import Language
from reports.run import Action, Run, Tasks
from reports.safe import clip, plain

WIDTH, HEIGHT = A4
LEFT, RIGHT, TOP, BOTTOM = 62.0, WIDTH - 62.0, HEIGHT - 50.0, 40.0
CLOSING = 182.0  # points that thanks, signature and the foot take
REGULAR, BOLD = "Helvetica", "Helvetica-Bold"
SIZE, SMALL, LEADING = 10.0, 8.0, 13.0
_SPELLED = str.maketrans({"→": "->", "≥": ">=", "≤": "<=", "−": "-", "●": "*", "○": "o", "\t": " ", "\n": " "})
COLUMNS = (LEFT, LEFT + 22, RIGHT - 150, RIGHT - 66)  # number, thing, status, gain
SHOWN = 20  # actions that are tried; a page holds fewer


@dataclass(frozen=True)
class Sheet:
    """Whom the letter is for and under which name the list that goes with it has its rows."""

    run: Run
    tasks: Tasks
    sheet: str


def letter_pdf(about: Sheet, language: Language) -> bytes:
    """The letter in one language. Its bytes depend on the run alone."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, invariant=1, pageCompression=1, lang=language.code)
    _ = language.words.gettext
    canvas.setTitle(written(_("Tindak lanjut untuk %(owner)s") % {"owner": clip(about.tasks.owner, 100)}))
    canvas.setAuthor(written(clip(about.run.body.name, 100)))
    canvas.setSubject(_("Tindak lanjut keterbukaan informasi"))
    canvas.setCreator("transparency-auditor")
    page = _Page(canvas)
    _head(page, about, language)
    _rows(page, about, language)
    _close(page, about, language)
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def written(text: str) -> str:
    """The text in the characters of the standard fonts (cp1252)."""
    return plain(text).translate(_SPELLED).encode("cp1252", "replace").decode("cp1252")


def wrapped(text: str, font: str, size: float, width: float, most: int) -> list[str]:
    """At most `most` lines that fit `width` points; a word that is wider is broken, what is left out becomes `…`."""
    lines: list[str] = []
    line = ""
    for word in _pieces(written(text).split(), font, size, width):
        longer = f"{line} {word}".strip()
        if stringWidth(longer, font, size) <= width:
            line = longer
            continue
        lines.append(line)
        line = word
        if len(lines) == most:
            break
    if len(lines) < most:
        return [*lines, line] if line else lines
    last = lines[-1]
    while last and stringWidth(last + "…", font, size) > width:
        last = last[:-1]
    return [*lines[:-1], last.rstrip() + "…"]


def _pieces(words: Sequence[str], font: str, size: float, width: float) -> list[str]:
    pieces = []
    for word in words:
        rest = word
        while stringWidth(rest, font, size) > width:
            fits = max(1, int(len(rest) * width / stringWidth(rest, font, size)) - 1)
            pieces.append(rest[:fits])
            rest = rest[fits:]
        pieces.append(rest)
    return pieces


class _Page:
    """A canvas with a pen that goes down."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas
        self.y = TOP

    def lines(self, lines: Sequence[str], font: str, size: float, x: float, leading: float) -> None:
        self.canvas.setFont(font, size)
        for line in lines:
            self.canvas.drawString(x, self.y, line)
            self.y -= leading

    def paragraph(self, text: str, most: int, size: float = SIZE, leading: float = LEADING) -> None:
        self.lines(wrapped(text, REGULAR, size, RIGHT - LEFT, most), REGULAR, size, LEFT, leading)

    def at(self, x: float, y: float, text: str, font: str = REGULAR, size: float = SIZE) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawString(x, y, written(text))

    def right(self, x: float, y: float, text: str, font: str = REGULAR, size: float = SIZE) -> None:
        self.canvas.setFont(font, size)
        self.canvas.drawRightString(x, y, written(text))

    def rule(self, y: float, thickness: float = 0.5) -> None:
        self.canvas.setLineWidth(thickness)
        self.canvas.line(LEFT, y, RIGHT, y)


def _head(page: _Page, about: Sheet, language: Language) -> None:
    _ = language.words.gettext
    run, tasks = about.run, about.tasks
    at = run.judgement.facts.at
    body = clip(run.body.name, 60)
    centre = (LEFT + RIGHT) / 2
    page.canvas.setFont(BOLD, 13)
    page.canvas.drawCentredString(centre, page.y, written(clip(_("PEMERINTAH %(body)s") % {"body": body.upper()}, 60)))
    page.canvas.setFont(REGULAR, SIZE)
    page.canvas.drawCentredString(
        centre, page.y - 15, written(_("Pejabat Pengelola Informasi dan Dokumentasi (PPID) Utama"))
    )
    page.rule(page.y - 24, 1.6)
    page.rule(page.y - 27, 0.5)
    page.y -= 48
    page.right(RIGHT, page.y, f"{body}, {language.day(at)}")
    for name, value in (
        (_("Nomor"), "…………………………"),
        (_("Sifat"), _("Biasa")),
        (_("Lampiran"), _("1 (satu) berkas")),
        (_("Hal"), _("Tindak lanjut keterbukaan informasi")),
    ):
        page.at(LEFT, page.y, name)
        page.at(LEFT + 58, page.y, f": {value}")
        page.y -= LEADING
    page.y -= 9
    unit = tasks.owner in {one.name for one in run.body.units}
    to = _("Yth. Kepala %(owner)s") if unit else _("Yth. %(owner)s")
    to = to % {"owner": clip(tasks.owner, 160)}
    page.lines(wrapped(to, BOLD, SIZE, RIGHT - LEFT, 2), BOLD, SIZE, LEFT, LEADING)
    page.at(LEFT, page.y, _("di Tempat"))
    page.y -= LEADING + 9
    gain = language.gain(tasks.gain).lstrip("+")
    asked = _(
        "Pemeriksaan situs-situs %(body)s pada %(day)s menemukan %(count)s hal yang dapat ditindaklanjuti. Bila "
        "semuanya dipenuhi, nilai terendah pada perkiraan keterbukaan bertambah %(gain)s poin dari 100. Mohon "
        "hal-hal berikut ditindaklanjuti, diurutkan dari tambahan terbesar."
    ) % {
        "body": body,
        "day": language.weekday(at),
        "count": language.number(len(tasks.findings), 0),
        "gain": _("hingga %(gain)s") % {"gain": gain} if tasks.opens else gain,
    }
    page.paragraph(asked, 5)
    page.y -= 6


def _rows(page: _Page, about: Sheet, language: Language) -> None:
    _ = language.words.gettext
    page.rule(page.y + 4)
    page.y -= 8
    for x, title in zip(COLUMNS, (_("No."), _("Hal dan yang perlu dilakukan"), _("Status")), strict=False):
        page.at(x, page.y, title, BOLD, 9)
    page.right(RIGHT, page.y, _("Tambahan"), BOLD, 9)
    page.y -= 6
    page.rule(page.y)
    shown = 0
    for number, action in enumerate(about.tasks.actions[:SHOWN], start=1):
        if not _row(page, number, action, _told(action, about.run, language), language):
            break
        shown += len(action.findings)
    rest = len(about.tasks.findings) - shown
    if rest:
        more = _("dan %(rest)s hal lainnya pada lampiran") % {"rest": language.number(rest, 0)}
        page.y -= 11
        page.at(COLUMNS[1], page.y, more, REGULAR, 9)
        page.y -= 5
        page.rule(page.y)


def _told(action: Action, run: Run, language: Language) -> str:
    """What an officer has sent back about it: status, who, since when; empty where nobody has."""
    _ = language.words.gettext
    known = next(
        (run.follow_up[finding.id] for finding in run.shown(action.findings) if finding.id in run.follow_up), None
    )
    if known is None:
        return ""
    parts = [_(labels.FOLLOW_UP[known.written.status]), clip(known.written.who, 60)]
    parts.append(_("sejak %(day)s") % {"day": language.day(known.since)})
    if known.written.due:
        parts.append(_("tenggat %(day)s") % {"day": language.day(known.written.due)})
    return f"{_('Tindak lanjut:')} {', '.join(part for part in parts if part)}"


def _row(page: _Page, number: int, action: Action, told: str, language: Language) -> bool:
    """Draws one thing to do; False where the page has no room for it. `told`: what is known of it already."""
    _ = language.words.gettext
    first = action.findings[0]
    width = COLUMNS[2] - COLUMNS[1] - 8
    head, below = clip(language.say(headline(first)), 300), clip(language.say(action.remedy), 500)
    others = len(action.findings) - 1
    if others:  # what is to be done is one thing, and the findings are what it does
        opened, mended = (
            _("Membuat %(count)s hal dapat dilihat, antara lain:"),
            _("Menyelesaikan %(count)s hal, antara lain:"),
        )
        said = opened if action.opens else mended
        head, below = below, f"{said % {'count': language.number(others + 1, 0)}} {head}"
    title = wrapped(head, BOLD, 9, width, 3 if others else 2)
    remedy = wrapped(below, REGULAR, 9, width, 3)
    foot = _("nomor temuan %(id)s") % {"id": first.id}
    if others:
        foot += " " + _("dan %(rest)s lainnya") % {"rest": language.number(others, 0)}
    feet = [*wrapped(told, REGULAR, 7.5, width, 2), written(foot)]
    tall = 11 * (len(title) + len(remedy)) + 9 * len(feet) + 10
    if page.y - tall - 16 < BOTTOM + CLOSING:
        return False
    page.y -= 12
    page.at(COLUMNS[0], page.y, f"{number}.", REGULAR, 9)
    status = wrapped(_(labels.STATUS[first.status]), REGULAR, 9, COLUMNS[3] - COLUMNS[2], 2)
    for n, line in enumerate(status):
        page.at(COLUMNS[2], page.y - 11 * n, line, REGULAR, 9)
    if action.gain > 0:
        gain = language.gain(action.gain)
        page.right(RIGHT, page.y, _("hingga %(gain)s") % {"gain": gain} if action.opens else gain, BOLD, 9)
    page.lines(title, BOLD, 9, COLUMNS[1], 11)
    page.lines(remedy, REGULAR, 9, COLUMNS[1], 11)
    page.lines(feet, REGULAR, 7.5, COLUMNS[1], 9)
    page.rule(page.y + 2, 0.3)
    return True


def _close(page: _Page, about: Sheet, language: Language) -> None:
    _ = language.words.gettext
    run = about.run
    page.y -= 20
    proof = _(
        "Bukti setiap hal dan daftar lengkapnya ada pada laporan pemeriksaan nomor %(run)s dan pada lampiran "
        "(findings.xlsx, lembar “%(sheet)s”). Bila ada yang keliru, mohon kirimkan alamat halaman yang benar; "
        "pemeriksaan berikutnya melihat alamat itu. Atas perhatian dan kerja sama Saudara, kami ucapkan terima kasih."
    ) % {"run": run.id, "sheet": clip(about.sheet, 40)}
    page.paragraph(proof, 5)
    sign = RIGHT - 190
    page.at(sign, page.y - 14, _("PPID Utama %(body)s,") % {"body": clip(run.body.name, 24)})
    page.at(sign, page.y - 66, "(…………………………………)")
    page.at(sign, page.y - 79, "NIP …………………………")
    foot = _(
        "Disusun oleh program pemantau keterbukaan dari pemeriksaan %(run)s (katalog %(catalogue)s). Ini perkiraan "
        "auditor ini, bukan nilai Monev KIP maupun IKIP."
    ) % {"run": run.id, "catalogue": run.judgement.catalogue[:12]}
    page.rule(BOTTOM + 22, 0.3)
    page.y = BOTTOM + 12
    page.paragraph(foot, 2, SMALL, 10)
