"""The check `journey-break`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
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
    serving_stage,
    stage_end,
)
from stackaudit.graph.demands import End, Serving, serve
from stackaudit.result import Category


@dataclass(frozen=True)
class _Pair:
    """Two consecutive stages, and what must get from the tools of one to those of the other."""

    first: str
    second: str
    carries: str


@dataclass(frozen=True)
class _Break:
    unserved: tuple[str, ...]
    source: End
    target: End
    scope: int
    serving: Serving | None


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
        for pair in _pairs(stack):
            breaks: dict[int, _Break] = {}
            unclear: list[_Break] = []
            for scope in range(len(stack.scopes)):
                state = _look(stack, pair, scope)
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

    def _ask(self, stack: Stack, pair: _Pair, unclear: list[_Break]) -> Question:
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
        pair: _Pair,
        breaks: list[_Break],
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
                subjects=[subject("capability", c) for c in _wanted(stack, state.unserved)],
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
            [t for t in _all(ends) if pair.carries in t.roles] or tools
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


def _pairs(stack: Stack) -> list[_Pair]:
    """Return consecutive stages that apply to this company, with what the first hands on."""
    profile = stack.resolved.profile
    stages = profile.journey if profile is not None else ()
    kept = [s for s in stages if _applies(stack, s.stage)]
    return [
        _Pair(one.stage, other.stage, one.carries) for one, other in pairwise(kept) if one.carries
    ]


def _applies(stack: Stack, stage: str) -> bool:
    """Return whether anything of a stage is expected; a company that needs none of it has none."""
    return any(
        stage in c.stages and stack.expectation(c.id)[0] in ("must", "should", "could")
        for c in stack.catalogue.capabilities.values()
    )


def _look(stack: Stack, pair: _Pair, scope: int) -> _Break:
    source = stage_end(stack, pair.first, scope)
    target = stage_end(stack, pair.second, scope)
    unserved = tuple(s for s in (pair.first, pair.second) if not serving_stage(stack, s, scope))
    if unserved or not source.tools or not target.tools:
        return _Break(unserved, source, target, scope, None)
    return _Break((), source, target, scope, serve(stack, source, target, pair.carries, scope))


def _stage(stack: Stack, stage: str) -> str:
    entry = stack.catalogue.stages.get(stage)
    return entry.name if entry is not None else stage


def _wanted(stack: Stack, stages: tuple[str, ...]) -> list[str]:
    """Return the musts and shoulds of stages, which a tool for them would provide."""
    return [
        c.id
        for c in stack.catalogue.capabilities.values()
        if set(stages) & set(c.stages) and stack.expectation(c.id)[0] in ("must", "should")
    ]


def _missing(stack: Stack, stages: tuple[str, ...], scope: str) -> list[str]:
    """Return the findings it follows from where the list of tools may be short of a few."""
    if stack.tools_complete:
        return []
    wanted = sorted(_wanted(stack, stages), key=lambda c: stack.expectation(c)[0] != "must")
    return [f"missing-capability:{c}/{scope}" for c in wanted]


def _all(ends: Iterable[End]) -> list[StackTool]:
    """Return the tools of ends, each once, ordered by id."""
    tools = {t.id: t for end in ends for t in end.tools}
    return [tools[i] for i in sorted(tools)]


def _grave(stack: Stack, stages: tuple[str, ...]) -> Severity:
    musts = [c for c in _wanted(stack, stages) if stack.expectation(c)[0] == "must"]
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
