"""RudderStack: sources into RudderStack, RudderStack into destinations, as with Segment."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any, ClassVar, Final

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.bystanders import say_bystanders
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundIntegration,
    FoundTool,
    ImportFailure,
    Place,
    Setting,
)
from stackaudit.importers.rudder.definitions import CHANNELS, DESTINATIONS, WAREHOUSES, WEBHOOKS
from stackaudit.importers.rudder.records import Item, Workspace, is_rudder, read
from stackaudit.source.words import make_id

HUB: Final = "rudderstack"


class Rudder:
    """A workspace of RudderStack: ``workspaceConfig.json``, or YAML of its command line tool."""

    id: ClassVar[str] = "rudderstack"
    title: ClassVar[str] = "RudderStack workspace (workspaceConfig.json, or YAML of rudder-cli)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether most of the data files are RudderStack's."""
        data = [f for f in bundle.files if f.suffix in (".json", ".yaml", ".yml")]
        return bool(data) and 2 * sum(map(is_rudder, data)) > len(data)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the sources and destinations of the workspace."""
        found = Found(self.id, bundle.name, f"RudderStack workspace {bundle.name}")
        workspace = read(bundle, found)
        if not workspace.sources and not workspace.destinations:
            raise ImportFailure(
                f"{bundle.name} holds no source or destination of RudderStack that can be read",
                "export the workspace again: workspaceConfig.json",
            )
        _Mapper(found, workspace, setting.catalogue).run()
        say_bystanders(found, bundle, lambda f: f.suffix in (".json", ".yaml", ".yml"))
        return found


@dataclass(slots=True)
class _Flow:
    place: Place
    method: str
    names: list[str] = field(default_factory=list)
    objects: dict[str, None] = field(default_factory=dict)


class _Mapper:
    def __init__(self, found: Found, workspace: Workspace, catalogue: Catalogue) -> None:
        self.found = found
        self.workspace = workspace
        self.catalogue = catalogue
        self.count: Counter[str] = Counter()
        self.flows: dict[tuple[str, str, bool], _Flow] = {}

    def run(self) -> None:
        """Take everything; count what there was."""
        found, space = self.found, self.workspace
        place = Place(found.source)
        found.tools.append(FoundTool(HUB, self.catalogue.products[HUB].name, place, HUB))
        for source in space.sources.values():
            self._source(source)
        for destination in space.destinations.values():
            self._destination(destination)
        for (start, end, live), flow in self.flows.items():
            facts: dict[str, Any] = {"method": flow.method}
            if flow.objects:
                facts["objects"] = list(flow.objects)
            if not live:
                facts["status"] = "paused"
            facts["notes"] = "In RudderStack: " + ", ".join(flow.names[:20])
            made = FoundIntegration(start, end, flow.place, facts)
            if (start, end, not live) in self.flows:
                tool = found.tool(end if start == HUB else start)
                name = f"{tool.name if tool else 'unknown'}{'' if live else ' off'}"
                made.id = make_id(f"rudderstack to {name}" if start == HUB else f"{name} to rudder")
            found.integrations.append(made)
        self.count["connections"] = len(space.connections)
        self.count["disabled connections"] = sum(not on for on in space.connections.values())
        self.count["deleted sources and destinations"] = space.deleted
        for kind, number in space.other.items():
            self.count[f"{kind}s not taken"] = number
        if space.secrets:
            found.dropped["settings or key of a source or destination"] += space.secrets
        found.counts = {what: number for what, number in self.count.items() if number}

    def _source(self, source: Item) -> None:
        self.count["sources"] += 1
        self.count["disabled sources"] += not source.enabled
        if all(start != source.id for start, _ in self.workspace.connections):
            self.count["sources without a destination"] += 1
        plain = re.sub(r"[^a-z0-9]", "", (source.kind or source.shown).casefold())
        channel = CHANNELS.get(plain, CHANNELS.get(plain.removesuffix("sdk"), ""))
        if channel:
            key = self._channel(source, channel)
            method = "rest-api" if channel == "server" else "sdk-pixel"
        else:
            product = self._product(source)
            if product is None:
                return
            key = product
            method = "reverse-etl" if key in WAREHOUSES else "native-connector"
        flow = self._flow(key, HUB, source.enabled, source.place, method)
        flow.names.append(source.name or source.id)
        if channel:
            flow.objects["behavioural-event"] = None

    def _channel(self, source: Item, channel: str) -> str:
        shown = source.name or f"{source.shown or source.kind} source"
        match = find_product(self.catalogue, shown)
        if match.product is not None or match.candidates:
            shown = f"{channel.capitalize()} {shown}"
        taken = {t.name for t in self.found.tools}
        number, free = 2, shown
        while free in taken:
            free, number = f"{shown} {number}", number + 1
        key = f"source {source.id}"
        evidence = f"{source.shown or source.kind} library of RudderStack"
        facts = {"kind": "own-channel"}
        self.found.tools.append(FoundTool(key, free, source.place, facts=facts, evidence=evidence))
        return key

    def _destination(self, destination: Item) -> None:
        space = self.workspace
        self.count["destinations"] += 1
        self.count["disabled destinations"] += not destination.enabled
        self.count["unnamed destinations"] += not destination.name
        self.count["transformations"] += destination.transformed
        fed = [(s, on) for (s, end), on in space.connections.items() if end == destination.id]
        if not fed:
            self.count["destinations without a source"] += 1
        if destination.kind.upper() in WEBHOOKS:
            self.count["webhook destinations"] += 1
            name = destination.name or destination.id
            text = f"where does the webhook destination {name} of RudderStack send to?"
            hint = "name the tool behind it in place of `unknown`"
            self.found.ask(text, destination.place, hint)
            key = "unknown"
        else:
            made = self._product(destination)
            if made is None:
                return
            key = made
        if not fed:
            return
        feeding = [
            s for s, on in fed if on and (s not in space.sources or space.sources[s].enabled)
        ]
        live = destination.enabled and bool(feeding)
        method = "etl-elt" if key in WAREHOUSES else "cdp"
        flow = self._flow(HUB, key, live, destination.place, method)
        names = [space.sources[s].name or s if s in space.sources else s for s, _ in fed]
        changed = ", transformed by own code" if destination.transformed else ""
        shown = destination.name or destination.shown or destination.kind
        flow.names.append(f"{shown} (from {', '.join(names)}{changed})")
        if key in WAREHOUSES:
            flow.objects["behavioural-event"] = None

    def _product(self, item: Item) -> str | None:
        """Return the key of the tool that an item means, added if need be; None: undecided."""
        known = DESTINATIONS.get(item.kind.upper().replace(" ", "_").replace("-", "_"))
        product = known or None
        if product is None and known is None:
            for name in (item.shown, item.kind.replace("_", " ")):
                match = find_product(self.catalogue, name) if name else None
                if match is not None and match.product is not None:
                    product = match.product.id
                    break
        shown = item.shown or item.kind.replace("_", " ") or item.name
        if product is None and not shown:
            text = "this has no name and no kind: what is it? It was not added"
            self.found.ask(text, item.place)
            return None
        if product is not None:
            shown = self.catalogue.products[product].name
        key = product or make_id(shown) or item.id
        if self.found.tool(key) is None:
            tool = FoundTool(key, shown, item.place, product)
            if not item.kind and not item.shown:
                tool.confidence = "likely"
                self.found.ask(f"{shown}: which product is it?", item.place)
            self.found.tools.append(tool)
        return key

    def _flow(self, start: str, end: str, live: bool, place: Place, method: str) -> _Flow:
        return self.flows.setdefault((start, end, live), _Flow(place, method))
