"""Who provides a capability or serves a stage of the journey, as facts a finding can rest on."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from stackaudit.graph.demands import End
from stackaudit.graph.facts import assumed, fact
from stackaudit.graph.model import StackTool
from stackaudit.result import Evidence

if TYPE_CHECKING:
    from stackaudit.graph.stack import Stack


def of_unknown_use(stack: Stack, scope: int | None = None) -> list[StackTool]:
    """Return the tools in use of which nothing is known that they are used for, ordered by id."""
    return [
        t
        for t in stack.subjects
        if (scope is None or t.scopes >> scope & 1)
        and not t.capabilities
        and t.capabilities_assumed
        and t.product is None
        and t.kind not in ("own-channel", "spreadsheet")
    ]


def no_other_listed(stack: Stack, text: str) -> Evidence:
    """Return "no tool does" as evidence: a fact where the list of tools is complete."""
    if stack.tools_complete:
        return fact(
            stack.inventory,
            "complete",
            f"The list of tools is stated to be complete, and {text}.",
        )
    return assumed(f"{text[:1].upper()}{text[1:]}; the list of tools is not stated to be complete.")


def resting_on(ends: Iterable[End]) -> list[StackTool]:
    """Return the tools of ends that a finding rests on: the declared providers, else the assumed.

    What holds for all providers holds for the declared ones; to say it needs no assumption.
    """
    tools = {t.id: t for end in ends for t in end.tools}
    declared = {i: t for i, t in tools.items() if not t.capabilities_assumed}
    return [(declared or tools)[i] for i in sorted(declared or tools)]


def two_ends(
    sources: Sequence[StackTool], targets: Sequence[StackTool]
) -> tuple[StackTool, StackTool]:
    """Return the first source and target that are not one tool, where there are such."""
    pairs = ((s, t) for s in sources for t in targets if s is not t)
    return next(pairs, (sources[0], targets[0]))


def beyond(sources: Iterable[StackTool], targets: Iterable[StackTool]) -> list[StackTool]:
    """Return the targets that are not sources too, where there are such; else all targets.

    "From A and B to B and C" makes a reader ask what is wrong with B.
    """
    known, own = list(targets), {t.id for t in sources}
    return [t for t in known if t.id not in own] or known


def provides(stack: Stack, what: str, tools: Iterable[StackTool]) -> list[Evidence]:
    """Return the facts that tools provide a capability, or are the named step of a process."""
    entry = stack.catalogue.capabilities.get(what)
    name = entry.name if entry is not None else what
    facts = []
    for tool in tools:
        if what.startswith("tool:"):
            facts.append(fact(tool.record, None, f"{tool.name} is a step of the process."))
        elif tool.capabilities_assumed:
            facts.append(
                assumed(
                    f"{tool.name} provides {name}, by the catalogue; the inventory does not say."
                )
            )
        else:
            facts.append(fact(tool.record, "capabilities", f"{tool.name} provides {name}."))
    return facts


def stage_end(stack: Stack, stage: str, scope: int) -> End:
    """Return the tools that serve a stage of the journey in a scope and can be ends of flows.

    A tool serves a stage when a capability it is used for does. The stage stands where an end has
    its capability, so that what a carrier carries counts as being at the stage.
    """
    tools = [
        t for t in serving_stage(stack, stage, scope) if t.kind != "service" or t.data_declared
    ]
    return End(stage, tuple(tools), stage)


def serving_stage(stack: Stack, stage: str, scope: int) -> list[StackTool]:
    """Return the tools and services in use that serve a stage of the journey, ordered by id."""
    found = {
        t.id: t
        for capability in stack.catalogue.capabilities.values()
        if stage in capability.stages
        for t in stack.providers(capability.id, scope)
    }
    return [found[i] for i in sorted(found)]
