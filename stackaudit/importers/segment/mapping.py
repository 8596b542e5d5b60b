"""From the records of a Segment workspace to tools and integrations."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from stackaudit.catalogue.match import find_product
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.model import Found, FoundIntegration, FoundTool, Place
from stackaudit.importers.segment.events import in_words, objects_of
from stackaudit.importers.segment.ids import WEBHOOKS, Kind, kind_of
from stackaudit.importers.segment.records import Record, Workspace
from stackaudit.importers.values import text_without_secrets
from stackaudit.source.words import make_id

HUB: Final = "segment"
STORES: Final = frozenset(("bigquery", "snowflake", "amazon-redshift", "postgresql", "databricks"))
"""Products that, as a source, are read by reverse ETL: Segment has no other way to read them."""
ENVIRONMENTS: Final = {
    "dev": "development",
    "development": "development",
    "stage": "staging",
    "staging": "staging",
    "test": "development",
    "qa": "staging",
}
COUNTED: Final = {
    "filters": "destination filters",
    "tracking plans": "tracking plans",
    "models": "reverse ETL models",
    "functions": "functions",
    "insert functions": "insert functions",
    "transformations": "transformations",
}
METHODS: Final = {"website": "sdk-pixel", "app": "sdk-pixel", "server": "rest-api"}
UNITS: Final = {"minute": "m", "minutes": "m", "hour": "h", "hours": "h", "day": "d", "days": "d"}


@dataclass(slots=True)
class _Flow:
    """The sources or destinations of one tool that are switched on, or off: one integration."""

    place: Place
    names: list[str] = field(default_factory=list)
    objects: dict[str, None] = field(default_factory=dict)
    only: list[tuple[str, ...]] = field(default_factory=list)
    """The filters of each destination, in words."""
    every: set[str] = field(default_factory=set)
    method: str = "cdp"
    certain: bool = True


class Mapper:
    """Fills a :class:`Found` from a workspace."""

    def __init__(self, found: Found, workspace: Workspace, catalogue: Catalogue) -> None:
        self.found = found
        self.workspace = workspace
        self.catalogue = catalogue
        self.count: Counter[str] = Counter()
        self.keys: dict[str, str] = {}
        """Id of a source → key of its tool."""
        self.into: dict[tuple[str, bool], _Flow] = {}
        self.out: dict[tuple[str, bool], _Flow] = {}
        self.fed: set[str] = set()
        self.sources = {s.id: s for s in workspace.of("sources")}
        self.subscriptions = _by_destination(workspace.of("subscriptions"))
        self.filters = _by_destination(f for f in workspace.of("filters") if f.enabled)
        self.produced = {
            self._meaning(d) for d in workspace.of("destinations") if self._fed_from(d) is None
        }
        """What destinations mean that production feeds."""
        self.functions = {
            f.id.rpartition("_")[2]: self._clean(f.text("display_name"))
            for f in workspace.of("functions")
        }
        """Metadata id of the sources and destinations made of own code → name of the function."""

    def run(self) -> None:
        """Take everything; count what there was."""
        hub = Place(self.found.source)
        name = self.catalogue.products["twilio-segment"].name
        self.found.tools.append(FoundTool(HUB, name, hub, "twilio-segment"))
        for source in self.workspace.of("sources"):
            self._source(source)
        for destination in self.workspace.of("destinations"):
            self._destination(destination)
        for warehouse in self.workspace.of("warehouses"):
            self._warehouse(warehouse)
        self._write(self.into, towards=True)
        self._write(self.out, towards=False)
        self._rest()

    # ---------------------------------------------------------------- sources

    def _source(self, source: Record) -> None:
        self.count["sources"] += 1
        self.count["disabled sources"] += not source.enabled
        kind = self._kind("source", source)
        name = self._clean(source.text("name") or source.text("slug"))
        if kind is not None and kind.product == "twilio-segment":
            self.count["sources that are Segment's own spaces"] += 1
            self.keys[source.id] = HUB
            return
        if kind is not None and kind.channel:
            key = self._channel(source, kind, name)
            method, objects = METHODS[kind.channel], ["behavioural-event"]
        else:
            made = self._product(source, kind, name, "source")
            if made is None:
                return
            key = made
            product = next((t.product for t in self.found.tools if t.key == key), None)
            method = "reverse-etl" if product in STORES else "native-connector"
            objects = []
        self.keys[source.id] = key
        flow = self._flow(self.into, key, source)
        flow.names.append(name or source.id)
        flow.method = method
        flow.objects |= dict.fromkeys(objects)
        for model in self.workspace.of("models"):
            if model.text("source_id") == source.id and model.enabled:
                flow.every |= {e for e in [_every(model.values)] if e}

    def _channel(self, source: Record, kind: Kind, name: str) -> str:
        """Add the company's own website, app or server that a library of Segment sits in."""
        facts: dict[str, Any] = {"kind": "own-channel"}
        environment = self._environment(source)
        if environment:
            facts["environment"] = environment
        parts = urlsplit(source.setting("website_url", "websiteUrl"))
        if kind.channel == "website" and parts.hostname and "." in parts.hostname:
            facts["url"] = f"https://{parts.hostname}"
        shown = name or f"{kind.name} source"
        match = find_product(self.catalogue, shown)
        if match.product is not None or match.candidates:
            shown = f"{kind.channel.capitalize()} {shown}"  # "Webflow" is a website, no product
        taken = {t.name for t in self.found.tools}
        if shown in taken and environment:
            shown = f"{shown} ({environment})"
        number, free = 2, shown
        while free in taken:
            free, number = f"{shown} {number}", number + 1
        evidence = f"{kind.name} library of Segment"
        key = f"source {source.id}"
        tool = FoundTool(key, free, source.place, facts=facts, evidence=evidence)
        self.found.tools.append(tool)
        return key

    # ---------------------------------------------------------------- destinations

    def _destination(self, destination: Record) -> None:
        self.count["destinations"] += 1
        self.count["disabled destinations"] += not destination.enabled
        kind = self._kind("destination", destination)
        name = self._clean(destination.text("name"))
        self.count["unnamed destinations"] += not name
        source_id = destination.text("source_id")
        self.fed.add(source_id)
        here = self._name_of_source(source_id)
        self.count["destinations whose source is not in the export"] += here is None
        key = self._target(destination, kind, name)
        if key is None:
            return
        if kind is not None and kind.product == "twilio-segment":
            self.count["destinations that are Segment itself"] += 1
            return
        own = self.subscriptions.get(destination.id, [])
        self.count["subscriptions"] += len(own)
        self.count["disabled subscriptions"] += sum(not s.enabled for s in own)
        sends = not own or any(s.enabled for s in own)
        fed = source_id not in self.sources or self.sources[source_id].enabled
        if destination.enabled and not sends:
            self.count["destinations with every subscription switched off"] += 1
        if destination.enabled and not fed:
            self.count["destinations whose source is switched off"] += 1
        live = destination.enabled and sends and fed
        flow = self._flow(self.out, key, destination, live)
        shown = name or (kind.name if kind else destination.id)
        mine = self.filters.get(destination.id, [])
        words = tuple(dict.fromkeys(sorted(in_words(f.values) for f in mine)))
        flow.only.append(words)
        filtered = f"; filter: {'; '.join(words)}" if words else ""
        origin = here or "a source that is not in the export"
        flow.names.append(f"{shown} (from {origin}{filtered})")
        for subscription in own:
            if subscription.enabled or not live:
                made = objects_of(subscription.text("name"), subscription.text("trigger"))
                flow.objects |= dict.fromkeys(made)
        if kind is not None and "audience" in kind.name.casefold():
            flow.objects |= {"ad-audience": None}

    def _target(self, destination: Record, kind: Kind | None, name: str) -> str | None:
        """Return the tool a destination means; ``unknown`` behind a webhook of an unknown host."""
        metadata_id = str(destination.metadata.get("id"))
        if metadata_id not in WEBHOOKS:
            made = self._product(destination, kind, name, "destination")
            if made is None:
                return None
            return self._apart(made, destination)
        self.count["webhook destinations"] += 1
        text = f"where does the webhook destination {name or destination.id} of Segment send to?"
        self.found.ask(text, destination.place, "name the tool behind it in place of `unknown`")
        return "unknown"

    def _apart(self, key: str, destination: Record) -> str:
        """Return the tool, or its development instance where production is fed as well."""
        environment = self._fed_from(destination)
        if environment is None or self._meaning(destination) not in self.produced:
            return key
        tool = self.found.tool(key)
        assert tool is not None
        own = f"{key} {environment}"
        if self.found.tool(own) is None:
            facts = {**tool.facts, "environment": environment, "instance": environment}
            name = f"{tool.name} ({environment})"
            place = destination.place
            made = FoundTool(own, name, place, tool.product, tool.known_as, facts, tool.evidence)
            self.found.tools.append(made)
        return own

    @staticmethod
    def _meaning(destination: Record) -> str:
        """Return what two destinations of one product have in common."""
        metadata_id = str(destination.metadata.get("id"))
        kind = kind_of("destination", metadata_id)
        return (kind.product or kind.name) if kind is not None else metadata_id

    def _fed_from(self, destination: Record) -> str | None:
        source = self.sources.get(destination.text("source_id"))
        return self._environment(source) if source is not None else None

    # ---------------------------------------------------------------- warehouses

    def _warehouse(self, warehouse: Record) -> None:
        self.count["warehouses"] += 1
        self.count["disabled warehouses"] += not warehouse.enabled
        kind = self._kind("warehouse", warehouse)
        name = self._clean(warehouse.text("name") or warehouse.setting("name"))
        key = self._product(warehouse, kind, name, "warehouse")
        if key is None:
            return
        flow = self._flow(self.out, f"{key}\0warehouse", warehouse)
        flow.method = "etl-elt"
        flow.names.append(f"warehouse {name or (kind.name if kind else warehouse.id)}")
        flow.objects |= {"behavioural-event": None}

    # ---------------------------------------------------------------- what is shared

    def _kind(self, what: str, record: Record) -> Kind | None:
        """Return what kind of thing a record is: by its metadata id, else as the API names it."""
        metadata_id = str(record.metadata.get("id") or "")
        kind = kind_of(what, metadata_id)
        named = record.metadata.get("name")
        if kind is None and isinstance(named, str) and named.strip():
            bare = named.replace("(Actions)", "").strip()
            product = find_product(self.catalogue, bare).product
            kind = Kind(self._clean(named), product.id if product else None, _channel_of(record))
        if kind is None and metadata_id in self.functions:
            self.count[f"{what}s that are functions of own code"] += 1
        elif kind is None:
            self.count[f"{what}s of a kind in no catalogue"] += 1
        return kind

    def _product(self, record: Record, kind: Kind | None, name: str, what: str) -> str | None:
        """Return the key of the tool that a record means, added if need be; None: undecided."""
        metadata_id = str(record.metadata.get("id"))
        own = metadata_id in self.functions
        name = name or self.functions.get(metadata_id, "")
        if kind is None and not name:
            text = f"a {what} of Segment has no name, and its kind {metadata_id} is in no catalogue"
            self.found.ask(f"{text}: what is it? It was not added", record.place)
            return None
        if kind is not None and kind.product is not None:
            product: str | None = kind.product
            shown = self.catalogue.products[kind.product].name
            evidence, confidence = "", "certain"
        else:
            shown = _bare(kind.name) if kind is not None else name
            match = find_product(self.catalogue, shown)
            product = match.product.id if match.product is not None else None
            evidence = f"a {what} of Segment"
            confidence = "certain" if kind is not None else "likely"
            if own:
                text = f"{name} is a {what} of own code in Segment: which tool is behind it?"
                self.found.ask(text, record.place)
            elif kind is None:
                text = f"{name}: which tool is it? Segment's kind of {what} {metadata_id} is in no"
                self.found.ask(f"{text} catalogue", record.place)
        key = product or make_id(shown) or f"{what} {record.id}"
        if self.found.tool(key) is None:
            tool = FoundTool(key, shown, record.place, product, evidence=evidence)
            tool.confidence = "likely" if confidence == "likely" else "certain"
            self.found.tools.append(tool)
        return key

    def _flow(
        self,
        table: dict[tuple[str, bool], _Flow],
        key: str,
        record: Record,
        live: bool | None = None,
    ) -> _Flow:
        on = record.enabled if live is None else live
        return table.setdefault((key, on), _Flow(record.place))

    def _write(self, table: dict[tuple[str, bool], _Flow], *, towards: bool) -> None:
        for (key, live), flow in table.items():
            end = key.partition("\0")[0]
            facts: dict[str, Any] = {"method": flow.method}
            if flow.objects:
                facts["objects"] = list(flow.objects)
            if len(set(flow.only)) == 1 and flow.only[0]:
                facts["only"] = "; ".join(flow.only[0])
            if len(flow.every) == 1:
                facts["every"] = next(iter(flow.every))
            if not live:
                facts["status"] = "paused"
            facts["notes"] = "In Segment: " + _some(flow.names, ", ")
            ends = (end, HUB) if towards else (HUB, end)
            made = FoundIntegration(*ends, flow.place, facts)
            if (key, not live) in table:  # one of a tool's connections is on, another is off
                tool = self.found.tool(end)
                name = f"{tool.name if tool else end}{'' if live else ' off'}"
                made.id = make_id(f"{name} to segment" if towards else f"segment to {name}")
            self.found.integrations.append(made)

    def _rest(self) -> None:
        found, workspace = self.found, self.workspace
        for kind in COUNTED:
            self.count[COUNTED[kind]] += len(workspace.of(kind))
        self.count["disabled destination filters"] += sum(
            not f.enabled for f in workspace.of("filters")
        )
        functions = workspace.of("functions") + workspace.of("insert functions")
        used = {
            str(r.metadata.get("id"))
            for kind in ("sources", "destinations")
            for r in workspace.of(kind)
        }
        for function in functions:
            if function.id.rpartition("_")[2] in used:
                continue  # asked about where it is used
            name = self._clean(function.text("display_name") or function.text("name"))
            what = function.text("resource_type").replace("_", " ").lower() or "function"
            text = f"{name or 'a function'} is custom code in Segment ({what}): what does it reach?"
            found.ask(text, function.place)
        idle = [s for s in workspace.of("sources") if s.id not in self.fed]
        self.count["sources without a destination"] = len(idle)
        if idle:
            names = _some([self._clean(s.text("name")) or s.id for s in idle], ", ")
            found.note(f"sources that feed no destination of the export: {names}")
        many = [f for (key, _), f in self.out.items() if len(f.names) > 1 and key != "unknown"]
        if many:
            each = [_some([n.partition(" (from ")[0] for n in f.names], ", ") for f in many]
            names = _some(each, "; ")
            text = f"destinations of one product are taken as one tool: {names}"
            found.note(text, hint="name an `instance` where they are accounts of their own")
        here = {s.id for s in workspace.of("sources")}
        away = [d.text("source_id") for d in workspace.of("destinations")]
        away = [s for s in away if s not in here]
        for source_id, number in sorted(Counter(away).items()):
            what = f"{number} destination{'s are' if number > 1 else ' is'} fed by a source"
            text = f"{what} that is not in the export ({source_id or 'unnamed'}): which is it?"
            found.ask(text, hint="it may be a space of Segment, or be deleted")
        known = {d.id for d in workspace.of("destinations")}
        lost = sum(s.text("destination_id") not in known for s in workspace.of("subscriptions"))
        if lost:
            self.count["subscriptions"] += lost
            found.left_out(f"{lost} subscriptions of destinations that are not in the export")
        if workspace.of("tracking plans"):
            number = len(workspace.of("tracking plans"))
            found.note(f"{number} tracking plan{'s' * (number > 1)}: counted, not taken")
        for what, number in sorted(workspace.other.items()):
            if number and what != "other files":
                found.note(f"{number} of {what}: counted, not taken")
        secret = sum(
            bool(r.values.get("settings"))
            for k in ("sources", "destinations", "warehouses", "subscriptions")
            for r in workspace.of(k)
        )
        if secret:
            found.dropped["settings of a source, destination or warehouse"] += secret
        found.counts = {k: n for k, n in self.count.items() if n}

    def _environment(self, source: Record) -> str | None:
        for key, value in source.labels():
            if key.casefold() in ("environment", "env", "map_env", "stage"):
                return ENVIRONMENTS.get(value.casefold())
        return None

    def _name_of_source(self, source_id: str) -> str | None:
        source = self.sources.get(source_id)
        if source is None:
            return None
        return self._clean(source.text("name") or source.text("slug")) or source.id

    def _clean(self, text: str) -> str:
        return text_without_secrets(text, self.found.dropped)[:120]


def _some(names: list[str], between: str, most: int = 20) -> str:
    """Return names in a row; of very many, the first and how many more there are."""
    more = [f"{len(names) - most} more"] if len(names) > most else []
    return between.join(names[:most] + more)


def _by_destination(records: Iterable[Record]) -> dict[str, list[Record]]:
    made: dict[str, list[Record]] = {}
    for record in records:
        made.setdefault(record.text("destination_id"), []).append(record)
    return made


def _bare(name: str) -> str:
    return name.replace("(Actions)", "").replace("(Legacy)", "").strip()


def _channel_of(record: Record) -> str:
    """Return which own channel a source of the API is, by its categories."""
    given = record.metadata.get("categories")
    categories = {str(c).casefold() for c in given} if isinstance(given, list) else set()
    for word, channel in (("website", "website"), ("mobile", "app"), ("server", "server")):
        if word in categories:
            return channel
    return ""


def _every(model: Any) -> str:
    """Return how often a reverse ETL model runs: its schedule's interval, ``15m``."""
    config = model.get("schedule_config")
    given = config.get("interval") if isinstance(config, dict) else None
    number = "".join(c for c in str(given or "") if c.isdigit())
    unit = str(given or "").strip("0123456789 ").casefold()
    short = UNITS.get(unit, unit if unit in ("m", "h", "d") else "")
    return f"{int(number)}{short}" if number and short else ""
