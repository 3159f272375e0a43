"""What came of a request, or why nothing came: a closed list. What was raised is mapped to it in `raised`.

it answered
├── ok                      2xx
├── redirect                3xx with an address to go to
│   ├── redirect-loop           ... that we came from
│   ├── cookie-wall             ... in circles, for those who take no cookies
│   ├── too-many-redirects      ... as the eleventh in a row
│   └── bad-redirect            ... that is no web address, or none at all
├── not modified            304: ok with the bytes of an earlier night, where we had asked for just that;
│                           bad-response where we had not, or where it contradicts itself
├── somebody else answered in the site's place (`auditor.read.impostors`)
│   ├── blocked                 a protection service: Cloudflare, Akamai, AWS WAF ...
│   ├── suspended               the hoster: the account is suspended
│   ├── filtered                a filter in our own provider's network (Internet Positif)
│   └── captive-portal          the login of our own network                             transient
├── refused by the site
│   ├── login-required          401, 407
│   ├── forbidden               403, 451
│   ├── rate-limited            429                                                      transient
│   └── not-allowed             405, 406, 4xx of other kinds
├── not there
│   ├── not-found               404
│   └── gone                    410
├── server-error            5xx                                                          transient
└── answered badly
    ├── too-large               more bytes than we take
    ├── decompression-bomb      few bytes that unpack to more than we take
    ├── bad-encoding            not in the Content-Encoding it names
    ├── bad-response            no HTTP: no status line, a flood of headers
    ├── cut-off                 the connection ended, or its chunks broke, before the body did   transient
    └── deadline                kept sending, too slowly, beyond our patience            transient
it did not answer
├── the name: dns (no such name), dns-unanswered (no name server answered)               the latter transient
├── the address: private-address (we do not go there), unreachable (no route)            the latter transient
├── the port: refused, connect-timeout, reset                                            transient
├── silence: read-timeout                                                                transient
└── TLS: tls-expired, tls-wrong-host, tls-self-signed, tls-untrusted, tls-failed
we did not ask
├── address-not-known       nobody told us the address; it is never guessed
├── bad-address             what stands there is no address
├── no-contact              a public address, while [network] contact is the example's: nobody is visited nameless
├── robots                  robots.txt forbids the address
├── robots-unreachable      robots.txt could not be had, which means keep out            transient
├── circuit-open            the host had not answered several times in a row             transient
├── not-answered            the collection ended before an answer came                   transient
└── evidence-damaged        asked and archived, but the archive cannot be read           transient
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from auditor.model import Text

Lasting = Literal["answer", "permanent", "transient"]


@dataclass(frozen=True, slots=True)
class Cause:
    """`lasting`: `transient` is worth asking again the same night. `answered`: the server spoke HTTP to us."""

    code: str
    lasting: Lasting
    answered: bool
    text: Text

    @property
    def transient(self) -> bool:
        return self.lasting == "transient"


def _table(*rows: tuple[str, Lasting, bool, str, str]) -> dict[str, Cause]:
    return {code: Cause(code, lasting, answered, Text(id_, en)) for code, lasting, answered, id_, en in rows}


CAUSES: dict[str, Cause] = _table(
    ("ok", "answer", True, "Situs menjawab.", "The site answered."),
    ("redirect", "answer", True, "Situs mengarahkan ke alamat lain.", "The site leads to another address."),
    (
        "redirect-loop",
        "permanent",
        True,
        "Alamat ini mengarahkan berputar-putar tanpa akhir.",
        "The address redirects in a circle.",
    ),
    (
        "cookie-wall",
        "permanent",
        False,
        "Situs hanya terbuka bagi pengunjung yang menerima kuki; kami tidak menerimanya.",
        "The site opens only for visitors who accept cookies; we do not.",
    ),
    (
        "too-many-redirects",
        "permanent",
        True,
        "Alamat ini mengarahkan lebih dari sepuluh kali berturut-turut.",
        "The address redirects more than ten times in a row.",
    ),
    (
        "bad-redirect",
        "permanent",
        True,
        "Alamat ini mengarahkan ke sesuatu yang bukan alamat web.",
        "The address redirects to something that is no web address.",
    ),
    (
        "blocked",
        "permanent",
        True,
        "Layanan perlindungan situs menolak pemeriksa (diblokir), bukan situs yang menjawab.",
        "Blocked by a protection service: it answered in the site's place.",
    ),
    (
        "suspended",
        "permanent",
        True,
        "Penyedia hosting menangguhkan situs ini; yang tampil hanya pemberitahuannya.",
        "The hoster has suspended the site; only its notice is shown.",
    ),
    (
        "filtered",
        "permanent",
        False,
        "Penyaring pada jaringan kami (Internet Positif) menjawab sebagai ganti situs.",
        "A filter in our own provider's network (Internet Positif) answered in the site's place.",
    ),
    (
        "captive-portal",
        "transient",
        False,
        "Halaman masuk jaringan kami sendiri (portal WiFi) menjawab sebagai ganti situs.",
        "The login of our own network (a captive portal) answered in the site's place.",
    ),
    ("login-required", "permanent", True, "Situs meminta masuk (login).", "The site asks for a login."),
    ("forbidden", "permanent", True, "Situs menolak akses (terlarang).", "The site refuses access (forbidden)."),
    (
        "rate-limited",
        "transient",
        True,
        "Situs membatasi jumlah permintaan.",
        "The site limits the number of requests.",
    ),
    ("not-allowed", "permanent", True, "Situs menolak permintaan ini.", "The site rejects the request."),
    ("not-found", "permanent", True, "Halaman tidak ditemukan (404).", "The page was not found (404)."),
    ("gone", "permanent", True, "Halaman sudah dihapus (410).", "The page is gone (410)."),
    ("server-error", "transient", True, "Server situs mengalami kesalahan.", "The site's server has an error."),
    (
        "too-large",
        "permanent",
        True,
        "Berkas lebih besar daripada batas unduhan kami.",
        "The file is larger than what we download.",
    ),
    (
        "decompression-bomb",
        "permanent",
        True,
        "Jawaban mengembang jauh melampaui batas ketika dibuka.",
        "The answer unpacks far beyond our limit.",
    ),
    (
        "bad-encoding",
        "permanent",
        True,
        "Isi jawaban tidak sesuai dengan Content-Encoding yang disebut server.",
        "The body is not in the Content-Encoding that the server names.",
    ),
    (
        "bad-response",
        "permanent",
        True,
        "Server menjawab, tetapi jawabannya bukan HTTP yang sah.",
        "The server answered with something that is not valid HTTP.",
    ),
    (
        "cut-off",
        "transient",
        True,
        "Sambungan terputus sebelum jawaban selesai.",
        "The connection ended before the answer did.",
    ),
    (
        "deadline",
        "transient",
        True,
        "Server mengirim jawaban terlalu lambat hingga melewati batas waktu.",
        "The server sent its answer too slowly.",
    ),
    (
        "dns",
        "permanent",
        False,
        "Nama domain tidak ada.",
        "The domain name does not exist.",
    ),
    (
        "dns-unanswered",
        "transient",
        False,
        "Server nama (DNS) tidak menjawab.",
        "No name server (DNS) answered.",
    ),
    (
        "private-address",
        "permanent",
        False,
        "Nama domain menunjuk ke alamat jaringan pribadi; kami tidak masuk ke sana.",
        "The domain name points into a private network, where we do not go.",
    ),
    ("unreachable", "transient", False, "Jaringan situs tidak terjangkau.", "The site's network cannot be reached."),
    ("refused", "transient", False, "Server menolak sambungan.", "The server refuses connections."),
    (
        "connect-timeout",
        "transient",
        False,
        "Server tidak menerima sambungan dalam batas waktu.",
        "The server did not accept a connection in time.",
    ),
    ("reset", "transient", False, "Server memutus sambungan.", "The server broke the connection off."),
    (
        "read-timeout",
        "transient",
        False,
        "Server menerima sambungan tetapi tidak menjawab dalam batas waktu.",
        "The server accepted the connection but did not answer in time.",
    ),
    ("tls-expired", "permanent", False, "Sertifikat keamanan situs sudah kedaluwarsa.", "The TLS certificate expired."),
    (
        "tls-wrong-host",
        "permanent",
        False,
        "Sertifikat keamanan bukan untuk nama situs ini.",
        "The TLS certificate is for another name.",
    ),
    (
        "tls-self-signed",
        "permanent",
        False,
        "Sertifikat keamanan situs dibuat sendiri.",
        "The TLS certificate is self-signed.",
    ),
    (
        "tls-untrusted",
        "permanent",
        False,
        "Sertifikat keamanan situs tidak dapat dipercaya (rantai tidak lengkap atau penerbit tidak dikenal).",
        "The TLS certificate cannot be trusted (incomplete chain or unknown issuer).",
    ),
    (
        "tls-failed",
        "permanent",
        False,
        "Sambungan aman (TLS) tidak dapat dibuat.",
        "A secure connection (TLS) could not be made.",
    ),
    (
        "address-not-known",
        "permanent",
        False,
        "Alamat situs ini belum diketahui.",
        "The address of this site is not known.",
    ),
    ("bad-address", "permanent", False, "Tautan ini bukan alamat web yang sah.", "The link is no valid web address."),
    (
        "no-contact",
        "permanent",
        False,
        "Tidak dikunjungi: pengelola pemeriksa belum mengisi kontaknya.",
        "Not visited: whoever runs the auditor has given no contact yet.",
    ),
    (
        "robots",
        "permanent",
        False,
        "robots.txt situs meminta agar alamat ini tidak dibuka.",
        "The site's robots.txt asks not to open this address.",
    ),
    (
        "robots-unreachable",
        "transient",
        False,
        "robots.txt situs tidak dapat dibaca, sehingga kami tidak masuk.",
        "The site's robots.txt could not be read, so we keep out.",
    ),
    (
        "circuit-open",
        "transient",
        False,
        "Tidak diminta lagi malam ini: server berkali-kali tidak menjawab.",
        "Not asked again this night: the server had not answered several times in a row.",
    ),
    (
        "not-answered",
        "transient",
        False,
        "Kami tidak sempat menerima jawaban; ini kendala di pihak kami.",
        "We could not wait for an answer; the fault is ours.",
    ),
    (
        "evidence-damaged",
        "transient",
        False,
        "Jawaban pernah diarsipkan, tetapi arsipnya rusak.",
        "The answer was archived, but the archive is damaged.",
    ),
)

NO_ANSWER = frozenset(("unreachable", "refused", "connect-timeout", "reset", "read-timeout", "dns-unanswered"))
"""What opens the circuit of a host: it costs a timeout each and says that the host, not the page, is gone."""

_STATUS = {
    401: "login-required",
    403: "forbidden",
    404: "not-found",
    407: "login-required",
    408: "server-error",
    410: "gone",
    429: "rate-limited",
    451: "forbidden",
}
REDIRECTS = frozenset((301, 302, 303, 307, 308))


def of_status(status: int, has_location: bool = False) -> str:
    """The cause of an HTTP status (RFC 9110, 15)."""
    if 200 <= status < 300:
        return "ok"
    if status in REDIRECTS:
        return "redirect" if has_location else "bad-redirect"
    if status in _STATUS:
        return _STATUS[status]
    if 400 <= status < 500:
        return "not-allowed"
    return "server-error" if 500 <= status < 600 else "bad-response"
