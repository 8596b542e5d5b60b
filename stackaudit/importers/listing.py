"""What a source shows, as a list to compare an inventory with: names, and no fact taken over."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final, get_args

from stackaudit.catalogue.match import folded
from stackaudit.catalogue.model import Catalogue
from stackaudit.importers.model import Found, FoundTool
from stackaudit.importers.naming import identify
from stackaudit.importers.values import text_without_secrets, written
from stackaudit.inventory.schema import Shows
from stackaudit.resolve import Resolved
from stackaudit.resolve.observed import could_be_seen, resembling

KINDS: Final[tuple[str, ...]] = get_args(Shows)
LONGEST: Final = 160
"""Characters of a name or of evidence that are kept."""

_BY_IMPORTER: Final = {
    "gtm": "tags",
    "okta": "logins",
    "page": "website",
    "har": "website",
    "scan": "website",
    **dict.fromkeys(
        ("register", "tech-stack", "handbook", "backstage", "archimate", "subprocessors"),
        "register",
    ),
}
_BY_NAME: Final = (
    ("logins", ("okta", "sso", "entra", "login", "onelogin", "jumpcloud", "idp", "saml")),
    (
        "spend",
        ("spend", "finance", "payment", "invoice", "ledger", "card", "expense", "buchhaltung"),
    ),
    ("website", ("website", "scan", "cookies", "scripts")),
)
_LOGIN_COLUMNS: Final = frozenset(("login", "sign_on"))
"""How the spreadsheet importer calls columns that only a list of logins has."""
_NOT_SHOWN: Final = frozenset(("own-channel", "homegrown", "spreadsheet", "service"))
_GONE: Final = frozenset(("retired", "planned"))


@dataclass
class Listing:
    """A list of others as it was read."""

    name: str
    shows: str
    title: str
    """What was read, for the preview."""
    entries: list[dict[str, Any]] = field(default_factory=list)
    """Keys of an entry of the inventory's ``observed`` → value as it is written in YAML."""
    notes: list[str] = field(default_factory=list)
    partial: bool = False
    dropped: Counter[str] = field(default_factory=Counter)


def listing(found: Found, there: Resolved, shows: str | None = None) -> Listing:
    """Return what an importer found in a source as a list.

    A tool that the source's own type or a host decides is called by its product's name; all others
    are called as the source calls them. What is only hinted at, what is retired there, and the
    company's own channels and spreadsheets are no names of such a list. Payees in no catalogue
    are taken only where they resemble a tool of the inventory: they may be people.
    """
    catalogue = there.catalogue
    made = Listing(found.source, shows or guess(found), found.title, partial=found.partial)
    hinted = gone = 0
    for tool in found.tools:
        if tool.facts.get("kind") in _NOT_SHOWN:
            continue
        hinted += tool.confidence == "possible"
        gone += tool.facts.get("status") in _GONE
        if tool.confidence == "possible" or tool.facts.get("status") in _GONE:
            continue
        _add(made, _entry(tool, catalogue, made))
    alike = resembling(there, (tool.name for tool in found.strangers))
    for tool in found.strangers:
        if tool.name in alike:
            _add(made, _entry(tool, catalogue, made))
    if len(found.strangers) > len(alike):
        number = sum(1 for tool in found.strangers if tool.name not in alike)
        made.notes.append(f"in no catalogue and like no tool of the inventory, not taken: {number}")
    if hinted:
        made.notes.append(f"only hinted at, not taken: {hinted}")
    if gone:
        made.notes.append(f"retired or planned by the list itself, not taken: {gone}")
    made.notes += [
        f"{n.text}{f' ({n.place})' if n.place else ''}"
        for n in found.notices
        if n.kind == "unreadable"
    ]
    left = sum(1 for n in found.notices if n.kind == "left-out")
    if left:
        made.notes.append(f"notes of what was not taken: {left} (stackaudit import shows them)")
    made.entries.sort(key=lambda e: (folded(e["name"]), e["name"]))
    return made


def listing_of(other: Resolved, name: str, shows: str | None = None) -> Listing:
    """Return the tools of another inventory as a list."""
    made = Listing(name, shows or "register", f"the inventory of {other.inventory.company.name}")
    for tool in other.tools.values():
        if could_be_seen(other, tool):
            _add(made, {"name": tool.name})
    made.entries.sort(key=lambda e: (folded(e["name"]), e["name"]))
    return made


def guess(found: Found) -> str:
    """Return what a source is a list of, by its kind, its content and its name."""
    known = _BY_IMPORTER.get(found.importer)
    if known is not None:
        return known
    if "payments" in found.counts:
        return "spend"
    if any(_LOGIN_COLUMNS & set(columns.values()) for columns in _columns(found)):
        return "logins"
    name = folded(found.source)
    for shows, words in _BY_NAME:
        if any(word in name for word in words):
            return shows
    return "register" if found.importer == "spreadsheet" else "other"


def _columns(found: Found) -> list[dict[str, str]]:
    """Return how the columns of each sheet were read."""
    sheets = found.mapping.get("sheets")
    each = sheets.values() if isinstance(sheets, dict) else ()
    read = [s.get("columns") for s in each if isinstance(s, dict)]
    return [{k: str(v) for k, v in c.items()} for c in read if isinstance(c, dict)]


def together(listings: Iterable[Listing]) -> list[Listing]:
    """Return the lists with those of one name put together (the files of one folder)."""
    made: dict[str, Listing] = {}
    for one in listings:
        whole = made.setdefault(folded(one.name), one)
        if whole is one:
            continue
        for entry in one.entries:
            _add(whole, entry)
        whole.notes += one.notes
        whole.partial |= one.partial
        whole.dropped.update(one.dropped)
        whole.entries.sort(key=lambda e: (folded(e["name"]), e["name"]))
    return list(made.values())


def _entry(tool: FoundTool, catalogue: Catalogue, made: Listing) -> dict[str, Any]:
    who = identify(catalogue, tool)
    given = who.product is not None and who.how in ("given", "hint")
    name = who.product.name if given and who.product is not None else tool.name
    entry: dict[str, Any] = {"name": _text(name, made) or "withheld"}
    said = [tool.evidence] if tool.evidence else []
    if given and folded(tool.name) != folded(name):
        said.insert(0, f"as {tool.name}")
    evidence = _text("; ".join(said), made)
    if evidence:
        entry["evidence"] = evidence
    cost = written(tool.facts.get("cost"))
    if cost:
        entry["cost"] = cost
    return entry


def _text(text: str, made: Listing) -> str:
    plain = "".join(c if c.isprintable() else " " for c in text)
    return text_without_secrets(" ".join(plain.split()), made.dropped)[:LONGEST].rstrip()


def _add(made: Listing, entry: dict[str, Any]) -> None:
    """Add an entry, or what it says to the one of this name; what has no letters is no name."""
    if not folded(entry["name"]):
        made.notes.append(f"no name: {entry['name']!r}")
        return
    known = next((e for e in made.entries if folded(e["name"]) == folded(entry["name"])), None)
    if known is None:
        made.entries.append(entry)
        return
    evidence = entry.get("evidence")
    if evidence and evidence not in known.get("evidence", ""):
        joined = "; ".join(filter(None, (known.get("evidence"), evidence)))
        known["evidence"] = joined[:LONGEST].rstrip()
    known.setdefault("cost", entry["cost"]) if "cost" in entry else None
