"""What all registers share: names and messages without secrets, people without handles, hosts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Final
from urllib.parse import urlsplit
from weakref import WeakKeyDictionary

from stackaudit.catalogue.match import folded
from stackaudit.catalogue.model import Catalogue, Product
from stackaudit.importers.model import Found, FoundIntegration, FoundTool, Notice, Place
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.values import text_without_secrets

HANDLE: Final = re.compile(r"(?<![\w.])['\"]?@[\w./-]+['\"]?")
"""``@mia``, ``'@acme/marketing-ops'``; the name before ``@`` makes it an address instead."""
_CHANNEL: Final = re.compile(r"(?<![\w&/])#[a-z][\w-]{2,}")
_LINK: Final = re.compile(r"!?\[([^\[\]]*)\]\(\s*<?([^()\s>]*(?:\([^()\s]*\)[^()\s]*)?)>?[^()]*\)")
_POSITION: Final = re.compile(
    r"(?:(?:sr|senior|jr|vp|svp|evp|head|director|manager|lead|chief|exec(?:utive)?|c[a-z]o|dri)\b"
    r"|(?!.*\b(?:team|group|department|dept|ops)\b)"
    r".*\b(?:vice president|manager|director|officer|engineer|admin)\b)",
    re.IGNORECASE,
)
_IN_HOUSE: Final = re.compile(
    r"\b(?:(?:developed|built|written|made) (?:it )?(?:in-?house|internally|ourselves|by us)"
    r"|in-house (?:tool|system|app\w*|software)|home-?grown|eigenentwicklung"
    r"|our own (?:tool|system|software))\b",
    re.IGNORECASE,
)
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+(?=[A-Z\"'(\[])")
_GONE: Final = re.compile(
    r"\b(?:(?:currently|is|are|now) (?:un|not (?:currently )?(?:in )?)used?"
    r"|(?:currently|now) not (?:in )?used?|no longer (?:in )?used?|not (?:currently )?in use"
    r"|(?:formerly|previously) used|deprecated|decommission\w*|sunset\w*"
    r"|(?:being|be|gradually being|were|was) (?:replaced|supers?c?eded|phased out|retired))\b",
    re.IGNORECASE,
)


def word_set(text: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(text.split())


_SHARED: Final = word_set(
    """github gitlab bitbucket notion atlassian sharepoint medium wikipedia youtube google
    apple microsoft amazon slack facebook twitter linkedin x"""
)
"""Hosts under which pages of everybody stand: a link there names no product by its host."""


def without_handles(text: str, dropped: Counter[str]) -> str:
    """Return a text without handles (``@mia``) and chat channels (``#marketing``)."""
    for pattern, what in ((HANDLE, "handle"), (_CHANNEL, "chat channel")):
        found = pattern.findall(text)
        if found:
            dropped[what] += len(found)
            text = pattern.sub(" ", text)
    return " ".join(re.sub(r"\(\s*\)", " ", text).split())


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; a dot inside a name ends none."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return [sentence for line in lines if line for sentence in _SENTENCE.split(line)]


def people(text: str, dropped: Counter[str]) -> str | list[str] | None:
    """Return whom a text names, without handles, addresses and titles of positions.

    Where only a handle or an address stood the person is ``withheld``: there is one.
    """
    if words.unknown(text):
        return None
    if words.stated_none(text):
        return "none"
    before = sum(dropped.values())
    plain = without_handles(text_without_secrets(text, dropped), dropped)
    plain = re.sub(r"\([^()]*\)", " ", plain)
    named = [
        name
        for n in words.people(re.sub(r"^[\s,;&]+|[\s,;&]+$", "", plain))
        if (name := n.strip(" -.,;:'\""))
        and re.search(r"[^\W\d]{2}", name)
        and not _POSITION.match(name)
    ]
    if not named:
        return "withheld" if sum(dropped.values()) > before else None
    return named[0] if len(named) == 1 else named


def plain_text(text: str) -> str:
    """Return Markdown in a value as plain text: links by their words."""
    text = _LINK.sub(lambda m: m[1] or m[2], text)
    return " ".join(re.sub(r"[`*]+", "", text).split())


def links_of(text: str) -> list[tuple[str, str]]:
    """Return the links of a text in Markdown as words and address; a bare address has no words."""
    found = [(m[1], m[2]) for m in _LINK.finditer(text)]
    rest = _LINK.sub(" ", text)
    return found + [("", url) for url in re.findall(r"https?://[^\s<>\"')\]]+", rest)]


def leaving(text: str) -> str:
    """Return the sentence that says a tool is not in use any more, or will not be; "" if none."""
    return next((brief(s, 160) for s in sentences(text) if _GONE.search(s)), "")


def made_in_house(text: str) -> bool:
    """Tell whether a text says that the company built the thing itself."""
    return bool(_IN_HOUSE.search(text))


def brief(text: str, size: int = 300) -> str:
    """Return a text cut at the end of a sentence or word."""
    text = " ".join(text.split())
    if len(text) <= size:
        return text
    cut = text[:size]
    stop = max(cut.rfind(". "), cut.rfind("! "))
    return cut[: stop + 1] if stop > size // 2 else cut.rsplit(" ", 1)[0] + " …"


# -------------------------------------------------------------------- hosts


_domains: WeakKeyDictionary[Catalogue, dict[str, list[Product]]] = WeakKeyDictionary()


def host_of(url: str) -> str:
    """Return the host of a web address, ``""`` where it has none."""
    try:
        host = urlsplit(url if "//" in url else f"//{url}").hostname or ""
    except ValueError:
        return ""
    host = host.removeprefix("www.")
    return host if "." in host and " " not in host else ""


def product_by_host(catalogue: Catalogue, url: str) -> str | None:
    """Return the name of the one product whose domain a web address is under, or None."""
    table = _domains.get(catalogue)
    if table is None:
        table = _domains[catalogue] = {}
        for product in catalogue.products.values():
            table.setdefault(product.domain.removeprefix("www."), []).append(product)
    host = host_of(url)
    if not host:
        return None
    parts = host.split(".")
    for start in range(len(parts) - 1):
        products = table.get(".".join(parts[start:]))
        if products:
            return products[0].name if len(products) == 1 else None
    return None


def named_like_host(name: str, url: str) -> bool:
    """Tell whether a link leads to a site called as its words are: Sentry, getsentry.com."""
    host, plain = host_of(url), folded(name)
    if not host or len(plain) < 3:
        return False
    labels = [folded(label) for label in host.split(".")]
    domain = labels[-2] if len(labels) > 1 else ""
    if domain in _SHARED and plain != domain:
        return False
    whole = folded("".join(host.split(".")))
    return plain in labels or plain in domain or plain == whole


# -------------------------------------------------------------------- what is said


def scrubbed(found: Found) -> Found:
    """Return what was found with no secret and no address in names, places and messages.

    Where the source is a folder the places of tools and integrations name the file in it too, as
    they become what the inventory says under ``source``.
    """
    silent: Counter[str] = Counter()
    each: list[FoundTool | FoundIntegration] = [*found.tools, *found.integrations]
    for one in each:
        if one.place.file != found.source:
            spot = f"{one.place.file}, {one.place.spot}" if one.place.spot else one.place.file
            one.place = Place(found.source, spot)
    kept: list[FoundTool] = []
    for tool in found.tools:
        tool.name = text_without_secrets(tool.name, found.dropped)
        tool.place = _place(tool.place, silent)
        tool.evidence = text_without_secrets(tool.evidence, silent)
        if tool.name.strip(" •"):
            kept.append(tool)
        else:
            found.left_out("the name of a tool was a secret or an address", tool.place)
    found.tools = kept
    for flow in found.integrations:
        flow.place = _place(flow.place, silent)
        flow.evidence = text_without_secrets(flow.evidence, silent)
    found.title = text_without_secrets(found.title, silent)
    found.teams = {k: n for k, v in found.teams.items() if (n := text_without_secrets(v, silent))}
    found.notices = [
        Notice(
            n.kind,
            text_without_secrets(n.text, silent),
            _place(n.place, silent) if n.place else None,
            text_without_secrets(n.hint, silent),
        )
        for n in found.notices
    ]
    return found


def _place(place: Place, silent: Counter[str]) -> Place:
    return replace(place, spot=text_without_secrets(place.spot, silent))


def counted(number: int, what: str) -> dict[str, int]:
    """Return a count with its word: ``{"pages": 2}``, ``{"page": 1}``."""
    many = f"{what[:-1]}ies" if what.endswith("y") else f"{what}s"
    return {what if number == 1 else many: number}


def shown(names: Sequence[str], most: int = 8) -> str:
    """Return names as a list in words that does not grow without end."""
    some = ", ".join(names[:most])
    return some if len(names) <= most else f"{some} and {len(names) - most} more"
