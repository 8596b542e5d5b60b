"""Redaction: the same result, with people, costs or vendors taken out of every text of it."""

from __future__ import annotations

import re
import typing
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from typing import Any, Final, Literal, TypeVar

from stackaudit.redact.amounts import WITHHELD, Amounts
from stackaudit.redact.names import Names
from stackaudit.result import (
    AuditResult,
    CheckResult,
    ContractEntry,
    Evidence,
    Fall,
    Funds,
    Money,
    Note,
    Part,
    Place,
    Question,
    Spend,
    Tile,
    ToolEntry,
    Withheld,
)

PARTS: Final[tuple[Withheld, ...]] = ("people", "costs", "vendors")
"""What can be taken out, in the order it is named."""

GONE: Final = "withheld"
"""What stands in place of a reason that was stated: a missing one is another thing."""

# Text that people wrote into the inventory: it can name anybody and any amount, so it goes whole.
_OWN_WORDS: Final[Mapping[str, Mapping[str, Any]]] = {
    "Evidence": {"quote": ""},
    "ToolEntry": {"notes": None, "url": None, "source": []},
    "FlowEntry": {"notes": None, "source_of_fact": [], "only": GONE},
    "Acceptance": {"because": GONE, "ticket": GONE},
    "CapabilityEntry": {"not_needed_because": GONE},
    "Left": {"because": GONE},
    "Sight": {"evidence": ""},
    "ObservedRow": {"because": GONE},
}
# Short, so that the number at the end is still there where a label is cut.
_AREAS: Final = {
    "content-brand": "content",
    "customer-data": "data",
    "data-integration": "integration",
    "lifecycle-messaging": "messaging",
    "paid-media": "media",
    "privacy-trust": "privacy",
    "service-success": "service",
    "social-community": "social",
    "strategy-operations": "planning",
    "web-experience": "web",
}
_PEOPLE_KEYS: Final = ("owner", "technical_owner", "sponsor", "operations_owner", "asked_of", "by")
_QUOTED: Final = re.compile(
    r"\b(?:owner|technical_owner|operations_owner|sponsor|by|field_owner)\s*:\s*"
    r"(?:\[([^\]]*)\]|([^,}\]#\n]+))"
)
_MAIL: Final = re.compile(r"[^\s<>()\"',;:]+@[^\s<>()\"',;:]+\.\w+")
_ADDRESS: Final = re.compile(r"\b(?:https?://|www\.)[^\s<>\"')]+", re.IGNORECASE)
_NOBODY: Final = frozenset({"", "none", "withheld", "unknown"})

P = TypeVar("P", bound=Part)


def redact(result: AuditResult, what: Iterable[str]) -> AuditResult:
    """Return the result without people, costs or vendors, and with a note that says so.

    Parameters
    ----------
    result
        An audit result.
    what
        Any of `PARTS`. `people`: every person becomes ``Owner 1``, ``Owner 2`` ...; teams and roles
        stay. `costs`: no amount stays, neither as a number nor inside a sentence. `vendors`: tools,
        products, vendors and suites become ``Messaging tool 1``, ``Product 1``, ``Vendor 1`` ...,
        with ids to match, in keys too.

    Whatever is taken out, the words of the inventory itself (quotes, notes, reasons, addresses,
    file names) go as well, for they can hold anything. Names stand for the same thing throughout
    one result, but not from one result to the next.

    Raises ``ValueError`` for a word that is not in `PARTS`.
    """
    wanted = set(what)
    if unknown := sorted(wanted - set(PARTS)):
        raise ValueError(f"cannot redact {', '.join(unknown)}; known: {', '.join(PARTS)}")
    if not wanted:
        return result
    return _Redaction(result, wanted).done()


class _Redaction:
    """One result and what is to be taken out of it."""

    def __init__(self, result: AuditResult, wanted: set[str]) -> None:
        self.result = result
        self.wanted = wanted
        self.names = Names(_vocabulary(result), _prose(result))
        self.amounts = Amounts(result.company.currency, _parts(result))
        self.files = {
            name: f"inventory-{number}.yaml"
            for number, name in enumerate(
                sorted(
                    {f.name for f in result.files}
                    | {part.file for part in _parts(result) if isinstance(part, Place)}
                ),
                start=1,
            )
        }
        self.vendors = {
            name: f"Vendor {number}"
            for number, name in enumerate(sorted(_vendors(result)), start=1)
        }
        if "vendors" in wanted:
            self._name_tools()
        if "people" in wanted:
            self._name_people()

    def done(self) -> AuditResult:
        """Return the redacted result."""
        made = self._part(self.result)
        said = self._said()
        summary = made.summary.model_copy(
            update={"completeness": f"{made.summary.completeness} {said}".strip()}
        )
        notes = [*made.notes, Note(code="redacted", text=said)]
        # Validated again: a redacted result is an audit result like any other.
        parts = [p for p in PARTS if p in self.wanted or p in self.result.redacted]
        redacted = made.model_copy(update={"summary": summary, "notes": notes, "redacted": parts})
        return AuditResult.model_validate(redacted.model_dump())

    def _said(self) -> str:
        names = {"people": "people", "costs": "costs", "vendors": "names of tools and vendors"}
        words = [names[part] for part in PARTS if part in self.wanted]
        listed = words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"
        return (
            f"This copy is redacted: {listed} are left out, and so are the inventory's own words."
        )

    # Who is called what

    def _name_tools(self) -> None:
        counts: dict[str, int] = {}
        for tool in sorted(self.result.tools, key=lambda t: t.id):
            # The name of an area of somebody's own making may itself name a vendor.
            domain = tool.domain or ""
            area = _AREAS.get(domain, domain.replace("-", " "))
            area = area if domain in self.names.kept else "other"
            counts[area] = counts.get(area, 0) + 1
            shown = f"{area[:1].upper()}{area[1:]} tool {counts[area]}"
            identity = shown.lower().replace(" ", "-")
            self.names.add(tool.id, identity, shown)
            self.names.add(tool.name, identity, shown)
        flows = sorted(self.result.integrations, key=lambda f: f.id)
        for number, flow in enumerate(flows, start=1):
            self.names.add(flow.id, f"integration-{number}", f"Integration {number}")
            whole = flow.id.split("/")[0]
            self.names.add(whole, f"integration-{number}", f"Integration {number}")
        for number, contract in enumerate(sorted(self.result.contracts, key=lambda c: c.id), 1):
            self.names.add(contract.id, f"contract-{number}", f"Contract {number}")
        products = sorted({(t.product, t.product_name) for t in self.result.tools if t.product})
        for number, (identity_, name) in enumerate(products, start=1):
            self.names.add(identity_, f"product-{number}", f"Product {number}")
            self.names.add(name, f"product-{number}", f"Product {number}")
        products_ = {
            s.id: s.name for f in self.result.findings for s in f.subjects if s.kind == "product"
        }
        for number, (identity_, name) in enumerate(sorted(products_.items()), len(products) + 1):
            self.names.add(identity_, f"product-{number}", f"Product {number}")
            self.names.add(name, f"product-{number}", f"Product {number}")
        self._name_observed()
        for name, shown in self.vendors.items():
            self.names.add(name, shown.lower().replace(" ", "-"), shown)
        for fall in self.result.falls:
            if fall.kind == "vendor":
                shown = self.vendors.get(fall.name, "Vendor")
                self.names.add(fall.id, shown.lower().replace(" ", "-"), shown)
        for number, suite in enumerate(sorted({t.suite for t in self.result.tools if t.suite}), 1):
            self.names.add(suite, f"suite-{number}", f"Suite {number}")

    def _name_observed(self) -> None:
        """Name lists of others, and what is only on them; names of products stay what they are."""
        seen = self.result.observed
        for number, shown in enumerate(seen.lists if seen else (), start=1):
            self.names.add(shown.name, f"list-{number}", f"List {number}")
        others = (
            sorted((r for r in seen.rows if r.tool is None), key=lambda r: r.key) if seen else []
        )
        for number, row in enumerate(others, start=1):
            shown_as = f"Observed name {number}"
            for name in (row.key, row.name, *(s.name for s in row.seen)):
                self.names.add(name, shown_as.lower().replace(" ", "-"), shown_as)
        for row in seen.rows if seen else ():
            tool = next((t for t in self.result.tools if t.id == row.tool), None)
            for sight in row.seen if tool is not None else ():
                shown_as = self.names.hidden(tool.name) if tool is not None else ""
                self.names.add(sight.name, shown_as.lower().replace(" ", "-"), shown_as)
        for number, like in enumerate(sorted({x for r in others for x in r.like}), start=1):
            self.names.add(like, f"known-product-{number}", f"Known product {number}")

    def _name_people(self) -> None:
        people = sorted(_people(self.result))
        shown = {person: f"Owner {number}" for number, person in enumerate(people, start=1)}
        for person, role in shown.items():
            self.names.add(person, role.lower().replace(" ", "-"), role)
        # "Ask Mia" is Mia Chen too, unless the word is one of the language.
        for person, role in shown.items():
            words = person.replace("@", " ").replace(".", " ").split()
            for word in words if len(words) > 1 else ():
                if len(word) > 2 and not self.names.is_ordinary(word):
                    self.names.add(word, role.lower().replace(" ", "-"), role)

    # Every text of the result

    def _text(self, text: str) -> str:
        if "people" in self.wanted:
            text = _MAIL.sub("(address)", text)
        if "vendors" in self.wanted:
            text = _ADDRESS.sub("(address)", text)
        if "costs" in self.wanted:
            text = self.amounts.hidden(text)
        return self.names.hidden(text)

    def _value(self, value: Any, fixed: bool) -> Any:
        if isinstance(value, Money | Funds):
            return None if "costs" in self.wanted else self._part(value)
        if isinstance(value, Part):
            return self._part(value)
        if isinstance(value, str):
            return value if fixed else self._text(value)
        if isinstance(value, Mapping):
            return {self._text(str(k)): self._value(v, fixed) for k, v in value.items()}
        if isinstance(value, list | tuple):
            return [self._value(item, fixed) for item in value]
        return value

    def _part(self, part: P) -> P:
        kind = type(part)
        update = {
            name: self._value(getattr(part, name), name in _fixed(kind))
            for name in kind.model_fields
        }
        update |= {
            name: None if instead == GONE and update[name] is None else instead
            for name, instead in _OWN_WORDS.get(kind.__name__, {}).items()
        }
        update |= self._particular(part, update)
        return part.model_copy(update=update)

    def _particular(self, part: Part, made: dict[str, Any]) -> dict[str, Any]:
        """Return what is known of a field beyond its being text."""
        costs, vendors = "costs" in self.wanted, "vendors" in self.wanted
        match part:
            case Place():
                return {"file": self.files[part.file]}
            case Note():
                return {"text": f"A warning of the inventory ({part.code})."}
            case CheckResult():
                # `KeyError: ...`: what is behind the kind of an error can quote anything.
                kind = part.error.split(":")[0]
                return {"error": kind if kind.isidentifier() or not kind else "It failed."}
            case ToolEntry() if vendors:
                return {"vendor": self.vendors.get(part.vendor or "")}
            case ContractEntry() if vendors:
                return {"vendor": self.vendors.get(part.vendor or "")}
            case Fall() if vendors and part.kind == "vendor":
                return {"name": self.vendors.get(part.name, made["name"])}
            case Question() if vendors:
                # `seen/LIST/NAME/tool` names what stands on a list, as its owner wrote it.
                return {"fills": [fill for fill in made["fills"] if not fill.startswith("seen/")]}
            case Tile() if costs and (
                (part.id in ("spend", "saving") and part.value is not None)
                or self.amounts.hidden(part.text) != part.text
            ):
                said = "" if WITHHELD in made["coverage"] else made["coverage"]
                return {"value": None, "text": GONE, "coverage": said}
            case Spend() if costs:
                return {"total": None, "by_domain": {}}
            case AuditResult():
                names = [self.files[file.name] for file in part.files]
                return {"files": list(map(_renamed, made["files"], names))}
            case _ if costs and "details" in made:
                return {"details": self._without_amounts(made["details"])}
            case _ if costs and "saving_from" in made:
                return {"saving_from": None}
        return {}

    def _without_amounts(self, value: Any) -> Any:
        if isinstance(value, dict):
            kept = {k: self._without_amounts(v) for k, v in value.items()}
            return {k: v for k, v in kept.items() if v is not None or value[k] is None}
        if isinstance(value, list):
            return [self._without_amounts(v) for v in value if not self.amounts.is_one(v)]
        return None if self.amounts.is_one(value) else value


def _renamed(part: P, name: str) -> P:
    return part.model_copy(update={"name": name})


def _parts(value: Any) -> Iterator[Part]:
    """Yield every part of a result, itself included."""
    if isinstance(value, Part):
        yield value
        for name in type(value).model_fields:
            yield from _parts(getattr(value, name))
    elif isinstance(value, Mapping):
        for item in value.values():
            yield from _parts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _parts(item)


@cache
def _fixed(kind: type[Part]) -> frozenset[str]:
    """Return the fields whose words are those of the format: no name can stand there."""

    def closed(annotation: Any) -> bool:
        return typing.get_origin(annotation) is Literal or any(
            closed(inner) for inner in typing.get_args(annotation)
        )

    return frozenset(n for n, field in kind.model_fields.items() if closed(field.annotation))


def _vocabulary(result: AuditResult) -> set[str]:
    """Return ids and names of the catalogue that stay, without those that name a product."""
    words = {c.id for c in result.checks} | {
        c.key for q in [result.quality] if q for c in q.coverage
    }
    for entries in (result.capabilities, result.objects, result.domains, result.stages):
        words |= {word for entry in entries for word in (entry.id, entry.name)}
    words |= {stage.id for stage in result.journey} | set(result.company.scopes)
    words |= {w for w in (result.company.profile, result.company.profile_name) if w}
    words |= {w for f in result.integrations for w in (f.method, f.method_name) if w}
    words |= {a.id for a in result.answers} | {tile.id for tile in result.summary.tiles}
    named = Names((), ())
    for tool in result.tools:
        if tool.product or tool.vendor:
            for name in (tool.id, tool.name, tool.product, tool.product_name, tool.vendor):
                named.add(name, "\0", "\0")
    for person in _people(result):
        named.add(person, "\0", "\0")
    return {word for word in words if "\0" not in named.hidden(word)}


def _vendors(result: AuditResult) -> set[str]:
    """Return the names of vendors."""
    named = {tool.vendor for tool in result.tools} | {c.vendor for c in result.contracts}
    return {name for name in named if name}


def _prose(result: AuditResult) -> list[str]:
    """Return text that was written before anybody knew this company."""
    return [
        text for c in result.checks for text in (c.title, c.summary, c.why, c.false_positives)
    ] + [c.definition for c in result.capabilities]


def _people(result: AuditResult) -> set[str]:
    """Return the people a result names, wherever it says that somebody is one."""
    found: set[str] = set()
    for part in _parts(result):
        for key in _PEOPLE_KEYS:
            found |= _split(getattr(part, key, None))
        if getattr(part, "kind", None) == "person":
            found |= {getattr(part, "id", ""), getattr(part, "name", "")}
        if isinstance(part, Evidence):
            for several, one in _QUOTED.findall(part.quote):
                found |= _split([w.strip(" '\"") for w in (several or one).split(",")])
        details = getattr(part, "details", None)
        if isinstance(details, dict):
            for key in _PEOPLE_KEYS:
                found |= _split(details.get(key))
    return {p for p in found if p.lower() not in _NOBODY}


def _split(value: Any) -> set[str]:
    """Return the people in an owner's value: not teams, not roles; joined ones apart."""
    if isinstance(value, str):
        value = value.split(", ")
    if not isinstance(value, list | tuple):
        return set()
    words = {str(word).strip() for word in value}
    return {word for word in words if not word.startswith(("team:", "role:"))}
