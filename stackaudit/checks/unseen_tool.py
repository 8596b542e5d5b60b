"""The check `unseen-tool`."""

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
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.sight import dated, is_old, shares_an_account, should_show
from stackaudit.graph.usage import is_paid
from stackaudit.inventory.schema import Observed
from stackaudit.result import Category
from stackaudit.source.words import make_id

_ALL: dict[str | None, str] = {
    "spend": "every payment for tools",
    "logins": "every tool people log in to",
    "website": "every tool on the website",
}


@dataclass(frozen=True)
class UnseenTool(Check):
    """A tool in use that no list shows, although one that is complete should.

    What it finds:
    Software in use that is on none of the lists under `observed`, where one that is stated to be
    complete should show it: logins show what people log in to, payments what has a cost, the
    website what works on its pages (analytics, consent, tag manager, chat, tests). Agencies, own
    channels, spreadsheets, homegrown tools and apps inside another tool are not looked for, nor is
    a tool of whose vendor or suite the list shows another one. The finding is possible where the
    list has names that nobody recognises, is older than a year or has no day, and where it follows
    only from the catalogue that the list should show the tool.

    Why it matters:
    A tool that nobody logs in to, nobody pays for or no page loads may be gone; what the audit says
    about it is then about a stack that is no more.

    What to do:
    Ask its owner. Mark it as retired, or tell the list which of its names it is.

    Example:
    An A/B testing tool is on the list with its owner, and no page has loaded it for a year.

    Known false positives:
    It is paid through an agency, or used with an account outside the single sign-on.
    """

    days: int = 365

    id: ClassVar[str] = "unseen-tool"
    title: ClassVar[str] = "Tool that is declared and not seen"
    category: ClassVar[Category] = "spend"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "tools that a complete list should show"

    def run(self, stack: Stack) -> Outcome:
        """Look for tools in use that complete lists should show and no list does."""
        findings: list[Finding] = []
        open_: dict[str, list[StackTool]] = {}
        unseen = {row.tool for row in stack.observed if row.state == "only-declared"}
        maybe = {tool for row in stack.observed for tool in row.maybe}
        seen = {row.tool for row in stack.observed if row.tool and row.sightings} | maybe
        lists = {shown.name: shown for shown in stack.inventory.observed}
        examined = 0
        for tool in stack.subjects:
            if tool.mentioned_only or tool.id not in unseen | seen:
                continue
            showing = [s for s in lists.values() if should_show(stack, s, tool)]
            complete = [s for s in showing if s.complete]
            if tool.id in maybe and tool.id not in _sighted(stack):
                continue  # somebody has to say whether it is seen
            examined += bool(complete)
            if tool.id not in unseen:
                continue
            sure = [s for s in complete if not self._hidden(stack, s, tool)]
            if sure:
                findings.append(self._unseen(stack, tool, sure))
            for shown in showing if not complete else ():
                if shown.complete is None and not self._hidden(stack, shown, tool):
                    open_.setdefault(shown.name, []).append(tool)
        questions = [self._ask(lists[name], tools) for name, tools in sorted(open_.items())]
        return Outcome(examined, findings, sorted(questions, key=lambda q: q.id))

    def _hidden(self, stack: Stack, shown: Observed, tool: StackTool) -> bool:
        """Return whether a list may show the tool under another one of its suite or vendor."""
        here = [s for row in stack.observed for s in row.sightings if s.shown is shown]
        return shown.shows in ("logins", "spend") and shares_an_account(stack, tool, here)

    def _unseen(self, stack: Stack, tool: StackTool, lists: Sequence[Observed]) -> Finding:
        judged = [(shown, self._doubts(stack, shown, tool)) for shown in lists]
        shown, doubts = min(judged, key=lambda pair: len(pair[1]))  # one that is sure is enough
        record = tool.record
        evidence: list[Evidence] = [
            _reason(stack, shown, tool),
            fact(
                shown,
                "complete",
                f"The list {dated(shown)} is stated to show {_ALL[shown.shows]}; "
                f"{tool.name} is not on it.",
            ),
            *doubts,
        ]
        others = len(stack.inventory.observed) > 1
        low, high = stack.cost(tool)
        paid = low is not None and high is not None and high > 0
        return self.finding(
            tool.id,
            f"{tool.name} is listed as in use, and {dated(shown)} does not show it"
            + (", nor does any other list." if others else "."),
            severity="medium" if is_paid(stack, tool) else "low",
            evidence=evidence,
            subjects=tool_subjects([tool]),
            scopes=stack.scopes_of(tool.scopes),
            money=Money(low=float(low or 0), high=float(high or 0), basis="its cost a year")
            if paid
            else None,
            harmless_if="It is used or paid in a way the list cannot show.",
            details={"lists": [shown.name], "status": record.status if record else None},
            action=Action(
                id=f"confirm:{tool.id}",
                text=f"Ask whether {tool.name} is still in use, and mark it as retired if not",
                effort="small",
                owner=usual_owner(tool),
                tools=[tool.id],
            ),
        )

    def _doubts(self, stack: Stack, shown: Observed, tool: StackTool) -> list[Evidence]:
        """Return why a list, complete as it is, may lack the tool all the same."""
        found: list[Evidence] = []
        if shown.as_of is None:
            found.append(assumed(f"The day of the list {shown.name} is not stated."))
        elif is_old(stack, shown, self.days):
            found.append(assumed(f"The list {dated(shown)} is old."))
        strange = [
            row.name
            for row in stack.observed
            if row.state in ("unrecognised", "likely") and shown.name in row.lists
        ]
        if strange:
            text = f"Of the names on it, {len(strange)} could not be recognised; one may be it."
            found.append(assumed(text))
        if shown.shows == "website":
            if stack.scopes_of(tool.scopes):
                found.append(assumed(f"{tool.name} serves only a part of the company."))
            tags = [s for s in stack.inventory.observed if s.shows == "tags" and s.complete]
            if not tags and stack.providers("tag-management"):
                found.append(assumed("A tag manager may load it; what is in it is not known."))
        return found

    def _ask(self, shown: Observed, tools: Sequence[StackTool]) -> Question:
        asked = self.question(
            f"complete:{make_id(shown.name)}",
            f"Does the list {shown.name} show {_ALL[shown.shows]}? No list has {names(tools)}.",
            subjects=tool_subjects(tools),
            weight=len(tools),
            fills=[f"observed/{shown.id}/complete"],
        )
        return asked.model_copy(update={"settles": [f"{self.id}:{t.id}" for t in tools]})


def _sighted(stack: Stack) -> set[str]:
    return {row.tool for row in stack.observed if row.tool and row.sightings}


def _reason(stack: Stack, shown: Observed, tool: StackTool) -> Evidence:
    """Return why the list should show the tool: stated, or as the catalogue has it."""
    text, record = should_show(stack, shown, tool), tool.record
    if shown.shows == "spend":
        if record is not None and record.cost is not None:
            return fact(record, "cost", text)
        contract = stack.contract_of[tool.index]
        return fact(contract.record, "cost", text)
    if shown.shows == "logins" and record is not None and record.seats is not None:
        return fact(record, "seats", text)
    if tool.capabilities_assumed:
        return assumed(f"{text} The catalogue says so of the product.")
    return fact(record, "capabilities", text)
