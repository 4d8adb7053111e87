# Two commands: `make demo` shows the product, `make test` tests it. They need Python 3.11+ and the package
# registries; everything else they bring themselves, into .venv and var. Stamps make the second time quick.

PYTHON := .venv/bin/python
FRONT := src/thammuu/ui/frontend
BUILT := src/thammuu/ui/static/ui/dist/manifest.json
SOURCES := src/thammuu/ui/icons.json $(shell find $(FRONT) -type f -not -path "*/node_modules/*" 2>/dev/null)
CATALOGUES := $(shell find src -name '*.po')
export PYTHONPATH := src
export PYTHON3

SHELL := /bin/sh
.PHONY: demo test ready ci lock clean

demo: .venv/runtime.stamp $(BUILT) .venv/messages.stamp
	@THAMMUU_HOME=$${THAMMUU_HOME:-var/demo} exec $(PYTHON) -m thammuu demo

test: ready
	@.ci/chromium
	@THAMMUU_LANGUAGE=en $(PYTHON) -m pytest -rs -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

ready: .venv/development.stamp $(BUILT) .venv/messages.stamp

ci:
	@.ci/run

.venv/runtime.stamp: requirements.txt
	@.ci/environment $< && touch $@

.venv/development.stamp: requirements-dev.txt
	@.ci/environment $< && touch $@ .venv/runtime.stamp

$(BUILT): $(SOURCES) hatch_build.py | .venv/runtime.stamp
	@echo "Building the front end …"
	@$(PYTHON) hatch_build.py front

.venv/messages.stamp: $(CATALOGUES) | .venv/runtime.stamp
	@$(PYTHON) hatch_build.py messages && touch $@

# The locks hold hashes and no registry; `uv` must be at hand.
LOCK := uv pip compile --quiet pyproject.toml --universal --python-version 3.11 --generate-hashes \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header
lock:
	$(LOCK) --group build --output-file requirements.txt
	$(LOCK) --group build --group dev --constraint requirements.txt --output-file requirements-dev.txt

clean:
	rm -rf .venv dist $(dir $(BUILT)) $(FRONT)/node_modules
