"""ArchiMate models: the exchange file of The Open Group and Archi's own ``.archimate``.

Relationships: ArchiMate 3.2 Specification, chapter 5: a Flow is "the transfer from one element to
another"; Serving "provides its functionality", Access "observe or act upon" data, Triggering is
"temporal or causal": only the first states that data goes from one to the other.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import ClassVar, Final

from stackaudit.catalogue.match import find_product
from stackaudit.importers.model import (
    Bundle,
    Found,
    FoundIntegration,
    ImportFailure,
    Place,
    Setting,
)
from stackaudit.importers.registers.archimodel import SPACES, Model, Relation, Thing, read_model
from stackaudit.importers.registers.data import Record
from stackaudit.importers.registers.listing import Entries, read_entries, say_keys, table_of
from stackaudit.importers.registers.tidy import brief, scrubbed, shown
from stackaudit.importers.spreadsheet import words
from stackaudit.importers.spreadsheet.rows import object_of

_INSIDE: Final = frozenset(("Assignment", "Realization", "Composition", "Aggregation"))
"""Relationships from a component to what it does, offers or consists of."""
_JUNCTIONS: Final = frozenset(("Junction", "AndJunction", "OrJunction"))
_SAID: Final = {
    "Serving": "serves",
    "Triggering": "triggers",
    "Association": "is associated with",
}
_MOST: Final = 40


class ArchiMate:
    """Application components and the flows between them."""

    id: ClassVar[str] = "archimate"
    title: ClassVar[str] = "ArchiMate model (exchange XML, .archimate)"

    def recognises(self, bundle: Bundle) -> bool:
        """Tell whether a file is an ArchiMate model."""
        if bundle.folder or not bundle.files:
            return False
        file = bundle.file()
        if file.suffix == ".archimate":
            return True
        head = file.data[:8192]
        if head.startswith((b"\xff\xfe", b"\xfe\xff")):
            head = head.replace(b"\x00", b"")
        return b"<" in head and any(space in head for space in SPACES)

    def parse(self, bundle: Bundle, setting: Setting) -> Found:
        """Return the application components as tools, and the flows between them.

        Raises :class:`ImportFailure` for what is no such model, or has no application components.
        """
        file = bundle.file()
        model = read_model(file.data, file.name)
        return _Parsing(model, file.name, setting).run()


# -------------------------------------------------------------------- what it says of tools


class _Parsing:
    def __init__(self, model: Model, label: str, setting: Setting) -> None:
        self.model = model
        self.label = label
        self.setting = setting
        title = f"ArchiMate model {model.name}" if model.name else f"ArchiMate model {label}"
        self.found = Found(ArchiMate.id, label, title)
        self.keys: dict[str, str] = {}
        """Id of an element → key of the tool it is."""
        self.inside: dict[str, list[str]] = defaultdict(list)
        self.flowing: dict[tuple[str, bool], list[str]] = defaultdict(list)
        """An element, and whether forward → where its flows lead to, or come from."""
        self.flows: dict[tuple[str, str], FoundIntegration] = {}
        for relation in model.relations:
            if relation.type in _INSIDE:
                self.inside[relation.to].append(relation.from_)
            elif relation.type == "Flow":
                self.flowing[relation.from_, True].append(relation.to)
                self.flowing[relation.to, False].append(relation.from_)

    def run(self) -> Found:
        self._tools()
        self._parts()
        self._flows()
        self._serving()
        self._access()
        self._count()
        return scrubbed(self.found)

    def _known(self, thing: Thing) -> bool:
        return find_product(self.setting.catalogue, thing.name).product is not None

    def _tools(self) -> None:
        things = [t for t in self.model.things.values() if t.type == "ApplicationComponent"]
        others = [
            t
            for t in self.model.things.values()
            if t.type in ("SystemSoftware", "ApplicationService")
            and self._known(t)
            and not (t.type == "ApplicationService" and self._owners(t.id))
        ]
        named = [t for t in (*things, *others) if t.name]
        for thing in things:
            if not thing.name:
                self.found.left_out("an application component without a name", self._place(thing))
        if not named:
            raise ImportFailure(
                f"{self.label} names no application component",
                "tools are elements of the type ApplicationComponent in the application layer",
            )
        for thing in others:
            self.found.note(
                f"{thing.name} is a {thing.type} in the model and a product that is known: taken",
                self._place(thing),
            )
        records = [
            Record({"tool": t.name, "description": t.documentation, **_plain(t)}) for t in named
        ]
        entries = Entries("", records, [self._place(t) for t in named])
        table = table_of(entries, self.setting, ("tools",), "tools")
        if table is None:
            raise ImportFailure(f"{self.label} has more properties than can be read")
        made = read_entries(self.found, entries, table, self.setting, self.label)
        if len({k for r in records for k in r}) > 2:
            say_keys(self.found, table, Place(self.label, "properties"))
        for number, keys in made.items():
            if number and len(keys) == 1:
                self.keys[named[number - 1].id] = keys[0]
        for tool in self.found.tools:
            if isinstance(notes := tool.facts.get("notes"), str):
                tool.facts["notes"] = brief(notes.removeprefix("description: "), 400)

    def _place(self, thing: Thing) -> Place:
        return Place(self.label, f"{thing.type} {thing.name!r} ({thing.id})")

    def _parts(self) -> None:
        """Take a component of which another is composed as running inside it."""
        wholes: dict[str, set[str]] = defaultdict(set)
        for r in self.model.relations:
            if r.type == "Composition" and r.from_ in self.keys and r.to in self.keys:
                wholes[r.to].add(r.from_)
        for part, whole in wholes.items():
            tool = self.found.tool(self.keys[part])
            if len(whole) == 1 and tool is not None:
                (one,) = whole
                if wholes.get(one) != {part}:
                    tool.facts.setdefault("runs_inside", self.model.things[one].name)

    # ---------------------------------------------------------------- relationships

    def _owners(self, id_: str) -> set[str]:
        """Return the components that an element is, does the work of, or is offered by."""
        owners, open_, seen = set(), [id_], {id_}
        while open_:
            current = open_.pop()
            thing = self.model.things.get(current)
            if thing is None or not thing.type.startswith(("Application", "SystemSoftware")):
                continue
            if current in self.keys or thing.type == "ApplicationComponent":
                owners.add(current)
                continue
            open_ += [p for p in self.inside[current] if p not in seen]
            seen.update(self.inside[current])
        return owners

    def _ends(self, id_: str, forward: bool, seen: frozenset[str] = frozenset()) -> set[str]:
        """Return the tools at one end of a flow: those of an element, or of what joins there."""
        thing = self.model.things.get(id_)
        if thing is not None and thing.type in _JUNCTIONS and id_ not in seen and len(seen) < 20:
            return {
                e for b in self.flowing[id_, forward] for e in self._ends(b, forward, seen | {id_})
            }
        owners = self._owners(id_)
        return {o for o in owners if o in self.keys} if len(owners) == 1 else set()

    def _flows(self) -> None:
        outside: Counter[str] = Counter()
        flows = [r for r in self.model.relations if r.type == "Flow"]
        for relation in flows:
            if self._kind(relation.from_) in _JUNCTIONS:
                continue  # read from the flow that leads into it
            froms = self._ends(relation.from_, forward=False)
            tos = self._ends(relation.to, forward=True)
            pairs = [(a, b) for a in sorted(froms) for b in sorted(tos) if a != b]
            if not pairs:
                inner = froms and froms == tos
                ends = (self._kind(relation.from_), self._kind(relation.to))
                outside["inside one component" if inner else " and ".join(sorted(ends))] += 1
            for a, b in pairs:
                self._flow(relation, a, b)
        self.found.counts["flow relationships"] = len(flows)
        if outside:
            kinds = ", ".join(f"{n} between {k}" for k, n in sorted(outside.items()))
            self.found.left_out(
                f"{sum(outside.values())} flows have no application component at one end or both: "
                f"{kinds.replace('between inside', 'inside')}",
                Place(self.label),
            )

    def _kind(self, id_: str) -> str:
        thing = self.model.things.get(id_)
        return thing.type if thing else "nothing in the model"

    def _flow(self, relation: Relation, a: str, b: str) -> None:
        facts: dict[str, object] = {}
        objects = [o for part in self._words(relation.name) if (o := self._object(part))]
        if objects:
            facts["objects"] = list(dict.fromkeys(objects))
        strange = [p for p in self._words(relation.name) if not self._object(p)]
        notes = [f"Called {relation.name!r} in the model"] if strange else []
        drawn = (relation.from_, relation.to)
        traced = [i for i in drawn if i not in (a, b) and self._kind(i) not in _JUNCTIONS]
        if traced:
            named = shown([f"{self._kind(i)} {self._name(i)}" for i in traced])
            notes.append(f"Drawn at {named}")
        if notes:
            facts["notes"] = "; ".join(notes)
        label = f" {relation.name!r}" if relation.name else ""
        place = Place(self.label, f"Flow{label}, line {relation.line}")
        ends = self.keys[a], self.keys[b]
        same = self.flows.get(ends)
        if same is not None:
            known = same.facts
            carried = [*known.get("objects", []), *objects]
            if carried:
                known["objects"] = list(dict.fromkeys(carried))
            more = [n for n in (known.get("notes"), facts.get("notes")) if n]
            known.update({"notes": "; ".join(map(str, more))} if more else {})
            return
        self.flows[ends] = FoundIntegration(*ends, place, dict(facts))
        self.found.integrations.append(self.flows[ends])

    def _name(self, id_: str) -> str:
        thing = self.model.things.get(id_)
        return thing.name or thing.type if thing else id_

    @staticmethod
    def _words(name: str) -> list[str]:
        parts = [p for n in words.several(name) for p in n.replace("&", " and ").split(" and ")]
        return [p.strip() for p in parts if p.strip()]

    def _object(self, name: str) -> str | None:
        """Return the data object a name means, also ``Customer data`` and ``order info``."""
        plain = name.casefold().strip(" .")
        forms = [plain]
        for ending in (" data", " info", " information", " records", " record"):
            if plain.endswith(ending):
                forms += [plain.removesuffix(ending), f"{plain.removesuffix(ending)}s"]
        each = (object_of(self.setting.catalogue, form) for form in forms)
        return next((o for o in each if o), None)

    def _serving(self) -> None:
        """Ask about what joins two components and states no flow."""
        joined = {frozenset((f.from_, f.to)) for f in self.found.integrations}
        asked: list[tuple[str, Place]] = []
        for relation in self.model.relations:
            if relation.type not in _SAID:
                continue
            froms, tos = self._owners(relation.from_), self._owners(relation.to)
            if len(froms) != 1 or len(tos) != 1 or froms == tos:
                continue
            (a,), (b,) = froms, tos
            if a not in self.keys or b not in self.keys:
                continue
            pair = frozenset((self.keys[a], self.keys[b]))
            if pair not in joined and len(pair) > 1:
                joined.add(pair)
                text = f"{self._name(a)} {_SAID[relation.type]} {self._name(b)} in the model"
                place = Place(self.label, f"{relation.type}, line {relation.line}")
                asked.append(
                    (f"{text}: is data exchanged, and which way? It is no flow there", place)
                )
        for text, place in asked[:_MOST]:
            self.found.ask(text, place)
        if len(asked) > _MOST:
            self.found.ask(f"and {len(asked) - _MOST} more pairs of components that are joined")

    def _access(self) -> None:
        """Note which data objects of the model a component reads or writes."""
        data: dict[str, list[str]] = defaultdict(list)
        for relation in self.model.relations:
            if relation.type != "Access" or self._kind(relation.to) != "DataObject":
                continue
            owners = self._owners(relation.from_)
            if len(owners) == 1 and (key := self.keys.get(next(iter(owners)))):
                how = {"0": "writes", "1": "reads", "2": "uses", "3": "reads and writes"}
                how |= {"Write": "writes", "Read": "reads", "ReadWrite": "reads and writes"}
                word = how.get(relation.access, "uses")
                said = f"{word} {self._name(relation.to)}"
                if said not in data[key]:
                    data[key].append(said)
        for tool in self.found.tools:
            if data[tool.key]:
                notes = [str(tool.facts["notes"]).rstrip(".")] if "notes" in tool.facts else []
                notes.append(f"In the model it {'; '.join(data[tool.key])}")
                tool.facts["notes"] = "; ".join(notes)

    def _count(self) -> None:
        kinds = Counter(t.type for t in self.model.things.values())
        counts = self.found.counts
        counts["application components"] = kinds["ApplicationComponent"]
        counts["data objects"] = kinds["DataObject"]
        counts["views"] = self.model.views
        counts["tools"] = len(self.found.tools)
        counts["integrations"] = len(self.found.integrations)
        software = [
            t.name
            for t in self.model.things.values()
            if t.type in ("SystemSoftware", "ApplicationCollaboration") and t.id not in self.keys
        ]
        if software:
            self.found.left_out(
                f"system software that is no known product: {shown(software)}", Place(self.label)
            )


def _plain(thing: Thing) -> dict[str, str]:
    own = {"tool", "description"}
    return {k: v for k, v in thing.properties.items() if k.casefold() not in own and v}
