"""What kliping shows to the world: its names, its errors, and what it loads when."""

from __future__ import annotations

import inspect
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import kliping
from kliping import errors

ENGINES = {"tantivy", "whoosh"}
READERS = {"bs4", "lxml", "selectolax", "ftfy", "charset_normalizer"}


def test_every_public_name_is_listed_and_every_listed_name_is_there():
    assert sorted(kliping.__all__) == kliping.__all__
    for name in kliping.__all__:
        assert getattr(kliping, name) is not None
    assert dir(kliping) == kliping.__all__
    submodules = {path.stem for path in Path(kliping.__file__).parent.iterdir()}
    public = {name for name in vars(kliping) if not name.startswith("_")}
    assert public - submodules - {"annotations", "import_module", "TYPE_CHECKING"} <= set(
        kliping.__all__
    )


def test_every_listed_name_has_a_docstring():
    for name in kliping.__all__:
        assert inspect.getdoc(getattr(kliping, name)), name


def test_a_name_that_is_not_there_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'tidak_ada'"):
        _ = kliping.tidak_ada


def _tree(kind: type[Exception], depth: int = 0) -> Iterator[tuple[int, str]]:
    yield depth, kind.__name__
    for below in kind.__subclasses__():
        yield from _tree(below, depth + 1)


def _drawn() -> list[tuple[int, str]]:
    rows = []
    for line in (errors.__doc__ or "").splitlines():
        branch = line.removeprefix("    ")
        bare = branch.lstrip("├└│─ ")
        if branch != line and bare:
            rows.append(((len(branch) - len(bare)) // 4, bare.split()[0]))
    return rows


def test_the_tree_of_errors_is_the_one_drawn():
    assert _drawn() == list(_tree(errors.KlipingError))


def test_every_error_has_a_docstring_and_hides_no_builtin():
    import builtins

    for _, name in _tree(errors.KlipingError):
        assert getattr(errors, name).__doc__
        assert not hasattr(builtins, name)


def loaded(code: str) -> set[str]:
    """Return the top-level modules that ``code`` loads in a fresh interpreter."""
    code = f"import sys\n{code}\nprint(*sorted({{n.split('.')[0] for n in sys.modules}}))"
    path = str(Path(kliping.__file__).parents[1])
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", f"import sys; sys.path.insert(0, {path!r})\n{code}"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    return set(ran.stdout.splitlines()[-1].split())


def test_importing_kliping_loads_no_engine_no_parser_no_command_line():
    assert not loaded("import kliping") & {*ENGINES, *READERS, "click", "Sastrawi", "filelock"}


def test_searching_loads_no_reader_and_no_other_engine(built_index, engine_name):
    code = f"import kliping\nkliping.open({str(built_index.path)!r}).search('gempa')"
    modules = loaded(code)
    assert engine_name in modules
    assert not modules & {*READERS, *(ENGINES - {engine_name}), "click"}


def test_extracting_loads_no_engine():
    page = "<h1>Judul</h1>" + "<p>Kalimat isi yang cukup panjang untuk sebuah berita.</p>" * 9
    assert not loaded(f"import kliping\nkliping.extract({page!r})") & {*ENGINES, "click"}
