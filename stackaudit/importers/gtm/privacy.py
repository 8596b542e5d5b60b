"""What of a container is never taken, counted: settings that hold secrets, ids, addresses."""

from __future__ import annotations

import re
from typing import Final

from stackaudit.importers.gtm.shape import Container, Thing
from stackaudit.importers.model import Found
from stackaudit.source.secrets import secret_kinds

_SECRET: Final = re.compile(
    r"secret|token|api_?-?key|\bapi[ _-]?key|passw|private|credential|authori[sz]ation|bearer",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(r"conversion_?label|conversion label", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")


def count_dropped(container: Container, found: Found) -> None:
    """Count what settings and notes hold and the import leaves behind."""
    every = (*container.tags, *container.variables, *container.clients, *container.google_tags)
    for thing in every:
        _thing(thing, found)
    for thing in (*every, *container.triggers):
        notes = thing.raw.get("notes")
        if isinstance(notes, str) and notes.strip():
            found.dropped["note"] += 1
            found.dropped["e-mail address"] += len(_ADDRESS.findall(notes))
            found.dropped["secret"] += len(secret_kinds(notes))
    for key in [k for k, n in found.dropped.items() if not n]:
        del found.dropped[key]


def _thing(thing: Thing, found: Found) -> None:
    for key, value in (*thing.params.items(), *thing.rows):
        if not value.strip():
            continue
        named = f"{key} {thing.name}" if thing.type == "c" else key
        if _LABEL.search(named):
            found.dropped["conversion label"] += 1
        elif (_SECRET.search(named) and value.lower() not in ("true", "false")) or secret_kinds(
            value[:100_000]
        ):
            found.dropped["secret"] += 1
        elif "@" in value:
            found.dropped["e-mail address"] += len(_ADDRESS.findall(value[:100_000]))
