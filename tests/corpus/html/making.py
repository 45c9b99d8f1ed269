"""Invented pages in the markup of real sites: built from the selectors that a rule is made of."""

from __future__ import annotations

import re
from dataclasses import dataclass

TITLE = "Warga Lembah Wening Bangun Jembatan Bambu Baru"
SENTENCES = (
    "Warga Lembah Wening membangun jembatan bambu sepanjang 42 meter di atas Sungai Lirih, "
    "setelah jembatan lama hanyut terbawa banjir pada awal Februari.",
    '"Kami tidak mau anak-anak menyeberang dengan rakit lagi," kata Ningsih Wardani, ketua rukun '
    "warga, ketika ditemui di tepi sungai.",
    "Sebanyak 60 orang bekerja bergantian selama sebelas hari. Bambunya ditebang dari kebun "
    "warga, sedangkan tali ijuk didatangkan dari Desa Pasirlunak.",
    "Pemerintah kabupaten menjanjikan jembatan beton, tetapi lelangnya baru dibuka tahun depan.",
)
BODY = "\n\n".join(SENTENCES)

_PART = re.compile(
    r"^(?P<tag>[a-z0-9]+)?(?P<rest>(?:[#.][\w-]+|\[[^\]]+\])*)(?::[\w()-]+)?$", re.IGNORECASE
)
_NAME = re.compile(
    r"\.(?P<cls>[\w-]+)|#(?P<id>[\w-]+)|\[(?P<key>[\w-]+)(?:[*~^$]?=(?P<value>[^\]]+))?\]"
)


def element(selector: str, inside: str, *, tag: str = "div") -> str:
    """Return markup that a simple selector matches, with something inside."""
    for step in reversed(re.split(r"\s*>\s*|\s+", selector.strip())):
        inside = _one(step, inside, tag)
        tag = "div"
    return inside


def _one(step: str, inside: str, tag: str) -> str:
    found = _PART.match(step)
    assert found, f"a selector too clever for the test: {step}"
    classes, attributes = [], ""
    for name in _NAME.finditer(found["rest"]):
        if name["cls"]:
            classes.append(name["cls"])
        elif name["id"]:
            attributes += f' id="{name["id"]}"'
        elif name["key"] == "class":
            classes.append(f"x {name['value']} y".replace('"', ""))
        else:
            attributes += f' {name["key"]}="{(name["value"] or "").strip(chr(34))}"'
    if classes:
        attributes += f' class="{" ".join(classes)}"'
    tag = found["tag"] or tag
    return f"<{tag}{attributes}>{inside}</{tag}>"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a site writes the paragraphs of its articles."""

    name: str
    start: str
    between: str
    end: str

    def of(self, *sentences: str) -> str:
        """Return the sentences as this site writes them."""
        return self.start + self.between.join(sentences) + self.end


PARAGRAPHS = Shape("paragraphs", "<p>", "</p>\n<p>", "</p>")
BREAKS = Shape("breaks", "", "<br />\n<br />\n", "")
BOXES = Shape("boxes", "<div>", "</div><div><br></div><div>", "</div>")
SPANS = Shape("spans", "<div><span>", "</span></div><div><span>", "</span></div>")

NAVIGATION = (
    "<nav><ul>"
    + "".join(
        f'<li><a href="/kanal/{name.lower()}">{name}</a></li>'
        for name in ("Beranda", "Nasional", "Daerah", "Ekonomi", "Olahraga", "Gaya Hidup")
    )
    + "</ul></nav>"
)
TEASERS = (
    '<div class="kolom-kanan">'
    + "".join(
        f'<div class="kartu"><h3><a href="/b/{n}">{head}</a></h3>'
        f"<p>{head} menurut keterangan warga yang ditemui pada hari yang sama di balai desa.</p>"
        "</div>"
        for n, head in enumerate(
            (
                "Harga Cabai di Pasar Klewang Turun Lagi",
                "Festival Layang-layang Digelar Akhir Pekan",
                "Pelatih Baru Persewening Diperkenalkan",
                "Kereta Kabut Anggara Tambah Jadwal",
            )
        )
    )
    + "</div>"
)
READ_ALSO = '<p><strong>Baca juga: <a href="/b/9">Sungai Lirih Meluap Lagi</a></strong></p>'
SHARE = '<div class="share-box"><a href="#">Facebook</a> <a href="#">Twitter</a> Bagikan</div>'
FOOTER = (
    "<footer><p>Hak cipta 2024 Kabar Wening. Dilarang mengutip tanpa izin redaksi.</p></footer>"
)


def page(body: str, *, head: str = "", title: str = TITLE, url: str = "", top: str = "") -> str:
    """Return a whole page around an article's own markup: menus, teasers, footer."""
    canonical = f'<link rel="canonical" href="{url}">' if url else ""
    return (
        f'<!doctype html><html lang="id"><head><meta charset="utf-8">'
        f"<title>{title} - Kabar Wening</title>{canonical}{head}</head><body>{NAVIGATION}"
        f'<div class="wrap">{top or f"<h1>{title}</h1>"}{body}{TEASERS}</div>{FOOTER}</body></html>'
    )
