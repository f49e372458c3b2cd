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

clean:
	rm -rf $(VENV) output
