"""Downloading a page from a public address: http and https only, with limits on time and size."""

from __future__ import annotations

import ipaddress

from cte_corpus.errors import CteError
from cte_corpus.store import web
from cte_corpus.text import sources
from cte_corpus.text.limits import MAX_PAGE

TIMEOUT = 20.0
"""Seconds that a download may take in all, redirections among it."""

SAVE = "open it in a browser, save the page, and give its path"

_LEADING_IN = tuple(
    map(ipaddress.ip_network, ("::/96", "64:ff9b::/96", "64:ff9b:1::/48", "2001::/32", "2002::/16", "fec0::/10"))
)
"""IPv6 addresses that stand for an IPv4 address, of any network, or for this site: IPv4-compatible, NAT64, Teredo, 6to4
and site-local ones."""


def fetch(url: str) -> sources.Source:
    """The text at an address.

    Raises:
        CteError: the address is not http or https, or not public; it takes too long, is too large, comes in part, or
            does not answer with a text.
    """
    accepted = {"Accept": "text/html, application/xhtml+xml, text/plain"}
    try:
        with web.get(url, web.Deadline(TIMEOUT), accepted, public_addresses) as answer:
            if answer.status != 200:
                raise CteError(f"{answer.url} answers {answer.status}", SAVE)
            body = _whole(answer)
            try:
                suffix = sources.suffix_for(answer.headers.get_content_type())
                return sources.of_bytes(body, f"page{suffix}", _charset(answer))
            except CteError as error:
                raise CteError(f"{answer.url}: {error.message}", SAVE) from None
    except web.WebError as error:
        why = f"took more than {TIMEOUT:g} seconds" if error.is_late else str(error)
        raise CteError(f"{error.url}: {why}", SAVE) from error


def public_addresses(host: str, port: int) -> list[str]:
    """The IP addresses of a host, all of them public.

    Raises:
        CteError: it has none, or one that is not public, as of this machine or a local network.
    """
    try:
        found = web.resolved(host, port)
    except OSError as error:
        raise CteError(f"no address for {host}: {error}", "is this machine online?") from error
    for address in found:
        if not _is_public(address):
            raise CteError(f"{host} is {address}, which is not a public address", "only public addresses are fetched")
    return found


def _is_public(address: str) -> bool:
    ip = ipaddress.ip_address(address.partition("%")[0])
    inner = getattr(ip, "ipv4_mapped", None) or ip
    return inner.is_global and not inner.is_multicast and not any(inner in network for network in _LEADING_IN)


def _whole(answer: web.Answer) -> bytes:
    parts: list[bytes] = []
    size = 0
    for block in answer.blocks():
        size += len(block)
        if size > MAX_PAGE:
            raise CteError(f"{answer.url} is larger than {MAX_PAGE:,} bytes", SAVE)
        parts.append(block)
    return b"".join(parts)


def _charset(answer: web.Answer) -> str | None:
    """The encoding that the header names."""
    try:
        return answer.headers.get_content_charset()
    except ValueError:  # a name with a NUL
        return None
