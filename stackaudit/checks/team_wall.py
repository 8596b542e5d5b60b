"""The check `team-wall`."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import ClassVar, Final, Literal

from stackaudit.check import (
    Check,
    Evidence,
    Finding,
    Flow,
    Outcome,
    Question,
    Severity,
    Stack,
    StackTool,
    assumed,
    fact,
    fills,
    flow_name,
    mend_or_connect,
    names,
    nouns,
    object_name,
    once,
    open_fills,
    role_fact,
    sentence,
    subject,
    tool_subjects,
    usual_owner,
)
from stackaudit.graph.walls import Edge, Joint, joint
from stackaudit.result import Category

NEUTRAL: Final = frozenset({"it", "data", "operations"})
"""Functions that serve the others: their tools join, and they have no walls of their own."""

WORDS: Final = {"it": "IT", "agency": "agencies"}

Level = Literal["nothing", "by-hand", "single", "enough"]
Edges = dict[int, list[Edge]]

ORDER: Final[tuple[Level, ...]] = ("nothing", "by-hand", "single", "enough")


@dataclass(frozen=True)
class _Map:
    """Whose tools handle an object, and what joins them."""

    tools: dict[str, list[StackTool]]
    """Function → its tools that handle the object."""
    functions: dict[int, str]
    """Tool → function of its team; none for a tool whose team is not known."""
    used_by: dict[int, frozenset[str]]
    """Tool → functions of the teams that use it, its own among them."""
    nobody: list[StackTool]
    """Tools that handle the object, of which no team is known."""
    sure: dict[int, list[Edge]]
    """Automated edges of the object."""
    by_hand: dict[int, list[Edge]]
    """Sure edges and those by hand."""
    perhaps: dict[int, list[Edge]]
    """Automated edges that may carry it."""
    passable: frozenset[int]
    """Databases of suites, and tools outside the audit: anything may pass them."""


@dataclass(frozen=True)
class TeamWall(Check):
    """Two functions that work with the same data and hardly exchange it.

    What it finds:
    Per pair of functions (marketing, sales, service, finance ...) and data object that tools of
    both handle: no integration joins their tools, only work by hand does, or all depends on a
    single automated integration (information). Ways lead through tools of the two functions and of
    IT, data and operations; direction does not count, and all parts of the company count together.
    A tool that both functions use is no wall. Tools without a team leave it open where they could
    change the answer. ``details["joined_by"]`` is ``nothing``, ``by-hand`` or ``single``.

    Why it matters:
    Each function sees its own half of the customer. Marketing advertises to people with an open
    complaint; service does not know what was promised.

    What to do:
    Agree on what the other function needs, and connect the two tools that hold it.

    Example:
    Marketing and customer service both keep contacts, and their tools exchange none.

    Known false positives:
    The functions need nothing of each other's data, or they meet in a tool that is not listed.
    """

    id: ClassVar[str] = "team-wall"
    title: ClassVar[str] = "Wall between two functions"
    category: ClassVar[Category] = "silos"
    severity: ClassVar[Severity] = "medium"
    examined_what: ClassVar[str] = "pairs of functions with an object in common"

    def run(self, stack: Stack) -> Outcome:
        """Count the ways between the tools of every two functions, object by object."""
        home, users = _functions(stack)
        if not home:
            return Outcome(0)
        pairs: list[tuple[str, str, str, _Map]] = []
        for data_object in sorted({o for t in stack.subjects for o in t.roles}):
            found = _map(stack, data_object, home, users)
            walled = sorted(f for f in found.tools if f not in NEUTRAL)
            pairs += [(one, other, data_object, found) for one, other in combinations(walled, 2)]
        if pairs and not stack.integrations_listed:
            return Outcome(0, (), [self.ask_integrations(weight=len(pairs))])
        findings: list[Finding] = []
        unclear: list[Question] = []
        examined = 0
        for one, other, data_object, found in pairs:
            level, bridge = _level(found, one, other)
            if level == "enough":
                examined += 1
                continue
            if _at_best(found, one, other, level) != level:
                unclear += self._ask(stack, one, other, data_object, found)
                continue
            examined += 1
            findings.append(self._wall(stack, one, other, data_object, found, level, bridge))
        return Outcome(examined, findings, once(unclear))

    def _ask(
        self, stack: Stack, one: str, other: str, data_object: str, found: _Map
    ) -> list[Question]:
        key = f"{one}/{other}/{data_object}"
        if found.nobody:
            return [
                self.question(
                    f"team:{t.id}",
                    f"Which team does {t.name} belong to?",
                    subjects=tool_subjects([t]),
                    asked_of=usual_owner(t),
                    key=key,
                    fills=fills("tools", [t], "team"),
                )
                for t in found.nobody
            ]
        tools = [*found.tools[one], *found.tools[other]]
        return [
            self.question(
                f"wall:{key}",
                f"Do {_name(one)} and {_name(other)} exchange {nouns(stack, data_object)} by "
                "themselves? Integrations of unknown content or method could carry them.",
                subjects=tool_subjects(tools),
                asked_of=usual_owner(*tools),
                key=key,
                fills=[*open_fills(stack, tools, tools, data_object), *_methods(stack, tools)],
            )
        ]

    def _wall(
        self,
        stack: Stack,
        one: str,
        other: str,
        data_object: str,
        found: _Map,
        level: Level,
        bridge: int | None,
    ) -> Finding:
        things = nouns(stack, data_object)
        ours, theirs = _resting(found.tools[one]), _resting(found.tools[other])
        both = (
            f"{_name(one)} ({names(found.tools[one], 4)}) and {_name(other)} "
            f"({names(found.tools[other], 4)}) both handle {things}"
        )
        flow = stack.flows[bridge] if bridge is not None else None
        hand = _hand_flows(stack, found, one, other) if level == "by-hand" else []
        if level == "nothing":
            text = f"{both}, and no integration is recorded that takes them from one to the other."
        elif level == "by-hand":
            text = f"{both}, and they are exchanged by hand only."
        else:
            via = flow_name(stack, flow) if flow is not None else "one integration"
            text = f"{both}, and a single automated integration joins them: {via}."
        personal = stack.catalogue.objects.get(data_object)
        matters = personal is not None and (personal.personal or personal.needs_record)
        grave: Severity = "info" if level == "single" else "medium" if matters else "low"
        a, b = _best(stack, ours), _best(stack, theirs)
        return self.finding(
            f"{one}/{other}/{data_object}",
            sentence(text),
            severity=grave,
            evidence=[
                *(_belongs(t, one) for t in ours[:3]),
                *(_belongs(t, other) for t in theirs[:3]),
                role_fact(ours[0], data_object, f"{ours[0].name} handles {things}."),
                role_fact(theirs[0], data_object, f"{theirs[0].name} handles {things}."),
                *(
                    fact(
                        f.record, "method", f"The integration {flow_name(stack, f)} works by hand."
                    )
                    for f in hand
                ),
                *(
                    [fact(flow.record, "objects", f"{flow_name(stack, flow)} carries {things}.")]
                    if flow is not None
                    else []
                ),
                _nothing_else(stack, [*found.tools[one]], [*found.tools[other]], things, level),
            ],
            subjects=[
                *tool_subjects([*found.tools[one], *found.tools[other]]),
                subject("object", data_object, object_name(stack, data_object)),
                *([subject("integration", flow.id)] if flow is not None else []),
                *(subject("integration", f.id) for f in hand),
            ],
            harmless_if="The two functions need nothing of each other's data."
            if level != "single"
            else "One well-kept integration is enough.",
            details={
                "functions": [one, other],
                "joined_by": level,
                "tools": {
                    one: [t.id for t in found.tools[one]],
                    other: [t.id for t in found.tools[other]],
                },
            },
            action=None
            if level == "single"
            else mend_or_connect(stack, [], a, b, things, owner=usual_owner(b, a)),
        )


def _methods(stack: Stack, tools: list[StackTool]) -> list[str]:
    """Return where it belongs whether the integrations of some tools run by themselves."""
    ends = {t.index for t in tools}
    open_ = [
        f for f in stack.flows if f.live and f.automatic is None and not ends.isdisjoint(f.ends)
    ]
    return fills("integrations", [f for f in open_ if f.kind == "integration"], "method")


def _functions(stack: Stack) -> tuple[dict[int, str], dict[int, frozenset[str]]]:
    """Return tool → function of its team, and tool → functions of its users.

    Where no team is named, a team that owns it is taken.
    """
    team = {t.id: t.function for t in stack.inventory.teams if t.function is not None}
    home: dict[int, str] = {}
    users: dict[int, frozenset[str]] = {}
    for tool in stack.tools:
        if tool.record is None or not tool.in_use:
            continue
        owners = [w.removeprefix("team:") for w in tool.record.owner or () if w[:5] == "team:"]
        named = tool.record.team if tool.record.team is not None else next(iter(owners), None)
        if named in team:
            home[tool.index] = team[named]
        used = {team[u] for u in tool.record.used_by or () if u in team}
        users[tool.index] = frozenset(used | {home[tool.index]} if tool.index in home else used)
    return home, users


def _map(
    stack: Stack, data_object: str, home: dict[int, str], users: dict[int, frozenset[str]]
) -> _Map:
    tools: dict[str, list[StackTool]] = {}
    nobody = []
    for tool in stack.subjects:
        if data_object not in tool.roles or (tool.kind == "service" and not tool.data_declared):
            continue
        if tool.index not in home:
            nobody.append(tool)
        else:
            tools.setdefault(home[tool.index], []).append(tool)
    sure, by_hand, perhaps = _edges(stack, data_object)
    hubs = {len(stack.tools) + number for number in range(len(stack.sharing))}
    outside = {t.index for t in stack.tools if t.in_use and t.out_of_scope}
    return _Map(tools, home, users, nobody, sure, by_hand, perhaps, frozenset(hubs | outside))


def _edges(stack: Stack, data_object: str) -> tuple[Edges, Edges, Edges]:
    """Return what joins tools for an object: automated, also by hand, and perhaps automated."""
    sure: Edges = {}
    by_hand: Edges = {}
    perhaps: Edges = {}
    for flow in stack.flows:
        if not flow.live or flow.source is None or flow.target is None:
            continue
        if flow.kind == "host":
            _join(flow.source, flow.target, -2 - 2 * flow.index, (sure, by_hand, perhaps))
            continue
        carries = data_object in (flow.objects or ())
        may = carries or (flow.objects is None and stack.may_carry(flow, data_object))
        kinds = (
            (perhaps, may and flow.automatic is not False),
            (by_hand, carries),
            (sure, carries and flow.automatic is True),
        )
        for edges in (edges for edges, counts in kinds if counts):
            edges.setdefault(flow.source, []).append((flow.target, flow.index))
            edges.setdefault(flow.target, []).append((flow.source, flow.index))
    for number, (_suite, objects, group) in enumerate(stack.sharing):
        if data_object in objects:
            hub = len(stack.tools) + number
            for tool in group:
                name = -2 - 2 * (len(stack.flows) + number * len(stack.tools) + tool.index)
                _join(tool.index, hub, name, (sure, by_hand, perhaps))
    return sure, by_hand, perhaps


def _join(one: int, other: int, number: int, maps: tuple[Edges, ...]) -> None:
    """Join two tools that share one database, for good: by two edges, numbered from below."""
    for edges in maps:
        for name in (number, number - 1):
            edges.setdefault(one, []).append((other, name))
            edges.setdefault(other, []).append((one, name))


def _level(found: _Map, one: str, other: str) -> tuple[Level, int | None]:
    """Return how two functions are joined, and the flow that all depends on, if there is one."""
    if any(
        {one, other} <= found.used_by[t.index] for t in (*found.tools[one], *found.tools[other])
    ):
        return "enough", None
    ends = [t.index for t in found.tools[one]], [t.index for t in found.tools[other]]
    automated = joint(*ends, _within(found, one, other, found.sure))
    if automated.ways > 1:
        return "enough", None
    if automated.ways == 1:
        return "single", automated.bridge
    anyhow = joint(*ends, _within(found, one, other, found.by_hand))
    return ("by-hand" if anyhow.ways else "nothing"), None


def _at_best(found: _Map, one: str, other: str, level: Level) -> Level:
    """Return how they are joined if what is unknown were in their favour."""
    ours, theirs = [t.index for t in found.tools[one]], [t.index for t in found.tools[other]]
    open_ = [t.index for t in found.nobody]
    edges = _within(found, one, other, found.perhaps, unknown=True)
    best: Joint = max(
        (joint([*ours, *open_], theirs, edges), joint(ours, [*theirs, *open_], edges)),
        key=lambda j: j.ways,
    )
    reached: Level = ("nothing", "single", "enough")[best.ways]
    return max(level, reached, key=ORDER.index)


def _within(
    found: _Map, one: str, other: str, edges: dict[int, list[Edge]], *, unknown: bool = False
) -> dict[int, list[Edge]]:
    """Return the edges between tools of the two functions and neutral ones.

    Tools outside the audit are stops that anything may pass.
    """
    wanted = {one, other} | NEUTRAL

    def inside(tool: int) -> bool:
        home = found.functions.get(tool)
        return unknown if home is None else home in wanted

    known = {n for n in edges if inside(n) or n in found.passable}
    return {n: [(m, number) for m, number in edges[n] if m in known] for n in edges if n in known}


def _resting(tools: list[StackTool]) -> list[StackTool]:
    """Return the tools whose data is declared, else all: what holds for all holds for these."""
    return [t for t in tools if not t.roles_assumed] or tools


def _best(stack: Stack, tools: list[StackTool]) -> StackTool:
    return min(tools, key=lambda t: (-len(stack.neighbours[t.index]), t.id))


def _belongs(tool: StackTool, function: str) -> Evidence:
    record = tool.record
    key = "team" if record is not None and record.team is not None else "owner"
    return fact(record, key, f"{tool.name} belongs to {_name(function)}.")


def _name(function: str) -> str:
    return WORDS.get(function, function)


def _hand_flows(stack: Stack, found: _Map, one: str, other: str) -> list[Flow]:
    """Return the flows by hand that join the two functions."""
    edges = _within(found, one, other, found.by_hand)
    numbers = sorted({n for near in edges.values() for _m, n in near if n >= 0})
    flows = [stack.flows[n] for n in numbers if stack.flows[n].automatic is False]
    ends = {t.index for t in (*found.tools[one], *found.tools[other])}
    return [f for f in flows if ends & set(f.ends)]


def _nothing_else(
    stack: Stack, ours: list[StackTool], theirs: list[StackTool], things: str, level: Level
) -> Evidence:
    """Return "there is no other way" as evidence: stated where the lists are complete."""
    other = "no integration" if level == "nothing" else "no other integration"
    text = f"{other} takes {things} between {names(ours, 4)} and {names(theirs, 4)}"
    if all(stack.integrations_known(t) for t in (*ours, *theirs)):
        if stack.integrations_complete:
            return fact(
                stack.inventory,
                "complete",
                f"The list of integrations is stated to be complete, and {text}.",
            )
        return fact(
            ours[0].record,
            "integrations_known",
            f"The integrations of these tools are stated to be known, and {text}.",
        )
    return assumed(f"{sentence(text)}; the list of integrations is not stated to be complete.")
