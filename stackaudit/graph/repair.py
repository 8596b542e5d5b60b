"""Cheapest repair: which single new or mended integration gives a flow that is missing.

A need is an object that should get from one of some tools to one of others in some scopes. An
integration from A to B settles it in a scope when A is a source or is reached from one, and B is a
target or reaches one. Candidates are the ends themselves, the best-connected tools on either side,
and every broken or paused integration.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heapify, heappop, heapreplace
from typing import TYPE_CHECKING, Final

from stackaudit.graph.model import Flow, StackTool
from stackaudit.graph.views import reach, trace

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack

HUBS: Final = 3
"""How many well-connected tools are tried on either side of a need, besides its own ends."""

COST: Final[Mapping[str, int]] = {"repair": 1, "connect": 3}
"""What an integration costs, relatively: mending one is cheaper than building one."""


@dataclass(frozen=True, slots=True)
class FlowNeed:
    """A flow that is missing today, by the id of the finding that says so."""

    id: str
    data_object: str
    scopes: tuple[int, ...]
    sources: tuple[int, ...]
    targets: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One integration that could be built or mended, and the needs it settles alone."""

    kind: str
    """``connect`` or ``repair``."""
    source: int
    target: int
    flow: int | None
    objects: frozenset[str]
    settles: frozenset[str]
    direct: frozenset[str] = frozenset()
    """Those for which it joins the ends themselves, not tools in between."""

    @property
    def cost(self) -> int:
        """Return its relative cost."""
        return COST[self.kind]


def candidates(stack: Stack, needs: Sequence[FlowNeed]) -> list[Candidate]:
    """Return every candidate with all needs it settles, ordered by kind, then ends."""
    ahead: dict[str, list[frozenset[int]]] = {}
    behind: dict[str, list[frozenset[int]]] = {}
    tools = range(len(stack.tools))
    for need in needs:
        for scope in need.scopes:
            view = stack.view(need.data_object, scope)
            out = reach(view.out, need.sources, stack.automatic)
            back = reach(view.into, need.targets, stack.automatic)
            ahead.setdefault(need.id, []).append(frozenset(n for n in out if n in tools))
            behind.setdefault(need.id, []).append(frozenset(n for n in back if n in tools))
    pairs: dict[tuple[int, int], set[str]] = {}
    for need in needs:
        starts = _ends(stack, need.sources, frozenset.intersection(*ahead[need.id]))
        goals = _ends(stack, need.targets, frozenset.intersection(*behind[need.id]))
        for a in starts:
            for b in goals:
                if a != b:
                    pairs.setdefault((a, b), set())
    wanted = {n.id: n for n in needs}
    found: list[Candidate] = []
    starting = _by_node(ahead, {a for a, _b in pairs})
    ending = _by_node(behind, {b for _a, b in pairs})
    for a, b in sorted(pairs):
        settled = starting[a] & ending[b]
        found.append(
            Candidate(
                "connect",
                a,
                b,
                None,
                frozenset(wanted[i].data_object for i in settled),
                frozenset(settled),
                frozenset(i for i in settled if a in wanted[i].sources and b in wanted[i].targets),
            )
        )
    found += _mended(stack, needs, ahead, behind)
    return found


def _by_node(near: Mapping[str, list[frozenset[int]]], nodes: set[int]) -> dict[int, set[str]]:
    """Return node → the needs in whose every scope it is near their end."""
    found: dict[int, set[str]] = {node: set() for node in nodes}
    for need, sets in near.items():
        for node in nodes.intersection(*sets):
            found[node].add(need)
    return found


def _ends(stack: Stack, own: Iterable[int], reached: frozenset[int]) -> list[int]:
    """Return the ends to try: a need's own, and the best-connected tools that serve as well."""
    mine = sorted(set(own) & reached)
    others = sorted(
        (n for n in reached if n not in mine and stack.tools[n].subject),
        key=lambda n: (-len(stack.neighbours[n]), stack.tools[n].id),
    )
    return [*mine, *others[:HUBS]]


def _mended(
    stack: Stack,
    needs: Sequence[FlowNeed],
    ahead: Mapping[str, list[frozenset[int]]],
    behind: Mapping[str, list[frozenset[int]]],
) -> list[Candidate]:
    found = []
    for flow in stack.flows:
        if not flow.repairable or flow.source is None or flow.target is None:
            continue
        ways = [(flow.source, flow.target)]
        if flow.direction == "both-ways":
            ways.append((flow.target, flow.source))
        settled = set()
        for need in needs:
            if flow.objects is None or need.data_object not in flow.objects:
                continue
            if not all(flow.scopes >> s & 1 for s in need.scopes):
                continue
            if any(
                all(a in x for x in ahead[need.id]) and all(b in y for y in behind[need.id])
                for a, b in ways
            ):
                settled.add(need.id)
        if settled:
            found.append(
                Candidate(
                    "repair",
                    flow.source,
                    flow.target,
                    flow.index,
                    flow.objects or frozenset(),
                    frozenset(settled),
                )
            )
    return found


def cheapest(all_candidates: Iterable[Candidate]) -> dict[str, Candidate]:
    """Return need → the cheapest single integration that settles it.

    Of equal ones the one that joins the ends themselves, then the one that settles most.
    """
    best: dict[str, Candidate] = {}
    for candidate in sorted(all_candidates, key=_order):
        for need in candidate.settles:
            known = best.get(need)
            better = need in candidate.direct and known is not None and need not in known.direct
            if known is None or (better and known.cost == candidate.cost):
                best[need] = candidate
    return best


def cover(all_candidates: Sequence[Candidate], needs: Iterable[str]) -> list[Candidate]:
    """Return integrations that settle the needs, chosen greedily by needs settled per cost.

    The greedy choice is within a factor of ln n + 1 of the cheapest cover (Chvatal 1979, "A greedy
    heuristic for the set-covering problem", Mathematics of Operations Research 4(3)). What a
    candidate settles only gets less, so one that is still the best when looked at again is the best
    of all.
    """
    left = set(needs)
    chosen: list[Candidate] = []
    queue = [
        (-len(c.settles & left) / c.cost, _order(c), number)
        for number, c in enumerate(all_candidates)
        if c.settles & left
    ]
    heapify(queue)
    while left and queue:
        worth, order, number = queue[0]
        candidate = all_candidates[number]
        now = -len(candidate.settles & left) / candidate.cost
        if now == worth:
            heappop(queue)
            chosen.append(candidate)
            left -= candidate.settles
        elif now:
            heapreplace(queue, (now, order, number))
        else:
            heappop(queue)
    return chosen


def _order(candidate: Candidate) -> tuple[int, int, int, int, int]:
    """Order candidates: the cheapest, what settles most, what joins the ends themselves."""
    return (
        candidate.cost,
        -len(candidate.settles),
        -len(candidate.direct),
        candidate.source,
        candidate.target,
    )


def broken_way(
    stack: Stack,
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
    data_object: str,
    scope: int,
) -> list[Flow]:
    """Return the broken or paused integrations whose repair would give a path, if any would."""
    reached = stack.mended_from([t.index for t in sources], data_object, scope)
    ends = sorted(t.index for t in targets if t.index in reached)
    if not ends:
        return []
    hops = trace(reached, ends[0], len(stack.tools))
    return [stack.flows[h.flow] for h in hops if h.flow >= 0 and stack.flows[h.flow].repairable]
