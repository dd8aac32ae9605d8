# The commands of the workshop. `make` alone lists them.
# Whatever is missing is set up on the first call; a second call starts at once.

ifeq ($(OS),Windows_NT)
PYTHON := .venv/Scripts/python.exe
else
PYTHON := .venv/bin/python
endif

# A window needs a display. Windows and macOS always have one.
ifeq ($(OS)$(filter Darwin,$(shell uname -s)),)
DISPLAY_FOUND := $(DISPLAY)$(WAYLAND_DISPLAY)
else
DISPLAY_FOUND := yes
endif

READY := .venv/ready-to-run
READY_TO_TEST := .venv/ready-to-test
CATALOGUES := $(patsubst %.po,%.mo,$(wildcard translations/*/LC_MESSAGES/*.po))

# A virtual environment whose Python has gone is no longer ready, whatever its stamp says.
$(shell test -x $(PYTHON) || rm -f $(READY) $(READY_TO_TEST))

.PHONY: help run demo test check strings bench faults central build lock clean
.DEFAULT_GOAL := help

help: ## list the commands
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-9s %s\n", $$1, $$2}' Makefile

run: $(READY) $(CATALOGUES) ## open the program; without a display, make the demo visit
ifeq ($(DISPLAY_FOUND),)
	@echo "There is no display. Making the demo visit in build/demo instead."
	@$(MAKE) --no-print-directory demo
else
	@$(PYTHON) -m caseworker_app
endif

demo: $(READY) $(CATALOGUES) ## two visits and two laptops offscreen, left in build/demo
	@mkdir -p build
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m caseworker_app demo --out build/demo

test: $(READY_TO_TEST) $(CATALOGUES) ## the whole test suite; ARGS="-k words" picks some
	@$(PYTHON) -m pytest -n auto --dist loadfile $(ARGS)

check: $(READY) $(CATALOGUES) ## everything that must hold besides the tests
	@$(PYTHON) -m tools.check

strings: $(READY) ## collect the English sentences, bring the translations up to date
	@$(PYTHON) -m tools.strings update
	@$(PYTHON) -m tools.strings compile

bench: $(READY) $(CATALOGUES) ## the benchmarks beside their peers, also in build/bench.json
	@$(PYTHON) -m benchmarks

faults: $(READY_TO_TEST) $(CATALOGUES) ## the long fault tests, also in build/faults.json
	@QT_QPA_PLATFORM=offscreen $(PYTHON) -m tests.faults

central: $(READY) ## the central store at 127.0.0.1:8765 with a code to connect a laptop
	@$(PYTHON) -m central_store try --data build/central $(ARGS)

build: $(READY_TO_TEST) $(CATALOGUES) ## the frozen program, tried in an empty environment
	@$(PYTHON) -m PyInstaller --noconfirm --log-level WARN --distpath build/dist --workpath build/freeze build.spec
	@$(PYTHON) -m tools.smoke_frozen

lock: $(READY) ## write requirements.lock anew from pyproject.toml
	@$(PYTHON) -m tools.lock

clean: ## remove everything that was built; the virtual environment stays
	@rm -rf build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@rm -f translations/*/LC_MESSAGES/*.mo
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +

$(READY): requirements.lock tools/setup.py
	@sh tools/setup.sh run

$(READY_TO_TEST): $(READY)
	@sh tools/setup.sh test

%.mo: %.po | $(READY)
	@$(PYTHON) -m tools.strings compile
