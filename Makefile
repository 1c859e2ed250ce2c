# `make docs` builds the documentation site in build/site; needs: pip install --editable ".[docs]"
PYTHON ?= .venv/bin/python

.PHONY: docs
docs:
	$(PYTHON) -m sphinx -q -W --keep-going -c docs -b html -d build/doctrees . build/site
	@echo "open build/site/index.html"
