"""The inventory format as a JSON Schema (draft 2020-12), which gives editors completion and hints.

Made from the models, so that there is one description of every key. The schema is a little wider
than the reader: it lets an editor's YAML types through (an unquoted 1800 is a number there) and
does not know which tools exist.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Mapping
from typing import Any, Final

from stackaudit.inventory.schema import Cost, Inventory, Scope, Seen

ID: Final = "https://stackaudit.dev/inventory-1.schema.json"

KINDS: Final = ("capabilities", "objects", "methods", "profiles", "rules", "regions", "channels")
"""The parts of a catalogue whose ids an editor can complete."""

_WORDS: Final[dict[tuple[str, str], str]] = {
    ("Accepted", "object"): "objects",
    ("Company", "people_in"): "regions",
    ("Company", "profile"): "profiles",
    ("Company", "rules"): "rules",
    ("Integration", "method"): "methods",
    ("Integration", "objects"): "objects",
    ("Inventory", "freshness"): "objects",
    ("Inventory", "systems_of_record"): "objects",
    ("Objective", "measured_by"): "objects",
    ("Objective", "needs"): "capabilities",
    ("Privacy", "hosted_in"): "regions",
    ("Process", "carries"): "objects",
    ("Process", "steps"): "capabilities",
    ("Requirements", "must"): "capabilities",
    ("Requirements", "not_needed"): "capabilities",
    ("Requirements", "should"): "capabilities",
    ("Scope", "people_in"): "regions",
    ("Tool", "capabilities"): "capabilities",
    ("Tool", "channels"): "channels",
    ("Tool", "data"): "objects",
}

_ARROW: Final = r"(<-+>|<=+>|-+>|=+>|↔|⇄|⇔|⟷|→|⇒|➔|➜|⟶|\s(--|—|–)\s)"


def inventory_schema(known: Mapping[str, Iterable[str]] | None = None) -> dict[str, Any]:
    """Return the JSON Schema of an inventory, short forms included.

    ``known`` gives the catalogue's ids for each of :data:`KINDS`; they are offered for completion,
    and others stay allowed, since a company may bring words of its own.
    """
    schema: dict[str, Any] = copy.deepcopy(Inventory.model_json_schema(by_alias=True))
    defs = schema.pop("$defs")
    defs["Inventory"] = {key: schema.pop(key) for key in list(schema)}
    for long in (Cost, Scope, Seen):  # values with a short form name their long one by `def`
        defs[long.__name__] = long.model_json_schema(by_alias=True)
    _refer(defs)
    for name in KINDS:
        ids = list((known or {}).get(name, ()))
        # First the ids an editor offers, then any other text.
        defs[name] = {"anyOf": [{"enum": ids}, {"type": "string"}]} if ids else {"type": "string"}
    for (model, field), name in _WORDS.items():
        prop = defs[model]["properties"][field]
        kept = {key: prop.pop(key) for key in ("description", "default", "title") if key in prop}
        described = _with_words(prop, {"$ref": f"#/$defs/{name}"})
        prop.clear()
        prop.update({**kept, **described})
    for definition in defs.values():
        _tidy(definition)
        if "properties" in definition:
            definition["patternProperties"] = {
                "^x-": {"description": "A key of your own, carried along untouched."}
            }
    for named in ("Tool", "Process", "Objective"):
        defs[named]["required"] = ["name"]  # ids are made from names
    del defs["Team"]["required"]
    defs["Team"]["anyOf"] = [{"required": ["id"]}, {"required": ["name"]}]
    top = defs.pop("Inventory")
    top["required"] = ["stackaudit", "company"]
    _short_forms(top["properties"])
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": ID,
        "title": "stackaudit inventory, version 1",
        **top,
        "$defs": defs,
    }


def _refer(part: Any) -> None:
    """Turn ``{"def": "Cost"}`` into a reference."""
    for value in part.values() if isinstance(part, dict) else part:
        if isinstance(value, dict) and isinstance(value.get("def"), str):
            value["$ref"] = f"#/$defs/{value.pop('def')}"
        elif isinstance(value, dict | list):
            _refer(value)


def _with_words(part: Any, reference: dict[str, Any]) -> Any:
    """Return a schema whose free words are those of the catalogue: single, in lists, or as keys."""
    if isinstance(part, list):
        return [_with_words(item, reference) for item in part]
    if not isinstance(part, dict):
        return part
    kind = part.get("type")
    if kind == "object":
        return {**part, "propertyNames": reference}
    if kind == "string" or (isinstance(kind, list) and "string" in kind):
        return dict(reference)
    return {key: _with_words(value, reference) for key, value in part.items()}


def _tidy(part: Any) -> None:
    """Take out made titles and null defaults: they only clutter what an editor shows."""
    if isinstance(part, dict):
        if isinstance(part.get("title"), str):
            del part["title"]
        if "default" in part and part["default"] is None:
            del part["default"]
        options = part.get("anyOf")
        if "description" in part and isinstance(options, list) and {"type": "null"} in options:
            options.remove({"type": "null"})
            if len(options) == 1:
                part.update(part.pop("anyOf")[0])
        for value in part.values():
            _tidy(value)
    elif isinstance(part, list):
        for value in part:
            _tidy(value)


def _short_forms(sections: dict[str, Any]) -> None:
    """Let list sections take their short forms, and `none` where a list is stated to be empty."""
    objects = {
        "anyOf": [
            {"$ref": "#/$defs/objects"},
            {"type": "array", "items": {"$ref": "#/$defs/objects"}},
            {"type": "null"},
        ]
    }
    name = {"type": ["string", "number"], "minLength": 1}
    shorts: dict[str, list[dict[str, Any]]] = {
        "tools": [{**name, "description": "A tool that is just its name."}],
        "teams": [{**name, "description": "A team that is just its name."}],
        "processes": [{**name, "description": "A process that is just its name."}],
        "objectives": [{**name, "description": "An objective that is just its sentence."}],
        "out_of_scope": [{**name, "description": "The tool that is left out."}],
        "integrations": [
            {
                "type": "string",
                "pattern": _ARROW,
                "description": (
                    "A -> B (one way), A <-> B (both ways) or A -- B (direction not known)."
                ),
            },
            {
                "type": "object",
                "description": "A -> B: object, object",
                "minProperties": 1,
                "maxProperties": 1,
                "propertyNames": {"pattern": _ARROW},
                "additionalProperties": objects,
            },
        ],
        "contracts": [],
        "accepted": [],
        "observed": [],
    }
    for key, forms in shorts.items():
        section = sections[key]
        description = section["description"]
        items = section.get("items") or next(o["items"] for o in section["anyOf"] if "items" in o)
        sections[key] = {
            "description": description,
            "anyOf": [
                {"type": "array", "items": {"anyOf": [*forms, items]} if forms else items},
                {"const": "none"},
            ],
        }
