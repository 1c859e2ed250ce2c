"""Pictures of the corpus: each function gives an Altair chart, which a notebook shows and `save` writes.

`timeline`, `types`, `network`, `map` and `contested` take a corpus as `load_dataset` does, the language of the words
(`lang="en"` or `"ar"`) and about how many pixels the picture is to be wide. What is alleged is drawn otherwise than
what is told as a fact, by shape or dash as well as by colour.
"""

from cte_corpus.plot.by_time import timeline
from cte_corpus.plot.by_type import types
from cte_corpus.plot.differing import contested
from cte_corpus.plot.places import map_ as map  # noqa: A004 - the name that it has for users
from cte_corpus.plot.saving import save
from cte_corpus.plot.ties import network

__all__ = ["contested", "map", "network", "save", "timeline", "types"]
