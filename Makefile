# make help lists the targets. Every target that needs the environment makes it first.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed

.DEFAULT_GOAL := help
.PHONY: help setup demo audit test test-services lint docs screenshots serve constraints clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup: $(STAMP) ## make .venv with the command .venv/bin/auditor

$(STAMP): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed; set PYTHON=python3.x"; exit 2; }
	@$(PYTHON) -m venv $(VENV) || { echo "the venv module is missing: apt-get install python3-venv"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev]'
	@touch $@

demo: $(STAMP) ## the main job: audit Kota Contoh over real HTTP on this machine, two nights
	@$(BIN)/auditor demo --dir demo

audit: $(STAMP) ## audit the city in config.toml (needs the internet)
	@$(BIN)/auditor run

serve: $(STAMP) ## look at the demo's report in a browser
	@$(BIN)/auditor serve --config demo/config.toml

test: $(STAMP) ## all tests that need Python and Chromium only
	@./tests/run

test-services: $(STAMP) ## the tests that need more: Java (HTML checker), tesseract (scans), PostgreSQL, a real CKAN, a real pywb, Python 3.11 and 3.13
	@command -v java >/dev/null || { echo "Java is needed: apt-get install default-jre-headless"; exit 2; }
	@command -v tesseract >/dev/null || { echo "tesseract is needed: apt-get install tesseract-ocr tesseract-ocr-ind"; exit 2; }
	@ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || command -v initdb >/dev/null || { echo "PostgreSQL is needed: apt-get install postgresql"; exit 2; }
	@command -v faketime >/dev/null || { echo "faketime is needed: apt-get install faketime"; exit 2; }
	@command -v redis-server >/dev/null || { echo "redis is needed for CKAN: apt-get install redis-server gcc libpq-dev libmagic1 curl bc"; exit 2; }
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[dev,services]'
	@$(BIN)/python -m pytest -m services

lint: $(STAMP) ## style, types, direction of imports
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports

docs: $(STAMP) ## write the generated pages of docs/
	@$(BIN)/python -m checks.page
	@$(BIN)/python -m auditor.reference

screenshots: demo ## take the pictures of README.md and BACA.md anew (needs Chromium)
	@$(BIN)/python docs/screenshots.py demo/public

constraints: ## write constraints.txt from pyproject.toml: what is pinned and still fits stays (needs uv)
	@command -v uv >/dev/null || { echo "uv is needed: pipx install uv"; exit 2; }
	@uv pip compile pyproject.toml --quiet --extra dev --extra services --extra fleet --extra browser --extra postgres --python-version 3.11 --no-header --no-annotate --no-emit-index-url --output-file constraints.txt

clean: ## take away everything that was made
	@rm -rf $(VENV) demo build dist .pytest_cache .mypy_cache .ruff_cache .import_linter_cache
