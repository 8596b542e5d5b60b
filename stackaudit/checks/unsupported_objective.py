"""The check `unsupported-objective`."""

from __future__ import annotations

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
    Subject,
    assumed,
    broken_facts,
    broken_way,
    capability_name,
    could_be_this,
    each_once,
    fact,
    fills,
    flow_state,
    in_charge,
    mend_or_connect,
    names,
    no_path,
    nouns,
    object_name,
    once,
    open_fills,
    role_fact,
    subject,
    tool_subjects,
    unused_parts,
    usual_owner,
)
from stackaudit.graph.capabilities import no_other_listed, of_unknown_use
from stackaudit.graph.measuring import arrives, measuring, originators
from stackaudit.inventory.schema import Objective
from stackaudit.result import Category


@dataclass
class _Link:
    """One broken link between an objective and what it takes to deliver it."""

    kind: str
    """``capability``, ``measurement`` or ``owner``."""
    text: str
    evidence: list[Evidence]
    subjects: list[Subject]
    scopes: list[str]
    action: Action
    broken: list[Flow]

    @property
    def possible(self) -> bool:
        return any(e.assumed for e in self.evidence)


@dataclass(frozen=True)
class UnsupportedObjective(Check):
    """An objective that the stack or the organisation cannot deliver as it stands.

    What it finds:
    Per objective of the inventory: a capability it needs that no tool in use provides, the data
    object that measures it reaching no measuring tool, or ``operations_owner: none``. The sentence
    shows the first broken link between intent and execution (a confirmed one before a possible
    one); ``details["broken_links"]`` has all of them.

    Why it matters:
    The objective is promised to the board. Nobody tells the board that the tool for it is missing,
    or that nobody will be able to say whether it was reached.

    What to do:
    Get what is missing, give the objective an owner in operations, or renegotiate it.

    Example:
    "Test every change of the checkout", with no testing tool in use.

    Known false positives:
    The work is done outside the stack, or the tool is not listed.
    """

    id: ClassVar[str] = "unsupported-objective"
    title: ClassVar[str] = "Objective without what it takes"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "objectives"

    def run(self, stack: Stack) -> Outcome:
        """Test every link of every objective."""
        examined = 0
        findings: list[Finding] = []
        questions: list[Question] = []
        for objective in stack.inventory.objectives:
            links: list[_Link] = []
            for capability in objective.needs or ():
                links += _capability(stack, objective, capability)
            asked = len(questions)
            if objective.measured_by is not None:
                self._measurement(stack, objective, objective.measured_by, links, questions)
            if objective.operations_owner == ():
                links.append(_owner(objective))
            judged = objective.needs is not None or (
                objective.measured_by is not None and len(questions) == asked
            )
            examined += bool(links) or judged or objective.operations_owner is not None
            if links:
                findings.append(self._unsupported(objective, links))
            missing = {
                key: words
                for key, words in (
                    ("needs", "which capabilities it needs"),
                    ("measured_by", "by which data it is measured"),
                    ("operations_owner", "who answers for it in operations"),
                )
                if getattr(objective, key) is None
            }
            if missing:
                questions.append(
                    self.question(
                        f"objective:{objective.id}",
                        f"Of the objective “{objective.name}” it is not recorded "
                        f"{names(missing.values())}.",
                        asked_of=in_charge(objective.sponsor),
                        key=objective.id,
                        fills=[f"objectives/{objective.id}/{key}" for key in missing],
                    )
                )
        return Outcome(examined, findings, once(questions))

    def _measurement(
        self,
        stack: Stack,
        objective: Objective,
        data_object: str,
        links: list[_Link],
        questions: list[Question],
    ) -> None:
        """Add the broken link, or the question, about what measures an objective."""
        lost: list[int] = []
        unclear = False
        for scope in range(len(stack.scopes)):
            state = arrives(stack, data_object, scope)
            unclear = unclear or state == "unknown"
            if state == "no":
                lost.append(scope)
        if lost and not stack.integrations_listed and measuring(stack, data_object, lost[0]):
            questions.append(self.ask_integrations(key=objective.id))
        elif lost:
            links.append(_unmeasured(stack, objective, data_object, lost))
        elif unclear:
            questions.append(
                self.question(
                    f"measured:{data_object}",
                    f"Do {nouns(stack, data_object)} reach a tool that measures them? The "
                    f"objective “{objective.name}” is measured by them, and what is recorded "
                    "leaves it open.",
                    subjects=[subject("object", data_object, object_name(stack, data_object))],
                    asked_of=in_charge(objective.sponsor),
                    key=objective.id,
                    fills=_fills(stack, data_object),
                )
            )

    def _unsupported(self, objective: Objective, links: list[_Link]) -> Finding:
        first = min(links, key=lambda link: (link.possible, links.index(link)))
        same = [k for k in links if k is not first and not k.possible]
        text = f"The objective “{objective.name}” is not supported: {first.text}."
        if same:
            text += f" Besides, {'; '.join(k.text for k in same)}."
        shown = [first, *same]
        scopes = [s for s in first.scopes if all(s in k.scopes or not k.scopes for k in shown)]
        return self.finding(
            objective.id,
            text,
            severity="high" if any(k.kind != "owner" for k in shown) else "medium",
            evidence=each_once(e for k in shown for e in k.evidence),
            subjects=[
                subject("objective", objective.id, objective.name),
                *{(s.kind, s.id): s for k in shown for s in k.subjects}.values(),
            ],
            scopes=scopes,
            harmless_if="The work is done outside the stack, or what is missing is not listed.",
            details={
                "objective": objective.name,
                "sponsor": in_charge(objective.sponsor),
                "broken_links": [k.text for k in links],
                "broken_path": [f.id for f in first.broken],
            },
            action=first.action,
        )


def _capability(stack: Stack, objective: Objective, capability: str) -> list[_Link]:
    lost = [s for s in range(len(stack.scopes)) if not stack.providers(capability, s)]
    if not lost:
        return []
    everywhere = len(lost) == len(stack.scopes)
    scopes = [] if everywhere else [stack.scopes[s] for s in lost]
    name = capability_name(stack, capability)
    where = f" for {names(scopes)}" if scopes else ""
    unused = sorted(
        {t.id: t for s in lost for t in stack.providers(capability, s, unused=True)}.values(),
        key=lambda t: t.id,
    )
    unclear = {t.id: t for s in lost for t in of_unknown_use(stack, s)}
    evidence = [
        fact(objective, "needs", f"The objective “{objective.name}” needs {name}."),
        *unused_parts(unused),
        no_other_listed(stack, f"no listed tool provides it{where}"),
        *could_be_this([unclear[i] for i in sorted(unclear)]),
    ]
    listed = "tool in use" if stack.tools_complete else "listed tool"
    text = (
        f"it needs {name}{where}, which {names(unused)} has and does not use"
        if unused
        else f"it needs {name}, and no {listed} provides it{where}"
    )
    return [
        _Link(
            "capability",
            text,
            evidence,
            [subject("capability", capability, name), *tool_subjects(unused)],
            scopes,
            Action(
                id=f"add:{capability}",
                text=f"Decide how to get {name}, or renegotiate the objective “{objective.name}”",
                effort="large",
                owner=in_charge(objective.operations_owner),
            ),
            [],
        )
    ]


def _fills(stack: Stack, data_object: str) -> list[str]:
    """Return where it belongs whether an object reaches a tool that measures it."""
    found: set[str] = set()
    for scope in range(len(stack.scopes)):
        targets = measuring(stack, data_object, scope)
        sources = originators(stack, data_object, scope)
        if sources and targets:
            found.update(open_fills(stack, sources, targets, data_object, [scope]))
        else:
            found.update(fills("tools", sources or targets, "data"))
    return sorted(found)


def _unmeasured(stack: Stack, objective: Objective, data_object: str, lost: list[int]) -> _Link:
    scope = lost[0]
    everywhere = len(lost) == len(stack.scopes)
    scopes = [] if everywhere else [stack.scopes[s] for s in lost]
    where = f" in {names(scopes)}" if scopes else ""
    things = nouns(stack, data_object)
    sources = originators(stack, data_object, scope)
    targets = measuring(stack, data_object, scope)
    evidence = [
        fact(objective, "measured_by", f"The objective “{objective.name}” is measured by {things}.")
    ]
    broken: list[Flow] = []
    if targets:
        broken = broken_way(stack, sources, targets, data_object, scope)
        evidence += [
            *(role_fact(t, data_object, f"{t.name} measures {things}.") for t in targets[:3]),
            *broken_facts(stack, broken),
            no_path(stack, sources, targets, data_object, scope),
        ]
        why = (
            flow_state(stack, broken[0])
            if broken
            else f"no recorded path takes them{where} from {names(sources)} to a tool that "
            f"measures them"
        )
        text = f"it is measured by {things}, and {why}"
        a, b = sources[0], targets[0]
        action = mend_or_connect(stack, broken, a, b, things, owner=usual_owner(b, a))
    else:
        evidence.append(no_other_listed(stack, f"no listed tool measures {things}{where}"))
        unsure = [t for t in sources if t.roles_assumed]
        if unsure:
            evidence.append(
                assumed(f"What {names(unsure)} does with {things} is taken from the catalogue.")
            )
        text = f"it is measured by {things}, and no tool is recorded to measure them{where}"
        action = Action(
            id=f"measure:{data_object}",
            text=f"Decide which tool measures {things}",
            effort="medium",
            owner=in_charge(objective.operations_owner),
        )
    return _Link(
        "measurement",
        text,
        evidence,
        [
            subject("object", data_object, object_name(stack, data_object)),
            *tool_subjects([*sources, *targets]),
            *(subject("integration", f.id) for f in broken),
        ],
        scopes,
        action,
        broken,
    )


def _owner(objective: Objective) -> _Link:
    text = "nobody in operations answers for it"
    return _Link(
        "owner",
        text,
        [fact(objective, "operations_owner", "It is stated that nobody in operations owns it.")],
        [],
        [],
        Action(
            id=f"own:{objective.id}",
            text=f"Give the objective “{objective.name}” an owner in operations",
            effort="small",
            owner=in_charge(objective.sponsor),
        ),
        [],
    )
