# Everything a fresh Debian 12 or Ubuntu 24.04 machine needs is set up here: Python >= 3.11 with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.PHONY: setup test gates demo score bench clean

setup: $(STAMP)

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ocr,dev]'
	touch $(STAMP)

gates: setup
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: gates
	$(BIN)/python -m pytest -n 2

# The corpus as an office would have it (Word files with automatic numbers), scanned with its evidence files.
demo: setup
	$(BIN)/python corpus/render.py output/corpus --form numbered
	$(BIN)/contract-audit scan output/corpus -o output/问题清单.xlsx -o output/findings.jsonl -o output/report.html \
		--as-of 2026-06-30 --performance corpus
	$(BIN)/contract-audit review output/corpus/numbered/dev/b07_aluminium_draft.docx --earlier output/corpus --as-of 2026-06-30 -o output/评审

# Held against gold; what is reached is recorded, and the tests hold later versions to it.
score: setup
	$(BIN)/python -m contract_audit.score corpus/dev corpus/check ../shared/samples --baseline --write corpus/score.json \
		--errors output/errors.txt

bench: setup
	$(BIN)/python benchmarks/scan.py

clean:
	rm -rf $(VENV) output
