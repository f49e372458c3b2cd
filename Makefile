# Everything a fresh Debian 12 or Ubuntu 24.04 machine needs is set up here: Python >= 3.11 with venv, and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

# Old Word and spreadsheet formats are read through LibreOffice; everything else works without it.
OFFICE_THERE := command -v soffice >/dev/null 2>&1
OFFICE := DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends libreoffice-writer-nogui libreoffice-calc-nogui
OFFICE_INSTALL := { $(OFFICE) || { apt-get update -q && $(OFFICE); }; }

# PDF files whose fonts are not embedded are measured by a Chinese font of the system.
FONT_THERE := fc-list :lang=zh 2>/dev/null | grep -q .
FONT := DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends fontconfig fonts-wqy-microhei
FONT_INSTALL := { $(FONT) || { apt-get update -q && $(FONT); }; }

.PHONY: setup server font test gates demo score learn bench clean

setup: $(STAMP) server font

font:
	@$(FONT_THERE) || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && $(FONT_INSTALL); } >/dev/null 2>&1 \
		|| echo "未能安装中文字体：没有嵌入字体的 PDF 会漏读单字，该页列为“未完整读取”。"

# The ledger is tested on PostgreSQL too where a server is installed or can be; the names of its tests say which.
server:
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null 2>&1 \
		|| { test "$$(id -u)" = 0 && command -v apt-get >/dev/null && apt-get install -y -qq postgresql >/dev/null 2>&1; } \
		|| echo "未能安装 PostgreSQL：台账只在 SQLite 上测试，测试名中会写明。"

$(STAMP): pyproject.toml
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -e '.[ocr,dev]'
	@$(OFFICE_THERE) || { [ "$$(id -u)" = 0 ] && command -v apt-get >/dev/null && $(OFFICE_INSTALL); } >/dev/null 2>&1 \
		|| echo "未能安装 LibreOffice：doc、wps、rtf 等旧格式会列为“未读取”，其余功能不受影响。"
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

# What is trained, from all that is labelled outside the sealed half: the second reading and the recognizer, to be run after
# rules or labels change; which duty a row of evidence tells of, to be run after the reading of duties or rows changes.
learn: setup
	$(BIN)/python -m contract_audit.score.learn corpus
	$(BIN)/python -m contract_audit.score.attribute corpus

bench: setup
	$(BIN)/python benchmarks/scan.py
	$(BIN)/python -m benchmarks.rules
	$(BIN)/python -m benchmarks.values
	$(BIN)/python benchmarks/ledger.py
	$(BIN)/python benchmarks/reading.py
	$(BIN)/python -m benchmarks.similarity
	$(BIN)/python benchmarks/rescan.py
	$(BIN)/python -m benchmarks.review

clean:
	rm -rf $(VENV) output
