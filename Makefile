# Each target works from a bare clone: it makes its environment itself. Needs Python 3.11+ and git.
PYTHON ?= python3
VENV ?= .venv
DATA ?= ../shared/data
BIN = $(VENV)/bin
PIP = $(BIN)/python -m pip install --quiet
# Tests on every processor; one that is done takes over from one that is not.
PYTEST = -m pytest --numprocesses auto --dist worksteal
# What another Python could break: what is read, indexed and searched.
CORE = tests/corpus tests/engines tests/indexing tests/searching tests/store tests/test_index.py \
	tests/test_public.py tests/test_evaluation.py

.PHONY: demo test core test-opensearch torture mutants check docs screenshots golden bench whoosh3 clean

demo: $(VENV)/ready
	$(BIN)/python cli.py index corpus/
	$(BIN)/python cli.py search 'gempa lembah'

test: $(VENV)/dev
	$(BIN)/python $(PYTEST)

core: $(VENV)/dev
	$(BIN)/python $(PYTEST) $(CORE)

# The long form of what `make test` does in short: an hour or so of files and disks that misbehave.
torture: $(VENV)/dev
	$(BIN)/python -m pytest -m torture tests/torture

# What is only true on real servers, which are fetched by Maven and started on loopback, 512 MB each.
test-opensearch: $(VENV)/dev
	$(BIN)/python -m pytest -m opensearch -rs tests/opensearch

# Small bugs, put in one at a time: which of them does no test notice? Ends in 20 minutes.
mutants: $(VENV)/dev
	$(BIN)/python -m tests.mutants

# The suite again, with Whoosh's successor under the same import name, in an environment of its own.
whoosh3: .venv-whoosh3/whoosh3
	.venv-whoosh3/bin/python $(PYTEST) tests/engines tests/test_index.py tests/indexing/test_sync.py \
		tests/indexing/test_sources.py tests/indexing/test_rebuilding.py

check: $(VENV)/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	PYTHONPATH=indexer $(BIN)/lint-imports
	$(BIN)/python -m tests.regexes

docs: $(VENV)/ready
	$(BIN)/python docs/make_cli.py > docs/cli.md

# The pictures in the documents; needs Chromium.
screenshots: $(VENV)/dev
	$(BIN)/python -m tests.screenshots

golden: $(VENV)/dev
	$(BIN)/python -m tests.golden

bench: $(VENV)/bench
	$(BIN)/python benchmarks/search.py --data $(DATA)

# What a user needs, and nothing else.
$(VENV)/ready: setup.cfg pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) --upgrade pip
	$(PIP) --editable .
	$(BIN)/python -m compileall -q indexer
	touch $@

# The detector of languages has no wheel for every Python and machine; the suite does without it.
$(VENV)/dev: $(VENV)/ready
	$(PIP) --editable '.[dev]'
	$(PIP) --only-binary pycld2 --editable '.[language]' 2>/dev/null \
		|| echo 'left out: no wheel of pycld2 for this Python; its tests are skipped'
	$(PIP) --only-binary httptools,msgspec --editable '.[server]' 2>/dev/null \
		|| echo 'left out: no wheels of the server for this Python; its tests are skipped'
	$(PIP) --only-binary grpcio,protobuf --editable '.[opensearch]' 2>/dev/null \
		|| echo 'left out: no wheels of opensearch-py for this Python; its tests are skipped'
	$(PIP) --editable '.[mcp]' schemathesis 2>/dev/null \
		|| echo 'left out: no wheels of mcp or schemathesis for this Python; their tests are skipped'
	touch $@

$(VENV)/bench: $(VENV)/dev
	$(PIP) --editable '.[bench]'
	touch $@

.venv-whoosh3/whoosh3: setup.cfg pyproject.toml
	$(MAKE) VENV=.venv-whoosh3 .venv-whoosh3/dev
	.venv-whoosh3/bin/python -m pip uninstall --quiet --yes Whoosh
	.venv-whoosh3/bin/python -m pip install --quiet 'whoosh3==3.54.0'
	touch $@

clean:
	rm -rf .venv .venv-* build dist
