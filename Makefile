# `make docs` builds the documentation site in build/site; needs: pip install --editable ".[docs]"
PYTHON ?= .venv/bin/python

.PHONY: docs lock
docs:
	$(PYTHON) -m sphinx -q -W --keep-going -c docs -b html -d build/doctrees . build/site
	@echo "open build/site/index.html"

# `make lock` takes the newest versions into the lock file of development, CI and releases; needs: uv
lock:
	uv pip compile pyproject.toml --extra dev --extra release --group supply --universal --python-version 3.11 \
	  --generate-hashes --no-annotate --no-header --quiet --upgrade -o requirements/dev.txt
