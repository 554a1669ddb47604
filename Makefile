# make run opens the program; make test passes the tests. Both see to everything they need.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
MATCHING := .venv-matching/.installed
PO := $(wildcard resources/locale/*/LC_MESSAGES/apora.po)
CATALOGUES := $(PO:.po=.mo)

.PHONY: run test demo thirty drive manual lint bench bench-big bench-matching fields faults build locks texts system clean

run: $(STAMP) $(CATALOGUES)
	@tools/display.sh
	$(BIN)/python -m app

# The walk through every screen has a process of its own, as the program has: it starts among no other test's windows.
test: $(STAMP) $(CATALOGUES)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest --ignore=tests/ui/test_walk.py
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m pytest tests/ui/test_walk.py

demo: $(STAMP) $(CATALOGUES)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.demo --to demo-output

# A nurse's morning by keyboard in a virtual screen: three languages, light and dark, two sizes (about 15 minutes).
drive: $(STAMP) $(CATALOGUES)
	$(BIN)/python -m tools.drive --to drive-output

# A coordinator's desk with thirty sticks on the table, drawn in three languages, light and dark.
thirty: $(STAMP) $(CATALOGUES)
	rm -rf thirty-output
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.thirty --to thirty-output

# The manual in three languages with pictures of the screens, as HTML and PDF.
manual: $(STAMP) $(CATALOGUES)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tools.manual manual-output

lint: $(STAMP) $(CATALOGUES)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m tools.catalogues check

bench: $(STAMP) $(CATALOGUES)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench.run

# The same at full size: 200,000 persons with 1,000,000 services, 100 centres with 500 bundles each (half an hour).
bench-big: $(STAMP) $(CATALOGUES)
	QT_QPA_PLATFORM=offscreen $(BIN)/python -m tests.bench.run big

# Who is the same person, beside other programs for it: they have an environment of their own (about 10 minutes).
bench-matching: $(MATCHING)
	.venv-matching/bin/python -m tests.bench.matching

$(MATCHING): requirements/run.txt requirements/matching.txt
	$(PYTHON) -m venv .venv-matching
	.venv-matching/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/matching.txt
	touch $@

# What the data model asks of the nurse, beside forms and tables; fails on a gap.
fields: $(STAMP) $(CATALOGUES)
	$(BIN)/python -m tools.fields

# The long campaigns; CI runs a small version of each inside the tests.
faults: $(STAMP) $(CATALOGUES)
	QT_QPA_PLATFORM=offscreen APORA_MUTATIONS=20000 APORA_HISTORIES=500 $(BIN)/python -m pytest -m "slow or not slow" tests/sync tests/store tests/e2e tests/faults
	QT_QPA_PLATFORM=offscreen APORA_HISTORIES=5000 $(BIN)/python -m pytest tests/e2e/test_histories.py
	APORA_TABLES=1000 APORA_HOSTILE=10000 $(BIN)/python -m pytest tests/unit/test_disclosure_attacks.py tests/unit/test_xlsx_writer.py tests/unit/test_csv_writer.py

build: $(STAMP) $(CATALOGUES)
	$(BIN)/pip install -q --require-hashes -r requirements/build.txt
	$(BIN)/pyinstaller --noconfirm build.spec

# New texts go into the catalogues; then translate what is empty.
texts: $(STAMP)
	$(BIN)/python -m tools.catalogues update

# Needs the program uv; writes the locks with hashes and without addresses.
locks:
	for set in run: dev:--extra=dev build:--extra=build matching:--extra=matching; do \
	  uv pip compile -q --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
	    --no-emit-find-links --no-header --no-annotate $${set#*:} pyproject.toml -o requirements/$${set%%:*}.txt || exit 1; \
	done

system:
	@tools/system_libraries.sh

$(STAMP): requirements/dev.txt | system
	$(PYTHON) -c 'import sys; sys.exit("Python 3.11 or newer is needed.") if sys.version_info < (3, 11) else 0'
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install -q --disable-pip-version-check --require-hashes -r requirements/dev.txt
	touch $@

%.mo: %.po | $(STAMP)
	$(BIN)/python -m tools.catalogues compile $<

clean:
	rm -rf $(VENV) .venv-matching build dist demo-output drive-output manual-output thirty-output .mypy_cache .pytest_cache .ruff_cache
