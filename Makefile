# The commands of README.md. Only these targets install anything.
SHELL := /bin/bash
PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q

.PHONY: demo test check bench traductions verrou navigateur

demo: .venv/pret .env .venv/catalogues
	@CONSEIL_MODE=demonstration $(BIN)/flask demo
	@echo "Le site est sur http://127.0.0.1:8000 (Ctrl+C pour arrêter)."
	@CONSEIL_MODE=demonstration $(BIN)/gunicorn --bind 127.0.0.1:8000 --workers 2 'wsgi:create_app()'

test: .venv/pret-dev .venv/catalogues navigateur
	$(BIN)/pytest -n auto

check: .venv/pret-dev .venv/catalogues
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/pytest tests/maison

bench: .venv/pret-dev
	$(BIN)/python -m bench

# The source strings changed: put them in the catalogue.
traductions: .venv/pret-dev
	$(BIN)/pybabel -q extract -F pyproject.toml -k _l -k lazy_gettext --sort-output --no-location --omit-header -o .venv/messages.pot .
	$(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --omit-header -i .venv/messages.pot -d translations
	$(BIN)/flask traductions francais

# The exact versions, after a change of pyproject.toml.
verrou: .venv/pret-dev
	(echo "# Exact versions every set-up installs; refreshed with: make verrou"; $(PIP) freeze --exclude-editable) > constraints.txt

.venv/creation:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "Il faut Python 3.11 ou plus récent. Indiquez-le ainsi : make PYTHON=/chemin/vers/python3.12 …" >&2; exit 1; }
	@$(PYTHON) -m venv .venv || \
		{ echo "Python ne sait pas créer d'environnement. Sous Debian ou Ubuntu : apt install python3-venv" >&2; exit 1; }
	@touch $@

.venv/pret: .venv/creation pyproject.toml constraints.txt
	$(PIP) install -c constraints.txt -e .
	@touch $@

.venv/pret-dev: .venv/pret
	$(PIP) install -c constraints.txt -e '.[dev]'
	@touch $@

.venv/catalogues: .venv/pret $(wildcard translations/*/LC_MESSAGES/messages.po)
	@$(BIN)/pybabel -q compile -d translations
	@touch $@

# A fresh secret for this checkout, and the demonstration's own database, so that « flask … » works in it.
.env:
	@(umask 077; $(PYTHON) -c 'import secrets; print("SECRET_KEY=" + secrets.token_hex(32)); print("CONSEIL_MODE=demonstration")' > .env)

# A browser for the tests: the one that is there, else the system's, else playwright's own.
navigateur: .venv/pret-dev
	@for name in "$$CHROMIUM" chromium chromium-browser google-chrome; do \
		[ -n "$$name" ] && command -v "$$name" > /dev/null && exit 0; done; \
	if command -v apt-get > /dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq chromium > /dev/null && exit 0; fi; \
	if command -v apt-get > /dev/null && sudo -n true 2> /dev/null; then \
		sudo apt-get update -qq && sudo apt-get install -y -qq chromium > /dev/null && exit 0; fi; \
	$(BIN)/playwright install chromium
