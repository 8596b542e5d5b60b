"""A Backstage software catalogue: ``catalog-info.yaml``, or what its API answers (a list).

Kinds and fields: "Descriptor Format of Catalog Entities",
https://backstage.io/docs/features/software-catalog/descriptor-format. References are
``[kind:][namespace/]name`` ("String References", .../references).

What becomes what, and why
- A Component is software the company runs. One that bears the name of a known product, or whose
  type says so, is that product; every other is the company's own (``homegrown``). Libraries,
  documentation and the like exchange no data by themselves and are left out.
- A Resource is infrastructure (a bucket, a cluster). Only one that bears the name of a known
  product is a tool.
- ``consumesApis`` states that two parts exchange something: an integration whose direction is not
  known, as a request goes one way and its answer the other.
- ``dependsOn`` states only that one does not work without the other: a question, not a flow.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import Any, ClassVar, Final

from stackaudit.catalogue.match import find_product
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundIntegration,
    FoundTool,
    ImportFailure,
    Place,
    Setting,
    SourceFile,
)
from stackaudit.importers.registers.data import Record, read_data
from stackaudit.importers.registers.tidy import (
    brief,
    counted,
    plain_text,
    scrubbed,
    shown,
    word_set,
)
from stackaudit.source.words import make_id

_KINDS: Final = ("component", "api", "resource", "system", "domain", "group", "user", "location")
_STATUS: Final = {"production": "live", "experimental": "pilot", "deprecated": "retiring"}
"""Lifecycles the format names as well known, in the inventory's words: experimental "non-production
component", deprecated "at the end of its lifecycle"."""
_NO_TOOLS: Final = word_set(
    "library documentation docs template package sdk module config configuration other tool"
)
_BOUGHT: Final = word_set(
    "saas external third-party thirdparty external-service vendor external-system"
)
_APIS: Final = {"openapi": "rest-api", "graphql": "rest-api", "grpc": "rest-api"}
_MOST: Final = 40
_MARKS: Final = (b"apiVersion", b"kind", b"metadata")


@dataclass(frozen=True, slots=True)
class Entity:
    """One entity, by its full reference."""

    ref: str
    kind: str
    name: str
    title: str
    data: Record
    spec: Record
    place: Place

    def text(self, key: str) -> str:
        """Return a field of its ``spec``."""
        value = self.spec.get(key)
        return " ".join(value.split()) if isinstance(value, str) else ""

    def refs(self, key: str, kind: str) -> list[str]:
        """Return the references of a field, full."""
        value = self.spec.get(key)
        each = value if isinstance(value, list) else [value]
        return [full(v, kind, self.ref) for v in each if isinstance(v, str) and v.strip()]


def full(reference: str, kind: str, of: str = "component:default/") -> str:
    """Return a reference with its kind and namespace; those left out are the referrer's."""
    head, _, rest = reference.strip().rpartition(":")
    namespace, _, name = rest.rpartition("/")
    own = of.partition(":")[2].rpartition("/")[0] or "default"
    return f"{head or kind}:{namespace or own}/{name}".casefold()


class Backstage:
    """Components, APIs and resources of a Backstage catalogue."""

    id: ClassVar[str] = "backstage"
    title: ClassVar[str] = "Backstage software catalogue (catalog-info.yaml)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a file holds entities of Backstage, or every file of a folder does."""
        return bool(bundle.files) and all(_is(file) for file in bundle.files)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the tools and what is stated between them.

        Raises :class:`ImportFailure` where there is no entity.
        """
        return _Parsing(bundle, setting).run()


def _is(file: SourceFile) -> bool:
    if file.suffix not in (".yaml", ".yml", ".json"):
        return False
    return all(mark in file.data for mark in _MARKS) and (
        b"backstage.io/" in file.data or file.name.rpartition("/")[2].startswith("catalog-info")
    )


class _Parsing:
    def __init__(self, bundle: Bundle, setting: Setting) -> None:
        self.bundle = bundle
        self.catalogue = setting.catalogue
        self.found = Found(Backstage.id, bundle.name, f"Backstage catalogue {bundle.name}")
        self.entities: dict[str, Entity] = {}
        self.tools: dict[str, FoundTool] = {}
        self.left: dict[str, list[str]] = defaultdict(list)

    def run(self) -> Found:
        for file in self.bundle.files:
            self._file(file)
        if not self.entities:
            why = next((n.text for n in self.found.notices), "it has no entity with kind and name")
            raise ImportFailure(
                f"{self.bundle.name} holds nothing of a Backstage catalogue: {why}",
                "an entity has apiVersion, kind, metadata.name and spec",
            )
        for entity in self.entities.values():
            self._tool(entity)
        self._apis()
        self._depends()
        self._say()
        return scrubbed(self.found)

    # ---------------------------------------------------------------- entities

    def _file(self, file: SourceFile) -> None:
        try:
            documents = read_data(file)
        except ImportFailure as failure:
            self.found.unreadable(str(failure), Place(file.name), failure.hint)
            self.found.partial = True
            return
        if documents.fault:
            self.found.unreadable(
                f"not all of it could be read: {documents.fault}; what stands before is taken",
                Place(file.name),
            )
            self.found.partial = True
        each: list[Any] = []
        for document in documents.each:
            if isinstance(document, Record) and isinstance(document.get("items"), list):
                each += document["items"]
            else:
                each += document if isinstance(document, list) else [document]
        for number, data in enumerate(each, start=1):
            if data is not None:
                self._entity(file, number, data)

    def _entity(self, file: SourceFile, number: int, data: Any) -> None:
        line = f"line {data.line}" if isinstance(data, Record) and data.line else f"no. {number}"
        metadata = data.get("metadata") if isinstance(data, Record) else None
        kind = data.get("kind") if isinstance(data, Record) else None
        name = metadata.get("name") if isinstance(metadata, Record) else None
        if not isinstance(kind, str) or not isinstance(name, str) or metadata is None:
            self.found.unreadable("an entity without kind or name", Place(file.name, line))
            self.found.partial = True
            return
        kind, name = kind.strip().casefold(), name.strip()
        space = metadata.get("namespace")
        ref = f"{kind}:{space if isinstance(space, str) else 'default'}/{name}".casefold()
        place = Place(file.name, f"{kind.capitalize()} {name}, {line}")
        if ref in self.entities:
            self.found.ask(f"{ref} stands twice; the first is taken", place)
            return
        title = metadata.get("title")
        spec = data.get("spec")
        self.entities[ref] = Entity(
            ref,
            kind,
            name,
            " ".join(title.split()) if isinstance(title, str) and title.strip() else name,
            data,
            spec if isinstance(spec, Record) else Record(),
            place,
        )

    def _tool(self, entity: Entity) -> None:
        if entity.kind not in ("component", "resource"):
            self.left[entity.kind].append(entity.title)
            return
        known = any(find_product(self.catalogue, n).product for n in (entity.title, entity.name))
        sort = entity.text("type").casefold()
        bought = known or sort in _BOUGHT
        if entity.kind == "resource" and not bought:
            self.left["resource"].append(entity.title)
            return
        if sort in _NO_TOOLS and not bought:
            self.left[f"component of type {sort}"].append(entity.title)
            return
        tool = FoundTool(entity.ref, entity.title, entity.place)
        tool.known_as = (entity.name,) if entity.name != entity.title else ()
        tool.facts = self._facts(entity)
        if not bought:
            tool.product = "none"
            tool.facts["kind"] = "homegrown"
        elif entity.kind == "component" and known and sort not in _BOUGHT:
            self.found.ask(
                f"is {entity.title} the product of that name, or software of your own that works "
                "with it? It is read as the product",
                entity.place,
            )
        self.tools[entity.ref] = tool
        self.found.tools.append(tool)

    def _facts(self, entity: Entity) -> dict[str, Any]:
        facts: dict[str, Any] = {}
        lifecycle = entity.text("lifecycle").casefold()
        if lifecycle in _STATUS:
            facts["status"] = _STATUS[lifecycle]
        elif lifecycle and entity.kind == "component":
            self.found.ask(
                f"{entity.title}: lifecycle {lifecycle!r} is none of {', '.join(_STATUS)}; no "
                "status was taken",
                entity.place,
            )
        owner = entity.refs("owner", "group")
        if owner:
            kind, _, rest = owner[0].partition(":")
            name = rest.rpartition("/")[2]
            shown_as = self._display(owner[0]) or name
            if kind == "group":
                self.found.teams[make_id(shown_as)] = shown_as
                facts["owner"] = f"team:{make_id(shown_as)}"
                facts["team"] = shown_as
            else:
                facts["owner"] = shown_as
        notes = []
        metadata = entity.data["metadata"]
        if isinstance(metadata.get("description"), str):
            notes.append(brief(plain_text(metadata["description"]), 400))
        system = entity.refs("system", "system")
        if system:
            named = self.entities.get(system[0])
            notes.append(
                f"Part of system: {named.title if named else system[0].rpartition('/')[2]}"
            )
        facts["notes"] = "; ".join(n.rstrip(".") for n in notes)
        return {k: v for k, v in facts.items() if v}

    def _display(self, ref: str) -> str:
        """Return the name by which a group or user is shown; an address of theirs is not read."""
        entity = self.entities.get(ref)
        profile = entity.spec.get("profile") if entity else None
        name = profile.get("displayName") if isinstance(profile, Record) else None
        if isinstance(profile, Record) and profile.get("email"):
            self.found.dropped["e-mail address"] += 1
        if isinstance(name, str) and name.strip():
            return " ".join(name.split())
        return entity.title if entity and entity.title != entity.name else ""

    # ---------------------------------------------------------------- between them

    def _apis(self) -> None:
        """Take whom an API joins: who consumes it and the one who provides it."""
        providers: dict[str, list[str]] = defaultdict(list)
        for entity in self.entities.values():
            for api in entity.refs("providesApis", "api"):
                providers[api].append(entity.ref)
        nobody: dict[str, list[str]] = defaultdict(list)
        for entity in self.entities.values():
            for api in dict.fromkeys(entity.refs("consumesApis", "api")):
                ends = [p for p in dict.fromkeys(providers[api]) if p != entity.ref]
                if entity.ref not in self.tools or any(p not in self.tools for p in ends):
                    self.left["use of an API by or of what is no tool"].append(api)
                elif not ends:
                    nobody[api].append(entity.title)
                for provider in ends:
                    if entity.ref in self.tools and provider in self.tools:
                        self._flow(entity, provider, api)
        for api, users in nobody.items():
            place = self.entities[api].place if api in self.entities else None
            self.found.ask(
                f"{shown(users)} {'use' if len(users) > 1 else 'uses'} the API "
                f"{self._title(api)}: which tool provides it? The catalogue names none",
                place,
            )

    def _flow(self, entity: Entity, provider: str, api: str) -> None:
        known = self.entities.get(api)
        facts: dict[str, Any] = {"direction": "unknown"}
        method = _APIS.get(known.text("type").casefold()) if known else None
        if method:
            facts["method"] = method
        facts["notes"] = f"By the API {self._title(api)}; what it carries is not said"
        for flow in self.found.integrations:
            if (flow.from_, flow.to) == (provider, entity.ref) and flow.facts.get(
                "method"
            ) == method:
                flow.facts["notes"] += f"; also by {self._title(api)}"
                return
        self.found.integrations.append(FoundIntegration(provider, entity.ref, entity.place, facts))

    def _depends(self) -> None:
        """Ask about dependencies between tools that nothing else joins."""
        joined = {frozenset((f.from_, f.to)) for f in self.found.integrations}
        asked = []
        for entity in self.entities.values():
            pairs = [(entity.ref, r) for r in entity.refs("dependsOn", "component")]
            pairs += [(r, entity.ref) for r in entity.refs("dependencyOf", "component")]
            for one, other in pairs:
                if (
                    one in self.tools
                    and other in self.tools
                    and frozenset((one, other)) not in joined
                ):
                    joined.add(frozenset((one, other)))
                    asked.append((entity, one, other))
                elif one not in self.tools or other not in self.tools:
                    self.left["dependency on what is no tool"].append(other)
        for entity, one, other in asked[:_MOST]:
            self.found.ask(
                f"{self.tools[one].name} depends on {self.tools[other].name}: is data exchanged, "
                "and which way? A dependency alone is no flow",
                entity.place,
            )
        if len(asked) > _MOST:
            self.found.ask(f"and {len(asked) - _MOST} more dependencies between tools")

    def _title(self, ref: str) -> str:
        entity = self.entities.get(ref)
        return entity.title if entity else ref.rpartition("/")[2]

    def _say(self) -> None:
        found = self.found
        for what, names in self.left.items():
            named = list(dict.fromkeys(n.rpartition("/")[2] for n in names))
            if what in ("group", "user", "api"):
                continue
            if what == "location":
                found.note("a Location only points to other files, which are not read from here")
            else:
                found.left_out(f"{what}: {shown(named)} ({len(named)}), not taken as tools")
        kinds = [e.kind for e in self.entities.values()]
        for kind in (*_KINDS, *sorted(set(kinds) - set(_KINDS))):
            if kinds.count(kind):
                found.counts |= counted(kinds.count(kind), "API" if kind == "api" else kind)
        found.counts |= counted(len(found.tools), "tool")
        if found.integrations:
            found.counts |= counted(len(found.integrations), "integration")
