"""The check `broken-process`."""

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
    Subject,
    assumed,
    broken_facts,
    capability_name,
    could_be_this,
    fact,
    flow_state,
    in_charge,
    mend_or_connect,
    names,
    need,
    no_paths,
    nouns,
    object_name,
    once,
    open_fills,
    subject,
    tool_subjects,
    unused_parts,
    usual_owner,
)
from stackaudit.graph.capabilities import (
    beyond,
    no_other_listed,
    of_unknown_use,
    provides,
    resting_on,
    two_ends,
)
from stackaudit.graph.processes import HandOver, ProcessState, process_states
from stackaudit.result import Category


@dataclass(frozen=True)
class BrokenProcess(Check):
    """A marketing process that cannot run through, because a step or a hand-over is missing.

    What it finds:
    Per process of the inventory: a step that no tool in use provides, or two consecutive steps
    without a path, of any length, for what the process carries. The key names the step the process
    does not get to. The first break leads; later ones of the same process are listed under it. The
    profile's usual processes are looked at too where the inventory does not list them; what is
    found there is only possible, and is listed under the missing capability or flow it follows
    from. A process is judged in the parts of the company where both steps have a tool.
    ``details["owner"]`` says who answers for the process.

    Why it matters:
    A process breaks where one tool ends and the next begins. Customers notice: the enquiry nobody
    answered, the reminder for what was bought yesterday.

    What to do:
    Connect the two tools or mend what is broken; name the tool that does the missing step; or
    correct the process.

    Example:
    Leads from the web form reach the marketing automation and stop there: sales works in another
    tool that nothing feeds.

    Known false positives:
    A person does the step by hand on purpose, or the tool or integration is not listed.
    """

    id: ClassVar[str] = "broken-process"
    title: ClassVar[str] = "Process that does not run through"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "processes"

    def run(self, stack: Stack) -> Outcome:
        """Look at every step and every hand-over of every process."""
        examined = 0
        findings: list[Finding] = []
        questions: list[Question] = []
        for state in process_states(stack):
            if not state.steps:
                questions.append(
                    self._what(state, "Which steps does", "go through, in order?", "steps")
                )
                continue
            if state.carries is None and len(state.steps) > 1:
                questions.append(
                    self._what(state, "What does", "hand from step to step?", "carries")
                )
            found: list[tuple[int, Finding]] = [
                (number, self._no_tool(stack, state, number)) for number in state.missing
            ]
            asked = len(questions)
            for number in range(len(state.steps) - 1):
                overs = [h for h in state.hand_overs if h.number == number]
                self._judge(stack, state, overs, found, questions)
            judged = len(questions) == asked and state.carries is not None
            examined += bool(found) or judged or len(state.steps) == 1
            found.sort(key=lambda pair: pair[0])
            findings += _first_leads(found)
        return Outcome(examined, findings, once(questions))

    def _what(self, state: ProcessState, before: str, after: str, lacks: str) -> Question:
        return self.question(
            f"process:{state.id}",
            f"{before} the process “{state.name}” {after}",
            subjects=[subject("process", state.id, state.name)],
            asked_of=_owner(state),
            key=f"{state.id}/*",
            fills=[f"processes/{state.id}/{lacks}"],
        )

    def _judge(
        self,
        stack: Stack,
        state: ProcessState,
        overs: list[HandOver],
        found: list[tuple[int, Finding]],
        questions: list[Question],
    ) -> None:
        """Add the finding or the question about one hand-over, over all scopes."""
        broken = [h for h in overs if h.serving.outcome in ("no", "broken")]
        unclear = [h for h in overs if h.serving.outcome == "unknown"]
        if broken and not stack.integrations_listed:
            key = f"{state.id}/{broken[0].target.name}"
            questions.append(self.ask_integrations(key=key))
        elif broken:
            found.append((broken[0].number + 1, self._no_hand_over(stack, state, broken, overs)))
        elif unclear:
            questions.append(self._does_it(stack, state, unclear[0]))

    def _does_it(self, stack: Stack, state: ProcessState, over: HandOver) -> Question:
        ends = f"{over.source.name}/{over.target.name}/{state.carries}"
        return self.question(
            f"flow:{ends}",
            f"Do {nouns(stack, state.carries or '')} get from {names(over.source.tools)} to "
            f"{names(beyond(over.source.tools, over.target.tools))}? "
            "Integrations of unknown content could carry them.",
            subjects=[
                subject("process", state.id, state.name),
                *tool_subjects([*over.source.tools, *over.target.tools]),
            ],
            asked_of=usual_owner(*over.target.tools, *over.source.tools),
            key=f"{state.id}/{over.target.name}",
            fills=open_fills(
                stack, over.source.tools, over.target.tools, state.carries or "", [over.scope]
            ),
        )

    def _no_tool(self, stack: Stack, state: ProcessState, number: int) -> Finding:
        assert state.steps is not None
        step = state.steps[number]
        named = stack.tool(step.removeprefix("tool:").strip()) if _is_tool(step) else None
        what = named.name if named is not None else capability_name(stack, step)
        unused = [] if _is_tool(step) else stack.providers(step, unused=True)
        unclear = [] if _is_tool(step) else of_unknown_use(stack)
        text = f"The process “{state.name}” has no tool in use for the step {what}"
        if named is not None:
            text = f"The process “{state.name}” goes through {what}, which is not in use"
        elif unused:
            text += f"; {names(unused)} could do it, and the part is not used"
        evidence = self._process_facts(stack, state)
        if named is not None:
            evidence.append(fact(named.record, "status", f"{what} is {named.status}."))
        else:
            evidence += unused_parts(unused)
            evidence.append(no_other_listed(stack, "no listed tool provides the step"))
        evidence += could_be_this(unclear)
        return self.finding(
            f"{state.id}/{step}",
            f"{text}.{_without_owner(state)}",
            severity="high" if state.record is not None else "medium",
            evidence=evidence,
            subjects=[
                subject("process", state.id, state.name),
                *([] if _is_tool(step) else [subject("capability", step, what)]),
                *tool_subjects([t for t in (named, *unused) if t is not None]),
            ],
            harmless_if="Somebody does the step by hand on purpose, or its tool is not listed.",
            details={
                "owner": _owner(state),
                "follows": [] if state.record is not None else [f"missing-capability:{step}/all"],
            },
            action=Action(
                id=f"add:{step}",
                text=f"Decide which tool does {what} in the process “{state.name}”",
                effort="medium",
                owner=_owner(state),
            ),
        )

    def _no_hand_over(
        self, stack: Stack, state: ProcessState, broken: list[HandOver], overs: list[HandOver]
    ) -> Finding:
        assert state.carries is not None
        first = broken[0]
        sources = resting_on(h.source for h in broken)
        targets = resting_on(h.target for h in broken)
        flows = list({f.id: f for h in broken for f in h.serving.broken}.values())
        things = nouns(stack, state.carries)
        scopes = [stack.scopes[h.scope] for h in broken]
        everywhere = len(scopes) == len(stack.scopes)
        where = "" if len(broken) == len(overs) and everywhere else f" in {names(scopes)}"
        why = (
            flow_state(stack, flows[0])
            if flows
            else f"no recorded path takes {things} from {names(sources)} "
            f"to {names(beyond(sources, targets))}{where}"
        )
        a, b = two_ends(sources, targets)
        ends = [(h.source.tools, h.target.tools, h.scope) for h in broken]
        follows = [
            f"missing-flow:{first.source.name}/{first.target.name}/{state.carries}/{scope}"
            for scope in ("all", *scopes)
        ]
        return self.finding(
            f"{state.id}/{first.target.name}",
            f"The process “{state.name}” does not get to {_name(stack, first.target.name)}: {why}."
            f"{_without_owner(state)}",
            severity="high" if state.record is not None else "medium",
            evidence=[
                *self._process_facts(stack, state),
                *provides(stack, first.source.name, sources),
                *provides(stack, first.target.name, targets),
                *broken_facts(stack, flows),
                *no_paths(stack, ends, state.carries),
            ],
            subjects=[
                subject("process", state.id, state.name),
                *tool_subjects([*sources, *targets]),
                subject("object", state.carries, object_name(stack, state.carries)),
                *(subject("integration", f.id) for f in flows),
                *_scope_subjects(scopes, everywhere),
            ],
            scopes=[] if everywhere else scopes,
            harmless_if="Somebody hands it over by hand on purpose, or the integration is not "
            "listed.",
            details={
                "owner": _owner(state),
                "broken_path": [f.id for f in flows],
                "need": need(state.carries, scopes, sources, targets),
                "follows": [] if state.record is not None else follows,
            },
            action=mend_or_connect(stack, flows, a, b, things, owner=usual_owner(b, a)),
        )

    def _process_facts(self, stack: Stack, state: ProcessState) -> list[Evidence]:
        if state.record is None:
            profile = stack.resolved.profile
            return [
                assumed(
                    f"The inventory does not list this process; the profile "
                    f"{profile.name if profile else ''} takes it to be usual."
                )
            ]
        return [fact(state.record, "steps", f"The steps of “{state.name}” are declared.")]


def _first_leads(found: list[tuple[int, Finding]]) -> list[Finding]:
    """Return the breaks of one process in order; the later ones follow from the first."""
    # A step may come back later in a process; it is one key, and its first break is the finding.
    findings = list({f.key: f for _number, f in reversed(found)}.values())[::-1]
    return [
        *findings[:1],
        *(
            f.model_copy(
                update={
                    "details": {
                        **f.details,
                        "follows": [*f.details.get("follows", ()), findings[0].id],
                    }
                }
            )
            for f in findings[1:]
        ),
    ]


def _is_tool(step: str) -> bool:
    return step.startswith("tool:")


def _name(stack: Stack, step: str) -> str:
    named = stack.tool(step.removeprefix("tool:").strip()) if _is_tool(step) else None
    return named.name if named is not None else capability_name(stack, step)


def _owner(state: ProcessState) -> str | None:
    """Return who answers for a process; None where nobody does or it is not known."""
    return in_charge(state.record.owner if state.record is not None else None)


def _without_owner(state: ProcessState) -> str:
    if state.record is None:
        return ""
    if state.record.owner == ():
        return " Nobody owns the process."
    return "" if state.record.owner else " No owner of the process is recorded."


def _scope_subjects(scopes: list[str], everywhere: bool) -> list[Subject]:
    return [] if everywhere else [subject("scope", s) for s in scopes]
