"""The catalogue that ships: whole, complete, honest about what was not read."""

from __future__ import annotations

import re
import shutil
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from auditor.model import Catalogue
from checks import params, words
from checks.catalogue import HOUSE, load

# The index of the catalogue's authors. A criterion that vanishes would silently raise or lower every score.
_CORE = """
berkala-halaman profil-badan-publik struktur-organisasi profil-pejabat lhkpn program-kegiatan agenda-pimpinan rpjmd
rkpd renstra-skpd renja-skpd kua-ppas rka-skpd raperda-apbd perda-apbd perwali-penjabaran dpa-skpd dpa-ppkd
perubahan-apbd lra-berkala lkpd-audited neraca-lak-calk opini-bpk perda-pertanggungjawaban daftar-aset hibah-bansos
lkpj lppd-rlppd lkjip statistik-sektoral rup-sirup pbj-pemilihan pbj-kontrak regulasi-daerah rancangan-regulasi
kerja-sama serta-merta-halaman peringatan-dini setiap-saat-halaman dip dip-tautan-hidup dik permohonan-daring
formulir-unduh formulir-keberatan tata-cara-permohonan pengaduan maklumat-pelayanan sop-ppid jadwal-layanan
kontak-ppid laporan-layanan-informasi ringkasan-akses-informasi register-permohonan mutakhir-rata tautan-hidup
file-text-layer bahasa-ringkas duplikat-placeholder sk-ppid regulasi-kip-daerah profil-ppid ppid-pelaksana-daftar
hasil-monev situs-ppid-aktif https-sertifikat menu-ppid-terintegrasi aksesibilitas-widget aksesibilitas-wcag
aplikasi-ppid lacak-permohonan portal-data-aktif portal-data-jumlah portal-data-mutakhir portal-data-metadata
portal-data-format portal-data-lisensi portal-data-skpd anggaran-terbaca-mesin pdp-kebocoran covid-situs-arsip
covid-tanggal-data covid-data-wilayah covid-data-unduh covid-anggaran covid-privasi identitas-situs
"""
CORE = _CORE.split()
_EXTENDED = """
penerimaan-asn sk-ppkd kebijakan-akuntansi laporan-bumd perjanjian-kinerja pbj-regulasi-ukpbj perizinan
standar-pelayanan sop-layanan-publik hasil-penelitian-audit pidato-pertemuan-terbuka dip-per-skpd
tata-cara-sengketa biaya-layanan survei-kepuasan-ppid judul-baku metadata-tanggal konsistensi-nama-skpd
anggaran-ppid inovasi-kolaborasi pencarian-situs ruang-layanan ramah-gawai media-sosial sitemap-robots
kebijakan-privasi covid-layanan sistem-pegawai-tertutup situs-berakhir-terjaga
"""
_SERVICES = """
layanan-terjangkau layanan-persyaratan layanan-prosedur layanan-waktu layanan-biaya layanan-pengaduan
layanan-statistik-pengaduan layanan-privasi aplikasi-terdaftar aplikasi-privasi
"""
SERVICES = _SERVICES.split()
EXTENDED = [*_EXTENDED.split(), *SERVICES]
_DOUBLE = """
rka-skpd raperda-apbd perda-apbd perubahan-apbd dpa-skpd dpa-ppkd lra-berkala lkpd-audited opini-bpk dip dik
"""
DOUBLE = _DOUBLE.split()
_CONTRACT_REASONS = """
settled
found found-current found-consolidated all-parts share-met site-answers nothing-found-bad stale some-parts
some-items share-partly listed-without-file image-only generic-link not-found only-false too-old empty-section
share-low no-parts bad-found site-gone not-offered site-unreachable site-incomplete site-script-only site-blocked
site-login site-robots site-taken-over site-unread site-vanished site-portal-incomplete auditor-no-network
auditor-no-contact
auditor-budget auditor-check-crashed auditor-not-collected auditor-less-than-usual auditor-evidence-damaged
site-suspended site-seen-elsewhere auditor-intercepted
human-address-not-known human-not-observable human-event-dependent human-units-not-known not-applicable
expiring expired site-expiring site-expired other-hands lies-open site-wildcard site-image-only
human-other-host archived-copy
"""
CONTRACT_REASONS = _CONTRACT_REASONS.split()


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load()


def test_every_id_of_the_index_is_there_with_its_level(catalogue: Catalogue) -> None:
    levels = {c.id: c.level for c in catalogue.criteria}
    assert len(CORE) == 87
    assert len(EXTENDED) == 39
    assert [i for i in CORE if levels.get(i) != "core"] == []
    assert [i for i in EXTENDED if levels.get(i) != "extended"] == []
    assert {i for i, level in levels.items() if level == "unobservable"} == set(levels) - set(CORE) - set(EXTENDED)


def test_enough_is_scored_and_every_indicator_has_its_share(catalogue: Catalogue) -> None:
    scored = [c for c in catalogue.criteria if c.weight > 0]
    assert len(scored) == 87 >= 60
    assert {c.indicator for c in scored} == set(words.INDICATORS)
    assert [(i.id, i.weight) for i in catalogue.indicators] == [
        ("jenis-informasi", 40),
        ("digitalisasi", 20),
        ("kualitas-informasi", 10),
        ("pelayanan-informasi", 10),
        ("komitmen-organisasi", 10),
        ("sarana-prasarana", 10),
    ]


def test_weights_follow_the_stated_rule(catalogue: Catalogue) -> None:
    assert {c.id for c in catalogue.criteria if c.weight == 2} == set(DOUBLE)
    assert {c.weight for c in catalogue.criteria if c.level == "core"} == {1, 2}
    assert {c.weight for c in catalogue.criteria if c.level != "core"} == {0}


def test_reasons_are_the_closed_list(catalogue: Catalogue) -> None:
    assert sorted(catalogue.reasons) == sorted(CONTRACT_REASONS)
    assert sorted(words.REASONS) == sorted(CONTRACT_REASONS)
    assert all(text.id and text.en for text in catalogue.reasons.values())


def test_every_criterion_says_what_to_do_about_an_unknown(catalogue: Catalogue) -> None:
    for criterion in catalogue.criteria:
        assert "default" in criterion.remedies
        for reason in words.REASONS_UNKNOWN:
            remedy = criterion.remedies.get(reason, criterion.remedies["default"])
            assert remedy.id
            assert remedy.en
    assert "{site}" in catalogue.criterion("dip").remedies["site-unreachable"].id
    own = catalogue.criterion("identitas-situs").remedies["site-taken-over"]
    assert own != catalogue.criterion("dip").remedies["site-taken-over"], "a criterion's own remedy goes first"


def test_items_and_bands(catalogue: Catalogue) -> None:
    assert catalogue.items == {"available": 0.4, "current": 0.3, "series": 0.1, "open": 0.1, "searchable": 0.1}
    assert catalogue.item_names["searchable"].id == "dapat dicari"
    assert [edge for _, edge in catalogue.bands] == [90, 80, 60, 40, 0]
    assert catalogue.bands[0][0] == "Informatif"


def test_judges_are_those_that_exist() -> None:
    from checks import judging

    assert set(judging.JUDGES) == set(words.JUDGES) == set(params.MODELS)
    assert set(words.SLOTS_OF_JUDGE) == set(words.JUDGES)


def test_verified_only_with_an_address(catalogue: Catalogue) -> None:
    for criterion in catalogue.criteria:
        for basis in criterion.basis:
            assert not basis.verified or basis.source.startswith("https://"), (criterion.id, basis)
    pbj = catalogue.criterion("pbj-kontrak").basis[0]
    assert (pbj.article, pbj.verified) == ("PERKI 1/2021 Pasal 15 ayat (9)", True)
    assert not any(b.verified for b in catalogue.criterion("dpa-skpd").basis)


def test_an_unchanged_copy_has_the_same_version_and_a_changed_one_another(tmp_path: Path) -> None:
    shutil.copytree(HOUSE / "criteria", tmp_path / "criteria")
    assert load(tmp_path).version == load().version
    assert load(tmp_path / "criteria").version == load().version, "the folder of the files itself will do too"
    file = tmp_path / "criteria" / "digitalisasi.toml"
    file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    assert load(tmp_path).version == load().version, "line ends are no change of method"
    file.write_text(file.read_text(encoding="utf-8").replace("met_at = 0.7", "met_at = 0.75"), encoding="utf-8")
    changed = load(tmp_path)
    assert changed.version != load().version
    assert changed.criterion("portal-data-mutakhir").params["met_at"] == 0.75


def _patterns(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _patterns(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _patterns(inner)


def test_no_pattern_hangs_on_a_hostile_text(catalogue: Catalogue) -> None:
    """Two of ours once took half a minute on 100 kB of digits: quadratic, so that 20 kB must be cheap."""
    hostile = ["1234567890" * 2000, "1.2" * 7000, " " * 20000, "a@" * 10000, "visi anggaran waktu penolakan " * 700]
    for pattern in sorted({p for c in catalogue.criteria for p in _patterns(c.params)}):
        try:
            compiled = re.compile(pattern, re.IGNORECASE)
        except re.error:
            continue  # a name, not a pattern: patterns were proven when the catalogue was loaded
        begun = time.process_time()
        for text in hostile:
            compiled.search(text)
        assert time.process_time() - begun < 3, pattern
