"""The check `journey-break`."""

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
    broken_facts,
    could_be_this,
    fact,
    flow_state,
    mend_or_connect,
    merge_scopes,
    names,
    need,
    no_paths,
    nouns,
    object_name,
    once,
    open_fills,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import (
    no_other_listed,
    of_unknown_use,
    resting_on,
)
from stackaudit.graph.journey import (
    Passage,
    StagePair,
    passage,
    stage_pairs,
    tools_of,
    wanted_in,
)
from stackaudit.result import Category


@dataclass(frozen=True)
class JourneyBreak(Check):
    """Two stages of the customer journey that do not hang together.

    What it finds:
    Per pair of consecutive stages of the profile's journey and scope: no tool in use serves one of
    the two stages, or the object that the profile names for the step has no path, of any length,
    from the tools of the first stage to those of the second. One tool that serves both is enough. A
    stage of which no capability is expected of this company is passed over. ``details["unserved"]``
    names the stages without a tool.

    Why it matters:
    To the customer it is one journey. Where the data stops, the next stage starts from nothing: the
    buyer is treated as a stranger.

    What to do:
    Connect a tool of the first stage to one of the second for the object named, or decide how the
    stage is served.

    Example:
    Ads and website measure visitors, and nothing of it reaches the tools that turn visitors into
    leads.

    Known false positives:
    The stage is served by partners or shops outside the stack.
    """

    id: ClassVar[str] = "journey-break"
    title: ClassVar[str] = "Break in the customer journey"
    category: ClassVar[Category] = "gaps"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "steps of the journey"

    def run(self, stack: Stack) -> Outcome:
        """Look at every pair of consecutive stages, scope by scope."""
        findings: list[Finding] = []
        questions: list[Question] = []
        examined = 0
        led: dict[str, str] = {}
        for pair in stage_pairs(stack):
            breaks: dict[int, Passage] = {}
            unclear: list[Passage] = []
            for scope in range(len(stack.scopes)):
                state = passage(stack, pair, scope)
                outcome = state.serving.outcome if state.serving is not None else None
                if state.unserved or outcome in ("no", "broken"):
                    breaks[scope] = state
                elif outcome == "unknown":
                    unclear.append(state)
            if not stack.integrations_listed and any(b.serving for b in breaks.values()):
                key = f"{pair.first}/{pair.second}/all"
                questions.append(self.ask_integrations(key=key))
                breaks = {s: b for s, b in breaks.items() if b.serving is None}
            elif breaks or len(unclear) < len(stack.scopes):
                examined += 1
            same = {
                s: (b.unserved, b.serving and tuple(f.id for f in b.serving.broken))
                for s, b in breaks.items()
            }
            for scope_name, scopes, found in merge_scopes(stack, breaks, same):
                those = [found] if scopes else list(breaks.values())
                finding = self._break(stack, pair, those, scope_name, scopes, led)
                for stage in found.unserved:
                    led.setdefault(f"{stage}/{scope_name}", finding.id)
                findings.append(finding)
            if unclear:
                questions.append(self._ask(stack, pair, unclear))
        return Outcome(examined, findings, once(questions))

    def _ask(self, stack: Stack, pair: StagePair, unclear: list[Passage]) -> Question:
        state = unclear[0]
        scope = "all" if len(unclear) == len(stack.scopes) else stack.scopes[state.scope]
        sources, targets = resting_on([state.source]), resting_on([state.target])
        return self.question(
            f"journey:{pair.first}/{pair.second}",
            f"Do {nouns(stack, pair.carries)} get from {_stage(stack, pair.first)} "
            f"({names(sources, 4)}) to {_stage(stack, pair.second)} ({names(targets, 4)})? "
            "Integrations of unknown content could carry them.",
            subjects=tool_subjects([*sources, *targets]),
            asked_of=usual_owner(*targets, *sources),
            key=f"{pair.first}/{pair.second}/{scope}",
            fills=open_fills(stack, sources, targets, pair.carries, [b.scope for b in unclear]),
        )

    def _break(
        self,
        stack: Stack,
        pair: StagePair,
        breaks: list[Passage],
        scope: str,
        scopes: list[str],
        led: dict[str, str],
    ) -> Finding:
        where = f" in {scope}" if scopes else ""
        first, second = _stage(stack, pair.first), _stage(stack, pair.second)
        profile = stack.resolved.profile
        norm = fact(
            stack.inventory.company,
            "profile",
            f"In the journey of the profile {profile.name if profile else ''}, {second} follows "
            f"{first}.",
        )
        state = breaks[0]
        key = f"{pair.first}/{pair.second}/{scope}"
        if state.serving is None:
            gone = names([_stage(stack, s) for s in state.unserved])
            unknown = of_unknown_use(stack, state.scope if scopes else None)
            nobody = no_other_listed(stack, f"no listed tool serves {gone}{where}")
            return self.finding(
                key,
                f"The journey breaks between {first} and {second}{where}: "
                f"no {'tool in use' if stack.tools_complete else 'listed tool'} serves {gone}.",
                severity=_grave(stack, state.unserved),
                evidence=[norm, nobody, *could_be_this(unknown)],
                subjects=[subject("capability", c) for c in wanted_in(stack, state.unserved)],
                scopes=scopes,
                harmless_if="Partners, shops or people outside the stack serve the stage.",
                details={
                    "unserved": list(state.unserved),
                    "follows": [
                        *(led[f"{s}/{scope}"] for s in state.unserved if f"{s}/{scope}" in led),
                        *_missing(stack, state.unserved, scope),
                    ],
                },
                action=Action(
                    id=f"stage:{'+'.join(state.unserved)}",
                    text=f"Decide how {gone} is served{where}, or list the tool that does it",
                    effort="large",
                ),
            )
        sources = resting_on(b.source for b in breaks)
        targets = resting_on(b.target for b in breaks)
        flows = list({f.id: f for b in breaks if b.serving for f in b.serving.broken}.values())
        things = nouns(stack, pair.carries)
        ends = [(b.source.tools, b.target.tools, b.scope) for b in breaks]
        shown = [
            [t for t in tools_of(ends) if pair.carries in t.roles] or tools
            for ends, tools in (
                ([b.source for b in breaks], sources),
                ([b.target for b in breaks], targets),
            )
        ]
        why = (
            flow_state(stack, flows[0])
            if flows
            else f"no recorded path takes {things} from {names(shown[0], 4)} to "
            f"{names(shown[1], 4)}"
        )
        a, b = (_best(stack, tools, pair.carries) for tools in shown)
        return self.finding(
            key,
            f"The journey breaks between {first} and {second}{where}: {why}.",
            severity="medium",
            evidence=[
                norm,
                *_serves(stack, pair.first, sources),
                *_serves(stack, pair.second, targets),
                *broken_facts(stack, flows),
                *no_paths(stack, ends, pair.carries),
            ],
            subjects=[
                *tool_subjects([*sources, *targets]),
                subject("object", pair.carries, object_name(stack, pair.carries)),
                *(subject("integration", f.id) for f in flows),
            ],
            scopes=scopes,
            harmless_if="The flow exists and is not recorded, or the stages need nothing from each "
            "other.",
            details={
                "unserved": [],
                "broken_path": [f.id for f in flows],
                "need": need(
                    pair.carries, [stack.scopes[b.scope] for b in breaks], sources, targets
                ),
            },
            action=mend_or_connect(stack, flows, a, b, things, owner=usual_owner(b, a)),
        )


def _stage(stack: Stack, stage: str) -> str:
    entry = stack.catalogue.stages.get(stage)
    return entry.name if entry is not None else stage


def _missing(stack: Stack, stages: tuple[str, ...], scope: str) -> list[str]:
    """Return the findings it follows from where the list of tools may be short of a few."""
    if stack.tools_complete:
        return []
    wanted = sorted(wanted_in(stack, stages), key=lambda c: stack.expectation(c)[0] != "must")
    return [f"missing-capability:{c}/{scope}" for c in wanted]


def _grave(stack: Stack, stages: tuple[str, ...]) -> Severity:
    musts = [c for c in wanted_in(stack, stages) if stack.expectation(c)[0] == "must"]
    return "high" if musts else "medium"


def _best(stack: Stack, tools: list[StackTool], data_object: str) -> StackTool:
    """Return the tool to connect: one that handles the object, the best-connected first."""
    return min(
        tools,
        key=lambda t: (data_object not in t.roles, -len(stack.neighbours[t.index]), t.id),
    )


def _serves(stack: Stack, stage: str, tools: list[StackTool]) -> list[Evidence]:
    name = _stage(stack, stage)
    declared = [t for t in tools if not t.capabilities_assumed]
    if declared:
        return [
            fact(t.record, "capabilities", f"{t.name} serves {name}, by its capabilities.")
            for t in declared[:6]
        ]
    return [
        assumed(
            f"{names(tools)} {'serves' if len(tools) == 1 else 'serve'} {name}, by the "
            "catalogue; the inventory does not say."
        )
    ]
