"""JUnit XML, for test reports of CI systems: a failed case a finding, one passed case where there is none.

An info asks for nothing: its case has passed, and what it says is its output.
"""

import re
from collections.abc import Sequence
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from cte_corpus.checking.diagnostic import Diagnostic
from cte_corpus.checking.report import Context, message, totals
from cte_corpus.checking.report.concise import place
from cte_corpus.text.terminal import visible

_ILLEGAL = re.compile("[\ud800-\udfff\ufffe\uffff]")
"""What XML cannot hold besides the control characters."""


def render(diagnostics: Sequence[Diagnostic], context: Context) -> str:
    """One test suite named `cte check`."""
    count = str(len(diagnostics) or 1)
    root = Element("testsuites")
    failures = str(sum(item.severity != "info" for item in diagnostics))
    suite = SubElement(root, "testsuite", name="cte check", tests=count, failures=failures, errors="0")
    if not diagnostics:
        SubElement(suite, "testcase", classname="cte", name=totals(diagnostics, context))
    for item in diagnostics:
        name = _legal(f"{item.code} {item.name} {place(item.location)}")
        case = SubElement(suite, "testcase", classname=_legal(item.location.path), name=name)
        if item.severity == "info":
            said = SubElement(case, "system-out")
        else:
            said = SubElement(case, "failure", type=item.severity, message=_legal(message(item)))
        said.text = "\n".join(_legal(part) for part in (item.location.record, message(item), item.help) if part)
    indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode")


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", visible(text))
