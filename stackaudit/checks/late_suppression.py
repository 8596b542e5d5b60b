"""The check `late-suppression`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from stackaudit.catalogue.match import find_region
from stackaudit.catalogue.model import Rule
from stackaudit.check import (
    Action,
    Check,
    Evidence,
    Finding,
    Outcome,
    Question,
    Severity,
    Stack,
    fact,
    fills,
    flow_name,
    known,
    names,
    no_path,
    open_fills,
    steps,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.consent import Reach, Sender, Way, record_fact, sender_fact
from stackaudit.graph.impact import WORKING
from stackaudit.graph.intervals import in_words
from stackaudit.graph.latency import Delay, Delays
from stackaudit.graph.views import Hop
from stackaudit.result import Category


@dataclass
class _Late:
    """A sender that is told too late in one scope."""

    reach: Reach
    way: Way
    late: Delay
    rule: Rule


@dataclass(frozen=True)
class LateSuppression(Check):
    """A tool that learns of an opt-out later than a rule allows.

    What it finds:
    Per tool and channel that contacts or targets people: the worst case from the preference or
    consent record (the sum of the intervals on the freshest path) against the limit of every rule
    in the company's ``rules`` that covers the channel. Rules that name no number of days (the GDPR)
    are not compared, nor is a rule of a country in a part of the company whose people are all
    elsewhere. Steps by hand count with their interval; an interval that is left out is a question.

    Why it matters:
    A message after an opt-out is what people complain about to the authorities: a risk to check
    with counsel.

    What to do:
    Send opt-outs more often, or straight from the record to the sender.

    Example:
    Opt-outs are uploaded to the agency's mailing tool once a month; the rule allows ten business
    days.

    Known false positives:
    The tool handles its own unsubscribes at once, and the record only holds those from elsewhere.
    """

    id: ClassVar[str] = "late-suppression"
    title: ClassVar[str] = "Opt-outs that arrive too late"
    category: ClassVar[Category] = "trust"
    severity: ClassVar[Severity] = "high"
    examined_what: ClassVar[str] = "tools and channels that a rule with a limit covers"

    def run(self, stack: Stack) -> Outcome:
        """Compare every sender's delay with the rules of the company."""
        rules = [
            rule
            for name in stack.inventory.company.rules or ()
            if (rule := stack.catalogue.rules.get(name)) is not None and rule.minutes is not None
        ]
        if not rules:
            return Outcome(0)
        found: dict[tuple[str, str], list[_Late]] = {}
        unclear: dict[tuple[str, str], Reach] = {}
        looked: set[tuple[str, str]] = set()
        walks: dict[tuple[str, int, tuple[int, ...], str], Delays] = {}
        for reach in stack.consent_reach:
            sender = reach.sender
            covering = [r for r in rules if _covers(stack, r, sender, reach.scope)]
            if sender.transactional or not covering or reach.serving.outcome not in WORKING:
                continue
            key = (sender.tool.id, sender.channel)
            strictest = min(covering, key=lambda r: (r.minutes or 0, r.id))
            judged = _judge(stack, reach, strictest, walks)
            if judged is None:
                unclear[key] = reach
                continue
            looked.add(key)
            if isinstance(judged, _Late):
                found.setdefault(key, []).append(judged)
        findings = [self._late(stack, "/".join(k), found[k]) for k in sorted(found)]
        questions = [
            self._ask(stack, "/".join(k), unclear[k]) for k in sorted(unclear) if k not in found
        ]
        return Outcome(len(looked), findings, questions)

    def _late(self, stack: Stack, key: str, lates: list[_Late]) -> Finding:
        worst = max(lates, key=lambda entry: entry.late.least)
        tool, rule, late = worst.reach.sender.tool, worst.rule, worst.late
        channel = stack.catalogue.channels[worst.reach.sender.channel]
        scopes = (
            [] if len(lates) == len(stack.scopes) else [stack.scopes[e.reach.scope] for e in lates]
        )
        where = f" in {names(scopes)}" if scopes else ""
        slowest = late.slowest(stack)
        flow = stack.flows[slowest.flow] if slowest is not None else None
        minutes = late.least if late.known is None else late.known
        time = f"{'at least ' if late.known is None else ''}{in_words(minutes)}"
        return self.finding(
            key,
            f"An opt-out may take {time} to reach {tool.name} "
            f"({channel.name}){where}; {rule.name} allows {_limit(rule)}: a risk to check with "
            "counsel.",
            evidence=[
                sender_fact(stack, worst.reach.sender),
                record_fact(stack, worst.way, worst.reach.scope),
                *_interval_facts(stack, late.hops, rule.minutes or 0),
                fact(stack.inventory.company, "rules", f"The company goes by the {rule.name}."),
                known(f"{rule.what} ({rule.source}; as of {rule.version})"),
                no_path(
                    stack,
                    worst.way.record,
                    [tool],
                    worst.way.data_object,
                    worst.reach.scope,
                    other=True,
                ),
            ],
            subjects=[
                *tool_subjects([tool, *worst.way.record]),
                *([subject("integration", flow.id)] if flow is not None else []),
                *(subject("scope", s) for s in scopes),
            ],
            scopes=scopes,
            path=steps(stack, late.hops),
            harmless_if="The tool acts on its own unsubscribes at once, and others are rare.",
            details={
                "minutes": minutes,
                "limit_minutes": rule.minutes,
                "rule": rule.id,
                "slowest": flow.id if flow is not None else None,
            },
            action=Action(
                id=f"speed-up:{flow.id}" if flow is not None else f"speed-up:{key}",
                text=f"Send opt-outs more often over {flow_name(stack, flow)}"
                if flow is not None
                else f"Send opt-outs to {tool.name} more often",
                effort="small",
                owner=usual_owner(tool, *worst.way.record),
                tools=sorted({tool.id, *(t.id for t in worst.way.record)}),
            ),
        )

    def _ask(self, stack: Stack, key: str, reach: Reach) -> Question:
        tool = reach.sender.tool
        timed = [stack.flows[h.flow] for h in reach.serving.hops if h.flow >= 0]
        silent = [f for f in timed if f.minutes is None and f.kind == "integration"]
        over = f" over {names([flow_name(stack, f) for f in silent])}" if silent else ""
        return self.question(
            f"opt-outs:{key}",
            f"How often do opt-outs get to {tool.name}{over}?",
            subjects=[*tool_subjects([tool]), *(subject("integration", f.id) for f in silent)],
            asked_of=usual_owner(tool, *reach.record),
            key=key,
            fills=fills("integrations", silent, "every")
            or open_fills(stack, reach.record, [tool], reach.data_object, [reach.scope]),
        )


def _covers(stack: Stack, rule: Rule, sender: Sender, scope: int) -> bool:
    """Return whether a rule covers a channel where the people of a scope are."""
    if sender.channel not in rule.channels:
        return False
    entry = (stack.inventory.company.scopes or {}).get(stack.scopes[scope])
    people = entry.people_in if entry is not None else None
    regions = {find_region(stack.catalogue, p) for p in people or ()}
    return not regions or None in regions or find_region(stack.catalogue, rule.where) in regions


def _judge(
    stack: Stack,
    reach: Reach,
    rule: Rule,
    walks: dict[tuple[str, int, tuple[int, ...], str], Delays],
) -> _Late | bool | None:
    """Return what is late, False where nothing is, None where it cannot be said."""
    goal, limit = reach.sender.tool.index, rule.minutes or 0
    if not reach.serving.hops:
        return False  # a gate, or the record itself
    delays: list[tuple[Delay, Way]] = []
    least = []
    for way in reach.ways:
        starts = tuple(t.index for t in way.record)
        for kind in ("certain", "widest"):
            key = (way.data_object, reach.scope, starts, kind)
            if key not in walks:
                view = stack.view(way.data_object, reach.scope, kind)
                walks[key] = Delays(stack, view, starts, by_hand=True)
            late = walks[key].freest(goal) if starts else None
            if late is None:
                continue
            least.append(late.least)
            if kind == "certain":
                delays.append((walks[key].at(goal) or late, way))
    if any(late.known is not None and late.known <= limit for late, _way in delays):
        return False
    if not delays or min(least) <= limit:
        return None
    late, way = min(delays, key=lambda entry: entry[0].least)
    return _Late(reach, way, late, rule)


def _limit(rule: Rule) -> str:
    if rule.unit == "business-days":
        return f"{rule.limit} business days ({rule.days} days)"
    return f"{rule.days} days"


def _interval_facts(stack: Stack, hops: tuple[Hop, ...], limit: int) -> Iterator[Evidence]:
    """Yield the intervals that add up to more than the limit, the longest first."""
    flows = [stack.flows[h.flow] for h in hops if h.flow >= 0 and stack.flows[h.flow].minutes]
    total = 0
    for flow in sorted(flows, key=lambda f: (-(f.minutes or 0), f.id)):
        text = f"{flow_name(stack, flow)} runs every {in_words(flow.minutes or 0)} at worst."
        yield fact(flow.record, "every", text) if total <= limit else known(text)
        total += flow.minutes or 0
