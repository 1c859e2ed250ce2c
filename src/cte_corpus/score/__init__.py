"""Scoring: `cte.score(gold, pred)` scores predictions; `cte.agreement` and `cte.splits` are of this room too.

The room has the name of what it does, so that the module itself can be called, with the arguments of
`cte_corpus.score.scoring.score`.
"""

import sys
from types import ModuleType
from typing import Any


class _Callable(ModuleType):
    def __call__(self, *args: Any, **options: Any) -> Any:
        from cte_corpus.score.scoring import score

        return score(*args, **options)


sys.modules[__name__].__class__ = _Callable
