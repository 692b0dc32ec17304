# `make run` and `make test` are the only two that a newcomer needs; each installs what it needs into .venv.

PYTHON ?= python3
VENV := .venv/bin/python
DEMO ?= 1

.DEFAULT_GOAL := help
.PHONY: help run test test-long check bench docs pictures messages requirements clean

help: ## this list
	@grep -hE '^[a-z-]+:.*##' Makefile | sed -E 's/:.*## /\t/' | expand -t 16

run: export THROUGHLINE_DEMO = $(DEMO)
run: ## set up and start the product (PORT=8000; DEMO=0 starts without the demo school)
	@$(PYTHON) tools/environment.py run
	@$(VENV) manage.py prepare
	@$(VENV) manage.py serve

test: ## check, and the whole suite on SQLite, on PostgreSQL and in a browser
	@$(PYTHON) tools/environment.py test
	@$(VENV) -m tools.test

test-long: ## the slow jobs: crash and load
	@$(PYTHON) tools/environment.py test
	@$(VENV) -m tools.test long

check: ## linters, types and fences
	@$(PYTHON) tools/environment.py test
	@$(VENV) -m tools.test check

bench: ## what pages and verbs cost, into bench/
	@$(PYTHON) tools/environment.py test
	@$(VENV) -m bench

docs: ## the documentation site, into docs/_build/html
	@$(PYTHON) tools/environment.py docs
	@$(VENV) -m sphinx -q -n -W --keep-going -b html docs docs/_build/html

pictures: ## the documentation's pictures, taken from a demo of their own
	@$(PYTHON) tools/environment.py test
	@$(VENV) -m tools.pictures

messages: ## collect the texts to translate into locale/
	@$(PYTHON) tools/environment.py test
	@$(VENV) -m tools.messages

requirements: ## pin the newest fitting packages, with hashes
	@$(PYTHON) tools/environment.py test
	@cd requirements && for name in run test docs; do \
	  ../.venv/bin/uv pip compile -q --upgrade --generate-hashes --universal --python-version 3.11 \
	    --custom-compile-command 'make requirements' $$name.in -o $$name.txt || exit 1; done

clean: ## remove what was made, except your data in var/
	@rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .grimp_cache bench/out docs/_build
	@find . -name __pycache__ -not -path './.venv/*' -prune -exec rm -rf {} +
