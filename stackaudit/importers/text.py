"""A draft as the text of a new inventory: one tool after the other, easy to read and to go on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from stackaudit.answering.sheet import flow as inline
from stackaudit.importers.combine import (
    WEIGHTY,
    Clash,
    ContractEntry,
    Draft,
    Entry,
    FlowEntry,
    ToolEntry,
)
from stackaudit.interview import quoted
from stackaudit.inventory import schema
from stackaudit.inventory.shape import keys_of

_LAST: Final = keys_of(schema.Provenance)
"""What an item says about itself comes after what it says."""
_ORDER: Final[dict[type[Entry], list[str]]] = {
    kind: ["id", *(k for k in keys_of(model) if k not in ("id", *_LAST)), *_LAST]
    for kind, model in (
        (ToolEntry, schema.Tool),
        (FlowEntry, schema.Integration),
        (ContractEntry, schema.Contract),
    )
}


def inventory_text(draft: Draft, company: str, profile: str | None, currency: str | None) -> str:
    """Return a whole inventory; the arguments are used where no source states them."""
    stated = {key: fact.value for key, fact in draft.company.items()}
    head: dict[str, Any] = {"name": stated.pop("name", company)}
    head |= {k: v for k, v in (("profile", profile), ("currency", currency)) if v}
    head |= {k: v for k, v in stated.items() if k not in head}
    lines = [
        "# Imported with stackaudit from:",
        *(f"#   {comment(found.title)}" for found in draft.found),
        "# What is left out is not known; write `none` only when the answer is no.",
        "stackaudit: 1",
        "",
        "company:",
        *(f"  {key}: {inline(value)}" for key, value in head.items()),
    ]
    if draft.scopes:
        lines.append(f"  scopes: {inline(draft.scopes)}")
    if not profile and "profile" not in stated:
        lines.append("  # profile: b2b-saas   # what is expected of it: stackaudit profile list")
    if draft.complete:
        lines += ["", f"complete: {inline(list(draft.complete))}"]
    if draft.teams:
        lines += ["", "teams:"]
        lines += [f"  - {inline({'id': i, 'name': n})}" for i, n in sorted(draft.teams.items())]
    for title, entries in (
        ("tools", draft.tools),
        ("contracts", draft.contracts),
        ("integrations", draft.flows),
    ):
        if entries:
            lines += ["", f"{title}:"]
            for entry in entries:
                lines += _item(entry, draft)
    if not draft.tools:
        lines += ["", "tools: []"]
    return "\n".join(lines) + "\n"


def record(entry: Entry, clashes: Iterable[Clash] = ()) -> dict[str, Any]:
    """Return the keys of an entry that is new, in the order of the format."""
    keys: dict[str, Any] = {}
    if isinstance(entry, ToolEntry):
        keys["id"] = entry.id
        keys["name"] = entry.name
        if entry.product is not None and entry.how != "name":
            keys["product"] = entry.product.id
    elif isinstance(entry, FlowEntry):
        keys |= {"id": entry.id} if entry.id and entry.existing is None else {}
        keys |= {"from": entry.from_, "to": entry.to}
    else:
        keys["id"] = entry.id
    keys |= {key: fact.value for key, fact in entry.facts.items()}
    keys["source"] = entry.sources[0] if len(entry.sources) == 1 else list(entry.sources)
    if entry.evidence and not entry.certain and "notes" not in keys:
        keys["notes"] = "; ".join(entry.evidence[:3])
    against = [c for c in clashes if c.key in WEIGHTY]
    if against and not isinstance(entry, ContractEntry):
        said = [f"{c.other.source} says {c.key} {inline(c.other.value)}" for c in against]
        keys["disputed"] = "; ".join(dict.fromkeys(said))
    order = {key: n for n, key in enumerate(_ORDER[type(entry)])}
    return dict(sorted(keys.items(), key=lambda pair: order[pair[0]]))


def block(keys: dict[str, Any], indent: int) -> str:
    """Return a record as the item of a list, a key on a line; the dash is at ``indent``."""
    lead = " " * (indent + 2)
    return f"\n{lead}".join(f"{key}: {inline(value)}" for key, value in keys.items())


def _item(entry: Entry, draft: Draft) -> Iterator[str]:
    keys = record(entry, [c for c in draft.clashes if c.what == entry.name])
    yield f"  - {block(keys, 2)}"


def comment(text: str) -> str:
    """Return a text fit for a comment: on one line, without what could end it."""
    return "".join(c if c.isprintable() else " " for c in " ".join(text.split()))


def short(entry: FlowEntry) -> str:
    """Return an integration as people write it: ``A -> B: contact``."""
    objects = entry.facts.get("objects")
    what = f": {', '.join(objects.value)}" if objects and isinstance(objects.value, list) else ""
    return f"{quoted(entry.from_)} -> {quoted(entry.to)}{what}"
