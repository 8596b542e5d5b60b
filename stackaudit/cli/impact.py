"""``stackaudit impact``: what falls when a tool, vendor, integration or person is lost."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import BOLD, RED, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.graph import Flow, Stack, StackTool
    from stackaudit.graph.demands import End
    from stackaudit.graph.impact import Need
    from stackaudit.graph.views import Loss

KINDS = ("tool", "vendor", "integration", "person")
MUST = " (must)"


@dataclass(frozen=True)
class Element:
    """What is taken away: tools, or one integration, or a person."""

    kind: str
    name: str
    tools: tuple[int, ...] = ()
    flows: tuple[int, ...] = ()


def impact(
    name: Annotated[
        str,
        typer.Argument(
            metavar="NAME",
            help="A tool, vendor, integration or person; vendor:NAME and the like where a name is "
            "several.",
        ),
    ],
    inventory: Annotated[
        Path, typer.Argument(metavar="PATH", help="The inventory: a YAML file or a folder.")
    ],
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="As for audit.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
) -> int:
    """Show what falls when a tool, vendor, integration or person is lost."""
    from stackaudit.cli.stacks import open_stack

    stack = open_stack(inventory, catalogue, as_of)
    element = _find(stack, name)
    if element.kind == "person":
        _person(stack, element.name)
        return DONE
    loss = stack.impact.loss_of(element.tools, element.flows)
    say(paint(f"{element.name} ({element.kind})", BOLD))
    _what(stack, element, loss)
    after = list(stack.impact.after(loss))
    fallen = [need for need, outcome in after if outcome == "no"]
    if fallen:
        lines = _lines(stack, fallen)
        must = sum(1 for line in lines if line.endswith(MUST))
        count = f"{len(lines)} needed flow{'s' if len(lines) > 1 else ''} would stop"
        _list(f"{count}{f', {must} of them musts' if must else ''}:", lines, BOLD, RED)
    else:
        say()
        say("No needed flow that works today would stop.")
    kept = [need for need, outcome in after if outcome not in ("no", "unknown")]
    _list("Served another way without it:", _lines(stack, kept, loss), BOLD)
    unsure = [need for need, outcome in after if outcome == "unknown"]
    words = "Not known, because integrations of unknown content could take over:"
    _list(words, _lines(stack, unsure), BOLD)
    _alone(stack, loss)
    return DONE


def _list(head: str, lines: Sequence[str], *style: str) -> None:
    if lines:
        say()
        say(paint(head, *style))
        for line in lines:
            say(wrapped(line, "  - "))


# -------------------------------------------------------------------- finding what is meant


def _find(stack: Stack, name: str) -> Element:
    kind, _, rest = name.partition(":")
    if kind in KINDS and rest:
        found = _of_kind(stack, kind, rest.strip())
        if found is None:
            raise _nothing(stack, rest.strip(), [kind])
        return found
    for each in KINDS:
        found = _of_kind(stack, each, name)
        if found is not None:
            return found
    raise _nothing(stack, name, KINDS)


def _of_kind(stack: Stack, kind: str, name: str) -> Element | None:
    from stackaudit.source.words import make_id

    wanted = make_id(name)
    if kind == "tool":
        tool = stack.tool(name)
        return Element(kind, tool.name, (tool.index,)) if tool is not None else None
    if kind == "vendor":
        known = stack.impact.vendors.get(wanted)
        return Element(kind, known[0], tuple(sorted(known[1]))) if known is not None else None
    if kind == "integration":
        flow = next((f for f in stack.flows if wanted in (f.id, make_id(f.id))), None)
        return Element(kind, flow.id, (), (flow.index,)) if flow is not None else None
    people = {make_id(p): p for p in _people(stack)}
    return Element(kind, people[wanted]) if wanted in people else None


def _nothing(stack: Stack, name: str, kinds: Sequence[str]) -> CommandError:
    from stackaudit.cli.names import called
    from stackaudit.source.words import did_you_mean

    known: set[str] = set()
    if "tool" in kinds:
        known |= called(stack.tools)
    if "vendor" in kinds:
        known |= {vendor for vendor, _ in stack.impact.vendors.values()}
    if "integration" in kinds:
        known |= {f.id for f in stack.flows if f.kind == "integration"}
    if "person" in kinds:
        known |= set(_people(stack))
    what = " or ".join(kinds)
    return CommandError(
        f"the inventory of {stack.inventory.company.name} has no {what} called {name!r}",
        did_you_mean(name, known, "the registers of the report list all of them"),
    )


def _people(stack: Stack) -> list[str]:
    """Return everybody who is named as an owner; teams and roles are people here too."""
    inventory = stack.inventory
    found: set[str] = set()
    for tool in inventory.tools:
        found.update(tool.owner or (), tool.technical_owner or ())
    for integration in inventory.integrations or ():
        found.update(integration.owner or (), integration.technical_owner or ())
    for contract in inventory.contracts:
        found.update(contract.owner or ())
    for process in inventory.processes:
        found.update(process.owner or ())
    return sorted(found - {"withheld"})


# -------------------------------------------------------------------- showing


def _what(stack: Stack, element: Element, loss: Loss) -> None:
    """Say what the element is, and who answers for it."""
    if element.kind == "vendor":
        say(wrapped(", ".join(stack.tools[t].name for t in element.tools), "  Its tools: "))
    apps = sorted(stack.tools[t].name for t in loss.tools - set(element.tools))
    if apps:
        say(wrapped(f"{', '.join(apps)} run inside and go with it.", "  "))
    for number in element.tools:
        tool = stack.tools[number]
        if not tool.in_use:
            say(f"  {tool.name} is {tool.status}.")
        _owners(tool if len(element.tools) == 1 else None, tool)
        contract = stack.contract_of.get(number)
        if contract is not None and contract.ends is not None and len(element.tools) == 1:
            say(f"  Its contract ends on {contract.ends.isoformat()}.")
    for number in element.flows:
        _integration(stack, stack.flows[number])


def _owners(shown: StackTool | None, tool: StackTool) -> None:
    record = tool.record
    lead = "" if shown is not None else f"{tool.name}: "
    owner = ", ".join(record.owner or ()) if record is not None else ""
    technical = ", ".join(record.technical_owner or ()) if record is not None else ""
    if record is not None and record.owner == () and not technical:
        say(f"  {lead}nobody owns it, says the inventory.")
    elif owner or technical:
        keeps = f"; {technical} keeps it running" if technical else ""
        say(wrapped(f"{lead}{f'owned by {owner}' if owner else 'owner not known'}{keeps}", "  "))
    else:
        say(f"  {lead}owner not known.")


def _integration(stack: Stack, flow: Flow) -> None:
    ends = [stack.tools[e].name if e is not None else "unknown" for e in (flow.source, flow.target)]
    what = ", ".join(sorted(flow.objects)) if flow.objects is not None else "content not recorded"
    say(wrapped(f"{' → '.join(ends)}: {what}; {flow.status}", "  "))
    owner = flow.record.owner if flow.record is not None else None
    words = "nobody" if owner == () else ", ".join(owner) if owner else "not known"
    say(f"  Who answers for it: {words}")


def _lines(stack: Stack, needs: Iterable[Need], loss: Loss | None = None) -> list[str]:
    """Return flows in words, musts first; one that is the same in several scopes stands once.

    With a loss it is said how each is served without what is lost.
    """
    scopes: dict[tuple[bool, str, str], set[int]] = {}
    for need in needs:
        how = _instead(stack, need, loss) if loss is not None else ""
        scopes.setdefault((not need.must, _flow(stack, need), how), set()).add(need.scope)
    found = []
    for (could, text, how), where in sorted(scopes.items()):
        names = ", ".join(stack.scopes[s] for s in sorted(where))
        tail = "" if len(where) == len(stack.scopes) else f", in {names}"
        found.append(f"{text}{tail}{how}{'' if could else MUST}")
    return found


def _flow(stack: Stack, need: Need) -> str:
    noun = stack.catalogue.objects[need.data_object].noun
    ends = f"from {_end(stack, need.source)} to {_end(stack, need.target)}"
    return f"{noun[:1].upper()}{noun[1:]} {ends}"


def _instead(stack: Stack, need: Need, loss: Loss) -> str:
    """Return how a flow is served without what is lost, in words."""
    from stackaudit.graph.demands import serve

    serving = serve(stack, need.source, need.target, need.data_object, need.scope, loss)
    over = [stack.tools[hop.target].name for hop in serving.hops[:-1]]
    how = f": through {', '.join(over)}" if over else ""
    return f"{how}{', by hand' if serving.outcome == 'manual' else ''}"


def _end(stack: Stack, end: End) -> str:
    names = ", ".join(t.name for t in end.tools)
    capability = stack.catalogue.capabilities.get(end.capability or "")
    return f"{capability.name} ({names})" if capability is not None else names or end.name


def _alone(stack: Stack, loss: Loss) -> None:
    """Say what only the lost tools do: expected capabilities and systems of record."""
    sole: list[str] = []
    for capability in stack.catalogue.capabilities.values():
        strength, _ = stack.expectation(capability.id)
        tools = stack.providers(capability.id)
        if strength in ("must", "should") and tools and all(t.index in loss.tools for t in tools):
            sole.append(f"{capability.name} ({strength})")
    if sole:
        say()
        say(wrapped(", ".join(sole), "Nothing else provides: ", "  "))
    records = sorted(
        {
            stack.catalogue.objects[o].name if o in stack.catalogue.objects else o
            for (o, _), fact in stack.records.items()
            if fact.declared and loss.tools.issuperset(fact.tools)
        }
    )
    if records:
        say()
        say(wrapped(", ".join(records), "Only here is the record of: ", "  "))


def _person(stack: Stack, person: str) -> None:
    """Say what a person keeps, and what of it nobody else keeps."""
    say(paint(f"{person} (person)", BOLD))
    keeps: dict[str, list[str]] = {"alone": [], "with others": []}
    critical = []
    for tool in stack.subjects:
        record = tool.record
        if record is None:
            continue
        people = {*(record.owner or ()), *(record.technical_owner or ())}
        if person in people:
            keeps["alone" if people == {person} else "with others"].append(tool.name)
            if people == {person} and tool.index in stack.critical_tools:
                critical.append(tool.name)
    for how, tools in keeps.items():
        if tools:
            say(wrapped(", ".join(sorted(tools)), f"  Keeps {how}: "))
    inventory = stack.inventory
    flows = [f.id for f in stack.flows if f.record is not None and person in (f.record.owner or ())]
    for label, names in (
        ("Integrations", flows),
        ("Processes", [p.name for p in inventory.processes if person in (p.owner or ())]),
        ("Contracts", [c.id for c in inventory.contracts if person in (c.owner or ())]),
    ):
        if names:
            say(wrapped(", ".join(sorted(names)), f"  {label}: "))
    say()
    if critical:
        text = f"Needed flows or capabilities depend on what nobody else keeps: {_and(critical)}."
        say(paint(wrapped(text), BOLD, RED))
    else:
        say("Nothing that a needed flow depends on is kept by this person alone.")


def _and(names: Sequence[str]) -> str:
    from stackaudit.source.words import listed

    return listed(sorted(names), "and")
