PYTHON ?= python3
BIN := .venv/bin
PORT ?= 8000
export NO_MKDOCS_2_WARNING := 1
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: serve site test check format outputs anywhere spell train whole bench lock lines terms same picture help clean

# The first view, assets/live.js and look/styles, is laid out by hand: each byte of it counts.
SCRIPTS := builder/live builder/look/assets

serve: .venv/ready  ## Build, serve both languages, rebuild on every change.
	@$(BIN)/mkdocs serve --dev-addr 127.0.0.1:$(PORT)

site: .venv/ready  ## Build site/.
	@$(BIN)/mkdocs build

test: .venv/ready check  ## Prove everything.
	@$(BIN)/python tests/browser.py
	@$(BIN)/pytest

check: .venv/ready  ## Read the code without running it: rules, layout and types.
	@$(BIN)/ruff check
	@$(BIN)/ruff format --check
	@$(BIN)/oxfmt --check $(SCRIPTS)
	@$(BIN)/oxlint $(SCRIPTS)
	@$(BIN)/mypy

format: .venv/ready  ## Lay out all code, Python, scripts and styles, the one way.
	@$(BIN)/ruff format
	@$(BIN)/oxfmt $(SCRIPTS)

outputs: site  ## Accept changed outputs; look at them with git diff.
	@$(BIN)/python tests/outputs.py

anywhere: .venv/ready  ## Build as if on other processors and with other Pythons; compare all.
	@$(BIN)/python tests/anywhere.py

spell: site  ## Read both languages against dictionaries (needs hunspell).
	@$(BIN)/python tests/spell.py

train: .venv/ready  ## Train every model of the pages anew, five seeds each: snippets/records.
	@$(BIN)/python -m builder.notebook.records --anew

whole: .venv/ready  ## Prove the trainings of all models; `test` does only the search's.
	@$(BIN)/pytest -m "whole or not whole" tests/docs/test_trained.py

bench: .venv/ready  ## Measure times, and models that were not chosen: three files of snippets/.
	@$(BIN)/python tests/bench/needs.py
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/bench/attention_times.py
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/bench/step_times.py
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python tests/bench/choices.py
	@$(BIN)/python tests/bench/live.py

lock: .venv/ready  ## Pin anew what pyproject.toml asks for (needs uv).
	@command -v uv >/dev/null || { echo "make lock needs uv, and there is none here"; exit 1; }
	uv pip compile pyproject.toml --group test --universal --python-version 3.11 \
	  --generate-hashes --no-emit-index-url --no-header --upgrade -o requirements.txt

lines: .venv/ready  ## Count the code, room by room; name what is too long.
	@$(BIN)/python tests/lines.py

terms: site  ## List words that stand before they are explained.
	@$(BIN)/python tests/first_uses.py

same: site  ## Compare what site/ and another built site say: AS=folder.
	@$(BIN)/python tests/same.py $(AS)

picture: site  ## Take the picture of the site that the README shows.
	@$(BIN)/python tests/browser.py
	@$(BIN)/python tests/picture.py

help:  ## List what make can do here.
	@awk -F ':.*  ## ' '/^[a-z]+:.*  ## / { printf "make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

clean:  ## Remove all that was made.
	rm -rf .venv .cache site .site-building-* .pytest_cache .ruff_cache .hypothesis

.venv/ready: requirements.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and f"Python 3.11 or newer is needed, this is {sys.version.split()[0]}: make PYTHON=python3.13 ...")'
	@echo "Setting up .venv (once)"
	@$(PYTHON) -m venv --clear .venv
	@$(BIN)/pip install --require-hashes --only-binary :all: -r requirements.txt
	@touch $@
