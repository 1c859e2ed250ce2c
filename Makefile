# `make docs` builds the documentation in build/site, `make site` that and the corpus as one site in build/web;
# they need: pip install --editable ".[docs,site]"
PYTHON ?= .venv/bin/python
SPHINX = $(PYTHON) -m sphinx -q -W --keep-going -c docs -b html

.PHONY: docs site
docs:
	$(SPHINX) -d build/doctrees . build/site
	@echo "open build/site/index.html"

site:
	$(SPHINX) -t explorer -d build/doctrees-web . build/docs
	$(PYTHON) -m cte_corpus site data build/web --docs build/docs
	@echo "open build/web/index.html"
