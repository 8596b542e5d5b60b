"""Lists of others in words: what they show, how old they are, what they should show."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from stackaudit.graph.facts import fact
from stackaudit.graph.model import StackTool
from stackaudit.graph.usage import is_paid, used_by_machines
from stackaudit.inventory.schema import Observed
from stackaudit.resolve.observed import Sighting
from stackaudit.result import Evidence

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

ON_PAGES: Final = frozenset(
    (
        "consent-management",
        "experience-analytics",
        "experimentation",
        "live-chat-bots",
        "tag-management",
        "web-analytics",
    )
)
"""What a tool does in the visitor's browser: a page that it works on shows it. Pixels of
advertising platforms are not among them: an advertiser need not have one."""


def is_old(stack: Stack, shown: Observed, days: int) -> bool:
    """Return whether a list is known to be older than some days on the audit's day."""
    return shown.as_of is not None and stack.as_of - shown.as_of > timedelta(days=days)


def dated(shown: Observed) -> str:
    """Return a list's name, with its day where it is known."""
    return f"{shown.name} ({shown.as_of})" if shown.as_of is not None else shown.name


def seen_fact(sighting: Sighting, *, old: bool = False) -> Evidence:
    """Return that a list shows a name, as evidence; an old list only says what was.

    What the list says of it stands in the quote, which is the inventory's own words.
    """
    text = f"The list {dated(sighting.shown)} shows {sighting.entry.name}"
    text += ", and is old." if old else "."
    return fact(sighting.entry, "name", text, assumed=old)


def first_each(sightings: Iterable[Sighting]) -> list[Sighting]:
    """Return the first sighting of every list."""
    found: dict[str, Sighting] = {}
    for sighting in sightings:
        found.setdefault(sighting.shown.name, sighting)
    return list(found.values())


def should_show(stack: Stack, shown: Observed, tool: StackTool) -> str:
    """Return in words why a list of this kind would show a tool; nothing where it need not."""
    if shown.shows == "spend":
        return f"{tool.name} costs money." if is_paid(stack, tool) else ""
    if shown.shows == "logins":
        if tool.record is not None and tool.record.seats is not None:
            return f"{tool.name} has seats of people."
        people = bool(tool.working) and used_by_machines(stack, tool) == "no"
        return f"{tool.name} is software that people log in to." if people else ""
    if shown.shows == "website":
        on_pages = sorted(c for c, s in tool.working.items() if s == "primary" and c in ON_PAGES)
        names = [stack.catalogue.capabilities[c].name.lower() for c in on_pages]
        return f"{tool.name} works on web pages ({', '.join(names)})." if names else ""
    return ""


def shares_an_account(stack: Stack, tool: StackTool, sightings: Iterable[Sighting]) -> bool:
    """Return whether a list shows another tool of the same suite or vendor: one login, one bill."""
    if tool.product is None:
        return False
    known = [s.product for s in sightings if s.product is not None]
    for sighting in sightings:
        for other in sighting.tools:
            found = stack.tool(other)
            if found is not None and found.id != tool.id and found.product is not None:
                known.append(found.product)
    mine = {tool.product.vendor, tool.product.suite, tool.suite} - {"", None}
    return any(mine & {p.vendor, p.suite} for p in known)
