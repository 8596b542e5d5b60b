"""The check `no-system-of-record`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    fact_at,
    fills,
    merge_scopes,
    names,
    role_fact,
    sentence,
    subject,
    tool_subjects,
)
from stackaudit.result import Category


@dataclass(frozen=True)
class NoSystemOfRecord(Check):
    """A data object that two or more tools store, and no tool is declared to hold the record of.

    What it finds:
    Per object that needs a record (people, accounts, revenue, permission) and scope: two or more
    tools in use store it, each in a database of its own, and ``systems_of_record`` names none.
    ``none`` is a stated fact and makes the finding confirmed; a key that is left out makes it
    possible.

    Why it matters:
    When two tools disagree about a customer, nobody can say which is right, and every new
    integration copies the disagreement.

    What to do:
    Decide which tool holds the record and write it under ``systems_of_record``; the others become
    copies that are fed from it.

    Example:
    Contacts live in the shop, the email tool and the help desk, and each is edited by its own team.

    Known false positives:
    The record is agreed on and only not written down.
    """

    id: ClassVar[str] = "no-system-of-record"
    title: ClassVar[str] = "Data without an agreed system of record"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "data objects that need a record"

    def run(self, stack: Stack) -> Outcome:
        """Count the separate stores of every object that needs a record."""
        examined, findings = 0, []
        alone = False
        for data_object in stack.catalogue.objects.values():
            if not data_object.needs_record:
                continue
            found: dict[int, list[StackTool]] = {}
            looked = False
            for scope in range(len(stack.scopes)):
                stores = stack.with_role("store", data_object.id, scope)
                looked = looked or bool(stores)
                if stack.record(data_object.id, scope).how == "declared":
                    continue
                if _databases(stack, stores, data_object.id) >= 2:
                    found[scope] = stores
                else:
                    alone = alone or bool(stores)
            examined += looked
            same = {
                s: (tuple(t.id for t in tools), stack.record(data_object.id, s).how)
                for s, tools in found.items()
            }
            for scope_name, scopes, stores in merge_scopes(stack, found, same):
                scope = stack.scopes.index(scope_name) if scopes else 0
                findings.append(
                    self._no_record(stack, data_object.id, stores, scope, scope_name, scopes)
                )
        unclear = [t for t in stack.subjects if t.handles is None and t.kind != "own-channel"]
        return Outcome(examined, findings, self._what_data(unclear) if alone and unclear else ())

    def _what_data(self, tools: list[StackTool]) -> list[Question]:
        return [
            self.question(
                "data:tools",
                f"What data do these tools hold: {names(tools, 4)}?"
                if len(tools) > 1
                else f"What data does {tools[0].name} hold?",
                subjects=tool_subjects(tools),
                weight=len(tools),
                fills=fills("tools", tools, "data"),
            )
        ]

    def _no_record(
        self,
        stack: Stack,
        data_object: str,
        stores: list[StackTool],
        scope: int,
        scope_name: str,
        scopes: list[str],
    ) -> Finding:
        thing = stack.catalogue.objects[data_object]
        record = stack.record(data_object, scope)
        stated: Evidence = (
            fact_at(
                stack.inventory,
                ("systems_of_record", record.key or data_object),
                f"The inventory states that there is no system of record of {thing.noun}.",
            )
            if record.how == "none"
            else assumed(f"The inventory does not say which tool holds the record of {thing.noun}.")
        )
        declared = [t for t in stores if not t.roles_assumed]
        resting = declared if _databases(stack, declared, data_object) >= 2 else stores
        where = f" in {scopes[0]}" if scopes else ""
        return self.finding(
            f"{data_object}/{scope_name}",
            sentence(
                f"{thing.noun} are stored by {names(stores)}{where}, "
                "and no tool is declared to hold their record."
            ),
            evidence=[
                stated,
                *(role_fact(t, data_object, f"{t.name} stores {thing.noun}.") for t in resting),
            ],
            subjects=[subject("object", data_object, thing.name), *tool_subjects(stores)],
            scopes=scopes,
            harmless_if="It is agreed which tool holds the record and only not written down.",
            action=Action(
                id=f"record:{data_object}",
                text=f"Decide which tool holds the record of {thing.noun}",
                effort="small",
                tools=[t.id for t in stores],
            ),
        )


def _databases(stack: Stack, stores: list[StackTool], data_object: str) -> int:
    """Return how many separate databases hold the object; a suite's shared one counts once."""
    return len(stack.separate(stores, data_object))
