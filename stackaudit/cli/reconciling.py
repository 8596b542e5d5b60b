"""What ``stackaudit reconcile`` says: for people, or as JSON or CSV for programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any, Final

from stackaudit.cli.problems import counted
from stackaudit.cli.terminal import BOLD, DIM, paint, say, wrapped
from stackaudit.source.problems import visible

if TYPE_CHECKING:
    from stackaudit.importers.listing import Listing
    from stackaudit.resolve import Resolved
    from stackaudit.resolve.observed import Row

SHOWN: Final = 25
"""Rows of one kind that are written out; ``--all`` writes every one."""
FOLDED: Final = 8
"""Names of those that need no decision."""

_TITLES: Final = {
    "only-observed": "Only on a list, not in the inventory",
    "retired": "Retired in the inventory, and still on a list",
    "likely": "Perhaps the same: to confirm with `tool: ID`, or `ignore: WHY`",
    "only-declared": "Only in the inventory, on no list",
    "both": "In both",
    "unrecognised": "Names that no catalogue knows: nothing is assumed about them",
    "ignored": "Ignored, or out of scope",
}
_BRIEF: Final = ("both", "ignored", "unrecognised")


def show_text(
    read: Sequence[Listing], after: Resolved, rows: Sequence[Row], *, everything: bool
) -> None:
    """Print the lists and the rows, those somebody has to look at first."""
    say(paint("Compared with", BOLD))
    by_name = {one.name: one for one in read}
    for shown in after.inventory.observed:
        facts = [shown.shows or "kind not stated", counted(len(shown.entries), "name")]
        facts += [f"of {shown.as_of}"] if shown.as_of else []
        facts += ["complete"] if shown.complete else []
        say(wrapped(f"{shown.name}: {', '.join(facts)}", "  ", "    "))
        one = by_name.get(shown.name)
        for note in one.notes[:3] if one else ():
            say(paint(wrapped(note, "    "), DIM))
        if one is not None and one.partial:
            say("    only a part of it could be read")
        if one is not None and one.dropped:
            dropped = ", ".join(f"{what} ({n})" for what, n in sorted(one.dropped.items()))
            say(paint(wrapped(f"left behind on purpose: {dropped}", "    "), DIM))
    for state, title in _TITLES.items():
        mine = [row for row in rows if row.state == state]
        if not mine:
            continue
        say()
        say(paint(f"{title}: {len(mine)}", BOLD))
        if state in _BRIEF and not everything:
            each = [_named(row) for row in mine]
            more = f", and {len(each) - FOLDED} more (--all)" if len(each) > FOLDED else ""
            say(wrapped(", ".join(each[:FOLDED]) + more, "  "))
            continue
        limit = len(mine) if everything else SHOWN
        wide = min(32, max(len(row.name) for row in mine[:limit]))
        for row in mine[:limit]:
            say(wrapped(_about(row, after), f"  {visible(row.name):<{wide}}  ", " " * (wide + 4)))
        if len(mine) > limit:
            say(paint(f"  and {len(mine) - limit} more (--all shows them)", DIM))
    say()


def _named(row: Row) -> str:
    if row.state == "ignored":
        return f"{row.name} ({row.sightings[0].ignored})"
    return f"{row.name} (like {row.like[0]})" if row.like else row.name


def _about(row: Row, after: Resolved) -> str:
    if row.state == "only-declared":
        tool = after.tools[row.tool or ""]
        return f"id {tool.id}"
    where = []
    for name in row.lists:
        said = [s.entry.evidence for s in row.sightings if s.shown.name == name]
        evidence = "; ".join(dict.fromkeys(e for e in said if e))
        where.append(f"{name} ({evidence})" if evidence else name)
    text = "; ".join(where)
    if row.maybe:
        tools = [f"{after.tools[i].name} ({i})" for i in row.maybe[:3]]
        text = f"= {' or '.join(tools)}?  {text}"
    elif row.like:
        text = f"like {', '.join(row.like[:3])}?  {text}"
    return text


def show_json(after: Resolved, rows: Iterable[Row]) -> None:
    """Print the lists and the rows as JSON."""
    lists = [
        {
            "name": shown.name,
            "shows": shown.shows,
            "as_of": shown.as_of.isoformat() if shown.as_of else None,
            "complete": shown.complete,
            "names": len(shown.entries),
        }
        for shown in after.inventory.observed
    ]
    data = {"lists": lists, "rows": [_as_dict(row) for row in rows]}
    say(json.dumps(data, ensure_ascii=False, indent=2))


def _as_dict(row: Row) -> dict[str, Any]:
    return {
        "key": row.key,
        "name": row.name,
        "state": row.state,
        "tool": row.tool,
        "product": row.product.id if row.product is not None else None,
        "maybe": list(row.maybe),
        "like": list(row.like),
        "seen": [
            {
                "list": s.shown.name,
                "name": s.entry.name,
                "evidence": s.entry.evidence,
                **({"ignored": s.ignored} if s.ignored else {}),
            }
            for s in row.sightings
        ],
    }


def show_csv(after: Resolved, rows: Iterable[Row]) -> None:
    """Print the rows as CSV, a column for every list; no cell is taken for a formula."""
    names = [shown.name for shown in after.inventory.observed]
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(map(_cell, ["name", "state", "tool", "product", "maybe", *names]))
    for row in rows:
        product = row.product.id if row.product is not None else ""
        maybe = "; ".join(row.maybe or row.like)
        seen = ["; ".join(s.entry.name for s in row.sightings if s.shown.name == n) for n in names]
        writer.writerow(map(_cell, [row.name, row.state, row.tool or "", product, maybe, *seen]))
    say(out.getvalue().rstrip("\n"))


def _cell(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
