# Needs Python 3.11 or newer, make and git; installs the rest into .venv.
# Written for GNU make 3.81 too, which is what macOS has.

VENV := .venv
BIN := $(VENV)/bin
PORT := 8000
FORMAT := text

SITE_READY := $(VENV)/.site-ready
TEST_READY := $(VENV)/.test-ready

PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
INSTALL_LOCKED := $(PIP) install --require-hashes --only-binary :all: --requirement
INSTALL_PROJECT := $(PIP) install --no-deps --no-build-isolation --editable .

# Material announces MkDocs 2 on every build; pyproject.toml keeps below it.
export NO_MKDOCS_2_WARNING := 1

.PHONY: help serve test check site bench mutate pictures format lock clean browser lint

help: ## list the commands
	@sed -n 's/^\([a-z]*\):.*## /\1	/p' $(MAKEFILE_LIST)

serve: site ## verify every equation, build the site and serve it on localhost
	$(BIN)/mkdocs serve --livereload --dev-addr localhost:$(PORT)

test: $(TEST_READY) browser lint ## run every test: style, types, equations, site, browser
	$(BIN)/coverage erase
	$(BIN)/coverage run -m pytest
	$(BIN)/coverage combine --quiet
	$(BIN)/coverage report

lint: $(TEST_READY)
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

check: $(SITE_READY) ## prove every equation and try it with numbers
	$(BIN)/chainrule check --format $(FORMAT)

site: check ## verify, then build the site into site/
	$(BIN)/mkdocs build --strict

mutate: $(SITE_READY) ## corrupt the site in thousands of ways; each must be rejected
	mkdir -p .cache docs/data
	$(BIN)/chainrule mutate --format json > .cache/mutation.json
	mv .cache/mutation.json docs/data/mutation.json

bench: $(TEST_READY) ## measure the engine
	$(BIN)/python -m benchmarks

pictures: $(TEST_READY) browser ## make the README's picture from the real site
	$(BIN)/python -m tests.pictures

format: $(TEST_READY) ## lay out the Python code
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

clean: ## remove everything that make made
	rm -rf $(VENV) $(VENV)-lock site build dist .cache .coverage .coverage.* .hypothesis
	rm -rf .mypy_cache .pytest_cache .ruff_cache
	find src snippets tests benchmarks -name __pycache__ -prune -exec rm -rf {} +

browser:
	@tools/chromium.sh --install

$(BIN)/python:
	tools/venv.sh $(VENV)

# The test lock holds everything in the site lock, in the same versions.
$(SITE_READY): requirements-site.lock pyproject.toml | $(BIN)/python
	$(INSTALL_LOCKED) requirements-site.lock
	$(INSTALL_PROJECT)
	touch $@

$(TEST_READY): requirements-test.lock pyproject.toml | $(BIN)/python
	$(INSTALL_LOCKED) requirements-test.lock
	$(INSTALL_PROJECT)
	touch $(SITE_READY) $@

UV_COMPILE = $(VENV)-lock/bin/uv pip compile pyproject.toml --quiet --upgrade --universal --fork-strategy fewest \
  --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock"

lock: ## choose new versions of everything that is installed
	tools/venv.sh $(VENV)-lock
	$(VENV)-lock/bin/python -m pip install --quiet uv
	$(UV_COMPILE) --extra numbers --extra site --group build --group lint --group test \
	  --output-file requirements-test.lock
	$(UV_COMPILE) --extra numbers --extra site --group build \
	  --constraint requirements-test.lock --output-file requirements-site.lock
	rm -rf $(VENV)-lock
