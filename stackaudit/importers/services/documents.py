"""The documents of an API: cut down to what is allowed, and read tolerantly."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from stackaudit.importers.model import Bundle, Found, ImportFailure, Place, SourceFile
from stackaudit.importers.values import text_without_secrets

ID: Final = "id"
"""In an allow-list: a value that may only be an id."""
TEXT: Final = "text"
"""In an allow-list: a short text, a number or a word, without secrets and addresses."""

Allowed = str | Mapping[str, Any] | Sequence[Any]
"""``ID``, ``TEXT``, the keys of a mapping that are taken, or a list with the form of its items."""

ABOUT: Final = "stackaudit.json"
"""What is written beside saved documents: which account, what was left behind, what is missing."""

_ID = re.compile(r"[\w.:@/-]{1,100}\Z", re.ASCII)
_LONGEST: Final = 300
_SETTINGS: Final = frozenset(
    ("configuration", "config", "credentials", "settings", "auth", "resourceAllocation")
)
_PEOPLE: Final = frozenset(
    ("connected_by", "createdBy", "created_by", "updatedBy", "email", "user")
)
_DEEPEST: Final = 5


def cut(node: Any, allowed: Allowed, dropped: Counter[str]) -> Any:
    """Return what an allow-list lets through; what is left behind is counted."""
    if isinstance(allowed, str):
        return _scalar(node, allowed, dropped)
    if isinstance(allowed, Mapping):
        if not isinstance(node, Mapping):
            return None
        _count_left({k: v for k, v in node.items() if k not in allowed}, dropped)
        return {k: cut(node[k], form, dropped) for k, form in allowed.items() if k in node}
    if not isinstance(node, list):
        return None
    return [cut(each, allowed[0], dropped) for each in node]


def _scalar(node: Any, form: str, dropped: Counter[str]) -> Any:
    if node is None or isinstance(node, bool | int | float):
        return node
    if not isinstance(node, str):
        return None
    if form == ID and not _ID.match(node):
        return None
    shown = text_without_secrets(_plain(node[:_LONGEST]), dropped)
    return None if form == ID and shown != node else shown


@dataclass(frozen=True, slots=True)
class Item:
    """One thing of a list in a document."""

    file: str
    row: int
    data: Mapping[str, Any]

    def place(self, spot: str = "") -> Place:
        """Return where it stands."""
        return Place(self.file, spot or f"entry {self.row}")

    def text(self, *keys: str) -> str:
        """Return the text under a path of keys, without breaks; ``""`` where there is none."""
        node: Any = self.data
        for key in keys:
            node = node.get(key) if isinstance(node, Mapping) else None
        if isinstance(node, bool) or not isinstance(node, str | int | float):
            return ""
        return _plain(str(node)[: 2 * _LONGEST])[:_LONGEST]

    def flag(self, key: str) -> bool | None:
        """Return a yes or no, also where it is written as text; None where it is neither."""
        node = self.data.get(key)
        if isinstance(node, str):
            return {"true": True, "false": False}.get(node.strip().casefold())
        return node if isinstance(node, bool) else None

    def entries(self, *keys: str) -> list[Mapping[str, Any]]:
        """Return the mappings of a list under a path of keys; what is none is passed over."""
        node: Any = self.data
        for key in keys:
            node = node.get(key) if isinstance(node, Mapping) else None
        return [e for e in node if isinstance(e, Mapping)] if isinstance(node, list) else []


@dataclass(slots=True)
class About:
    """What stands beside fetched documents."""

    account: str = ""
    stopped: tuple[str, ...] = ()
    """Lists that could not be read to their end, in words."""
    left: Mapping[str, int] | None = None
    """What was left behind → how often."""

    def file(self, service: str) -> SourceFile:
        """Return it as a document."""
        told = {
            "stackaudit-fetched": 1,
            "service": service,
            "account": self.account,
            "stopped": list(self.stopped),
            "left": dict(sorted((self.left or {}).items())),
        }
        return SourceFile(ABOUT, json.dumps(told, indent=1, ensure_ascii=False).encode())


def about(bundle: Bundle) -> tuple[str, About]:
    """Return of which service fetched documents are, and what is said about them."""
    file = next((f for f in bundle.files if f.name.rpartition("/")[2] == ABOUT), None)
    told = _json(file) if file is not None else None
    if not isinstance(told, Mapping) or "stackaudit-fetched" not in told:
        return "", About()
    stopped, left = told.get("stopped"), told.get("left")
    return str(told.get("service") or ""), About(
        str(told.get("account") or ""),
        tuple(str(s)[:_LONGEST] for s in stopped) if isinstance(stopped, list) else (),
        {str(k)[:40]: v for k, v in left.items() if type(v) is int and v > 0}
        if isinstance(left, Mapping)
        else None,
    )


def _count_left(data: Mapping[str, Any], dropped: Counter[str]) -> None:
    """Count what an entry that somebody saved whole holds and nobody takes."""
    dropped["connection settings"] += any(data.get(key) for key in _SETTINGS)
    dropped["person"] += any(data.get(key) for key in _PEOPLE)
    for key in ("connection settings", "person"):
        if not dropped[key]:
            del dropped[key]


def told(bundle: Bundle, found: Found) -> None:
    """Say of fetched documents what could not be read to its end, and what was left behind."""
    _, known = about(bundle)
    for text in known.stopped:
        found.unreadable(text)
        found.partial = True
    for what, count in (known.left or {}).items():
        found.dropped[what] += count


def items_of(bundle: Bundle, found: Found) -> list[Item]:
    """Return everything that the lists of a source's documents hold.

    Raises :class:`ImportFailure` where no document can be read; one of several is only said.
    """
    read: list[Item] = []
    broken = 0
    documents = [f for f in bundle.files if f.suffix == ".json"] or list(bundle.files)
    documents = [f for f in documents if f.name.rpartition("/")[2] != ABOUT]
    others = [f.name for f in bundle.files if f.suffix != ".json"] if len(documents) > 1 else []
    if others:
        shown = ", ".join(others[:5])
        found.note(f"passed over, because the folder holds answers of an API: {shown}")
    for file in documents:
        label = file.name.rpartition("/")[2] if not bundle.folder else file.name
        try:
            node = json.loads(file.text())
        except (ValueError, RecursionError) as error:
            line = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
            found.unreadable(
                f"{label} is no whole JSON document{line}", Place(label), "save it again"
            )
            found.partial = True
            broken += 1
            continue
        for row, data in enumerate(_unwrapped(node, 0), start=1):
            if isinstance(data, Mapping):
                read.append(Item(label, row, data))
                _count_left(data, found.dropped)
            else:
                place = Place(label, f"entry {row}")
                found.unreadable("an entry is not what the API answers", place)
                found.partial = True
    if broken and broken == len(documents):
        raise ImportFailure(
            f"no document of {bundle.name} is whole JSON", "fetch or save the answers again"
        )
    return read


def peek(bundle: Bundle, service: str, lists: tuple[str, ...], *marks: tuple[bytes, ...]) -> bool:
    """Tell whether a source holds a service's documents, and nothing else.

    They are its own where they were fetched and saved; else where a file has all words of one of
    the ``marks``, and the others of the folder have so too or are called like one of its ``lists``.
    """
    named, _ = about(bundle)
    if named:
        return named == service
    marked = 0
    for file in bundle.files:
        if file.suffix not in (".json", "") or file.data.lstrip()[:1] not in (b"{", b"["):
            return False
        if any(all(word in file.data for word in words) for words in marks):
            marked += 1
        elif not file.name.rpartition("/")[2].casefold().startswith(lists):
            return False
    return marked > 0


def _unwrapped(node: Any, depth: int) -> Iterator[Any]:
    """Yield the entries of an answer, of several pages in a list, or of a merged one."""
    if depth > _DEEPEST or node is None:
        return
    if isinstance(node, list):
        for each in node:
            wrapped = isinstance(each, Mapping) and ("data" in each or "items" in each)
            if isinstance(each, list) or (wrapped and "id" not in each):
                yield from _unwrapped(each, depth + 1)
            else:
                yield each
    elif isinstance(node, Mapping):
        inner = node.get("data", node.get("items"))
        if isinstance(inner, list | Mapping):
            yield from _unwrapped(inner, depth + 1)
        elif "data" not in node and "items" not in node:
            yield node


def _plain(text: str) -> str:
    """Return a text on one line, without characters that cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def _json(file: SourceFile) -> Any:
    try:
        return json.loads(file.text())
    except (ValueError, RecursionError):
        return None
