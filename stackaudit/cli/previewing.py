"""The preview of an import: what was read and recognised, what will change, what to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Final

from stackaudit.answering.sheet import flow as inline
from stackaudit.cli.problems import counted
from stackaudit.cli.terminal import BOLD, DIM, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.importers.combine import Clash, Draft
    from stackaudit.importers.merge import Merged
    from stackaudit.importers.model import Found

SHOWN: Final = 10
"""Lines of one kind that are written out; ``--all`` writes every one."""

_TITLES: Final = {
    "unreadable": "Could not be read",
    "left-out": "Not taken",
    "note": "Notes",
    "question": "To decide",
}


def show_preview(draft: Draft, plan: Merged, adding: bool, *, everything: bool = False) -> None:
    """Print what an import found and what it would write."""
    shown = 1_000_000 if everything else SHOWN
    say(paint("Read", BOLD))
    for found in draft.found:
        _source(found)
    known = [t for t in draft.tools if t.product is not None]
    strange = [t for t in draft.tools if t.product is None]
    say()
    say(paint(f"Recognised: {counted(len(known), 'tool')}", BOLD))
    _lines((t.name if t.product is None else _named(t.name, t.product.name) for t in known), shown)
    if strange:
        say(paint(f"In no catalogue, taken as named: {counted(len(strange), 'tool')}", BOLD))
        _lines((t.name for t in strange), shown)
    for kind in ("unreadable", "left-out", "question", "note"):
        texts = [
            f"{n.text}{f' ({n.place})' if n.place else ''}{f'; {n.hint}' if n.hint else ''}"
            for _, n in draft.notices
            if n.kind == kind
        ]
        if kind == "question":
            texts += [f"{q.text}{f' ({q.place})' if q.place else ''}" for q in draft.questions]
        if texts:
            say(paint(f"{_TITLES[kind]}: {len(texts)}", BOLD))
            _lines(texts, shown)
    if draft.clashes:
        say(paint(f"Sources differ: {len(draft.clashes)}", BOLD))
        _lines(map(_clash, draft.clashes), shown)
    say(paint(f"{'Would be added' if adding else 'Inventory'}: {_sum(plan.changes)}", BOLD))
    if adding:
        _lines(plan.changes, shown)
    say()


def _source(found: Found) -> None:
    counts = ", ".join(f"{n} {_one(what) if n == 1 else what}" for what, n in found.counts.items())
    say(wrapped(f"{found.title}{': ' if counts else ''}{counts}", "  ", "    "))
    if found.partial:
        say("    only a part of it could be read")
    if found.dropped:
        dropped = ", ".join(f"{what} ({n})" for what, n in sorted(found.dropped.items()))
        say(paint(wrapped(f"left behind on purpose: {dropped}", "    "), DIM))


_NOUNS: Final = re.compile(
    r"\b(source|destination|warehouse|subscription|workflow|filter|plan|connection|row|sheet|tool"
    r"|integration|tag|trigger|variable|template|table|page|application|sync|contract)s\b"
)


def _one(what: str) -> str:
    """Return what is counted for one of it: ``unnamed destination``."""
    return _NOUNS.sub(r"\1", what, count=1)


def _named(name: str, product: str) -> str:
    return name if name.casefold() == product.casefold() else f"{name} = {product}"


def _clash(clash: Clash) -> str:
    kept, other = clash.kept, clash.other
    return (
        f"{clash.what}: {clash.key.replace('_', ' ')} is {inline(kept.value)} in {kept.source} "
        f"(kept) and {inline(other.value)} in {other.source}"
    )


def _sum(changes: Sequence[str]) -> str:
    parts = []
    for kind in ("team", "tool", "contract", "integration"):
        n = sum(1 for c in changes if c.startswith(f"new {kind} "))
        if n:
            parts.append(counted(n, kind))
    facts = sum(1 for c in changes if not c.startswith("new "))
    if facts:
        parts.append(f"facts of {counted(facts, 'entry', 'entries')}")
    return ", ".join(parts) or "nothing"


def _lines(texts: Iterable[str], shown: int) -> None:
    each = list(texts)
    for text in each[:shown]:
        say(wrapped(text, "  ", "    "))
    if len(each) > shown:
        say(paint(f"  and {len(each) - shown} more (--all shows them)", DIM))
