"""Modules that are postponed: as they are once somebody asks, and until then not there."""

from __future__ import annotations

import subprocess
import sys

import pytest

_MODULE = "a_module_of_this_test"


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("import {m}; print({m}.__name__ in loaded)", "False"),
        ("import {m}; print({m}.answer(), loaded)", "42 ['{m}']"),
        ("from {m} import answer; print(answer(), loaded)", "42 ['{m}']"),
        (
            "import {m} as one; one.answer; import {m} as two; print(two.answer(), loaded)",
            "42 ['{m}']",
        ),
        ("import {m}; print(hasattr({m}, 'other'), loaded)", "False ['{m}']"),
        ("import {m}; {m}.answer; print('answer' in vars({m}))", "True"),
    ],
)
def test_a_module_is_loaded_when_it_is_used(
    tmp_path_factory: pytest.TempPathFactory, code: str, said: str
) -> None:
    folder = tmp_path_factory.mktemp("modules")
    source = "import builtins\nbuiltins.loaded.append(__name__)\ndef answer():\n    return 42\n"
    (folder / f"{_MODULE}.py").write_text(source)
    begin = (
        f"import builtins, sys; builtins.loaded = []; sys.path.append({str(folder)!r})\n"
        f"from kliping.cli.late import postpone; postpone({_MODULE!r})\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", begin + code.format(m=_MODULE)],
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.stdout.strip(), done.stderr) == (said.format(m=_MODULE), "")


def test_what_is_loaded_stays() -> None:
    from kliping.cli.late import postpone

    before = sys.modules["subprocess"]
    postpone("subprocess")
    assert sys.modules["subprocess"] is before
