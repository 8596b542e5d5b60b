"""What was recognised on a site as found facts: tools, tags as integrations, notes on consent."""

from __future__ import annotations

from typing import Any, Final

from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.model import Confidence, Found, FoundIntegration, FoundTool, Place
from stackaudit.importers.site.recognise import GTM, Hit, Recognised
from stackaudit.importers.site.table import RANK

SITE: Final = "site"
SHOWN: Final = 12
_VIEWING: Final = frozenset(("web-analytics", "experience-analytics"))
_AUTO: Final = (
    ("data-blockingmode", "auto"),
    ("data-auto-block", ""),
    ("data-autoblock", ""),
)


def report(found: Found, seen: Recognised, catalogue: Catalogue) -> None:
    """Add what one site shows to what was found."""
    _Report(found, seen, catalogue).run()


class _Report:
    def __init__(self, found: Found, seen: Recognised, catalogue: Catalogue) -> None:
        self.found = found
        self.seen = seen
        self.catalogue = catalogue

    def run(self) -> None:
        bare = self.seen.host.removeprefix("www.")
        facts: dict[str, Any] = {"kind": "own-channel"}
        if "." in bare:
            facts["url"] = f"https://{bare}"
        pages = sum(p.kind == "page" for p in self.seen.pages)
        what = f"{pages} page{'s' * (pages != 1)} read"
        place = Place(self.found.source, what)
        self.found.tools.append(
            FoundTool(SITE, f"Website {bare}", place, facts=facts, evidence=what)
        )
        gates = self._gates()
        for product in sorted({*self.seen.hits, *gates}):
            self._tool(product, self.seen.hits.get(product, []), gates.get(product, ""))
        for product, hits in sorted(self.seen.hits.items()):
            self._flow(product, hits)
        self._count()
        self._consent()
        self._others()

    def _has(self, product: str, *capabilities: str) -> bool:
        known = self.catalogue.products.get(product)
        return known is not None and any(c in known.capabilities for c in capabilities)

    def name(self, product: str) -> str:
        """Return the name of a product."""
        known = self.catalogue.products.get(product)
        return known.name if known is not None else product

    # ---------------------------------------------------------------- tools

    def _gates(self) -> dict[str, str]:
        """Return the consent tools that markup names, with what shows it."""
        named = {}
        for page in self.seen.pages:
            for seen in page.seen:
                if seen.gate is not None and seen.gate.product:
                    named[seen.gate.product] = f"tags on {page.shown} wait for it in the markup"
        return named

    def _tool(self, product: str, hits: list[Hit], gate: str) -> None:
        found: list[Confidence] = [h.confidence for h in hits]
        confidence: Confidence = min(found, key=RANK.__getitem__, default="likely")
        if confidence == "possible" and gate:
            confidence = "likely"
        marks = [h.evidence for h in hits if h.confidence == confidence]
        marks = list(dict.fromkeys([*marks, *(h.evidence for h in hits)])) or [gate]
        ids = self.seen.ids.get(product, [])
        shown = f" ({', '.join(ids[:5])})" if ids else ""
        known = product if product in self.catalogue.products else None
        tool = FoundTool(
            product,
            self.name(product),
            # A hint is a question, which says its evidence itself.
            Place(self.found.source, "" if confidence == "possible" else f"{marks[0]}{shown}"),
            known,
            evidence=_together(marks[:3]) + shown,
            confidence=confidence,
        )
        self.found.tools.append(tool)

    # ---------------------------------------------------------------- flows

    def _flow(self, product: str, hits: list[Hit]) -> None:
        """Add what the website sends to a vendor: by its tag, or by a form that posts to it."""
        if self._has(product, "tag-management"):
            return  # carries the tags of others; what it fires is not seen here
        tags = [h for h in hits if h.loads and h.confidence != "possible"]
        forms = [h for h in hits if h.kind == "form"]
        if tags:
            self._tag(product, tags)
        elif forms:
            self._add(product, forms[0], {"objects": ["form-submission"]})

    def _tag(self, product: str, tags: list[Hit]) -> None:
        facts: dict[str, Any] = {"method": "sdk-pixel"}
        if self._has(product, *_VIEWING):
            facts["objects"] = ["behavioural-event"]
        elif self._has(product, "consent-management"):
            facts["objects"] = ["consent"]
        loading = [h for h in tags if h.kind in ("script", "inline", "request")]
        gates = {h.gate.product if h.gate else None for h in loading}
        if loading and None not in gates:
            facts["gated_by"] = sorted(str(g) for g in gates)
        if any(h.how == "by gtm" for h in tags) and GTM in self.seen.hits:
            facts["via"] = [GTM]
        self._add(product, tags[0], facts)

    def _add(self, product: str, hit: Hit, facts: dict[str, Any]) -> None:
        place = Place(self.found.source, hit.evidence)
        flow = FoundIntegration(SITE, product, place, facts, hit.evidence, hit.confidence)
        self.found.integrations.append(flow)

    # ---------------------------------------------------------------- notes

    def _count(self) -> None:
        hits = self.seen.hits
        sure = [p for p, h in hits.items() if any(x.confidence == "certain" for x in h)]
        hints = [p for p, h in hits.items() if all(x.confidence == "possible" for x in h)]
        pages = sum(p.kind == "page" for p in self.seen.pages)
        counts = {
            "page" if pages == 1 else "pages": pages,
            "products certain": len(sure),
            "likely": len(hits) - len(sure) - len(hints),
            "only hinted at": len(hints),
        }
        for what, number in counts.items():
            if number:
                self.found.counts[what] = self.found.counts.get(what, 0) + number

    def _consent(self) -> None:
        """Say which tags wait for consent, as far as the HTML shows."""
        place = Place(self.found.source)
        tools = [p for p in self.seen.hits if self._has(p, "consent-management")]
        held: set[str] = set()
        free: set[str] = set()
        early: set[str] = set()
        for product, hits in self.seen.hits.items():
            each = [h for h in hits if h.loads and h.kind != "request"]
            each = [h for h in each if h.how not in ("tag manager", "by gtm")]
            if product in tools or not each or self._has(product, "tag-management"):
                continue
            loose = [h for h in each if h.gate is None]
            (free if loose else held).add(product)
            if any(h.order < self._start(h.page, tools) for h in loose):
                early.add(product)
        if self.seen.consent_mode:
            self.found.note("Google's consent mode has a default in the HTML", place)
        if held:
            self.found.note(f"held back for consent in the markup: {self._list(held)}", place)
        shown = "as far as the HTML shows"
        if free and tools:
            first = f"; in front of the consent tool's own script: {self._list(early)}"
            blocks = self._blocks_by_itself()
            self.found.note(
                f"not held back for consent, {shown}: {self._list(free)}{first if early else ''}",
                place,
                "the consent tool is set to block by itself, and may hold them back all the same"
                if blocks
                else "a consent tool may still hold them back when it runs",
            )
        elif free:
            self.found.note(
                f"no consent tool is seen, {shown}; loaded: {self._list(free)}",
                place,
                "the tag manager may load one" if GTM in self.seen.hits else "",
            )

    def _start(self, page: str, tools: list[str]) -> int:
        """Return where on a page the consent tool begins; before all, where it is not seen."""
        orders = [
            h.order
            for t in tools
            for h in self.seen.hits[t]
            if h.loads and h.page == page and h.how != "preload"
        ]
        return min(orders, default=-1)

    def _blocks_by_itself(self) -> bool:
        for page in self.seen.pages:
            for seen in page.seen:
                if seen.kind == "script" and "OtAutoBlock.js" in seen.text:
                    return True
                for name, value in _AUTO:
                    if any(n == name and value in v for n, v in seen.attributes):
                        return True
        return False

    def _others(self) -> None:
        place = Place(self.found.source)
        if self.seen.google_tags:
            tags = ", ".join(self.seen.google_tags)
            self.found.note(
                f"a Google tag ({tags}) is loaded; which products it feeds is not seen", place
            )
        if self.seen.strangers:
            self.found.note(
                f"scripts of hosts that no known product uses: {_some(self.seen.strangers)}", place
            )
        if self.seen.passed:
            self.found.note(
                "no tools of a stack by themselves (fonts, share buttons, embeds, libraries): "
                + _some(self.seen.passed),
                place,
            )
        if any(p.cut for p in self.seen.pages):
            self.found.partial = True
            self.found.unreadable("a page is longer than is read; its end was left out", place)
        if any(p.saved_whole for p in self.seen.pages):
            self.found.note(
                "the page was saved with its files, so that its scripts lost their addresses; "
                "most of them cannot be recognised",
                place,
                'save it as "HTML only", or record a HAR file',
            )
        if GTM in self.seen.hits:
            ids = ", ".join(self.seen.ids.get(GTM, [])) or "its container"
            self.found.note(
                f"tags that Google Tag Manager loads are not in the HTML ({ids})",
                place,
                "import the container's export, or a HAR file of the page",
            )

    def _list(self, products: set[str]) -> str:
        return _some(sorted(map(self.name, products)))


def _together(marks: list[str]) -> str:
    """Return marks in one sentence; the page they share is named once."""
    pages = {mark.rpartition(" on ")[2] for mark in marks}
    if len(marks) < 2 or len(pages) > 1:
        return "; ".join(marks)
    return "; ".join([*(m.rpartition(" on ")[0] or m for m in marks[:-1]), marks[-1]])


def _some(names: list[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more
