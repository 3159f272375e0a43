"""The vocabulary as data: what a pattern stands for, and that a broken file says what is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from auditor.read.titles.vocabulary import FILE, expand, vocabulary


def test_what_a_pattern_stands_for() -> None:
    assert set(expand("(rancangan) [perda|peraturan daerah] apbd")) == {
        ("perda", "apbd"),
        ("peraturan", "daerah", "apbd"),
        ("rancangan", "perda", "apbd"),
        ("rancangan", "peraturan", "daerah", "apbd"),
    }


def test_the_kinds_are_those_of_the_contract() -> None:
    contract = """
    rka dpa lra calk neraca lak lpe lkpd opini-bpk apbd perubahan-apbd penjabaran-apbd kua ppas rkpd rpjmd rpjpd renstra
    renja iku perjanjian-kinerja lkjip lkpj lppd ilppd rup kontrak-pengadaan daftar-aset lhkpn dip dik-dikecualikan
    laporan-ppid sop maklumat standar-pelayanan formulir-permohonan formulir-keberatan tata-cara-permohonan
    tata-cara-keberatan struktur-organisasi profil-pejabat profil-badan sk-ppid perda perwal keputusan hibah-bansos skm
    pengaduan agenda statistik metadata-statistik risalah-rapat mou
    """
    assert sorted(vocabulary().kinds) == sorted(contract.split())


def test_a_phrase_with_two_meanings_is_refused_by_name(tmp_path: Path) -> None:
    broken = FILE.read_text(encoding="utf-8").replace('strong = ["calk", ', 'strong = ["calk", "renstra", ')
    file = tmp_path / "kinds.toml"
    file.write_text(broken, encoding="utf-8")
    with pytest.raises(ValueError, match="'renstra' means both calk and renstra"):
        vocabulary(file)
