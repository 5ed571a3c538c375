# What a developer runs. Users need none of it: the README's two commands are plain shell.
.PHONY: setup build test lint format map sheet lock clean

BIN := .venv/bin

setup: ## a new environment with what is pinned
	python3 -m venv .venv
	$(BIN)/pip install --quiet -r requirements-dev.txt
	$(BIN)/pip install --quiet --no-deps -e .

build: ## publish the demonstration site
	$(BIN)/syndicate build content -o output

test: ## the tests, with the coverage of the package
	$(BIN)/pytest -q -n auto --cov --cov-report=term:skip-covered

lint: ## style, types, layers, dependencies, dead code
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/deptry .
	$(BIN)/vulture

format: ## mend what can be mended
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

map: ## put the first line of each module into the README
	$(BIN)/python tests/mapping.py README.md

sheet: ## every theme in every size, as pictures to look at
	$(BIN)/python bench/cards/sheet.py build/sheets

lock: ## pin what developers install
	uv pip compile --quiet --universal --python-version 3.11 --group dev pyproject.toml --no-header --no-annotate -o requirements-dev.txt

clean:
	rm -rf output build dist .coverage htmlcov .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
