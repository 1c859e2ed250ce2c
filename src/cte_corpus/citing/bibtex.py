"""BibTeX for biblatex: `date` holds EDTF, `year` and `month` serve styles that do not know it.

Types and fields are those of the biblatex manual, chapter 2; `journal` and the number of a month are known to both, and
a classic style takes `@dataset` for `@misc`, of which it prints `howpublished`; biblatex prints `version` instead.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cte_corpus.citing.citation import sources
from cte_corpus.errors import CteError
from cte_corpus.release.metadata import words

if TYPE_CHECKING:
    from cte_corpus.citing.citation import Citation, Source

_SPECIAL = {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{character: rf"\{character}" for character in "&%$#_{}"},
}
_LANGUAGES = {"ar": "arabic", "en": "english", "fr": "french"}
"""Names by which LaTeX calls a language, where it is to change hyphenation or the direction of a title."""


def render(*citations: Citation) -> str:
    """The entries."""
    entries = [_source(source) for source in sources(citations)]
    return "\n\n".join([*entries, *map(_corpus, citations)])


_ENTRY = re.compile(r"^@[A-Za-z]+\{([^,\s]+),.*?(?=^@|\Z)", re.M | re.S)
_DIGEST = re.compile("SHA-256 ([0-9a-f]{64})")


def lacking(bibliography: str, entries: str) -> list[str]:
    """The entries that a bibliography does not have; an entry is known by its key.

    Raises:
        CteError: it has a key with the digest of another state of that record.
    """
    there = {match[1]: match[0] for match in _ENTRY.finditer(bibliography)}
    new = []
    for match in _ENTRY.finditer(entries):
        if match[1] not in there:
            new.append(match[0].rstrip())
        elif set(_DIGEST.findall(there[match[1]])) - set(_DIGEST.findall(match[0])):
            raise CteError(f"{match[1]} is in the bibliography with another digest", "`cte status` says what changed")
    return new


def _source(source: Source) -> str:
    when = source.published
    fields = {
        "author": _names(source.makers),
        "title": _whole(source.title),
        "journal": _text(source.publisher) if source.is_news else "",
        "howpublished": _text(source.publisher) if source.authors and not source.is_news else "",
        "date": when.biblatex,
        "year": when.year,
        "month": when.month.lstrip("0"),
        "note": "" if when.day else _text(when.words and f"Published {when.words}"),
        "url": _url(source.url),
        "urldate": source.opened,
        "langid": _LANGUAGES.get(source.lang.partition("-")[0], ""),
    }
    return _entry("article" if source.is_news else "misc", source.id, fields)


def _corpus(citation: Citation) -> str:
    info = citation.info
    fields = {
        "author": _names(info.maintainers),
        "title": _whole(citation.title),
        "date": citation.date,
        "year": citation.date[:4],
        "version": info.version,
        "howpublished": f"Data set, version {info.version}",
        "publisher": _whole(info.maintainers[0]),
        "note": _text(citation.proof),
        "doi": words.doi(info),
        "url": "" if words.doi(info) else _url(words.address(info)),
    }
    return _entry("dataset", citation.key, fields)


def _entry(kind: str, key: str, fields: dict[str, str]) -> str:
    lines = [f"  {name} = {{{value}}}," for name, value in fields.items() if value]
    return "\n".join([f"@{kind}{{{key},", *lines, "}"])


def _names(names: tuple[str, ...] | list[str]) -> str:
    """Names that are not to be split into their parts."""
    return " and ".join(map(_whole, names))


def _whole(text: str) -> str:
    """A text that is to be neither split nor put in lower case."""
    return f"{{{_text(text)}}}"


def _text(text: str) -> str:
    return "".join(_SPECIAL.get(character, character) for character in text)


def _url(url: str) -> str:
    """An address is taken as it is, but for braces, which would end the field."""
    return re.sub(r"[{}\\]", lambda match: f"%{ord(match[0]):02X}", url)
