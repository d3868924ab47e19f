# Wideberth: the developer's whole interface. Each target sets up what it needs.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: setup check test screens bench demo docs lock clean

CONSOLE := src/wideberth/web/static/manifest.json
WEB := $(shell find web -type f -not -path '*/node_modules/*' -not -path '*/tests/*')

setup: .venv/.ready $(CONSOLE)

.venv/.ready: requirements/all.txt pyproject.toml
	@if command -v uv >/dev/null 2>&1; then \
	  uv venv --quiet --allow-existing --python $(PYTHON) .venv && \
	  uv pip install --quiet --python $(BIN)/python --require-hashes -r requirements/all.txt && \
	  uv pip install --quiet --python $(BIN)/python --no-deps --no-build-isolation -e . ; \
	else \
	  $(PYTHON) -m venv .venv && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/all.txt && \
	  $(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e . ; \
	fi
	@touch $@

$(CONSOLE): .venv/.ready hatch_build.py $(WEB)  ## the console; WB_SKIP_WEB=1 goes without
	$(BIN)/python hatch_build.py build
	@touch -c $@

check: setup  ## style, types and layers
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python hatch_build.py check

test: setup  ## everything that must hold, on all cores
	$(BIN)/pytest -n logical --maxprocesses 8 --dist worksteal

screens: setup  ## a picture of every screen, in every theme, size and language, in build/screens
	WIDEBERTH_SCREENS=all $(BIN)/pytest -n logical --maxprocesses 8 tests/browser/test_screens.py

bench: setup  ## speed beside peers; BENCH_ARGS="--sizes 1000000" for the large run
	$(BIN)/python -m benchmarks $(BENCH_ARGS)

demo: setup  ## check the example scenarios, draw the report, let two nodes exchange
	$(BIN)/python examples/demo.py
	$(BIN)/wideberth demo

docs: setup  ## regenerate the parts of the documentation that come from the program
	$(BIN)/python docs/generate.py

lock: setup  ## renew requirements/all.txt (needs uv)
	uv pip compile --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header \
	  pyproject.toml --all-extras requirements/bench.in -o requirements/all.txt

clean:
	rm -rf .venv build dist src/wideberth/web/static web/node_modules
