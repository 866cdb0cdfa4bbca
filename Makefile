# Every command of the project. The programs live in .venv, made from the lock files on first use.

PYTHON ?= python3
VENV ?= .venv
PORT ?= $(or $(INTERVENTIONS_PORT),8000)

BIN := $(VENV)/bin
RUNTIME := $(VENV)/.runtime-installed
DEVELOPMENT := $(VENV)/.development-installed
PIP_INSTALL := $(BIN)/python -m pip install --quiet --require-hashes --no-build-isolation

LOCK_TOOLS := build/lock-tools
SBOM_TOOLS := build/sbom-tools
VALIDATORS := build/validators
LOCK := $(LOCK_TOOLS)/bin/uv pip compile --quiet --no-config --system-certs --universal \
	--python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url --no-emit-find-links

export PIP_DISABLE_PIP_VERSION_CHECK := 1
export PIP_NO_INPUT := 1

.DEFAULT_GOAL := help
.PHONY: help run build serve test endure check lint types layers wheel bench editor fix schema lock sbom validators clean
.DELETE_ON_ERROR:
.NOTPARALLEL:

help: ## Show this list
	@awk -F ':.*## ' '/^[a-z]+:.*## / { printf "make %-8s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

run: build serve ## Install what is needed, build the release and serve it (PORT=8000)

build: $(RUNTIME) ## Build the release from the sources
	$(BIN)/interventions build

serve: $(RUNTIME) ## Serve the current release (PORT=8000)
	$(BIN)/interventions serve --port $(PORT)

# What starts servers and looks at the clock runs by itself, all else on every processor.
WITHOUT_CLOCK := tests/unit tests/integration api data loaders ontology queries shapes
WITH_CLOCK := tests/system tests/endurance

test: $(DEVELOPMENT) ## Install what is needed and run every test
	$(BIN)/python -m pytest --numprocesses auto --dist loadfile $(WITHOUT_CLOCK)
	$(BIN)/python -m pytest $(WITH_CLOCK)

endure: $(DEVELOPMENT) ## Run what takes long in full; `make test` runs a tenth
	$(BIN)/python -m pytest --endure tests/endurance

check: lint types layers wheel ## Check style, types, direction of imports and what the wheel holds

lint: $(DEVELOPMENT) ## Check style and format
	$(BIN)/ruff check
	$(BIN)/ruff format --check

types: $(DEVELOPMENT) ## Check types
	$(BIN)/mypy

layers: $(DEVELOPMENT) ## Check the direction of imports and the list of packages
	$(BIN)/python -m pytest tests/unit/house/test_layers.py tests/unit/house/test_packaging.py

wheel: $(DEVELOPMENT) ## Build the wheel, install it alone and run it (needs the network)
	$(BIN)/python -m pytest -m wheel tests/system/test_wheel.py

bench: $(DEVELOPMENT) ## Measure time and memory
	$(BIN)/python -m pytest -m bench tests/benchmarks

fix: $(DEVELOPMENT) ## Mend style and format where a tool can
	$(BIN)/ruff check --fix
	$(BIN)/ruff format

schema: $(RUNTIME) ## Renew the JSON Schema of the record form
	mkdir -p build
	$(BIN)/python -m data.records.files > build/record.schema.json
	mv build/record.schema.json data/records/record.schema.json

editor: ## Make what the query page runs from api/editor (needs npm and the network)
	rm -rf build/editor
	mkdir -p build/editor
	cp api/editor/*.js api/editor/*.json build/editor
	cd build/editor && npm ci --ignore-scripts --no-audit --no-fund --silent && npm run --silent build
	cp build/editor/query-page.js api/static/query-page.js

lock: ## Renew the lock files (needs the network; UPGRADE=--upgrade takes newer versions)
	$(PYTHON) -m venv $(LOCK_TOOLS)
	$(LOCK_TOOLS)/bin/python -m pip install --quiet 'uv>=0.13'
	$(LOCK) $(UPGRADE) --all-extras --group build --output-file requirements.lock pyproject.toml
	$(LOCK) $(UPGRADE) --extra serve --constraint requirements.lock \
		--output-file requirements-serve.lock pyproject.toml
	$(LOCK) $(UPGRADE) --all-extras --group dev --constraint requirements.lock \
		--output-file requirements-dev.lock pyproject.toml

sbom: ## Write what the service is made of as CycloneDX (needs the network)
	$(PYTHON) -m venv $(SBOM_TOOLS)
	$(SBOM_TOOLS)/bin/python -m pip install --quiet 'cyclonedx-bom>=7.5,<8'
	mkdir -p dist
	$(SBOM_TOOLS)/bin/cyclonedx-py requirements --pyproject pyproject.toml --mc-type application \
		--output-reproducible --output-format JSON --output-file dist/sbom.cdx.json requirements-serve.lock

validators: ## Install the official tools that judge an export (needs the network; 750 MB)
	$(PYTHON) -m venv $(VALIDATORS)
	$(VALIDATORS)/bin/python -m pip install --quiet 'frictionless>=5.19' 'csvw>=4.1' 'mlcroissant>=1.1' \
		'roc-validator>=0.13' 'polars>=1'
	-$(VALIDATORS)/bin/rocrate-validator --no-interactive cache warm \
		--cache-path $(VALIDATORS)/crates --profile-identifier ro-crate-1.3 >$(VALIDATORS)/crates.log

clean: ## Remove what make made, except releases
	rm -rf $(VENV) build dist *.egg-info .hypothesis .mypy_cache .pytest_cache .ruff_cache
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The project is installed in place, without its dependencies: those come from the lock file only.
$(RUNTIME): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { \
		echo "Python 3.11 or later is needed, but '$(PYTHON)' is $$($(PYTHON) --version 2>&1)." >&2; \
		echo "Name another one: make PYTHON=python3.12 $(MAKECMDGOALS)" >&2; exit 1; }
	$(PYTHON) -m venv $(VENV)
	$(PIP_INSTALL) --requirement requirements.lock
	$(BIN)/python -m pip install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

$(DEVELOPMENT): $(RUNTIME) requirements-dev.lock
	$(PIP_INSTALL) --requirement requirements-dev.lock
	@touch $@
