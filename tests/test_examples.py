"""Every example runs, as its reader would run it."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

import kliping

EXAMPLES = Path(__file__).parents[1] / "examples"


def example(name: str) -> ModuleType:
    """Return an example as a module of its own."""
    spec = importlib.util.spec_from_file_location(name, EXAMPLES / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def index(built_index: kliping.Index, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("KLIPING_INDEX", str(built_index.path))
    return built_index.path


def test_every_example_is_listed_and_tested() -> None:
    listed = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    here = Path(__file__)
    tested = "".join(
        path.read_text(encoding="utf-8")
        for path in (here, here.with_name("test_cluster_examples.py"))
    )
    for path in EXAMPLES.iterdir():
        if path.name not in ("README.md", "__pycache__"):
            assert f"[{path.name}]({path.name})" in listed
            assert f'"{path.stem}' in tested


@pytest.mark.parametrize("path", sorted(EXAMPLES.rglob("*.py")), ids=lambda path: path.name)
def test_examples_use_what_is_public(path: Path) -> None:
    allowed = {"kliping", "kliping.corpus"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("kliping"):
            assert node.module in allowed
        match node:
            case ast.Attribute(ast.Name("kliping"), name):
                assert name in kliping.__all__


@pytest.mark.usefixtures("index")
def test_the_flask_page() -> None:
    pytest.importorskip("flask")
    client = example("flask_page").app.test_client()
    assert "<form>" in client.get("/").text
    page = client.get("/?q=gempa lembah").text
    assert "<mark>Gempa</mark> bermagnitudo" in page
    assert "/artikel/gempa-1" in page
    assert "mengungsi ke balai desa" in client.get("/artikel/gempa-1").text
    assert client.get("/artikel/tidak-ada").status_code == 404
    assert "broken" in client.get("/?q=gempa&after=x").text
    assert "<script>" not in client.get("/?q=<script>").text


@pytest.mark.usefixtures("index")
def test_the_fastapi_route() -> None:
    pytest.importorskip("fastapi")
    pytest.importorskip("httpx")
    from fastapi.testclient import TestClient

    with TestClient(example("fastapi_route").app) as client:
        found = client.get("/cari", params={"q": "gempa", "limit": 1}).json()
        assert (found["total"], len(found["hits"])) == (2, 1)
        more = client.get("/cari", params={"q": "gempa", "limit": 1, "after": found["next"]}).json()
        assert more["hits"][0]["id"] != found["hits"][0]["id"]
        assert client.get("/cari", params={"q": "gempa", "after": "x"}).status_code == 400
        assert client.get("/artikel/banjir").json()["title"] == "Banjir Sungai Lirih surut"
        assert client.get("/artikel/tidak-ada").status_code == 404
        told = client.get("/openapi.json").json()["paths"]["/cari"]["get"]["responses"]["200"]
        assert told["content"]["application/json"]["schema"]["title"] == "Results"


_DJANGO = """
import json, sys
import django
from django.core.management import call_command
django.setup()
call_command("migrate", run_syncdb=True, verbosity=0)
from datetime import datetime, timezone
from django.test import Client
from berita.models import Story
same = dict(text="Warga mengungsi.", published=datetime(2024, 3, 1, tzinfo=timezone.utc))
for n in range(3):
    Story.objects.create(headline=f"Gempa {n}", author="Sari", **same)
call_command("index_articles")
Story.objects.filter(headline="Gempa 1").delete()
Story.objects.filter(headline="Gempa 2").update(headline="Banjir 2")
client = Client()
print(client.get("/cari?q=gempa").json()["total"])
call_command("index_articles")
found = client.get("/cari?q=gempa").json()
print([hit["headline"] for hit in found["hits"]], client.get("/cari?q=x&after=y").status_code)
"""


def test_the_django_archive(tmp_path: Path) -> None:
    pytest.importorskip("django")
    place = EXAMPLES / "django_archive"
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(place), *sys.path]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "DJANGO_SETTINGS_MODULE": "settings",
        "DATABASE": str(tmp_path / "db.sqlite3"),
        "KLIPING_INDEX": str(tmp_path / "index"),
    }
    ran = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", _DJANGO],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout.splitlines() == [
        "3 stories indexed, 0 taken out",
        "3",
        "2 stories indexed, 1 taken out",
        "['Gempa 0'] 400",
    ], ran.stderr


@pytest.mark.usefixtures("index")
def test_the_notebook() -> None:
    pytest.importorskip("pandas")
    cells = json.loads((EXAMPLES / "notebook.ipynb").read_text(encoding="utf-8"))["cells"]
    names: dict[str, object] = {}
    for cell in cells:
        assert cell["cell_type"] == "markdown" or not cell["outputs"]
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
    assert names["months"] == {"2024-03": 2}


def test_the_cron_job(source: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    line = [sys.executable, str(EXAMPLES / "cron_job.py")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}

    def run(folder: Path) -> int:
        made = [*line, str(folder), str(tmp_path / "index")]
        return subprocess.run(made, env=environment, check=False).returncode

    assert run(source.parent) == 0
    assert run(tmp_path / "tidak-ada") == 2
    assert "there is no such file or folder" in capfd.readouterr().err
    log = (tmp_path / "index.log").read_text(encoding="utf-8")
    assert "6 added, 0 updated, 0 removed; 6 articles" in log


def test_the_scraper_pipeline(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    module = example("scraper_pipeline")
    monkeypatch.setattr(module, "EVERY", 2)
    pipeline = module.KlipingPipeline(str(tmp_path / "index"))
    pipeline.open_spider(None)
    page = "<h1>Panen raya</h1>" + "<p>Petani di Lembah Wening memanen padi sejak pagi.</p>" * 5
    items = [
        {"url": "https://wening.example/panen", "markup": page},
        {"url": "https://wening.example/kosong", "markup": "<p>x</p>"},
        {"url": "https://wening.example/banjir", "judul": "Banjir surut", "isi": "Air surut."},
        {"url": "https://wening.example/tanpa-isi"},
    ]
    assert [pipeline.process_item(item, None) for item in items] == items
    with kliping.open(tmp_path / "index") as opened:
        assert len(opened) == 2  # committed on the way
    pipeline.close_spider(None)
    assert (pipeline.taken, pipeline.refused) == (2, 2)
    with kliping.open(tmp_path / "index") as opened:
        assert opened.get("https://wening.example/panen").title == "Panen raya"
