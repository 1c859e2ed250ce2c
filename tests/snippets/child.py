"""Runs snippets one after the other, in one namespace: reads a JSON string a line, writes [what it printed, error].

It is given to the interpreter that is tried, which may have nothing but the package: it imports nothing else.
"""

import json
import sys
from contextlib import redirect_stdout
from io import StringIO
from traceback import format_exc

PRELUDE = '''
def ask(query, opened=[]):
    """Print the answer to a query as a table in Markdown; all queries of a page have one connection."""
    import cte_corpus

    def cell(value):
        if isinstance(value, list):
            return ", ".join(map(cell, value))
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        return "" if value is None else str(value).replace("|", "\\\\|")

    if not opened:
        opened.append(cte_corpus.connect())
    found = opened[0].execute(query)
    names = [name for name, *_ in found.description]
    print("|", " | ".join(names), "|")
    print("|" + "---|" * len(names))
    for row in found.fetchall():
        print("|", " | ".join(map(cell, row)), "|")
'''

names: dict[str, object] = {"__name__": "__main__"}
exec(PRELUDE, names)
sys.path.insert(0, "")
for line in sys.stdin:
    error = ""
    with redirect_stdout(StringIO()) as out:
        try:
            exec(compile(json.loads(line), "<snippet>", "exec"), names)
        except BaseException:
            error = format_exc()
    print(json.dumps([out.getvalue(), error]), flush=True)
