"""The phrases that checks share: names of things, facts and actions in words, places of answers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from stackaudit.graph import Flow, Stack, StackTool
from stackaudit.graph.capabilities import beyond
from stackaudit.graph.facts import assumed, fact, fact_at, known
from stackaudit.graph.model import ContractFact
from stackaudit.graph.views import Hop
from stackaudit.result import Action, Evidence, Step, Subject, SubjectKind

# ---------------------------------------------------------------- names


def names(things: Iterable[StackTool | str], limit: int = 6) -> str:
    """Return names as English: ``A``, ``A and B``, ``A, B and C``; past `limit` "and N more"."""
    words = [thing if isinstance(thing, str) else thing.name for thing in things]
    if len(words) > limit:
        words = [*words[: limit - 1], f"{len(words) - limit + 1} more"]
    if len(words) <= 1:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def sentence(text: str) -> str:
    """Return a text that begins with a capital letter."""
    return text[:1].upper() + text[1:]


def for_what(why: str) -> str:
    """Return a reason of the catalogue as it stands inside a sentence; `SMS` keeps its capitals."""
    return why if why[1:2].isupper() else why[:1].lower() + why[1:]


def object_name(stack: Stack, data_object: str) -> str:
    """Return the name of a data object."""
    entry = stack.catalogue.objects.get(data_object)
    return entry.name if entry is not None else data_object


def nouns(stack: Stack, data_objects: Iterable[str] | str) -> str:
    """Return data objects as they are called in a sentence: ``contacts and orders``."""
    ids = [data_objects] if isinstance(data_objects, str) else list(data_objects)
    known_objects = stack.catalogue.objects
    return names([known_objects[o].noun if o in known_objects else o for o in ids], 4)


def capability_name(stack: Stack, capability: str) -> str:
    """Return the name of a capability."""
    entry = stack.catalogue.capabilities.get(capability)
    return entry.name if entry is not None else capability


def flow_name(stack: Stack, flow: Flow) -> str:
    """Return an integration as people call it: ``Shopify → Klaviyo``."""
    a, b = (stack.tools[e].name if e is not None else "unknown" for e in (flow.source, flow.target))
    arrow = {"one-way": "→", "both-ways": "↔"}.get(flow.direction, "–")
    return f"{a} {arrow} {b}"


def flow_state(stack: Stack, flow: Flow) -> str:
    """Return the state of an integration in a sentence: ``the integration A → B is broken``."""
    return f"the integration {flow_name(stack, flow)} is {flow.status}"


def holder_words(record: Sequence[StackTool], evidence: Evidence) -> str:
    """Return the record in a sentence, with how it is known."""
    if evidence.assumed:
        return f"{names(record)}, the likeliest record of them"
    return f"{names(record)}, which {'holds' if len(record) == 1 else 'hold'} their record"


def join_ids(ids: Iterable[str]) -> str:
    """Return the set form of a key: ids sorted and joined by ``+``."""
    return "+".join(sorted(set(ids)))


# ---------------------------------------------------------------- subjects and steps


def subject(kind: SubjectKind, identity: str, name: str = "") -> Subject:
    """Return a subject."""
    return Subject(kind=kind, id=identity, name=name)


def tool_subjects(tools: Iterable[StackTool]) -> list[Subject]:
    """Return tools as subjects, ordered by id, each once."""
    by_id = {tool.id: tool for tool in tools}
    return [Subject(kind="tool", id=i, name=by_id[i].name) for i in sorted(by_id)]


def steps(stack: Stack, hops: Sequence[Hop]) -> list[Step]:
    """Return a path as steps of the result."""
    return [
        Step(source=a.id, target=b.id, over=over, automatic=automatic)
        for a, b, over, automatic in stack.to_steps(hops)
    ]


def need(
    data_object: str,
    scopes: Iterable[str],
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
) -> dict[str, Any]:
    """Return the flow whose absence is the finding, for `details["need"]`: repairs settle it."""
    return {
        "object": data_object,
        "scopes": sorted(scopes),
        "sources": sorted({t.id for t in sources}),
        "targets": sorted({t.id for t in targets}),
    }


# ---------------------------------------------------------------- facts


def role_fact(tool: StackTool, data_object: str, text: str) -> Evidence:
    """Return what a tool does with an object as evidence: declared under ``data``, else assumed."""
    if tool.roles_assumed:
        return assumed(
            f"{text[:-1]}, by the catalogue; the inventory does not say what it does with data."
        )
    return fact_at(tool.record, ("data", data_object), text)


def record_or_holder(
    stack: Stack, data_object: str, scope: int
) -> tuple[list[StackTool], Evidence] | None:
    """Return where the record of an object is, and the fact that says so.

    Where the inventory names no record that is in use, the likeliest holder stands in and the
    fact is assumed; None when no tool stores the object.
    """
    record = stack.record(data_object, scope)
    thing = nouns(stack, data_object)
    if record.declared:
        tools = [stack.tools[i] for i in record.tools]
        text = f"The record of {thing} is {names(tools)}."
        stated = fact_at(stack.inventory, ("systems_of_record", record.key or data_object), text)
        doubted = [tool for tool in tools if tool.disputed]
        if doubted:
            text = f"{text} Another source disputes what is said of {names(doubted)}."
            stated = stated.model_copy(update={"text": text, "assumed": True})
        return tools, stated
    holder = stack.best_holder(data_object, scope)
    if holder is None:
        return None
    return [holder], assumed(
        f"No system of record is declared for {thing}; "
        f"{holder.name}, the likeliest among its holders, is taken for it."
    )


def broken_facts(stack: Stack, flows: Iterable[Flow]) -> list[Evidence]:
    """Return the state of broken or paused integrations as evidence."""
    return [fact(f.record, "status", f"{sentence(flow_state(stack, f))}.") for f in flows]


def no_path(
    stack: Stack,
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
    data_object: str,
    scope: int,
    *,
    other: bool = False,
) -> Evidence:
    """Return "there is no path" as evidence: stated where the lists are complete, else assumed.

    With `other` it says that there is no path but the one by hand.
    """
    from_, to = list(sources), list(targets)
    thing = nouns(stack, data_object)
    if not stack.absence_is_stated(
        [t.index for t in from_], [t.index for t in to], data_object, scope
    ):
        what = "No other recorded path takes" if other else "No recorded path takes"
        return assumed(
            f"{what} {thing} from {names(from_)} to {names(beyond(from_, to))}; "
            "the list of integrations is not stated to be complete."
        )
    absent = (
        f"{'no other path' if other else 'none'} takes {thing} from {names(from_)} "
        f"to {names(beyond(from_, to))}"
    )
    if stack.integrations_complete:
        return fact(
            stack.inventory,
            "complete",
            f"The list of integrations is stated to be complete, and {absent}.",
        )
    stated = next(
        (t for t in (*to, *from_) if t.record is not None and t.record.integrations_known), None
    )
    if stated is not None:
        return fact(
            stated.record,
            "integrations_known",
            f"The integrations of {stated.name} are stated to be known, and {absent}.",
        )
    return known(f"The inventory states that no {thing} passes from {names(from_)} to {names(to)}.")


def no_paths(
    stack: Stack,
    ends: Iterable[tuple[Iterable[StackTool], Iterable[StackTool], int]],
    data_object: str,
) -> list[Evidence]:
    """Return "there is no path" for some sources, targets and scopes, every sentence once."""
    return each_once(no_path(stack, a, b, data_object, scope) for a, b, scope in ends)


def each_once(evidence: Iterable[Evidence]) -> list[Evidence]:
    """Return evidence in order, every sentence once."""
    return list({e.text: e for e in evidence}.values())


def unused_parts(tools: Iterable[StackTool]) -> list[Evidence]:
    """Return that tools have a capability which is not used, as evidence."""
    return [
        fact(t.record, "capabilities", f"{t.name} has it as a part that is not used.")
        for t in tools
    ]


def could_be_this(tools: Sequence[StackTool]) -> list[Evidence]:
    """Return the doubt that tools of unknown use leave about a gap; none where there are none."""
    if not tools:
        return []
    be = "is" if len(tools) == 1 else "are"
    return [assumed(f"What {names(tools)} {be} used for is not recorded and could be this.")]


# ---------------------------------------------------------------- who acts, and how


def in_charge(people: Sequence[str] | None) -> str | None:
    """Return who answers for something, in words; None where nobody does or it is not known."""
    return ", ".join(people) if people and people != ("withheld",) else None


def usual_owner(*tools: StackTool | None) -> str | None:
    """Return who is likely to know or act: the first stated technical owner, owner or team."""
    for tool in tools:
        record = tool.record if tool is not None else None
        if record is None:
            continue
        for people in (record.owner, record.technical_owner):
            if (who := in_charge(people)) is not None:
                return who
        if record.team is not None:
            return f"team:{record.team}"
    return None


def mend_or_connect(
    stack: Stack,
    broken: Sequence[Flow],
    source: StackTool,
    target: StackTool,
    things: str,
    *,
    owner: str | None,
) -> Action:
    """Return what gives a missing flow: the repair of what is broken, else a new integration.

    Parameters
    ----------
    broken
        Integrations whose repair gives the flow; none where only a new one does.
    things
        What it carries, in words.
    """
    return Action(
        id=f"repair:{broken[0].id}" if broken else f"connect:{source.id}>{target.id}",
        text=f"Repair the integration {flow_name(stack, broken[0])}"
        if broken
        else f"Connect {source.name} to {target.name} for {things}",
        effort="small" if broken else "medium",
        owner=owner,
        tools=sorted({source.id, target.id}),
    )


# ---------------------------------------------------------------- where answers belong


ALL_INTEGRATIONS = ("integrations/new", "complete/integrations")
"""Where the answer belongs to "which tools exchange data, and what?"."""


def fills(kind: str, things: Iterable[StackTool | Flow], *keys: str) -> list[str]:
    """Return where the answer to a question about tools or integrations belongs."""
    return [f"{kind}/{thing.id}/{key}" for thing in things for key in keys]


def contract_fills(stack: Stack, contract: ContractFact, *keys: str) -> list[str]:
    """Return where the terms of a contract belong: under `contracts`, or on its tool."""
    if contract.of_contracts:
        return [f"contracts/{contract.id}/{key}" for key in keys]
    return [f"tools/{stack.tools[i].id}/contract.{key}" for i in contract.tools for key in keys]


def open_fills(
    stack: Stack,
    sources: Iterable[StackTool],
    targets: Iterable[StackTool],
    data_object: str,
    scopes: Iterable[int] | None = None,
) -> list[str]:
    """Return the unknown facts that decide whether an object gets from some tools to others.

    They are the content, direction or ends of the integrations that lie on a path at the widest,
    and what a service on it does with data; a new integration where nothing of that is open.
    """
    from_, to = [t.index for t in sources], [t.index for t in targets]
    found: set[str] = set()
    for scope in range(len(stack.scopes)) if scopes is None else scopes:
        found |= stack.open_between(from_, to, data_object, scope)
    return sorted(found) or ["integrations/new"]
