"""The documentation site: `make docs` builds it offline, and no page of it asks another host for anything."""

import sys
from importlib.metadata import version as installed
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

project = "cte-corpus"
author = "the cte-corpus contributors"
version = release = installed("cte-corpus")
html_title = f"cte-corpus {release}"

extensions = ["myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "generated"]

# The source is the whole repository, so that the links of a page hold here and where it is read as a file.
include_patterns = ["README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/*.md"]
exclude_patterns = ["build", "dist", "src", "tests", "data", "schemas", "benchmarks", ".*"]
root_doc = "docs/index"

myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
python_maximum_signature_line_length = 88

smartquotes = False  # `--corpus` in a sentence keeps its hyphens

html_theme = "furo"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_copy_source = False
html_show_copyright = False
html_show_sphinx = False
html_theme_options = {"top_of_page_buttons": []}
html_additional_pages = {"index": "redirect.html"}
templates_path = ["_templates"]
if tags.has("explorer"):  # noqa: F821 - `make site` puts these pages beside those of the corpus
    parts = ("brand", "search", "scroll-start", "navigation", "scroll-end")
    html_sidebars = {"**": ["sidebar/brand.html", "explorer.html", *(f"sidebar/{part}.html" for part in parts[1:])]}
