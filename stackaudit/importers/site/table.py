"""Our own table of what gives a product away on a page: hosts, calls, cookies, marks.

Every row is a fact with a source: ``public-docs`` (the vendor's own installation instructions),
``open-cookie-database`` (Jakob Kwakman and contributors, Apache-2.0; names of cookies only), or
``seen`` on a page. Patterns are literal text with ``*`` (anything) and ``#`` (digits): no regular
expressions, so that no page can make them slow.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Final, Literal

from stackaudit.importers.model import Confidence

Kind = Literal[
    "script", "frame", "image", "form", "asset", "request",
    "inline", "path", "cookie", "generator", "meta", "header", "attr", "file",
]  # fmt: skip
NONE: Final = "none"
"""Stands where a product would: known, and no tool of a stack (fonts, share buttons, embeds)."""
URL_LENGTH: Final = 2_000
"""Letters of an address that are looked at."""
RANK: Final[dict[Confidence, int]] = {"certain": 0, "likely": 1, "possible": 2}

_TOKENS: Final = re.compile(r"([*#])")
_WORD: Final = re.compile(r"[\w$]")
_ADDRESS: Final = re.compile(r"(?:https?:)?//([^/?#\\]*)([^#]*)", re.IGNORECASE)
_HOST: Final = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,251}[a-z0-9])?\Z")
_TRIES: Final = 200


@dataclass(frozen=True, slots=True)
class Mark:
    """One thing that gives a product away."""

    product: str
    kind: Kind
    confidence: Confidence
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a page, taken apart."""

    host: str
    """In lower case; that of the page itself where the address is relative, maybe empty."""
    rest: str
    """Path and query."""


@dataclass(slots=True)
class Table:
    """Marks, found again by what they look at."""

    hosts: dict[str, list[Mark]] = field(default_factory=dict)
    """Marks of addresses by the host they begin with."""
    others: dict[Kind, list[Mark]] = field(default_factory=dict)

    def of(self, kind: Kind) -> list[Mark]:
        """Return the marks of a kind that does not look at hosts."""
        return self.others.get(kind, [])

    def address(self, kind: Kind, url: Address) -> Mark | None:
        """Return the surest mark that an address of a kind bears, or None."""
        best: Mark | None = None
        for host in _suffixes(url.host):
            for mark in self.hosts.get(host, ()):
                if not _fits(mark.kind, kind) or not glob(mark.text, host + url.rest):
                    continue
                if best is None or RANK[mark.confidence] < RANK[best.confidence]:
                    best = mark
        return best

    def prepared(self, host: str) -> Mark | None:
        """Return a mark of a host by itself, where it is one product's alone; else None."""
        marks = [m for known in _suffixes(host) for m in self.hosts.get(known, ())]
        if len({m.product for m in marks}) != 1:
            return None
        return next((m for m in marks if m.kind == "script"), None)

    def knows(self, host: str) -> bool:
        """Tell whether any mark looks at a host."""
        return any(known in self.hosts for known in _suffixes(host))

    def own_path(self, path: str) -> Iterator[Mark]:
        """Return the marks that stand in a path of the site itself."""
        return (mark for mark in self.of("path") if mark.text in path)

    def named(self, kind: Kind, text: str) -> Iterator[Mark]:
        """Return the marks a whole name bears: of a cookie, a header, an attribute, a file."""
        return (mark for mark in self.of(kind) if glob(mark.text, text, whole=True))


_URLS: Final[frozenset[Kind]] = frozenset(("script", "frame", "image", "form", "asset", "request"))


def _fits(mark: Kind, seen: Kind) -> bool:
    if mark == seen:
        return True
    if mark == "asset":
        return seen in ("script", "image", "request")
    if mark == "request":
        return seen in ("script", "image")
    return seen == "request" and mark in ("script", "image")


@cache
def own_table() -> Table:
    """Return the table that comes with the package."""
    text = files("stackaudit.importers.site").joinpath("fingerprints.csv").read_text("utf-8")
    return made_table(csv.DictReader(io.StringIO(text)))


def made_table(rows: Iterable[dict[str, str]]) -> Table:
    """Return a table of rows with product, kind, confidence, patterns (by blanks) and source."""
    table = Table()
    for row in rows:
        for text in row["patterns"].split():
            mark = Mark(row["product"], row["kind"], row["confidence"], text, row["source"])  # type: ignore[arg-type]
            if mark.kind in _URLS and not text.startswith("/"):
                host = re.split(r"[/?]", text, maxsplit=1)[0]
                table.hosts.setdefault(host, []).append(mark)
            elif mark.kind in _URLS:
                table.others.setdefault("path", []).append(mark)
            else:
                table.others.setdefault(mark.kind, []).append(mark)
    return table


def _suffixes(host: str) -> Iterator[str]:
    """Return a host and the domains it lies in: ``a.b.c``, ``b.c``."""
    while "." in host:
        yield host
        host = host.partition(".")[2]


def glob(pattern: str, text: str, *, whole: bool = False) -> bool:
    """Tell whether a text begins with a pattern, or is one from end to end.

    ``*`` is anything, ``#`` one digit or more. The first place that fits is taken: linear in time.
    """
    at, anywhere = 0, False
    for part in _TOKENS.split(pattern):
        if not part:
            continue
        if part == "*":
            anywhere = True
        elif part == "#":
            end = at
            while end < len(text) and text[end].isdigit():
                end += 1
            if end == at:
                return False
            at, anywhere = end, False
        elif anywhere:
            found = text.find(part, at)
            if found < 0:
                return False
            at, anywhere = found + len(part), False
        elif text.startswith(part, at):
            at += len(part)
        else:
            return False
    return not whole or anywhere or at == len(text)


def occurs(pattern: str, text: str) -> bool:
    """Tell whether code holds a pattern as words of its own, not as a part of longer ones."""
    lead, _, rest = pattern.partition("#")
    digits = "#" in pattern
    at = -1
    for _ in range(_TRIES):
        at = text.find(lead, at + 1)
        if at < 0:
            return False
        end = at + len(lead)
        if _WORD.match(lead) and at > 0 and _WORD.match(text[at - 1]):
            continue
        if digits:
            if glob("#" + rest, text[end : end + 40]):
                return True
        elif not (_WORD.match(lead[-1]) and lead[-1] != "-" and _goes_on(lead, text, end)):
            return True
    return False


def _goes_on(lead: str, text: str, end: int) -> bool:
    """Tell whether the last word of a pattern is only the beginning of a longer one.

    After an opening quote it may be: ``fbq('track`` means ``trackCustom`` as well.
    """
    if re.search(r"'[\w-]*\Z", lead):
        return False
    return end < len(text) and _WORD.match(text[end]) is not None


def address(text: str, own: str = "") -> Address | None:
    """Return an address taken apart; None for what leads nowhere (``javascript:``, ``data:``)."""
    text = "".join(text[: URL_LENGTH * 2].split())[:URL_LENGTH]
    found = _ADDRESS.match(text)
    if found:
        host = found[1].rpartition("@")[2].partition(":")[0].lower().rstrip(".")
        return Address(host, found[2] or "/") if _HOST.match(host) else None
    scheme = text.partition(":")[0]
    if ":" in text and scheme.isalpha() and "/" not in scheme:
        return None
    return Address(own, "/" + text.partition("#")[0].lstrip("./")) if text else None


_SECOND: Final = frozenset(("co", "com", "org", "net", "gov", "ac", "edu", "gob", "or", "ne"))


def domain(host: str) -> str:
    """Return the domain a host is registered under, as far as that is seen from it."""
    labels = host.split(".")
    if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND:
        return ".".join(labels[-3:])
    return ".".join(labels[-2:])
