"""The check `undeclared-tool`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Money,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    fact,
    names,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.money import yearly
from stackaudit.graph.sight import dated, first_each, is_old, seen_fact
from stackaudit.resolve.observed import Row, Sighting
from stackaudit.result import Category
from stackaudit.source.words import make_id

_THERE = {
    "website": "on the website",
    "tags": "in the tag manager",
    "spend": "paid for",
    "logins": "there to log in to",
}
"""What a list of a kind says of a tool on it, what weighs most first."""
_STRONG = ("website", "spend", "tags")
_SHOWN = 8


@dataclass(frozen=True)
class UndeclaredTool(Check):
    """A tool that another list shows and the inventory does not.

    What it finds:
    Products that a list under `observed` shows (logins, payments, the website, a tag manager) and
    that are neither under `tools` nor out of scope nor ignored; and tools that are retired here and
    that a later list still shows. A name is recognised by the catalogue's names and aliases; what
    is only spelled alike, or in no catalogue, is asked about. Where the list of tools is not stated
    to be complete, and where the list is older than a year, the finding is possible.

    Why it matters:
    Nobody answers for it: not for its cost, and not for the personal data it holds.

    What to do:
    Ask who uses it. List it, end it, or write why it does not belong to the stack.

    Example:
    Hotjar is in the tag manager and in the card payments, and on nobody's list.

    Known false positives:
    It belongs to another department; or the account is left over and empty.
    """

    days: int = 365

    id: ClassVar[str] = "undeclared-tool"
    title: ClassVar[str] = "Tool that is seen and not declared"
    category: ClassVar[Category] = "resilience"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "names on lists of others that are recognised"

    def run(self, stack: Stack) -> Outcome:
        """Look for what lists of others show and the inventory does not."""
        findings: list[Finding] = []
        questions: list[Question] = []
        strange: dict[str, list[Row]] = {}
        examined = 0
        for row in stack.observed:
            if row.tool is not None:
                examined += bool(row.sightings)
                after = self._retired(stack, stack.tool(row.tool), row)
                findings += [after] if after is not None else []
            elif row.state == "only-observed":
                examined += 1
                findings.append(self._undeclared(stack, row))
            elif row.state == "likely":
                questions.append(self._same(stack, row))
            elif row.state == "unrecognised":
                if any(s.shown.shows in ("website", "tags") for s in row.sightings):
                    examined += 1
                    findings.append(self._undeclared(stack, row))
                else:
                    strange.setdefault(row.lists[0], []).append(row)
        questions += [self._strangers(shown, rows) for shown, rows in sorted(strange.items())]
        return Outcome(examined, findings, sorted(questions, key=lambda q: q.id))

    def _undeclared(self, stack: Stack, row: Row) -> Finding:
        seen, evidence = self._seen(stack, row.sightings)
        if row.product is None:
            evidence.append(assumed(f"The catalogue does not know {row.name}."))
        evidence.append(_not_listed(stack, row.name))
        return self.finding(
            row.key,
            f"{row.name} is {_where(seen)}, and the inventory does not list it.",
            severity=_severity(stack, row, seen),
            evidence=evidence,
            subjects=[subject("product", row.key, row.name)],
            money=_money(stack, seen),
            harmless_if="It is no part of the marketing stack, or nobody uses it any more.",
            details={
                "lists": [s.shown.name for s in first_each(seen)],
                "shows": sorted({s.shown.shows or "other" for s in seen}),
            },
            action=Action(
                id=f"declare:{row.key}",
                text=f"Find out who uses {row.name}, and list it, end it or ignore it",
                effort="small",
            ),
        )

    def _retired(self, stack: Stack, tool: StackTool | None, row: Row) -> Finding | None:
        """Return that a tool which is gone here is still seen, where a list says so later."""
        record = tool.record if tool is not None else None
        if tool is None or record is None or tool.in_use or tool.out_of_scope:
            return None
        if record.status not in ("retired", "retiring"):
            return None
        gone = record.retires_on
        if record.status == "retiring" and gone is None:
            return None
        later = [
            s
            for s in row.sightings
            if gone is None or s.shown.as_of is None or s.shown.as_of > gone
        ]
        if not later:
            return None
        seen, evidence = self._seen(stack, later)
        evidence.insert(0, fact(record, "status", f"{tool.name} is stated to be {record.status}."))
        if gone is not None:
            evidence.insert(1, fact(record, "retires_on", f"Its last day of use was {gone}."))
        if gone is None:
            evidence.append(assumed("The day it was retired is not stated; the list may be older."))
        elif any(s.shown.as_of is None for s in seen):
            evidence.append(assumed("The day of the list is not stated; it may be older."))
        return self.finding(
            f"{tool.id}/retired",
            f"{tool.name} is retired here, and still {_where(seen)}.",
            severity="medium" if any(_shown_as(k, seen) for k in _STRONG) else "low",
            evidence=evidence,
            subjects=tool_subjects([tool]),
            scopes=stack.scopes_of(tool.scopes),
            money=_money(stack, seen),
            harmless_if="It was the last bill, or an account kept to read the archive.",
            details={
                "lists": [s.shown.name for s in first_each(seen)],
                "shows": sorted({s.shown.shows or "other" for s in seen}),
            },
            action=Action(
                id=f"end:{tool.id}",
                text=f"End what is left of {tool.name}: contract, accounts and tags",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _seen(
        self, stack: Stack, sightings: Sequence[Sighting]
    ) -> tuple[list[Sighting], list[Evidence]]:
        """Return the sightings that count, the old ones only where there is no other."""
        fresh = [s for s in sightings if not is_old(stack, s.shown, self.days)]
        seen = fresh or list(sightings)
        return seen, [seen_fact(s, old=not fresh) for s in first_each(seen)]

    def _same(self, stack: Stack, row: Row) -> Question:
        tools = [t for i in row.maybe if (t := stack.tool(i)) is not None]
        return self.question(
            f"same:{row.key}",
            f"Is {row.name} in {names(row.lists)} the same as {_either(tools)}?",
            subjects=tool_subjects(tools),
            asked_of=usual_owner(*tools),
            key=row.key,
            fills=_fills(row, "tool"),
        )

    def _strangers(self, shown: str, rows: Sequence[Row]) -> Question:
        each = [f"{r.name} ({r.like[0]}?)" if r.like else r.name for r in rows]
        more = f" and {len(each) - _SHOWN} more" if len(each) > _SHOWN else ""
        which = "Which of these names" if len(each) > 1 else "Is this name"
        text = (
            f"{which} in {shown} {'are marketing tools' if len(each) > 1 else 'a marketing tool'}: "
            f"{', '.join(each[:_SHOWN])}{more}?"
        )
        asked = self.question(
            f"names:{make_id(shown)}",
            text,
            weight=len(each),
            fills=[fill for row in rows for fill in _fills(row, "ignore")],
        )
        return asked.model_copy(update={"settles": [f"{self.id}:{r.key}" for r in rows]})


def _fills(row: Row, key: str) -> list[str]:
    """Return where a person says what a name is, on every list that has it."""
    each = [f"seen/{s.shown.id}/{make_id(s.entry.name)}/{key}" for s in row.sightings]
    return list(dict.fromkeys(each))


def _shown_as(kind: str, seen: Sequence[Sighting]) -> bool:
    return any(s.shown.shows == kind for s in seen)


def _where(seen: Sequence[Sighting]) -> str:
    """Return where a tool is seen, in words: two kinds of list at most, else the lists."""
    said = [words for kind, words in _THERE.items() if _shown_as(kind, seen)]
    return " and ".join(said[:2]) or f"on {names(dated(s.shown) for s in first_each(seen))}"


def _either(tools: Sequence[StackTool]) -> str:
    return " or ".join(t.name for t in tools[:4])


def _not_listed(stack: Stack, name: str) -> Evidence:
    if stack.tools_complete:
        text = f"The list of tools is stated to be complete, and {name} is not on it."
        return fact(stack.inventory, "complete", text)
    return assumed(f"{name} is not under tools; the list is not stated to be complete.")


def _severity(stack: Stack, row: Row, seen: Sequence[Sighting]) -> Severity:
    """Return how grave it is: office work is information, money and visitors' data are more."""
    product = row.product
    known = stack.catalogue.capabilities
    used = product.capabilities if product is not None else {}
    main = [known[c] for c, strength in used.items() if strength == "primary" and c in known]
    if main and all(capability.office for capability in main):
        return "info"
    several = len({s.shown.name for s in seen}) > 1
    strong = any(s.shown.shows in _STRONG for s in seen)
    return "medium" if product is not None and (several or strong) else "low"


def _money(stack: Stack, seen: Sequence[Sighting]) -> Money | None:
    """Return what the first list that names a cost says it costs a year."""
    priced = [s for s in seen if s.entry.cost is not None]
    first = next((s for s in priced if s.shown.shows == "spend"), priced[0] if priced else None)
    if first is None:
        return None
    each = [
        yearly(s.entry.cost, stack.inventory.company)
        for s in priced
        if s.shown.name == first.shown.name
    ]
    known = [(low, high) for low, high in each if low is not None and high is not None]
    if not known or not sum(high for _, high in known):
        return None
    return Money(
        low=float(sum(low for low, _ in known)),
        high=float(sum(high for _, high in known)),
        basis=f"the cost in {first.shown.name}",
    )
