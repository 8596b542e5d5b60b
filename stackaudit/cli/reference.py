"""Every key of the inventory as a page, made from its JSON Schema."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

Schema = dict[str, Any]

HEAD: Final = """\
# Every key of an inventory

<!-- Made by `stackaudit schema --format markdown`. -->

What each section is for, with examples, stands in [inventory.md](inventory.md). Keys that are left
out are not known; keys of your own start with `x-`.
"""


def keys_page(schema: Schema) -> str:
    """Return the page: a part for every section, then one for every kind of mapping in them."""
    definitions: dict[str, Schema] = schema["$defs"]
    top: dict[str, Schema] = schema["properties"]
    lines = [HEAD, "## The sections", "", *_table(top, schema.get("required", []))]
    shown: list[str] = []
    waiting = [name for section in top.values() for name in _mentioned(section)]
    while waiting:
        name = waiting.pop(0)
        definition = definitions[name]
        if name in shown or "properties" not in definition:
            continue
        shown.append(name)
        places = [key for key, section in top.items() if name in _mentioned(section)]
        title = f"`{places[0]}`" if places else _words(name)
        properties: dict[str, Schema] = definition["properties"]
        lines += ["", f"## {title}", "", _flat(definition.get("description", "")), ""]
        lines += _table(properties, definition.get("required", []))
        waiting += [inner for value in properties.values() for inner in _mentioned(value)]
    return "\n".join(lines) + "\n"


def _table(properties: dict[str, Schema], required: list[str]) -> list[str]:
    rows = ["| key | meaning |", "|---|---|"]
    for key, value in properties.items():
        must = " (required)" if key in required else ""
        rows.append(f"| `{key}`{must} | {_flat(value.get('description', ''))} |")
    return rows


def _mentioned(schema: Any) -> Iterator[str]:
    """Yield the names of the definitions a part of the schema refers to, in its order."""
    if isinstance(schema, dict):
        for key, value in schema.items():
            if key == "$ref":
                yield value.rsplit("/", 1)[-1]
            elif key != "propertyNames":
                yield from _mentioned(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from _mentioned(item)


def _flat(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|")


def _words(name: str) -> str:
    """Return ``OverlapsOnPurpose`` as ``Overlaps on purpose``."""
    spaced = "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name)
    return spaced.strip().capitalize()
