"""The two schemes by which metadata are measured, with their points and where those were read."""

from __future__ import annotations

from auditor.model.criterion import Basis
from auditor.model.quality import Measure, SchemeSource
from auditor.model.text import Text


def _mqa(id_: str, group: str, points: int, mend_id: str, mend_en: str) -> Measure:
    return Measure(f"mqa-{id_}", "mqa", group, points, Text(mend_id, mend_en))


def _sdi(id_: str, group: str, mend_id: str, mend_en: str) -> Measure:
    return Measure(f"sdi-{id_}", "satu-data", group, 1, Text(mend_id, mend_en))


_FIND, _ACCESS, _INTER, _REUSE, _CONTEXT = (
    "findability",
    "accessibility",
    "interoperability",
    "reusability",
    "contextuality",
)
MQA = (
    _mqa("keyword", _FIND, 30, "isi kata kunci (tag)", "add keywords (tags)"),
    _mqa("theme", _FIND, 30, "pilih kategori atau topik", "choose a category or topic"),
    _mqa("spatial", _FIND, 20, "isi cakupan wilayah", "state the area covered"),
    _mqa("temporal", _FIND, 20, "isi cakupan waktu", "state the period covered"),
    _mqa("access-url", _ACCESS, 50, "perbaiki tautan berkas yang mati", "repair the dead link of the file"),
    _mqa("download-url", _ACCESS, 20, "beri tautan unduh langsung", "give a direct download link"),
    _mqa("download-code", _ACCESS, 30, "pulihkan berkas agar dapat diunduh", "restore the file for download"),
    _mqa("format", _INTER, 20, "isi format berkas", "state the file's format"),
    _mqa("media-type", _INTER, 10, "isi tipe media (mis. text/csv)", "state the media type (e.g. text/csv)"),
    _mqa("format-known", _INTER, 10, "tulis format dengan nama baku (mis. CSV)", "name the format as usual (e.g. CSV)"),
    _mqa(
        "open-format", _INTER, 20, "sediakan format terbuka (CSV, JSON, ODS)", "offer an open format (CSV, JSON, ODS)"
    ),
    _mqa(
        "machine-format",
        _INTER,
        20,
        "sediakan berkas yang terbaca mesin",
        "offer a file that machines can read as data",
    ),
    _mqa("dcat-ap", _INTER, 30, "isi judul, deskripsi, dan alamat berkas", "fill title, description and file address"),
    _mqa("licence", _REUSE, 20, "nyatakan lisensi", "state the licence"),
    _mqa(
        "licence-known", _REUSE, 10, "pilih lisensi baku (mis. CC-BY 4.0)", "choose a standard licence (e.g. CC-BY 4.0)"
    ),
    _mqa("access-rights", _REUSE, 10, "isi hak akses (mis. publik)", "state the access rights (e.g. public)"),
    _mqa("access-known", _REUSE, 5, "tulis hak akses dengan istilah baku", "state access rights in standard terms"),
    _mqa("contact", _REUSE, 20, "isi kontak penanggung jawab", "give a contact"),
    _mqa("publisher", _REUSE, 10, "isi perangkat daerah penerbit", "name the publishing office"),
    _mqa("rights", _CONTEXT, 5, "isi keterangan hak atas berkas", "state the rights on the file"),
    _mqa("size", _CONTEXT, 5, "isi ukuran berkas", "state the file's size"),
    _mqa("issued", _CONTEXT, 5, "isi tanggal terbit", "state the date of issue"),
    _mqa("modified", _CONTEXT, 5, "isi tanggal ubah", "state the date of change"),
)
"""Five dimensions: findability 100, accessibility 100, interoperability 110, reusability 75, contextuality 20 = 405."""

_STANDARD, _META, _JOIN, _CODE = "standar-data", "metadata", "interoperabilitas", "kode-referensi"
SATU_DATA = (
    _sdi("konsep", _STANDARD, "tulis konsep data", "write down the concept of the data"),
    _sdi("definisi", _STANDARD, "tulis definisi data", "write down the definition of the data"),
    _sdi("klasifikasi", _STANDARD, "tulis klasifikasi data", "write down the classification of the data"),
    _sdi("ukuran", _STANDARD, "tulis ukuran data", "write down what is measured"),
    _sdi("satuan", _STANDARD, "isi satuan (mis. jiwa, rupiah)", "state the unit (e.g. persons, rupiah)"),
    _sdi("judul", _META, "isi judul", "give a title"),
    _sdi("deskripsi", _META, "isi deskripsi", "give a description"),
    _sdi("produsen", _META, "isi produsen data (perangkat daerah)", "name the producer (office)"),
    _sdi("walidata", _META, "isi penanggung jawab atau walidata", "name the maintainer or data steward"),
    _sdi("label", _META, "isi kata kunci (tag)", "add keywords (tags)"),
    _sdi("lisensi", _META, "nyatakan lisensi", "state the licence"),
    _sdi("frekuensi", _META, "isi frekuensi pemutakhiran", "state how often it is updated"),
    _sdi("wilayah", _META, "isi cakupan wilayah", "state the area covered"),
    _sdi("waktu", _META, "isi cakupan waktu", "state the period covered"),
    _sdi("rilis", _META, "isi tanggal rilis", "state the date of release"),
    _sdi("terbuka", _JOIN, "sediakan format terbuka yang terbaca mesin", "offer an open, machine-readable format"),
    _sdi("struktur", _JOIN, "rapikan isi tabel sesuai skemanya", "make the table's cells follow its schema"),
    _sdi("kode", _CODE, "tambahkan kolom kode wilayah baku", "add a column with the standard codes of the areas"),
)
"""The four principles with the elements that the metadata of a dataset can show; no weights: each counts one."""

MEASURES = {one.id: one for one in (*MQA, *SATU_DATA)}
GROUPS = tuple(dict.fromkeys((one.scheme, one.group) for one in MEASURES.values()))
MOST = {"mqa": sum(one.points for one in MQA), "satu-data": sum(one.points for one in SATU_DATA)}

SOURCES = (
    SchemeSource(
        "mqa",
        Text("Mutu metadata menurut DCAT/MQA (data.europa.eu)", "Metadata quality after DCAT/MQA (data.europa.eu)"),
        Text(
            "Setiap butir memberi poinnya bila terisi; dari beberapa berkas dihitung berkas yang paling baik. Status "
            "alamat dilihat dari jawaban yang diarsipkan; format dinilai dari isi berkas bila dapat dibaca. Kesesuaian "
            "DCAT-AP tidak divalidasi: bila unsur wajib ada, butir itu belum dapat dilihat. Berkas yang tidak "
            "terjangkau oleh kami melebarkan rentang, bukan mengurangi nilai.",
            "Each measure gives its points when filled; of several files the best counts. The state of an address is "
            "taken from the archived answer; the format is judged by the bytes where they could be read. DCAT-AP "
            "compliance is not validated: where the mandatory elements are there, that measure is not known. A file "
            "that we did not reach widens the interval and takes nothing away.",
        ),
        (
            Basis(
                "MQA Methodology, data.europa.eu",
                "https://dataeuropa.gitlab.io/data-provider-manual/metadata-quality-dashboard/",
                False,
            ),
            Basis(
                "Dimensi, butir, dan poin sebagaimana dimuat README ckan-mqa menurut metodologi MQA",
                "https://github.com/mjanez/ckan-mqa",
                True,
            ),
        ),
    ),
    SchemeSource(
        "satu-data",
        Text("Minimum Satu Data Indonesia", "The minimum of Satu Data Indonesia"),
        Text(
            "Dihitung berapa unsur dari empat prinsip (standar data, metadata, interoperabilitas, kode referensi) yang "
            "tampak; tiap unsur satu, tanpa bobot, karena peraturan tidak memberi bobot. Kode referensi hanya dinilai "
            "belum ada bila tabelnya menyebut wilayah tanpa kode; tabel yang tidak terbaca tetap belum dapat dilihat.",
            "The elements of the four principles (data standard, metadata, interoperability, reference codes) that can "
            "be seen are counted, one each and without weights, because the regulation gives none. Reference codes are "
            "missing only where the table names areas without codes; a table that was not read stays unknown.",
        ),
        (
            Basis(
                "Perpres 39/2019 Pasal 1 angka 1: standar data, metadata, interoperabilitas data, kode referensi",
                "https://www.slideshare.net/illangila/perpres-nomor-39tahun2019-satu-data-234618888",
                True,
            ),
            Basis(
                "Perpres 39/2019 (empat prinsip)",
                "https://suara.com/news/2019/06/27/155758/jokowi-teken-perpres-nomor-39-tahun-2019-tentang-satu-data-indonesia",
                True,
            ),
            Basis(
                "Perpres 39/2019, interoperabilitas: bentuk, struktur, skema; format terbuka yang terbaca mesin",
                "https://www.krjogja.com/peristiwa/nasional/jokowi-tandatangani-perpres-satu-data/",
                True,
            ),
            Basis("Perpres 39/2019, unsur standar data (konsep sampai satuan)", "ingatan, belum diperiksa", False),
        ),
    ),
)
