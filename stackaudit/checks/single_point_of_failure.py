"""The check `single-point-of-failure`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import ClassVar, Literal

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
    capability_name,
    fact,
    flow_name,
    known,
    names,
    no_path,
    nouns,
    open_fills,
    steps,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import beyond
from stackaudit.graph.demands import End
from stackaudit.graph.impact import Impact, Need, grounds
from stackaudit.graph.views import Loss
from stackaudit.result import Category


@dataclass
class _Point:
    """Something whose loss was tested."""

    kind: Literal["tool", "vendor"]
    id: str
    name: str
    tools: tuple[StackTool, ...]
    loss: Loss
    cut: list[Need] = field(default_factory=list)
    perhaps: list[Need] = field(default_factory=list)


@dataclass(frozen=True)
class SinglePointOfFailure(Check):
    """A tool in the middle without which needed flows stop, because nothing goes around it.

    What it finds:
    Tools, carriers (with all flows they carry) and vendors (with all their tools) that are neither
    end of a needed flow and whose loss cuts it. Needed are the expected flows (must and should)
    that are served today, hand-overs of declared processes, and permission on its way to whoever
    contacts people. Each is taken away and every flow that runs over it is tried again; an app
    falls with its host. A vendor is only found for what none of its tools cuts alone. A hub that
    has an owner, and whose integrations were seen working lately, is one step less grave.

    Why it matters:
    When it is down, is replaced, or its price doubles, everything behind it stops at once.

    What to do:
    Give it an owner, watch its integrations, and know the detour; for what must not stop, build
    one.

    Example:
    One automation account carries the orders, the sign-ups and the opt-outs.

    Known false positives:
    A hub is often right: then the risk is accepted knowingly. Or there is a way around it that is
    not listed.
    """

    verified_days: int = 90

    id: ClassVar[str] = "single-point-of-failure"
    title: ClassVar[str] = "Needed flows that hang on one tool in the middle"
    category: ClassVar[Category] = "resilience"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "tools, carriers and vendors in the middle of needed flows"

    def run(self, stack: Stack) -> Outcome:
        """Take away every tool, carrier and vendor in the middle, and try what ran over it."""
        impact = stack.impact
        between = _between(stack, impact)
        points = []
        alone: dict[int, set[str]] = {}
        for tool in between:
            point = _Point("tool", tool.id, tool.name, (tool,), impact.loss_of([tool.index]))
            self._test(stack, point)
            alone[tool.index] = {n.id for n in point.cut}
            points.append(point)
        indexes = {t.index for t in between}
        for vendor, (name, members) in impact.vendors.items():
            if len(members) < 2 or not members & indexes:
                continue
            tools = tuple(sorted((stack.tools[i] for i in members), key=lambda t: t.id))
            key = f"vendor:{vendor}" if vendor in stack.index else vendor
            point = _Point("vendor", key, name, tools, impact.loss_of(members))
            self._test(stack, point)
            single = set().union(*(alone.get(i, set()) for i in members))
            point.cut = [n for n in point.cut if n.id not in single]
            points.append(point)
        found = [self._point(stack, p) for p in points if p.cut]
        found.sort(key=lambda f: (-int(f.details["critical"]), -len(f.details["cuts"]), f.key))
        questions = [self._ask(stack, p) for p in points if p.perhaps and not p.cut]
        return Outcome(len(points), found, questions)

    def _test(self, stack: Stack, point: _Point) -> None:
        """Collect the needed flows that stop, or may stop, and that have no end in what is lost."""
        for need, outcome in stack.impact.after(point.loss, between=True):
            if outcome == "no":
                point.cut.append(need)
            elif outcome == "unknown":
                point.perhaps.append(need)

    def _point(self, stack: Stack, point: _Point) -> Finding:
        sure = [(n, e) for n in point.cut if not _doubtful(e := _facts(stack, n, point))]
        resting = sure or [(n, _facts(stack, n, point)) for n in point.cut]
        resting.sort(key=lambda pair: (not pair[0].must, pair[0].id))
        critical = any(n.must for n, _e in resting)
        calm = self._owned_and_verified(stack, point, [n for n, _e in resting])
        grave: Severity = "high" if critical else "medium"
        if calm:
            grave = "medium" if critical else "low"
        flows = _in_words(stack, [n for n, _e in resting])
        scopes = sorted({n.scope for n in point.cut})
        number = len(flows)
        hang = "needed flow has" if number == 1 else "needed flows have"
        around = f"way around {point.name}" + (
            f" ({names(point.tools)})" if point.kind == "vendor" else ""
        )
        need, evidence = resting[0]
        more = [e for _n, facts in resting[1:3] for e in facts]
        return self.finding(
            point.id,
            f"{number} {hang} no {around}: {names(flows, 4)}.",
            severity=grave,
            evidence=_once([*evidence, *(() if sure else more), *_vendor_facts(point)]),
            subjects=tool_subjects(point.tools),
            scopes=[] if len(scopes) == len(stack.scopes) else [stack.scopes[s] for s in scopes],
            path=steps(stack, need.serving.hops),
            harmless_if="There is a way around it that is not listed, or a stop of some days "
            "does no harm.",
            details={
                "kind": "carrier" if _carries(stack, point) else point.kind,
                "cuts": sorted(n.id for n in point.cut),
                "critical": sum(1 for n in point.cut if n.must),
                "owned_and_verified": calm,
            },
            action=Action(
                id=f"detour:{point.id}",
                text=f"Plan what happens when {point.name} fails, and who watches it",
                effort="medium",
                owner=usual_owner(*point.tools),
                tools=sorted(t.id for t in point.tools),
            ),
        )

    def _owned_and_verified(self, stack: Stack, point: _Point, needs: Sequence[Need]) -> bool:
        """Return whether a hub has an owner and its integrations were seen working lately."""
        if not all(t.record is not None and t.record.owner for t in point.tools):
            return False
        since = stack.as_of - timedelta(days=self.verified_days)
        flows = {h.flow for n in needs for h in n.serving.hops if h.flow >= 0}
        touched = [f for f in (stack.flows[i] for i in sorted(flows)) if stack.lost(f, point.loss)]
        seen = [f.record.last_verified for f in touched if f.record is not None]
        return bool(seen) and all(day is not None and day >= since for day in seen)

    def _ask(self, stack: Stack, point: _Point) -> Question:
        need = point.perhaps[0]
        return self.question(
            f"around:{point.id}",
            f"Is there a way around {point.name} for {_in_words(stack, [need])[0]}? "
            "Integrations of unknown "
            "content could be one.",
            subjects=tool_subjects(point.tools),
            asked_of=usual_owner(*point.tools),
            key=point.id,
            fills=open_fills(
                stack, need.source.tools, need.target.tools, need.data_object, [need.scope]
            ),
        )


def _between(stack: Stack, impact: Impact) -> list[StackTool]:
    """Return the tools and carriers in the middle of needed flows, ordered by id."""
    found: set[int] = set()
    for need in impact.needs:
        used: set[int] = set()
        for hop in need.serving.hops:
            used.update((hop.source, hop.target))
            if hop.flow >= 0:
                used.update(stack.flows[hop.flow].via)
        hosts = {h for h, apps in impact.apps.items() if not apps.isdisjoint(used)}
        found |= (used | hosts) - need.ends - need.beyond(stack)
    tools = [stack.tools[i] for i in found if i < len(stack.tools)]
    middle = [t for t in tools if t.subject and t.kind != "own-channel"]
    return sorted(middle, key=lambda t: t.id)


def _facts(stack: Stack, need: Need, point: _Point) -> list[Evidence]:
    """Return what "this flow stops" rests on: why it is needed, how it runs, and nothing else."""
    facts = list(grounds(stack, need))
    for hop in need.serving.hops:
        if hop.flow < 0:
            continue
        flow = stack.flows[hop.flow]
        name = flow_name(stack, flow)
        if flow.kind != "integration":
            facts.append(known(f"{name}: one runs inside the other."))
            continue
        carriers = [stack.tools[i] for i in flow.via if i in point.loss.tools]
        if carriers:
            facts.append(fact(flow.record, "via", f"{names(carriers)} carries {name}."))
        thing = nouns(stack, need.data_object)
        facts.append(fact(flow.record, "objects", f"{name} takes {thing} along."))
    sources = [t for t in need.source.tools if t.index not in point.loss.tools]
    targets = [t for t in need.target.tools if t.index not in point.loss.tools]
    return [
        *facts,
        no_path(stack, sources, targets, need.data_object, need.scope, other=True),
    ]


def _vendor_facts(point: _Point) -> list[Evidence]:
    """Return that tools are of one vendor: sure where their product is, and not by an alias."""
    if point.kind != "vendor":
        return []
    return [
        fact(
            t.record,
            "product" if t.product_how == "declared" else "name",
            f"{t.name} is a product of {point.name}.",
            assumed=t.product_how not in ("declared", "name"),
        )
        for t in point.tools
    ]


def _doubtful(evidence: Iterable[Evidence]) -> bool:
    return any(e.assumed for e in evidence)


def _once(evidence: Iterable[Evidence]) -> list[Evidence]:
    return list({(e.text, e.assumed): e for e in evidence}.values())


def _in_words(stack: Stack, needs: Iterable[Need]) -> list[str]:
    """Return needed flows in words, those of several scopes once: ``orders from A to B``."""
    groups: dict[tuple[str, str, str], list[Need]] = {}
    for need in needs:
        groups.setdefault((need.source.name, need.target.name, need.data_object), []).append(need)
    words = [
        f"{nouns(stack, data_object)} from {_end(stack, [n.source for n in group])} "
        f"to {_end(stack, [n.target for n in group], [n.source for n in group])}"
        for (_source, _target, data_object), group in groups.items()
    ]
    return list(dict.fromkeys(words))


def _end(stack: Stack, ends: list[End], others: Sequence[End] = ()) -> str:
    """Return the tools of an end in words, without those that are at the other one too."""
    tools = list({t.id: t for e in ends for t in e.tools}.values())
    tools = beyond([t for e in others for t in e.tools], tools)
    if len(tools) < 3 or ends[0].capability is None:
        return names(tools, 3)
    return f"{len(tools)} tools for {capability_name(stack, ends[0].capability)}"


def _carries(stack: Stack, point: _Point) -> bool:
    """Return whether it is in the middle as a carrier only."""
    if point.kind != "tool":
        return False
    index = point.tools[0].index
    over = [stack.flows[h.flow] for n in point.cut for h in n.serving.hops if h.flow >= 0]
    return any(index in f.via for f in over) and not any(index in f.ends for f in over)
