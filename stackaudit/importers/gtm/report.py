"""What a container comes to: its website or server, its vendors, one flow for each."""

from __future__ import annotations

import re
from collections import Counter
from typing import Any, Final

from stackaudit.importers.gtm import kinds
from stackaudit.importers.gtm.code import domain_in, host_of
from stackaudit.importers.gtm.consent import is_consent_tool, tool_in_words
from stackaudit.importers.gtm.notes import say_all
from stackaudit.importers.gtm.privacy import count_dropped
from stackaudit.importers.gtm.shape import Container, Thing
from stackaudit.importers.gtm.uses import Hit, Reading, Uses
from stackaudit.importers.model import (
    Confidence,
    Found,
    FoundIntegration,
    FoundTool,
    Place,
    Setting,
)
from stackaudit.importers.values import text_without_secrets

GTM: Final = "google-tag-manager"
SERVER: Final = "server container"
_RANK: Final[dict[Confidence, int]] = {"certain": 0, "likely": 1, "possible": 2}
_CONTEXTS: Final = {
    "web": "web",
    "server": "server",
    "amp": "AMP",
    "android": "Android app",
    "ios": "iOS app",
}


class Telling:
    """Writes one container into what was found."""

    def __init__(self, container: Container, file: str, found: Found, setting: Setting) -> None:
        self.container = container
        self.file = file
        self.found = found
        self.setting = setting
        self.reading = Reading(container, setting.catalogue)
        self.uses: Uses = Uses()
        self.consent_tools: list[str] = []
        """Keys of the consent tools of the container."""

    def run(self) -> None:
        """Add tools, flows, counts and notices."""
        self.uses = self.reading.run()
        count_dropped(self.container, self.found)
        self._title()
        server = self.container.context == "server"
        start = self._server_tool() if server else self._site()
        self._products()
        if server:
            self._flows(start, [], "server-side-tracking")
        else:
            via = [self._tag_manager()]
            behind = self._behind(start, via)
            self._flows(start, via, "sdk-pixel", behind)
        self._counts()
        say_all(self)

    # ---------------------------------------------------------------- words

    def clean(self, text: str) -> str:
        """Return a name of the container without secrets and addresses, and not too long."""
        text = text_without_secrets(text, self.found.dropped) or "(name left out)"
        return text if len(text) <= 80 else f"{text[:77]}..."

    def place(self, tag: Thing | None = None, what: str = "tag") -> Place:
        """Return where a tag stands."""
        return Place(
            self.file, f'{what} "{self.clean(tag.name)}" ({self.clean(tag.id)})' if tag else ""
        )

    def names(self, tags: list[Thing], most: int = 5) -> str:
        """Return names of tags for a sentence."""
        names = list(dict.fromkeys(f'"{self.clean(t.name)}"' for t in tags))
        more = f" and {len(names) - most} more" if len(names) > most else ""
        return ", ".join(names[:most]) + more

    def name_of(self, product: str) -> str:
        """Return the name of a product by id, or of one in no catalogue."""
        known = self.setting.catalogue.products.get(product)
        return known.name if known is not None else product.removeprefix("= ")

    def _title(self) -> None:
        context = _CONTEXTS.get(self.container.context, "")
        label = self.container.public_id or "without an id"
        name = f' "{self.clean(self.container.name)}"' if self.container.name else ""
        brackets = f" ({context})" if context else ""
        self.found.title = f"Google Tag Manager container {label}{name}{brackets}, {self.file}"

    # ---------------------------------------------------------------- tools

    def _site(self) -> str:
        """Add the website or app the container stands on, and return its key."""
        container = self.container
        app = container.context in ("android", "ios")
        domain = next((d for t in (*container.domains, container.name) if (d := domain_in(t))), "")
        own = self.clean(container.name) if container.name else ""
        name = " ".join((("App" if app else "Website"), domain or own)).strip()
        key = f"site {container.public_id or self.file}"
        facts: dict[str, Any] = {"kind": "own-channel"}
        if domain and not app:
            facts["url"] = f"https://{domain}"
        evidence = f"the container {container.public_id} stands on it".replace("  ", " ")
        self.found.tools.append(FoundTool(key, name, self.place(), facts=facts, evidence=evidence))
        return key

    def _tag_manager(self) -> str:
        if self.found.tool(GTM) is None:
            name = self.name_of(GTM)
            tool = FoundTool(GTM, name, self.place(), GTM, evidence="the export is its own")
            tool.apart = True
            self.found.tools.append(tool)
        return GTM

    def _server_tool(self) -> str:
        if self.found.tool(SERVER) is None:
            facts = {"instance": "server", "capabilities": {"event-collection": "primary"}}
            name = f"{self.name_of(GTM)} server container"
            self.found.tools.append(FoundTool(SERVER, name, self.place(), GTM, facts=facts))
        hosts = [host_of(u)[0] for u in self.container.servers]
        for host in [*hosts, *sorted(self.uses.server_hosts)]:
            if re.search(r"\.stape\.(?:io|net|dev|jp)$", host):
                self._add("stape", self.place(), f"the server container runs at {host}", "likely")
        return SERVER

    def _products(self) -> None:
        for product, hits in sorted(self.uses.hits.items()):
            self._tool(product, hits)
        for product, (tag, what) in sorted(self.uses.hints.items()):
            if product not in self.uses.hits:
                self._add(product, self.place(tag), self.clean(what), "possible")

    def _tool(self, product: str, hits: list[Hit]) -> None:
        best = min(hits, key=lambda h: (_RANK[h.confidence], not h.firing.active))
        if is_consent_tool(product, self.setting.catalogue):
            self.consent_tools.append(product)
        shows = best.shows or best.title
        if product == kinds.ADS and best.confidence == "possible" and not best.shows:
            shows = "only a conversion linker, which other Google products use as well"
        evidence = f"{_tags(hits)}: {self.names([h.tag for h in hits], 3)}; {self.clean(shows)}"
        self._add(product, self.place(best.tag), evidence, best.confidence)

    def _add(self, product: str, place: Place, evidence: str, confidence: Confidence) -> None:
        there = self.found.tool(product)
        if there is not None:
            if _RANK[confidence] < _RANK[there.confidence]:
                there.confidence, there.evidence, there.place = confidence, evidence, place
            return
        known = product if product in self.setting.catalogue.products else None
        tool = FoundTool(product, self.name_of(product), place, known, evidence=evidence)
        tool.confidence = confidence
        self.found.tools.append(tool)

    # ---------------------------------------------------------------- flows

    def _behind(self, start: str, via: list[str]) -> bool:
        """Add the flow to a server container; tell whether Google's hits go through it."""
        uses = self.uses
        through = uses.google_to_server and any(
            h.firing.active for h in uses.hits.get(kinds.GA4, ())
        )
        google = [h for h in uses.hits.get(kinds.GA4, ()) if through]
        hits = [*uses.to_server, *google]
        if not hits:
            return False
        server = self._server_tool()
        where = ", ".join(sorted(uses.server_hosts))
        tool = self.found.tool(server)
        if tool is not None and not tool.evidence:
            tool.evidence = f"tags send to a server container{f' at {where}' if where else ''}"
        self._flow(start, server, hits, via, "sdk-pixel", certain=True)
        return bool(google)

    def _flows(self, start: str, via: list[str], method: str, behind: bool = False) -> None:
        for product, hits in sorted(self.uses.hits.items()):
            sure = [h for h in hits if h.confidence != "possible"]
            if not sure:
                continue
            told = [h for h in hits if h.counts]
            if behind and product == kinds.GA4:  # its hits go to the server, which passes them on
                self._flow(SERVER, product, told, [], "server-side-tracking", certain=False)
                continue
            certain = any(h.confidence == "certain" for h in sure)
            self._flow(start, product, told, via, method, certain=certain)

    def _flow(
        self, start: str, end: str, hits: list[Hit], via: list[str], method: str, *, certain: bool
    ) -> None:
        active = [h for h in hits if h.firing.active]
        facts: dict[str, Any] = {"method": method}
        objects: set[str] = set()
        for hit in active or hits:
            objects |= hit.objects
        if is_consent_tool(end, self.setting.catalogue):
            objects = {"consent"}
        if objects:
            facts["objects"] = kinds.ordered(objects)
        if via:
            facts["via"] = list(via)
        if not active:
            facts["status"] = "paused" if all(h.firing.paused for h in hits) else "idle"
        real = [h for h in active or hits if h.tag.type not in kinds.LINKERS]
        gate = self.gate_of(real or active or hits) if end not in self.consent_tools else []
        if gate:
            facts["gated_by"] = gate
        titles = Counter(h.title for h in hits)
        what = ", ".join(f"{self.clean(t)} ({n})" for t, n in sorted(titles.items()))
        facts["notes"] = f"{_tags(hits)}: {what}"
        if start == SERVER and self.container.context != "server":
            facts["notes"] += " of the website; whether the server passes them on is set there"
        first = min(active or hits, key=lambda h: _RANK[h.confidence]).tag
        self.found.integrations.append(
            FoundIntegration(
                start,
                end,
                self.place(first),
                facts,
                evidence=f"{_tags(hits)}: {self.names([h.tag for h in hits], 3)}",
                confidence="certain" if certain else "likely",
            )
        )

    # ---------------------------------------------------------------- consent

    def gate_of(self, hits: list[Hit]) -> list[str]:
        """Return the consent tool that all of some tags wait for, where it can be told."""
        if not hits:
            return []
        tools: set[str] = set()
        for hit in hits:
            named = tool_in_words(hit.firing.words)
            if named:
                tools.add(named)
            elif hit.consent == "needed" or named == "":
                if len(self.consent_tools) != 1:
                    return []
                tools.add(self.consent_tools[0])
            else:
                return []
        for tool in sorted(tools):
            self._add(tool, self.place(hits[0].tag), "triggers of tags wait for it", "likely")
        return sorted(tools)

    # ---------------------------------------------------------------- counts

    def _counts(self) -> None:
        container, uses = self.container, self.uses
        vendors = {id(h.tag): h for hits in uses.hits.values() for h in hits if h.counts}
        statuses = Counter(hit.consent for hit in vendors.values())
        counts = {
            "tags": len(container.tags),
            **dict(sorted(uses.counts.items())),
            "paused tags": sum(f.paused for f in uses.fired.values()),
            "tags that never fire": sum(bool(f.never) for f in uses.fired.values()),
            "vendor tags that need consent": statuses["needed"],
            "vendor tags that need no additional consent": statuses["not needed"],
            "vendor tags with consent not set": statuses["not set"],
            "triggers": len(container.triggers),
            "variables": len(container.variables),
            "custom templates": len(container.templates),
            "clients": len(container.clients),
            "zones": len(container.zones),
        }
        for what, number in counts.items():
            if number or what == "tags":
                self.found.counts[what] = self.found.counts.get(what, 0) + number
        self.found.counts = {
            _one(what) if number == 1 else what: number
            for what, number in self.found.counts.items()
        }


def _tags(hits: list[Hit]) -> str:
    """Return how many tags there are, and how many of them rest."""
    paused = sum(h.firing.paused for h in hits)
    never = sum(bool(h.firing.never) for h in hits)
    text = f"{len(hits)} tag{'s' * (len(hits) != 1)}"
    text += f", {paused} paused" if paused else ""
    return text + (f", {never} never firing" if never else "")


def _one(what: str) -> str:
    """Return a name of a count for one thing: ``paused tag`` for ``paused tags``."""
    what = re.sub(r"^(\w*tag|trigger|variable|custom template|client|zone)s\b", r"\1", what)
    what = re.sub(r"^((?:built-in|paused|vendor|listener|utility) tag)s\b", r"\1", what)
    return what.replace("tag that need ", "tag that needs ").replace("fire", "fires")
