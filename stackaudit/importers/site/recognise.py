"""From what pages show to which products they give away, each with what shows it and how surely."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from stackaudit.importers.model import Confidence
from stackaudit.importers.site.consent import Gate
from stackaudit.importers.site.page import Page, Seen
from stackaudit.importers.site.table import (
    NONE,
    RANK,
    Address,
    Kind,
    Mark,
    Table,
    address,
    domain,
    occurs,
)

GTM: Final = "google-tag-manager"
IDS: Final = {
    GTM: re.compile(r"\bGTM-[A-Z0-9]{4,12}\b"),
    "google-analytics-4": re.compile(r"\bG-(?=[A-Z0-9]*\d)[A-Z0-9]{8,12}\b"),
    "universal-analytics": re.compile(r"\bUA-\d{4,10}-\d{1,3}\b"),
    "google-ads": re.compile(r"\bAW-\d{6,12}\b"),
    "campaign-manager-360": re.compile(r"\bDC-\d{5,12}\b"),
}
"""Public ids of Google's products. Source: support.google.com/tagmanager/answer/9207621 (tag ids)
and the installation snippets."""
_GOOGLE_TAG: Final = re.compile(r"\bGT-[A-Z0-9]{6,12}\b")
_FIRST_PARTY: Final = (
    ("/gtm.js", "id=GTM-", GTM),
    ("/gtag/js", "id=G-", "google-analytics-4"),
)
_URL_KINDS: Final[frozenset[Kind]] = frozenset(
    ("script", "frame", "image", "form", "asset", "request")
)
_WORDS: Final[dict[str, str]] = {
    "script": "script host {} on {}",
    "frame": "embedded frame of {} on {}",
    "image": "pixel of {} on {}",
    "form": "a form posts to {} on {}",
    "asset": "files of {} on {}",
    "request": "request to {} on {}",
    "preload": "script of {} loaded ahead on {}",
    "code": "inline code loads from {} on {}",
    "prepared": "{} is only prepared for (preconnect) on {}",
    "tag manager": "the published container names {} ({})",
    "inline": "inline call {} on {}",
    "path": "path {} on {}",
    "cookie": "cookie {} set on {}",
    "generator": "generator {} on {}",
    "meta": "meta {} on {}",
    "header": "header {} on {}",
    "attr": "mark {} on {}",
    "file": "saved script {} of {}",
    "first": "{} served by the site itself on {}",
}
_FLOWING: Final[frozenset[str]] = frozenset(("script", "inline", "image", "request", "file"))


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that shows a product."""

    product: str
    confidence: Confidence
    evidence: str
    kind: Kind
    page: str
    order: int = 0
    gate: Gate | None = None
    how: str = ""

    @property
    def loads(self) -> bool:
        """Tell whether it runs or loads something of the vendor in the visitor's browser."""
        return self.kind in _FLOWING and self.how != "prepared"


@dataclass(slots=True)
class Recognised:
    """What the pages of one site show."""

    host: str
    pages: list[Page] = field(default_factory=list)
    hits: dict[str, list[Hit]] = field(default_factory=dict)
    """Product → what shows it, the surest first."""
    ids: dict[str, list[str]] = field(default_factory=dict)
    """Product → its public ids on the pages: ``GTM-…``, ``G-…``."""
    passed: list[str] = field(default_factory=list)
    """Hosts that are known and no tools: fonts, share buttons, embedded videos."""
    strangers: list[str] = field(default_factory=list)
    """Hosts of scripts that no mark fits."""
    google_tags: list[str] = field(default_factory=list)
    consent_mode: bool = False
    """Google's consent mode is given a default in the HTML."""


def recognise(pages: Sequence[Page], table: Table, host: str) -> Recognised:
    """Return what the pages of one site give away."""
    found = Recognised(host, list(pages))
    hits: list[Hit] = []
    ids: dict[str, dict[str, None]] = {}
    passed: set[str] = set()
    strangers: set[str] = set()
    for page in pages:
        for seen in page.seen:
            _ids(seen, ids, found)
            url = address(seen.text, page.host or host) if seen.kind in _URL_KINDS else None
            if url is not None:
                each = list(_address(seen, url, page, table, host))
                hits += [h for h in each if h.product != NONE]
                if any(h.product == NONE for h in each):
                    passed.add(url.host)
                elif not each and seen.kind == "script" and not seen.how:
                    strangers |= {url.host} if domain(url.host) != domain(host) else set()
            elif seen.kind not in _URL_KINDS:
                hits += _mark(seen, page, table)
                mode = seen.kind == "inline" and "gtag('consent','default'" in seen.text
                found.consent_mode = found.consent_mode or mode
    found.ids = {product: sorted(values)[:10] for product, values in sorted(ids.items())}
    for hit in sorted(hits, key=lambda h: (h.product, RANK[h.confidence])):
        kept = found.hits.setdefault(hit.product, [])
        if hit.evidence not in (h.evidence for h in kept) or hit.order < min(h.order for h in kept):
            kept.append(hit)
    found.passed = sorted(passed)
    found.strangers = sorted(h for h in strangers - passed if not table.knows(h))
    return found


def _address(seen: Seen, url: Address, page: Page, table: Table, host: str) -> Iterator[Hit]:
    own = not url.host or domain(url.host) == domain(host)
    if seen.how == "prepared":
        mark = None if own else table.prepared(url.host)
        if mark is not None and mark.product != NONE:
            yield _hit(mark.product, "possible", seen, page, url.host)
        return
    mark = table.address(seen.kind, url)
    if mark is not None and seen.how in ("code", "tag manager"):
        at = mark.text.partition("/")[2]
        if not at and not url.rest.partition("?")[0].endswith(".js"):
            mark = None  # a mere address in code is no script
    if mark is not None and not (own and domain(host) == domain(mark.text.partition("/")[0])):
        if mark.kind == "asset":
            seen = replace(seen, kind="asset")
        yield _hit(mark.product, _weaker(mark.confidence, seen), seen, page, url.host)
        return
    path = url.rest.partition("?")[0]
    for end, marker, product in _FIRST_PARTY if not seen.how else ():
        if path.endswith(end) and (marker in url.rest or (own and end == "/gtm.js")):
            yield Hit(
                product, "likely", _WORDS["first"].format(end.lstrip("/"), page.shown),
                seen.kind, page.shown, seen.order, seen.gate, seen.how,
            )  # fmt: skip
    if own and not seen.how:
        for own_mark in table.own_path(path):
            yield Hit(
                own_mark.product, own_mark.confidence,
                _WORDS["path"].format(own_mark.text, page.shown), "path", page.shown, seen.order,
            )  # fmt: skip


def _weaker(confidence: Confidence, seen: Seen) -> Confidence:
    weak = seen.how in ("code", "tag manager", "preload")
    return "likely" if weak and confidence == "certain" else confidence


def _hit(product: str, confidence: Confidence, seen: Seen, page: Page, what: str) -> Hit:
    said = _WORDS[seen.how if seen.how in _WORDS else seen.kind].format(what, page.shown)
    return Hit(product, confidence, said, seen.kind, page.shown, seen.order, seen.gate, seen.how)


def _mark(seen: Seen, page: Page, table: Table) -> Iterator[Hit]:
    marks: Iterable[Mark]
    if seen.kind == "inline":
        marks = (m for m in table.of("inline") if occurs(m.text, seen.text))
    elif seen.kind == "generator":
        marks = (m for m in table.of("generator") if seen.text.startswith(m.text))
    elif seen.kind == "header":
        marks = (m for m in table.of("header") if _header(m.text, seen.text))
    else:
        marks = table.named(seen.kind, seen.text)
    for mark in marks:
        shown = mark.text.partition("'#")[0].partition("#")[0].rstrip(":=")
        if seen.kind == "generator":
            shown = mark.text
        confidence = _weaker(mark.confidence, seen)
        if mark.product == GTM and IDS[GTM].search(seen.text):
            confidence = _weaker("certain", seen)
        yield _hit(mark.product, confidence, seen, page, shown)


def _header(pattern: str, text: str) -> bool:
    from stackaudit.importers.site.table import glob

    name, _, value = text.partition(":")
    wanted, colon, start = pattern.partition(":")
    return glob(wanted, name, whole=True) and (not colon or glob(start, value.strip()))


def _ids(seen: Seen, ids: dict[str, dict[str, None]], found: Recognised) -> None:
    """Keep the public ids of an address or of code in which they are quoted."""
    if seen.kind not in ("script", "frame", "inline", "request", "image"):
        return
    if seen.kind == "inline" and "'G" not in seen.text and "-" not in seen.text:
        return
    for product, pattern in IDS.items():
        for match in pattern.finditer(seen.text):
            quoted = seen.text[match.start() - 1 : match.start()] in ("'", "=")
            if quoted:
                ids.setdefault(product, {})[match[0]] = None
    for match in _GOOGLE_TAG.finditer(seen.text):
        if match[0] not in found.google_tags and len(found.google_tags) < 10:
            found.google_tags.append(match[0])
