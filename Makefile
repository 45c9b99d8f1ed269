# Each target works from a bare clone: it makes .venv itself. Needs Python 3.11+, git and make.
PYTHON ?= python3
BIN = .venv/bin
DATA ?= ../shared/data

.PHONY: demo test torture check docs golden bench whoosh3 clean

demo: .venv/ready
	$(BIN)/python cli.py index corpus/
	$(BIN)/python cli.py search 'gempa lembah'

test: .venv/ready
	$(BIN)/python -m pytest

# The long form of what `make test` does in short: an hour or so of files and disks that misbehave.
torture: .venv/ready
	$(BIN)/python -m pytest -m torture tests/torture

# The suite again, with Whoosh's successor under the same import name, in an environment of its own.
whoosh3: .venv-whoosh3/ready
	.venv-whoosh3/bin/python -m pytest tests/engines tests/test_index.py tests/indexing/test_sync.py

check: .venv/ready
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=indexer $(BIN)/lint-imports

docs: .venv/ready
	$(BIN)/python docs/make_cli.py > docs/cli.md

golden: .venv/ready
	$(BIN)/python -m tests.golden

bench: .venv/bench
	$(BIN)/python benchmarks/search.py --data $(DATA)

.venv/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -m compileall -q indexer
	touch $@

.venv/bench: .venv/ready
	$(BIN)/python -m pip install --quiet --editable '.[bench]'
	touch $@

.venv-whoosh3/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv .venv-whoosh3
	.venv-whoosh3/bin/python -m pip install --quiet --upgrade pip
	.venv-whoosh3/bin/python -m pip install --quiet --editable '.[dev]'
	.venv-whoosh3/bin/python -m pip uninstall --quiet --yes Whoosh
	.venv-whoosh3/bin/python -m pip install --quiet 'whoosh3==3.54.0'
	touch $@

clean:
	rm -rf .venv .venv-whoosh3 build dist
