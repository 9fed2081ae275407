# Two commands do everything: `make demo` and `make test`. Both make .venv when it is not there.

PYTHON ?= $(shell command -v python3.11 || command -v python3)
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/pip install --quiet --disable-pip-version-check --constraint constraints.txt

# A program that is installed has its modules compiled, whatever the environment asks of others.
unexport PYTHONDONTWRITEBYTECODE

# One more than there are processors: many tests wait, for a server or for another program.
WORKERS ?= $(shell expr $$(nproc 2>/dev/null || echo 2) + 1)

SPECS ?= $(or $(wildcard $(CONTRACTGEN_DATA)/specs),$(wildcard ../shared/data/specs),specs)

.DEFAULT_GOAL := help
.PHONY: help demo test lint types layers drift tests fuzz format lock clean

help: ## Say what can be made
	@sed -n 's/^\([a-z]*\):.*## /  make \1	/p' $(MAKEFILE_LIST)

$(VENV)/.product: pyproject.toml constraints.txt
	$(PYTHON) -m venv $(VENV)
	$(PIP) --editable '.[avro]'
	$(BIN)/python -m compileall -q contractgen
	@touch $@

$(VENV)/.dev: $(VENV)/.product
	$(PIP) --editable '.[dev]'
	@touch $@

demo: $(VENV)/.product ## Generate tests from specs/ and run them against the built-in mock
	$(BIN)/contractgen generate specs/
	$(BIN)/pytest generated/ -q
	@echo
	@echo 'The contracts are in specs/, the tests that were written from them in generated/.'
	@echo 'Next: $(BIN)/contractgen mock specs/, or $(BIN)/contractgen generate YOUR-SPEC --out /tmp/generated'

test: lint types layers drift tests ## Lint, type-check, check the layers and the drift, and test

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: $(VENV)/.dev
	$(BIN)/mypy

layers: $(VENV)/.dev
	$(BIN)/lint-imports --no-logo

drift: $(VENV)/.dev
	$(BIN)/contractgen generate specs/ --check

tests: $(VENV)/.dev
	$(BIN)/pytest -n $(WORKERS) --dist worksteal

fuzz: $(VENV)/.dev ## Look for a wrong verdict among 100,000 pairs of schemas, and for what skipping misses
	$(BIN)/python -m benchmarks.inclusion_fuzz --pairs 100000 --jobs 2
	$(BIN)/python -m benchmarks.skipping_fuzz $(SPECS) --copies 25

format: $(VENV)/.dev ## Format the code and repair what the linter can
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: $(VENV)/.dev ## Write constraints.txt from what is installed
	$(BIN)/pip freeze --exclude-editable --exclude contractgen > constraints.txt

clean: ## Remove the environment and every cache
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis
