# `make docs` builds the documentation in build/site, `make site` that and the corpus as one site in build/web;
# they need: pip install --editable ".[docs,site]"
PYTHON ?= .venv/bin/python
SPHINX = $(PYTHON) -m sphinx -q -W --keep-going -c docs -b html

.PHONY: docs site lock performance
docs:
	$(SPHINX) -d build/doctrees . build/site
	@echo "open build/site/index.html"

site:
	$(SPHINX) -t explorer -d build/doctrees-web . build/docs
	$(PYTHON) -m cte_corpus site data build/web --docs build/docs
	@echo "open build/web/index.html"

# `make lock` takes the newest versions into the lock file of development, CI and releases; needs: uv
lock:
	uv pip compile pyproject.toml --extra dev --extra release --group supply --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet --upgrade -o requirements/dev.txt

# `make performance` measures for docs/performance.md, on Linux, with 6 GB of disk;
# needs: pip install --editable ".[dev]" and Node.js
WORK ?= build/performance
performance:
	mkdir -p $(WORK)
	$(PYTHON) benchmarks/check.py --work $(WORK) --peers $(WORK) --write
	$(PYTHON) benchmarks/growth.py --work $(WORK) --write
	$(PYTHON) benchmarks/jobs.py --work $(WORK) --write
