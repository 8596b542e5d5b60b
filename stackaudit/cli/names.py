"""Names as people type them, turned into what the inventory means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from stackaudit.cli.errors import CommandError

if TYPE_CHECKING:
    from stackaudit.graph import Stack, StackTool


def find_tool(stack: Stack, name: str) -> StackTool:
    """Return the tool that an id, a name, an alias or the clear beginning of a name means.

    Raises :class:`CommandError` with the nearest names when there is none, or with the choices when
    there are several.
    """
    found = stack.tool(name) or _only(stack, name)
    if found is not None:
        return found
    from stackaudit.source.words import did_you_mean

    known = called(stack.tools)
    raise CommandError(
        f"there is no tool {name!r} in the inventory of {stack.inventory.company.name}",
        did_you_mean(name, known, "the tool register of the report lists all of them"),
    )


def called(tools: Iterable[StackTool]) -> set[str]:
    """Return the names of tools, and their ids where these say something else."""
    from stackaudit.source.words import make_id

    each = list(tools)
    return {t.name for t in each} | {t.id for t in each if make_id(t.name) != t.id}


def _only(stack: Stack, name: str) -> StackTool | None:
    from stackaudit.source.words import make_id

    wanted = make_id(name)
    if not wanted:
        return None
    starts = [
        t for t in stack.tools if make_id(t.name).startswith(wanted) or t.id.startswith(wanted)
    ]
    same = [t for t in starts if make_id(t.name) == wanted]
    starts = same or starts
    if len(starts) > 1:
        choices = ", ".join(sorted(t.id for t in starts))
        raise CommandError(f"{name!r} can mean several tools", f"say which: {choices}")
    return starts[0] if starts else None


def find_word(name: str, known: Iterable[str], what: str) -> str:
    """Return a known id for what was typed; raises :class:`CommandError` with the nearest."""
    from stackaudit.source.words import did_you_mean, make_id

    by_id: dict[str, str] = {}
    for word in known:
        by_id.setdefault(make_id(word), word)
    wanted = make_id(name)
    for word in (wanted, wanted.removesuffix("s")):
        if word in by_id:
            return by_id[word]
    otherwise = f"known: {', '.join(sorted(by_id.values()))}"
    raise CommandError(
        f"there is no {what} {name!r}", did_you_mean(name, by_id.values(), otherwise)
    )
