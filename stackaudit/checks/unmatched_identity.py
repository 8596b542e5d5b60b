"""The check `unmatched-identity`."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
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
    assumed,
    fact,
    fills,
    flow_name,
    judged_objects,
    known,
    names,
    nouns,
    object_name,
    record_or_holder,
    role_fact,
    sentence,
    steps,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.capabilities import provides, resting_on
from stackaudit.graph.identity import keys_on, matched_path, mismatch
from stackaudit.graph.model import StackTool
from stackaudit.graph.needs import NeededPath, needed_paths
from stackaudit.graph.views import Hop
from stackaudit.result import Category


@dataclass
class _Gap:
    """Two consecutive flows without a common key, and the needed flows that run over them."""

    before: Hop
    after: Hop
    data_object: str
    paths: list[NeededPath] = field(default_factory=list)


@dataclass(frozen=True)
class UnmatchedIdentity(Check):
    """A path on which two consecutive integrations recognise people by different keys.

    What it finds:
    Needed flows (expected flows, hand-overs of declared processes, permission on its way to
    senders, the record to tools that act, tools that capture to the record) whose path has two
    consecutive integrations that share no identity key, by what both say under ``match_on``; and
    that have no other path without such a gap. The key names the tools before and behind the gap.
    An integration that does not say what it matches on is not judged. ``details["needed_for"]``
    counts the needed flows that run over the gap.

    Why it matters:
    The data arrives and cannot be joined: the same person is in the tool twice, and half of the
    history is missing from each.

    What to do:
    Carry a key that both integrations know, or add the missing one to the tool in the middle.

    Example:
    The shop feeds the CRM by e-mail address; the CRM feeds the loyalty tool by member number, which
    the shop never sends.

    Known false positives:
    The tool in the middle keeps both keys and joins them itself.
    """

    id: ClassVar[str] = "unmatched-identity"
    title: ClassVar[str] = "Path on which people are not recognised"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "needed flows whose keys are recorded"

    def run(self, stack: Stack) -> Outcome:
        """Walk every needed path and compare the keys of each two consecutive integrations."""
        gaps: dict[tuple[str, str, str], _Gap] = {}
        silent: dict[str, Flow] = {}
        examined = 0

        def record_of(data_object: str, scope: int) -> tuple[StackTool, ...]:
            found = record_or_holder(stack, data_object, scope)
            return () if found is None else tuple(found[0])

        for path in needed_paths(stack, record_of, judged_objects(stack)):
            flows = [h for h in path.hops if h.flow >= 0 and stack.flows[h.flow].record is not None]
            if len(flows) < 2:
                continue
            keys = [keys_on(stack, h) for h in path.hops]
            if any(a is not None and b is not None for a, b in pairwise(keys)):
                examined += 1
            elif _of_people(stack, path):
                silent |= {
                    stack.flows[h.flow].id: stack.flows[h.flow]
                    for h in flows
                    if keys_on(stack, h) is None
                }
            number = mismatch(stack, path.hops)
            if number is None:
                continue
            view = stack.view(path.data_object, path.scope)
            ends = [t.index for t in path.starts], [t.index for t in path.ends]
            if matched_path(stack, view, *ends):
                continue
            before, after = path.hops[number - 1], path.hops[number]
            key = (stack.tools[before.source].id, stack.tools[after.target].id, path.data_object)
            gaps.setdefault(key, _Gap(before, after, path.data_object)).paths.append(path)
        findings = [self._gap(stack, gap) for _key, gap in sorted(gaps.items())]
        questions = [self._which_keys(stack, silent)] if silent else []
        return Outcome(examined, findings, questions)

    def _which_keys(self, stack: Stack, silent: dict[str, Flow]) -> Question:
        flows = [silent[i] for i in sorted(silent)]
        return self.question(
            "match-on",
            "By which key are people matched in "
            f"{'the integration' if len(flows) == 1 else 'the integrations'} "
            f"{names([flow_name(stack, f) for f in flows])}?",
            subjects=[subject("integration", f.id) for f in flows],
            weight=len(flows),
            fills=fills("integrations", flows, "match_on"),
        )

    def _gap(self, stack: Stack, gap: _Gap) -> Finding:
        source, target = stack.tools[gap.before.source], stack.tools[gap.after.target]
        middle = stack.tools[gap.before.target]
        things = nouns(stack, gap.data_object)
        one, other = stack.flows[gap.before.flow], stack.flows[gap.after.flow]
        options = [(p, _why(stack, p)) for p in gap.paths]
        path, why = min(
            options, key=lambda o: (sum(e.assumed for e in o[1]), not o[0].must, len(o[0].hops))
        )
        scopes = sorted({p.scope for p in gap.paths})
        return self.finding(
            f"{source.id}/{target.id}/{gap.data_object}",
            sentence(
                f"{things} get from {source.name} over {middle.name} to {target.name} without a "
                f"key that both integrations know: {_match(stack, gap.before)}, then "
                f"{_match(stack, gap.after)}."
            ),
            severity="high" if any(p.must for p in gap.paths) else "medium",
            evidence=[
                *(
                    fact(
                        f.record,
                        "match_on",
                        f"The integration {flow_name(stack, f)} matches on {_match(stack, h)}.",
                    )
                    for f, h in ((one, gap.before), (other, gap.after))
                ),
                *why,
            ],
            subjects=[
                *tool_subjects([source, middle, target]),
                subject("object", gap.data_object, object_name(stack, gap.data_object)),
                *(subject("integration", f.id) for f in (one, other)),
            ],
            scopes=[] if len(scopes) == len(stack.scopes) else [stack.scopes[s] for s in scopes],
            path=steps(stack, path.hops),
            harmless_if=f"{middle.name} keeps both keys and joins them itself.",
            details={
                "needed_for": len(gap.paths),
                "keys": [sorted(keys_on(stack, h) or ()) for h in (gap.before, gap.after)],
            },
            action=Action(
                id=f"match:{middle.id}/{gap.data_object}",
                text=f"Carry one key for {things} through {middle.name}: let "
                f"{flow_name(stack, one)} and {flow_name(stack, other)} match on the same",
                effort="medium",
                owner=usual_owner(middle, target, source),
                tools=sorted({source.id, middle.id, target.id}),
            ),
        )


def _of_people(stack: Stack, path: NeededPath) -> bool:
    """Return whether a path is worth asking about: personal data, and needed by what is stated."""
    entry = stack.catalogue.objects.get(path.data_object)
    stated = path.demand is not None or stack.record(path.data_object, path.scope).declared
    return entry is not None and entry.personal and stated


def _match(stack: Stack, hop: Hop) -> str:
    keys = keys_on(stack, hop)
    return names(sorted(keys)) if keys else "no key"


def _why(stack: Stack, path: NeededPath) -> list[Evidence]:
    """Return the facts that make a path needed."""
    things = nouns(stack, path.data_object)
    if path.demand is not None:
        demand = path.demand
        return [
            known(f"The flow of {things} is needed: {demand.why}."),
            *provides(stack, demand.source.name, resting_on([demand.source])[:3]),
            *provides(stack, demand.target.name, resting_on([demand.target])[:3]),
        ]
    tool = path.ends[0] if path.kind in ("activate", "consent") else path.starts[0]
    found = record_or_holder(stack, path.data_object, path.scope)
    record = [] if found is None else [found[1]]
    if path.kind == "consent":
        declared = tool.record is not None and tool.record.channels is not None
        text = f"{tool.name} contacts or targets people"
        return [
            fact(tool.record, "channels", f"{text}.")
            if declared
            else assumed(f"{text}, by the catalogue."),
            *record,
        ]
    verb = "acts on" if path.kind == "activate" else "captures"
    return [role_fact(tool, path.data_object, f"{tool.name} {verb} {things}."), *record]
