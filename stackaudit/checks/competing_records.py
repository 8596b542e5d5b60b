"""The check `competing-records`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import ClassVar

from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Flow,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    fact,
    fact_at,
    flow_name,
    merge_scopes,
    names,
    no_path,
    nouns,
    object_name,
    open_fills,
    role_fact,
    sentence,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.demands import CONSENT_OBJECTS
from stackaudit.graph.views import WILD, View, reach
from stackaudit.result import Category
from stackaudit.source.words import make_id


@dataclass(frozen=True)
class _Writer:
    """A tool that writes where the record writes too, and has nothing to do with the record."""

    tool: StackTool
    into: StackTool
    path: tuple[Flow, ...]
    """From the tool to where both write."""
    from_record: tuple[Flow, ...]


@dataclass(frozen=True)
class _Conflict:
    key: str
    """The key under ``systems_of_record``: the object, or a part of it."""
    record: tuple[StackTool, ...]
    declared_twice: bool
    writers: tuple[_Writer, ...]


@dataclass(frozen=True)
class CompetingRecords(Check):
    """Two tools that both claim to have the last word on the same data.

    What it finds:
    Per object (or part of one) and scope: the inventory names two systems of record that do not
    share one database; or a tool stores the object, is neither fed by the declared record nor feeds
    it, and writes, by any path, into a tool that the record feeds too. For consent and preference a
    tool that only captures counts as well, and the finding is high. ``details["writers"]`` names
    each such tool and where it meets the record.

    Why it matters:
    Whichever wrote last is right. A corrected address turns wrong again overnight, and an opt-out
    is undone by a system nobody thought of.

    What to do:
    Decide which tool has the last word; feed the other from it, or let the other feed it.

    Example:
    The shop and the loyalty tool both send customers to the email tool, and neither knows the
    other's.

    Known false positives:
    The tools hold different people or different fields: then give each part its own record
    (`contact/loyalty`).
    """

    id: ClassVar[str] = "competing-records"
    title: ClassVar[str] = "Records that compete"
    category: ClassVar[Category] = "redundancies"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "data objects with a declared record"

    def run(self, stack: Stack) -> Outcome:
        """Look at every declared record, scope by scope."""
        findings: list[Finding] = []
        questions: dict[str, Question] = {}
        examined = 0
        for key in sorted(stack.inventory.systems_of_record or {}):
            conflicts: dict[int, _Conflict] = {}
            looked = False
            for scope in range(len(stack.scopes)):
                record = _declared(stack, key, scope)
                if not record:
                    continue
                looked = True
                conflict = self._judge(stack, key, record, scope, questions)
                if conflict is not None:
                    conflicts[scope] = conflict
            examined += looked
            same = {
                s: (
                    tuple(t.id for t in c.record) if c.declared_twice else (),
                    tuple(w.tool.id for w in c.writers),
                )
                for s, c in conflicts.items()
            }
            for scope_name, scopes, conflict in merge_scopes(stack, conflicts, same):
                number = stack.scopes.index(scope_name) if scopes else min(conflicts)
                findings.append(self._compete(stack, conflict, number, scope_name, scopes))
        return Outcome(examined, findings, [questions[k] for k in sorted(questions)])

    def _judge(
        self,
        stack: Stack,
        key: str,
        record: list[StackTool],
        scope: int,
        questions: dict[str, Question],
    ) -> _Conflict | None:
        data_object, part = _parts(key)
        twice = len(_databases(stack, record, data_object)) > 1
        writers = []
        for writer, sure in [] if part else _writers(stack, data_object, record, scope):
            if sure:
                writers.append(writer)
                continue
            questions[f"{writer.tool.id}/{data_object}"] = self._ask(
                stack, writer.tool, record, data_object, scope
            )
        if not twice and not writers:
            return None
        return _Conflict(key, tuple(record), twice, tuple(writers))

    def _ask(
        self,
        stack: Stack,
        tool: StackTool,
        record: list[StackTool],
        data_object: str,
        scope: int,
    ) -> Question:
        things = nouns(stack, data_object)
        return self.question(
            f"exchange:{tool.id}/{data_object}",
            f"Do {tool.name} and {names(record)} exchange {things}? Integrations of unknown "
            "content could carry them; if not, both write into the same tools without knowing "
            "each other.",
            subjects=tool_subjects([tool, *record]),
            asked_of=usual_owner(tool, *record),
            key=f"{data_object}/{'all' if len(stack.scopes) == 1 else stack.scopes[scope]}",
            fills=open_fills(stack, [tool, *record], [tool, *record], data_object, [scope]),
        )

    def _compete(
        self, stack: Stack, conflict: _Conflict, scope: int, scope_name: str, scopes: list[str]
    ) -> Finding:
        data_object, part = _parts(conflict.key)
        record, writers = list(conflict.record), conflict.writers
        things = nouns(stack, data_object) + (f" ({part})" if part else "")
        where = f" in {scopes[0]}" if scopes else ""
        stated = fact_at(
            stack.inventory,
            ("systems_of_record", conflict.key),
            f"The record of {things} is {names(record)}.",
        )
        texts = []
        evidence: list[Evidence] = [stated]
        if conflict.declared_twice:
            texts.append(f"{names(record)} are both declared to hold the record of {things}{where}")
        for writer in writers:
            tool = writer.tool
            verb = "stores" if tool.has_role("store", data_object) else "captures"
            texts.append(
                f"{tool.name} {verb} {things}{where}, writes them into {writer.into.name} as "
                f"{names(record)} does, and exchanges none with {names(record)}"
            )
            evidence += [
                role_fact(tool, data_object, f"{tool.name} {verb} {things}."),
                *_carry(stack, data_object, [*writer.path, *writer.from_record]),
                no_path(stack, record, [tool], data_object, scope),
                no_path(stack, [tool], record, data_object, scope),
            ]
        permission = data_object in CONSENT_OBJECTS
        acts = any(w.into.has_role("activate", data_object) for w in writers)
        grave: Severity = (
            "high" if permission else "medium" if conflict.declared_twice or acts else "low"
        )
        others = [w.tool for w in writers]
        return self.finding(
            "/".join(p for p in (data_object, part, scope_name) if p),
            f"{sentence('; '.join(texts))}.",
            severity=grave,
            evidence=list({e.text: e for e in evidence}.values()),
            subjects=[
                subject("object", data_object, object_name(stack, data_object)),
                *tool_subjects([*record, *others, *(w.into for w in writers)]),
            ],
            scopes=scopes,
            harmless_if="They hold different people or fields, and it is agreed who has which.",
            details={
                "declared": [t.id for t in record],
                "writers": [{"tool": w.tool.id, "into": w.into.id} for w in writers],
            },
            action=Action(
                id=f"record:{data_object}",
                text=f"Decide which tool has the last word on {things}, and feed the others "
                "from it",
                effort="medium",
                owner=usual_owner(*record, *others),
                tools=sorted({t.id for t in (*record, *others)}),
            ),
        )


def _parts(key: str) -> tuple[str, str]:
    """Return the object and the part of it that a key of ``systems_of_record`` names."""
    data_object, _, part = key.partition("/")
    return make_id(data_object), make_id(part) if part else ""


def _declared(stack: Stack, key: str, scope: int) -> list[StackTool]:
    """Return the tools in use that the inventory names under a key of ``systems_of_record``."""
    rule = (stack.inventory.systems_of_record or {})[key]
    refs = rule.by_scope.get(stack.scopes[scope], rule.everywhere) or ()
    found = {t.id: t for ref in refs if (t := stack.tool(ref)) is not None}
    return [found[i] for i in sorted(found) if found[i].in_use and found[i].scopes >> scope & 1]


def _databases(stack: Stack, tools: list[StackTool], data_object: str) -> list[StackTool]:
    """Return one tool per database: tools that share one for the object count once."""
    return stack.separate(tools, data_object)


def _writers(
    stack: Stack, data_object: str, record: list[StackTool], scope: int
) -> list[tuple[_Writer, bool]]:
    """Return the tools that write where the record writes, and whether it is sure, by id."""
    view = stack.view(data_object, scope)
    starts = [t.index for t in record]
    fed = reach(view.out, starts, stack.automatic)
    feeding = reach(view.into, starts, stack.automatic)
    goals = [n for n in fed if n < len(stack.tools) and n not in starts and stack.tools[n].subject]
    ahead = reach(view.into, goals, stack.automatic)
    roles = {"capture", "store"} if data_object in CONSENT_OBJECTS else {"store"}
    candidates = [
        t
        for t in stack.subjects
        if t.roles.get(data_object, frozenset()) & roles
        and t.scopes >> scope & 1
        and t.index in ahead
        and t.index not in fed
        and t.index not in feeding
        and (t.kind != "service" or t.data_declared)
    ]
    if not candidates:
        return []
    widest = stack.view(data_object, scope, "widest")
    perhaps = {
        *reach(widest.out, starts, stack.automatic),
        *reach(widest.into, starts, stack.automatic),
    }
    open_ended = _open_ends(widest)
    found = []
    for tool in candidates:
        path, into = _follow(stack, ahead, tool.index)
        back, _start = _follow(stack, fed, into)
        writer = _Writer(tool, stack.tools[into], path, tuple(reversed(back)))
        found.append((writer, tool.index not in perhaps and tool.index not in open_ended))
    return found


def _open_ends(widest: View) -> set[int]:
    """Return the tools with a flow of which the other end is not known."""
    return {n for n, _flow in (*widest.out.get(WILD, ()), *widest.into.get(WILD, ()))}


def _follow(
    stack: Stack, reached: dict[int, tuple[int, int] | None], node: int
) -> tuple[tuple[Flow, ...], int]:
    """Return the flows from a reached node back to where the walk began, and that node."""
    flows = []
    at = node
    while (step := reached[at]) is not None:
        at, number = step
        if number >= 0:
            flows.append(stack.flows[number])
    return tuple(flows), at


def _carry(stack: Stack, data_object: str, flows: Iterable[Flow]) -> list[Evidence]:
    things = nouns(stack, data_object)
    return [
        fact(f.record, "objects", f"The integration {flow_name(stack, f)} carries {things}.")
        for f in flows
        if f.record is not None
    ]
