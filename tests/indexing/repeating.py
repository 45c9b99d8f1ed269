"""Stories that repeat something, for tests of what is learnt of a source."""

from __future__ import annotations

from tests.indexing.test_duplicates import prose

FOOTER = "Jelajahi kisah pilihan Kabar Wening setiap petang lewat surat elektronik Anda."

OTHER = "Seluruh isi halaman ini milik penerbitnya."


def story(seed: object, *endings: str) -> str:
    """Return an article of three paragraphs, and what stands below it."""
    words = prose(seed, 60)
    parts = (words[:20], words[20:40], words[40:])
    return "\n\n".join([" ".join(part).capitalize() + "." for part in parts] + [*endings])
