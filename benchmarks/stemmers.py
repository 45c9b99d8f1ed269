"""The stemmers under test, what each costs to load, and how fast it is."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from importlib.util import find_spec, module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

from kliping.analysis.stemmer import Stemmer

Stem = Callable[[str], str]
OURS = "kliping"


def nlp_id() -> Stem:
    """kumparan's ``Lemmatizer``, without the rest of its package, which pulls scikit-learn."""
    package = find_spec("nlp_id")
    if package is None or not package.submodule_search_locations:
        raise ImportError("nlp_id")
    path = Path(next(iter(package.submodule_search_locations))) / "lemmatizer.py"
    spec = spec_from_file_location("nlp_id_lemmatizer", path)
    assert spec is not None
    assert spec.loader is not None
    module: Any = module_from_spec(spec)
    spec.loader.exec_module(module)
    lemmatize: Stem = module.Lemmatizer().lemmatize
    return lemmatize


def simplemma() -> Stem:
    import simplemma as library

    return lambda word: str(library.lemmatize(word, lang="id")).lower()


def sastrawi() -> Stem:
    from Sastrawi.Stemmer.StemmerFactory import StemmerFactory

    stem: Stem = StemmerFactory().create_stemmer().stem
    return stem


def snowball() -> Stem:
    import Stemmer as PyStemmer

    stem: Stem = PyStemmer.Stemmer("indonesian", 0).stemWord
    return stem


def kliping() -> Stem:
    return Stemmer().stem


MAKERS: dict[str, Callable[[], Stem]] = {
    "Snowball": snowball,
    "simplemma": simplemma,
    "PySastrawi": sastrawi,
    "nlp-id": nlp_id,
    OURS: kliping,
}
_PACKAGES = {"Snowball": "PyStemmer", "nlp-id": "--no-deps nlp-id"}


def installed() -> dict[str, Callable[[], Stem]]:
    """The stemmers that are there; each call makes one that remembers nothing of ours."""
    found = {}
    for name, make in MAKERS.items():
        try:
            make()
            found[name] = make
        except ImportError:
            print(f"{name} skipped: pip install {_PACKAGES.get(name, name)}", file=sys.stderr)
    return found


def rate(stem: Stem, forms: list[str]) -> float:
    """Forms a second of the processor's time, each form once."""
    start = time.process_time()
    for form in forms:
        stem(form)
    return len(forms) / (time.process_time() - start)


_LOAD = """
import sys, time
from pathlib import Path
sys.path[:] = {path!r}
def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * 4096
before, start = resident(), time.process_time()
{imports}
stem("menewaskan")
print(time.process_time() - start, resident() - before)
"""
_IMPORTS = {
    "Snowball": "import Stemmer; stem = Stemmer.Stemmer('indonesian').stemWord",
    "simplemma": "import simplemma; stem = lambda word: simplemma.lemmatize(word, lang='id')",
    "PySastrawi": "from Sastrawi.Stemmer.StemmerFactory import StemmerFactory;"
    "stem = StemmerFactory().create_stemmer().stem",
    "nlp-id": "sys.path += [f'{p}/nlp_id' for p in sys.path if Path(p, 'nlp_id').is_dir()];"
    "import lemmatizer; stem = lemmatizer.Lemmatizer().lemmatize",
    OURS: "from kliping.analysis.stemmer import Stemmer; stem = Stemmer().stem",
}


def footprint(name: str) -> tuple[float, float]:
    """Milliseconds of the processor's time to the first stem, and MB of memory more than before.

    Each time in a process of its own; the least of five, which others disturbed least. Linux only.
    """
    code = _LOAD.format(path=sys.path, imports=_IMPORTS[name])
    runs = [
        subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
        for _ in range(5)
    ]
    seconds, size = min(tuple(map(float, run.stdout.split())) for run in runs)
    return 1000 * seconds, size / 1e6
