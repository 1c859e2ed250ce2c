"""What `cte new` can work with, said before any work: languages, genres, publishers."""

import re
from typing import Any

from cte_corpus.checking.rules import terms
from cte_corpus.checking.rules.schema import schema
from cte_corpus.errors import CteError
from cte_corpus.text.suggest import hint

READ = ("en", "ar")
"""Languages in which dates and figures are read: others write numbers otherwise, and a wrong figure looks right."""

_TAG = re.compile("(?P<lang>[a-z]{2,3})(?:-[A-Z][a-z]{3})?(?:-(?:[A-Z]{2}|[0-9]{3}))?")
_ENTITY = re.compile("(?:org|person|gpe|loc|group|work):[a-z0-9]+(?:-[a-z0-9]+)*")


def language(tag: str) -> str:
    """The language of a tag.

    Raises:
        CteError: it is no BCP 47 tag, or of no language.
    """
    found = _TAG.fullmatch(tag)
    if found is None or found["lang"] not in terms.known("languages"):
        raise CteError(f"`{tag}` is no language tag", "BCP 47, with the code of ISO 639: en, ar, fr, ar-MA, zh-Hant")
    return found["lang"]


def unread(tag: str) -> str:
    """What is not proposed of a text in a language, in a sentence; empty where all is.

    Raises:
        CteError: it is no BCP 47 tag, or of no language.
    """
    if language(tag) in READ:
        return ""
    return f"`{tag}` is not supported as English and Arabic are: dates and figures of the text are not noted"


def judge(genre: str, publisher: str) -> None:
    """Take a genre and a publisher that a document can have.

    Raises:
        CteError: there is no such genre, or the id of the publisher can be none.
    """
    properties: dict[str, Any] = schema("document")["$defs"]["Document"]["properties"]
    codes = properties["genre"]["enum"]
    if genre not in codes:
        near = hint(genre, codes)
        raise CteError(f"there is no genre `{genre}`", f"{f'{near}; ' if near else ''}there are {', '.join(codes)}")
    if not _ENTITY.fullmatch(publisher):
        raise CteError(f"`{publisher}` is no id of an entity", "its class, a colon and a name, as org:tidewater-post")
