"""Writes docs/criteria.md from the catalogue: `python -m checks.page`; `--check` only says whether it is current."""

from __future__ import annotations

import sys
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from auditor.model import Basis, Catalogue, Criterion, Indicator, Text
from checks.catalogue import HOUSE, CatalogueError, load

PAGE = HOUSE.parent / "docs" / "criteria.md"
UNVERIFIED = "**belum diverifikasi** / not verified"

_LEVELS = {
    "core": "inti / core",
    "extended": "tambahan, belum dinilai / extended, not scored yet",
    "unobservable": "tidak teramati dari luar / not observable from outside",
}
_GRACE = {
    "contained": "tenggang sudah termasuk / grace contained",
    "publication": "tanpa tenggang: tanggal ini batas pengumuman / no grace: the law asks for publication by then",
}
_MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)


def render(catalogue: Catalogue, scoring: Mapping[str, Any]) -> str:
    """The whole page as Markdown. `scoring` is scoring.toml as read."""
    lines = [
        "<!-- Made by `python -m checks.page` from checks/*.toml. Do not edit. -->",
        "# Kriteria / Criteria",
        "",
        *_opening(catalogue, scoring),
        *_weights(catalogue, scoring),
        *_calendar(catalogue),
        *_reasons(catalogue),
    ]
    for indicator in catalogue.indicators:
        lines += _indicator(catalogue, indicator)
    return "\n".join(lines).rstrip() + "\n"


def _opening(catalogue: Catalogue, scoring: Mapping[str, Any]) -> Iterator[str]:
    counts = {level: sum(c.level == level for c in catalogue.criteria) for level in _LEVELS}
    scored = sum(c.weight > 0 for c in catalogue.criteria)
    visit, paper = scoring["instrument"]["visit"], scoring["instrument"]["questionnaire"]
    unverified = sum(not b.verified for c in catalogue.criteria for b in c.basis)
    bases = sum(len(c.basis) for c in catalogue.criteria)
    yield from (
        f"Katalog ini memuat {len(catalogue.criteria)} kriteria: {counts['core']} inti, {counts['extended']} tambahan, "
        f"dan {counts['unobservable']} yang tidak dapat diamati dari luar; {scored} di antaranya dinilai.",
        f"Instrumen resmi Monev KIP terdiri atas kuesioner ({paper:g} persen) dan visitasi ({visit:g} persen).",
        "Visitasi seluruhnya berada di luar penglihatan mesin, demikian pula sebagian kuesioner. Karena itu nilai di",
        "sini adalah perkiraan dari apa yang terlihat pada situs, dan bukan *nilai Monev* maupun *IKIP*.",
        f"Dari {bases} dasar hukum yang dikutip, {unverified} belum dibaca pada naskah pasalnya dan ditandai "
        "**belum diverifikasi**.",
        "",
        f"The catalogue holds {len(catalogue.criteria)} criteria: {counts['core']} core, {counts['extended']} extended "
        f"and {counts['unobservable']} that cannot be observed from outside; {scored} are scored.",
        f"The official instrument is a questionnaire ({paper:g} per cent) and a visit ({visit:g} per cent).",
        "The visit is wholly out of a machine's sight, as is part of the questionnaire. Our figure is therefore an",
        "estimate from what the sites show, and never the official mark.",
        f"Of {bases} legal bases cited, {unverified} were not read in the text of the article; they are marked "
        "*not verified*.",
        "",
        f"Sumber bobot / Source of the weights: {_link(scoring['instrument']['source'])}",
        "",
    )


def _weights(catalogue: Catalogue, scoring: Mapping[str, Any]) -> Iterator[str]:
    why = scoring["weights"]["why"]
    yield from ("## Bobot / Weights", "", why["id"], "", why["en"], "")
    yield from ("| Indikator / Indicator | Bobot / Weight | Kriteria dinilai / Scored criteria |", "|---|---:|---:|")
    for indicator in catalogue.indicators:
        scored = sum(c.indicator == indicator.id and c.weight > 0 for c in catalogue.criteria)
        yield f"| {indicator.name.id} / {indicator.name.en} | {indicator.weight:g} | {scored} |"
    yield from ("", "| Butir dokumen / Item of a document | Bobot / Weight |", "|---|---:|")
    for name, weight in catalogue.items.items():
        yield f"| {catalogue.item_names[name].id} / {catalogue.item_names[name].en} | {weight:g} |"
    yield from ("", "| Kualifikasi / Band | Mulai / From |", "|---|---:|")
    for label, edge in catalogue.bands:
        yield f"| {label} | {edge:g} |"
    yield ""


def _calendar(catalogue: Catalogue) -> Iterator[str]:
    yield from (
        "## Kalender fiskal / Fiscal calendar",
        "",
        "Y adalah tahun kalender pada tanggal pemeriksaan. / Y is the calendar year on the audit's date.",
        "",
        "| Kode / Code | Dokumen / Document | Ditagih sejak / Due from | Tahun / Year "
        "| Saat menurut aturan / Legal moment | Dasar / Basis |",
        "|---|---|---|---|---|---|",
    )
    for code, rule in catalogue.calendar.items():
        name, legal = Text(**rule["name"]), Text(**rule["legal"])
        since, year = _due(rule)
        bases = [Basis(**basis) for basis in rule.get("basis", ())]
        basis = "; ".join(_basis(b) for b in bases) or "–"
        yield f"| {code} | {name.id} / {name.en} | {since} | {year} | {legal.id} / {legal.en} | {basis} |"
    yield ""


def _due(rule: Mapping[str, Any]) -> tuple[str, str]:
    if "max_age_days" in rule:
        age = rule["max_age_days"]
        return f"paling lama {age} hari / at most {age} days old", "–"
    grace = _GRACE.get(rule["grace"]) or f"ditambah {rule['grace_days']} hari / plus {rule['grace_days']} days"
    offset = rule["offset"]
    year = "Y" if offset == 0 else f"Y{offset:+d}"
    covers = " (dalam periode / within the period)" if rule.get("covers") else ""
    return f"{rule['day']} {_MONTHS[rule['month'] - 1]} Y ({grace})", year + covers


def _reasons(catalogue: Catalogue) -> Iterator[str]:
    yield from ("## Alasan / Reasons", "", "| Kode / Code | Kalimat / Sentence |", "|---|---|")
    for code, text in catalogue.reasons.items():
        yield f"| `{code}` | {text.id} / {text.en} |"
    yield ""


def _indicator(catalogue: Catalogue, indicator: Indicator) -> Iterator[str]:
    criteria = [c for c in catalogue.criteria if c.indicator == indicator.id]
    yield from (f"## {indicator.name.id} / {indicator.name.en} ({indicator.weight:g})", "")
    for criterion in criteria:
        yield from _criterion(criterion, catalogue)


def _criterion(criterion: Criterion, catalogue: Catalogue) -> Iterator[str]:
    due = f" · kalender / calendar: {criterion.freshness}" if criterion.freshness else ""
    yield from (
        f"### {criterion.id}",
        "",
        f"**{criterion.question.id}** / {criterion.question.en}",
        "",
        f"{_LEVELS[criterion.level]} · bobot / weight: {criterion.weight:g} · penilai / judge: `{criterion.judge}` · "
        f"tempat / places: {', '.join(criterion.places)}{due} · bagian / part: {criterion.dimension} · "
        f"sejak / since: {criterion.since}",
        "",
    )
    yield from _both("Apa yang diperiksa / What is checked", (criterion.met, criterion.unmet))
    yield from _both("Mengapa penting / Why it matters", (criterion.why,))
    yield from _both("Cara mengukur / How it is measured", (criterion.how,))
    yield from _both("Batas yang diketahui / Known limits", (criterion.limits,))
    yield from ("#### Cara memperbaiki / How to mend it", "", f"Pelaksana / Who acts: {criterion.actor}", "")
    general = set(catalogue.reasons) - set(_own_remedies(criterion, catalogue))
    for reason, remedy in criterion.remedies.items():
        if reason not in general:
            yield f"- `{reason}`: {remedy.id} / {remedy.en}"
    yield from ("", "#### Dasar hukum / Legal basis", "")
    yield from (f"- {_basis(basis)}" for basis in criterion.basis)
    yield ""


def _own_remedies(criterion: Criterion, catalogue: Catalogue) -> Iterator[str]:
    """Reasons for which this criterion has words of its own, not those that all criteria share."""
    for reason, remedy in criterion.remedies.items():
        shared = sum(other.remedies.get(reason) == remedy for other in catalogue.criteria)
        if reason == "default" or shared < len(catalogue.criteria) // 2:
            yield reason


def _both(heading: str, texts: Iterable[Text]) -> Iterator[str]:
    yield from (f"#### {heading}", "")
    for text in texts:
        yield from (f"{text.id} / {text.en}", "")


def _basis(basis: Basis) -> str:
    if basis.verified:
        return f"{basis.article} ({_link(basis.source)})"
    return f"{basis.article} ({UNVERIFIED}; {basis.source})"


def _link(source: str) -> str:
    return f"<{source}>" if source.startswith("http") else source


def main(arguments: Sequence[str]) -> int:
    try:
        text = render(load(), tomllib.loads((HOUSE / "scoring.toml").read_text(encoding="utf-8")))
    except CatalogueError as error:
        sys.stderr.write("\n".join(error.problems) + "\n")
        return 1
    if "--check" in arguments:
        if PAGE.exists() and PAGE.read_text(encoding="utf-8") == text:
            return 0
        sys.stderr.write("docs/criteria.md is not what checks/ says; run `python -m checks.page`\n")
        return 1
    PAGE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
