# make run    open the screens on the shipped scenario (or print its table, where standard output is no terminal)
# make test   run the tests
# Each creates .venv with the first Python >= 3.11 found, installs what requirements/ pins, and does its job.
# Name another Python with `make test PYTHON=/path/to/python`.

# Without compiled files kept, every process of a test would compile all modules anew.
unexport PYTHONDONTWRITEBYTECODE
PYTHON ?=
PYTHONS := python3.13 python3.12 python3.11 python3.14 python3 python
SCENARIO ?= scenarios/shsc-2021.yaml
VENV := .venv
PY := $(VENV)/bin/python
PIP := $(PY) -m pip --disable-pip-version-check --quiet --no-input

.PHONY: run test test-long check lint format types layers spelling pictures bench lock
.DEFAULT_GOAL := run

run: $(VENV)/run.stamp
	@if [ -t 0 ] && [ -t 1 ]; then $(PY) -m partnerselect tui $(SCENARIO); else $(PY) -m partnerselect rank $(SCENARIO); fi

test: $(VENV)/test.stamp
	@$(PY) -m pytest --numprocesses auto --dist loadfile

# The last result is committed: what takes this long is not run by everyone.
test-long: $(VENV)/test.stamp
	@status=0; HYPOTHESIS_PROFILE=thorough $(PY) -m pytest -m long --numprocesses auto --dist loadfile \
	  --durations 0 --durations-min 1 --no-header --color=no > $(VENV)/long.txt || status=$$?; \
	{ echo '# The long tests, as they last ran'; echo; \
	  echo "\`make test-long\`, $$(date -u +%Y-%m-%d), $$($(PY) -V), revision $$(git rev-parse --short HEAD)"; echo; \
	  echo '```text'; cat $(VENV)/long.txt; echo '```'; } > docs/measurements/long-tests.md; \
	cat docs/measurements/long-tests.md; exit $$status

check: lint format types layers spelling

lint: $(VENV)/check.stamp
	@$(PY) -m ruff check

format: $(VENV)/check.stamp
	@$(PY) -m ruff format --check

types: $(VENV)/check.stamp
	@$(PY) -m mypy

layers: $(VENV)/check.stamp
	@$(PY) -c 'from importlinter.cli import lint_imports_command; lint_imports_command()' --no-logo

spelling: $(VENV)/check.stamp
	@$(PY) -m codespell_lib

# Draws every view of the screens from the shipped scenario into docs/screens/.
pictures: $(VENV)/test.stamp
	@$(PY) -m tests.tui.pictures

# The last table is committed, as that of test-long is.
bench: $(VENV)/test.stamp
	@{ echo '# The benchmarks, as they last ran'; echo; \
	  echo "\`make bench\`, $$(date -u +%Y-%m-%d), revision $$(git rev-parse --short HEAD)"; echo; \
	  $(PY) -m benchmarks || touch $(VENV)/bench.failed; } | tee docs/measurements/benchmarks.md
	@! rm $(VENV)/bench.failed 2> /dev/null

# Installs go to standard error, so that `make run > table.txt` holds the table alone. One stamp waits for the
# other: two pips never work on one environment. A stamp is old when the file it was made from is newer.
$(VENV)/check.stamp: requirements/check.txt $(VENV)/test.stamp
	@$(PIP) install --require-hashes -r $< >&2
	@touch $@

# What is optional is tried line by line; where it cannot be had, its tests skip.
$(VENV)/test.stamp: requirements/test.txt $(wildcard requirements/optional.txt) $(VENV)/run.stamp
	@$(PIP) install --require-hashes -r $< >&2
	@if [ -f requirements/optional.txt ]; then grep -v '^ *\(#\|$$\)' requirements/optional.txt | while IFS= read -r line; do \
	  printf '%s\n' "$$line" > $(VENV)/optional.line; \
	  $(PIP) install -r $(VENV)/optional.line > /dev/null 2>&1 || echo "optional: $${line%% *} cannot be installed here; its tests skip" >&2; \
	done; fi
	@touch $@

$(VENV)/run.stamp: requirements/run.txt pyproject.toml | $(PY)
	@$(PIP) install --require-hashes -r $< >&2
	@$(PIP) install --no-deps --no-build-isolation -e . >&2
	@touch $@

# A candidate that does not run (a pyenv shim), is too old or cannot make an environment (no ensurepip) is passed over.
$(PY):
	@for python in $(if $(PYTHON),"$(PYTHON)",$(PYTHONS)); do \
	  "$$python" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' > /dev/null 2>&1 || continue; \
	  echo "Creating $(VENV) with $$("$$python" -V) and installing what is pinned; this takes a minute or two." >&2; \
	  "$$python" -m venv --clear $(VENV) >&2 && $(PY) -m pip --version > /dev/null && exit 0; \
	done; \
	rm -rf $(VENV); \
	echo 'No usable Python >= 3.11 found (tried: $(or $(PYTHON),$(PYTHONS))). It needs venv and ensurepip: on Debian and Ubuntu, install python3-venv.' >&2; \
	exit 1

# Resolves everything once, for every Python and system; run.txt and test.txt are parts of that one answer.
LOCK := $(VENV)/uv/bin/python -m uv pip compile --no-config --quiet --universal --python-version 3.11 --generate-hashes \
        --no-emit-index-url --no-emit-find-links --custom-compile-command 'make lock' --extra xlsx --extra paper --extra register --group build
lock: | $(PY)
	@$(PY) -m venv $(VENV)/uv && $(VENV)/uv/bin/python -m pip --disable-pip-version-check --quiet install uv
	@$(LOCK) --upgrade pyproject.toml --group test --group check -o requirements/check.txt
	@$(LOCK) pyproject.toml --group test -c requirements/check.txt --no-annotate -o requirements/test.txt
	@$(LOCK) pyproject.toml -c requirements/check.txt --no-annotate -o requirements/run.txt
