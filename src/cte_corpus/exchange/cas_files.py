"""Files with a CAS: XMI with its type system, JSON, and the archives of INCEpTION. Nothing is unpacked to disk.

A file is taken for what a stranger sends: no document type, so no entities; no more bytes than a document can have.
"""

from __future__ import annotations

import io
import warnings
import zipfile
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, NamedTuple

from cte_corpus.errors import CteError, need
from cte_corpus.exchange.cas import typesystem
from cte_corpus.store import strict
from cte_corpus.text.limits import bounded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

LARGEST = 20_000_000
"""Bytes of the largest file, also inside an archive."""

MOST = 100_000_000
"""Bytes of all that is read from one archive."""

TYPE_SYSTEM = "TypeSystem.xml"
HINT = "export it from the tool again, as UIMA CAS XMI or JSON"


class Member(NamedTuple):
    """A file, or a file in an archive."""

    name: str
    data: bytes
    where: str


def read(path: Path) -> list[tuple[str, Any, str]]:
    """The CASes of a file: what each is called, the CAS of dkpro-cassis, and where it stands.

    Raises:
        CteError: dkpro-cassis is not installed, or the file cannot be read for what it is taken for.
        OSError: the file cannot be read.
    """
    need("cassis", "dkpro-cassis", "exchange")
    data = bounded(path, MOST)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        members = [Member(path.name, data, str(path))]
        beside = path.with_name(TYPE_SYSTEM)
        if beside.exists() and beside != path:
            members.append(Member(TYPE_SYSTEM, bounded(beside, LARGEST), str(beside)))
    else:
        members = list(_Archive(path).members(data, "", str(path)))
    found = [one for member in members if (one := _cas(member, members)) is not None]
    if not found:
        raise CteError(
            f"{path} holds no CAS", "expected .xmi with TypeSystem.xml, .json, or a .zip of INCEpTION with them"
        )
    real = [one for one in found if "INITIAL_CAS" not in one[0]]
    return real or found


class _Archive:
    def __init__(self, path: Path) -> None:
        self.path, self.left = path, MOST

    def members(self, data: bytes, inside: str, where: str, depth: int = 0) -> Iterator[Member]:
        """The files of an archive and of those in it, which INCEpTION writes for each annotator."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                for info in archive.infolist():
                    suffix = PurePosixPath(info.filename).suffix.lower()
                    if suffix not in (".xmi", ".json", ".xml", ".zip") or info.is_dir():
                        continue
                    place = f"{where}!{info.filename}"
                    with archive.open(info) as file:
                        content = file.read(min(LARGEST, self.left) + 1)
                    self.left -= len(content)
                    if len(content) > LARGEST or self.left < 0:
                        raise CteError(f"{place} has more than {LARGEST:,} bytes, or all have more than {MOST:,}", HINT)
                    name = f"{inside}{info.filename}"
                    if suffix != ".zip":
                        yield Member(name, content, place)
                    elif depth:
                        raise CteError(f"{place} is an archive in an archive in an archive", HINT)
                    else:
                        yield from self.members(content, f"{name.removesuffix('.zip')}/", place, 1)
        except (zipfile.BadZipFile, RuntimeError, NotImplementedError, EOFError, OSError) as error:
            raise CteError(f"{where}: the archive cannot be read: {error}", HINT) from None


def _cas(member: Member, members: list[Member]) -> tuple[str, Any, str] | None:
    suffix = PurePosixPath(member.name).suffix.lower()
    name = str(PurePosixPath(member.name).with_suffix("")).removeprefix("annotation/")
    if suffix == ".json":
        value = _json(member)
        if not (isinstance(value, dict) and "%VIEWS" in value):
            return None
        import cassis

        return name, _loaded(member, lambda: cassis.load_cas_from_json(member.data.decode("utf-8-sig"))), member.where
    if suffix not in (".xmi", ".xml") or _root(member) != "{http://www.omg.org/XMI}XMI":
        return None
    import cassis

    types = _types(member, members)
    return name, _loaded(member, lambda: cassis.load_cas_from_xmi(io.BytesIO(member.data), types)), member.where


def _types(member: Member, members: list[Member]) -> Any:
    """The type system that belongs to a file: the one in its folder, or the only one; else that of this corpus."""
    import cassis

    folder = PurePosixPath(member.name).parent
    systems = [one for one in members if PurePosixPath(one.name).name == TYPE_SYSTEM]
    own = next((one for one in systems if PurePosixPath(one.name).parent == folder), systems[0] if systems else None)
    if own is None:
        return typesystem()
    _root(own)
    return _loaded(own, lambda: cassis.load_typesystem(io.BytesIO(own.data)))


def _loaded(member: Member, load: Any) -> Any:
    """What dkpro-cassis makes of a file, or what is wrong with it in a sentence."""
    from cassis.typesystem import TypeNotFoundError

    try:
        with warnings.catch_warnings():
            warnings.filterwarnings("ignore")
            warnings.filterwarnings("error", message="Not mapping")
            return load()
    except UserWarning as warning:
        said = str(warning).removeprefix("Not mapping ").replace("external offset", "offset")
        raise CteError(
            f"{member.where}: {said}", "offsets count UTF-16 code units of the text, and none cuts a pair"
        ) from None
    except TypeNotFoundError as error:
        raise CteError(
            f"{member.where}: {error}", f"put {TYPE_SYSTEM}, which was exported with it, beside it"
        ) from None
    except RecursionError:
        raise CteError(f"{member.where} is nested too deep", HINT) from None
    except Exception as error:  # dkpro-cassis lets through whatever a wrong file leads to
        raise CteError(f"{member.where} is no CAS that can be read: {type(error).__name__}: {error}", HINT) from None


def _json(member: Member) -> Any:
    try:
        return strict.loads(member.data.removeprefix(b"\xef\xbb\xbf"))
    except strict.JsonError as error:
        raise CteError(f"{member.where}: {error}", HINT) from None


def _root(member: Member) -> str:
    """The name of the root element; a file with a document type is refused before anything of it is used.

    Raises:
        CteError: it has one, or is no XML.
    """
    from lxml import etree

    parser = etree.XMLPullParser(events=("start",), resolve_entities=False, no_network=True, load_dtd=False)
    try:
        for start in range(0, len(member.data), 65536):
            parser.feed(member.data[start : start + 65536])
            for _, element in parser.read_events():
                if element.getroottree().docinfo.doctype:
                    raise CteError(f"{member.where} declares a document type, and with it what may never end", HINT)
                return str(element.tag)
        parser.close()
    except etree.XMLSyntaxError as error:
        raise CteError(f"{member.where}:{error.lineno}: this is no XML: {error.msg}", HINT) from None
    raise CteError(f"{member.where} holds no XML", HINT)
