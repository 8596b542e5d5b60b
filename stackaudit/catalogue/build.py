"""From a tree of text, as the data files hold it, to the records of :mod:`.model`.

The tree has been validated (a user's file by :mod:`.schema`, the built-in files by the tests), so
nothing here guards against wrong shapes.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

from stackaudit.catalogue.model import (
    Answer,
    Capability,
    CapabilityStrength,
    Catalogue,
    Channel,
    DataObject,
    Domain,
    Expectation,
    ExpectedFlow,
    JourneyStage,
    Latency,
    Method,
    PersonalData,
    Plurality,
    Process,
    Product,
    Profile,
    Region,
    Role,
    Rule,
    Shared,
    Stage,
    Suite,
    Transfer,
    UsedBy,
)

Tree = Mapping[str, Any]
EXPECTATIONS: tuple[Expectation, ...] = ("must", "should", "could")


def words(value: Any) -> tuple[str, ...]:
    """Return the entries of a list: a YAML list, or one text as ``a, b`` (``a;b`` in the CSV)."""
    if not value:
        return ()
    if isinstance(value, str):
        if ";" in value:  # the CSV, which is written without spaces
            return tuple(value.split(";"))
        if "," not in value:
            return (value.strip(),)
        return tuple([part.strip() for part in value.split(",") if part.strip()])
    return tuple(value)


def flag(value: Any) -> bool:
    """Return whether a text says yes."""
    return value in ("yes", "true")


def number(value: Any) -> int | None:
    """Return a whole number, or ``None`` where the key was left out."""
    return None if value is None else int(value)


def build(tree: Tree) -> Catalogue:
    """Return the catalogue that a merged tree of all sections describes."""
    flows = tuple(_flow(entry, tuple(tree["profiles"])) for entry in tree["flows"])
    profiles = _profiles(tree["profiles"], flows)
    expected: dict[str, dict[str, Expectation]] = {}
    for profile in profiles.values():
        for capability, strength in profile.expected.items():
            expected.setdefault(capability, {})[profile.id] = strength
    products = {i: _product(i, e) for i, e in tree["products"].items()}
    latency: dict[str, Latency] = {}
    for i, e in tree["latency"].items():
        entry = Latency(
            id=i,
            name=e["name"],
            interval=number(e.get("interval")),
            limit=number(e.get("limit")),
            aliases=words(e.get("aliases")),
        )
        for word in (i, *entry.aliases):
            latency[word] = entry
    return Catalogue(
        domains={
            i: Domain(i, e["name"], e.get("definition", "")) for i, e in tree["domains"].items()
        },
        stages={
            i: Stage(i, e["name"], e.get("definition", ""), e.get("maps_to", ""))
            for i, e in tree["stages"].items()
        },
        capabilities={
            i: _capability(i, e, expected.get(i, {})) for i, e in tree["capabilities"].items()
        },
        objects={i: _object(i, e, n) for n, (i, e) in enumerate(tree["objects"].items())},
        methods={i: _method(i, e) for i, e in tree["methods"].items()},
        latency=latency,
        flows=flows,
        profiles=profiles,
        products=products,
        suites=_suites(tree["suites"], products),
        rules={i: _rule(i, e) for i, e in tree["rules"].items()},
        regions={i: _region(i, e) for i, e in tree["regions"].items()},
        transfers={i: _transfer(i, e) for i, e in tree["transfers"].items()},
        mechanisms=dict(tree["mechanisms"]),
        channels={i: _channel(i, e) for i, e in tree["channels"].items()},
        ambiguous={i: words(e) for i, e in tree["ambiguous"].items()},
    )


def _strengths(value: Any) -> dict[str, CapabilityStrength]:
    if isinstance(value, Mapping):
        return {i: cast(CapabilityStrength, s) for i, s in value.items()}
    found: dict[str, CapabilityStrength] = {}
    for entry in words(value):
        if ":" in entry:
            name, _, given = entry.partition(":")
            found[name.strip()] = cast(CapabilityStrength, given.strip())
        else:
            found[entry] = "secondary" if found else "primary"
    return found


def _product(i: str, e: Tree) -> Product:
    return Product(
        i,
        e["name"],
        e.get("vendor", ""),
        e.get("domain", ""),
        e.get("chiefmartec_subcategory", ""),
        _strengths(e.get("capabilities")),
        words(e.get("data_objects")),
        e.get("suite", ""),
        words(e.get("aliases")),
        e.get("status") or "active",
        e.get("status_date", ""),
        e.get("successor", ""),
        e.get("note", ""),
        e.get("status_evidence", ""),
    )


def _capability(i: str, e: Tree, expected: Mapping[str, Expectation]) -> Capability:
    return Capability(
        id=i,
        name=e["name"],
        domain=e["domain"],
        definition=e.get("definition", ""),
        stages=words(e.get("stages")) or ("enabling",),
        plurality=cast(Plurality, e.get("plurality", "few")),
        used_by=cast(UsedBy, e.get("used_by", "both")),
        office=flag(e.get("office")),
        roles={o: cast(tuple[Role, ...], words(r)) for o, r in e.get("roles", {}).items()},
        may=words(e.get("may")),
        chiefmartec=words(e.get("chiefmartec")),
        expected=expected,
    )


def _object(i: str, e: Tree, order: int) -> DataObject:
    return DataObject(
        id=i,
        name=e["name"],
        definition=e.get("definition", ""),
        personal_data=cast(PersonalData, e.get("personal_data", "yes")),
        needs_record=flag(e.get("needs_record")),
        record=e.get("record", ""),
        names=e.get("names", {}),
        order=order,
        noun=e.get("noun", "") or e["name"].lower(),
    )


def _method(i: str, e: Tree) -> Method:
    return Method(
        id=i,
        name=e["name"],
        aliases=words(e.get("aliases")),
        latency=e.get("latency", "none"),
        automated=flag(e.get("automated")),
        moves_data=e.get("flow") != "no",
        robustness=float(e.get("robustness", 0.5)),
        note=e.get("note", ""),
    )


def _flow(e: Tree, everybody: tuple[str, ...]) -> ExpectedFlow:
    profiles = everybody if e.get("profiles") == "all" else words(e.get("profiles"))
    return ExpectedFlow(
        source=e["from"],
        target=e["to"],
        object=e["object"],
        strength=cast(Expectation, e["strength"]),
        within=e.get("within", ""),
        profiles=profiles,
        why=e.get("why", ""),
    )


def _profiles(tree: Tree, flows: tuple[ExpectedFlow, ...]) -> dict[str, Profile]:
    found: dict[str, Profile] = {}
    for i, e in tree.items():
        found[i] = Profile(
            id=i,
            name=e["name"],
            definition=e.get("definition", ""),
            size=e.get("size", "mid"),
            hub=e.get("hub", ""),
            regulation=e.get("regulation", ""),
            expected={c: s for s in EXPECTATIONS for c in words(e.get(s))},
            flows=tuple(flow for flow in flows if i in flow.profiles),
            journey=tuple(
                JourneyStage(step["stage"], step.get("carries", ""))
                for step in e.get("journey", ())
            ),
            processes=tuple(
                Process(n, p["name"], p["carries"], words(p["steps"]))
                for n, p in e.get("processes", {}).items()
            ),
            thresholds={
                check: {name: float(value) for name, value in changes.items()}
                for check, changes in e.get("thresholds", {}).items()
            },
            weights={name: float(value) for name, value in e.get("weights", {}).items()},
        )
    return found


def _suites(tree: Tree, products: Mapping[str, Product]) -> dict[str, Suite]:
    members: dict[str, list[str]] = {}
    for product in products.values():
        if product.suite:
            members.setdefault(product.suite, []).append(product.id)
    return {
        i: Suite(
            id=i,
            name=e["name"],
            vendor=e.get("vendor", ""),
            members=tuple(members.get(i, ())),
            shares=tuple(
                Shared(
                    frozenset(words(s["members"])),
                    frozenset(words(s["objects"])),
                    s.get("note", ""),
                    s.get("evidence", ""),
                )
                for s in e.get("shares", ())
            ),
            note=e.get("note", ""),
        )
        for i, e in tree.items()
    }


def _rule(i: str, e: Tree) -> Rule:
    return Rule(
        id=i,
        name=e["name"],
        where=e.get("where", ""),
        kind=e.get("kind", "opt-out"),
        what=e.get("what", ""),
        limit=number(e.get("limit")),
        unit=e.get("unit", ""),
        days=number(e.get("days")),
        channels=words(e.get("channels")),
        source=e.get("source", ""),
        version=e.get("version", ""),
        evidence=e.get("evidence", ""),
    )


def _region(i: str, e: Tree) -> Region:
    return Region(
        i, e["name"], words(e.get("countries")), words(e.get("aliases")), e.get("law", "")
    )


def _transfer(i: str, e: Tree) -> Transfer:
    return Transfer(
        region=i,
        free=frozenset(words(e.get("free"))),
        certified=frozenset(words(e.get("certified"))),
        unsure=frozenset(words(e.get("unsure"))),
        otherwise=cast(Answer, e.get("otherwise", "unknown")),
        source=e.get("source", ""),
        version=e.get("version", ""),
        evidence=e.get("evidence", ""),
        note=e.get("note", ""),
    )


def _channel(i: str, e: Tree) -> Channel:
    return Channel(
        id=i,
        name=e["name"],
        needs=words(e.get("needs")),
        implied_by=words(e.get("implied_by")),
        transactional=words(e.get("transactional")),
        results=words(e.get("results")),
        paid=flag(e.get("paid")),
    )
