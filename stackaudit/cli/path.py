"""``stackaudit path``: how data gets from one tool to another, or why it does not."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE
from stackaudit.cli.terminal import BOLD, DIM, GREEN, RED, YELLOW, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.graph import Flow, Stack, StackTool
    from stackaudit.graph.views import Hop
    from stackaudit.graph.ways import Way


def path(
    source: Annotated[
        str, typer.Argument(metavar="FROM", help="The tool the data is in: its name or id.")
    ],
    target: Annotated[str, typer.Argument(metavar="TO", help="The tool it should get to.")],
    inventory: Annotated[
        Path, typer.Argument(metavar="PATH", help="The inventory: a YAML file or a folder.")
    ],
    data_object: Annotated[
        str | None,
        typer.Option(
            "--object", metavar="OBJECT", help="The data object. Default: all that get there."
        ),
    ] = None,
    scope: Annotated[
        str | None,
        typer.Option("--scope", metavar="SCOPE", help="Only this scope. Default: all of them."),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="As for audit.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
) -> int:
    """Show how data gets from one tool to another, or why it does not."""
    from stackaudit.cli.names import find_tool, find_word
    from stackaudit.cli.stacks import open_stack

    stack = open_stack(inventory, catalogue, as_of)
    a, b = find_tool(stack, source), find_tool(stack, target)
    scopes = None
    if scope is not None:
        scopes = [stack.scopes.index(find_word(scope, stack.scopes, "scope"))]
    for tool in (a, b):
        if not tool.in_use:
            say(f"{tool.name} is {tool.status}: no data goes through it.")
            return DONE
    if a is b:
        say(f"{a.name} is one tool: what it holds is there already.")
        return DONE
    if not any((a.scopes & b.scopes) >> n & 1 for n in scopes or range(len(stack.scopes))):
        say(
            f"{a.name} and {b.name} serve no scope in common: {_scopes(stack, a)} "
            f"and {_scopes(stack, b)}."
        )
        return DONE
    if data_object is not None:
        _one(stack, a, b, find_word(data_object, stack.catalogue.objects, "data object"), scopes)
    else:
        _all(stack, a, b, scopes)
    return DONE


def _scopes(stack: Stack, tool: StackTool) -> str:
    return ", ".join(stack.scope_names(tool.scopes))


def _noun(stack: Stack, data_object: str) -> str:
    return stack.catalogue.objects[data_object].noun


def _one(
    stack: Stack, a: StackTool, b: StackTool, data_object: str, scopes: Sequence[int] | None
) -> None:
    from stackaudit.graph.ways import ways

    for number, way in enumerate(ways(stack, a, b, data_object, scopes)):
        if number:
            say()
        _show(stack, a, b, way, [data_object])


def _all(stack: Stack, a: StackTool, b: StackTool, scopes: Sequence[int] | None) -> None:
    """Show every object that gets there, those with one path together; then all others."""
    from stackaudit.graph.ways import ways

    by_way: dict[object, tuple[Way, list[str]]] = {}
    perhaps: list[str] = []
    broken: list[str] = []
    for data_object in stack.catalogue.objects:
        for way in ways(stack, a, b, data_object, scopes):
            if way.works:
                same = (way.scopes, way.serving.outcome, way.hops)
                by_way.setdefault(same, (way, []))[1].append(data_object)
            elif way.serving.outcome == "broken":
                broken.append(data_object)
            elif way.serving.outcome == "unknown" and data_object in _handled(a, b):
                perhaps.append(data_object)
    for number, (way, objects) in enumerate(by_way.values()):
        if number:
            say()
        _show(stack, a, b, way, objects)
    if by_way and (perhaps or broken):
        say()
    for lead, objects in (
        ("Broken today, and would get there when mended", broken),
        ("Not known, because the content of integrations is not recorded", perhaps),
    ):
        if objects:
            say(wrapped(f"{lead}: {_things(stack, objects)}."))
    if not (by_way or broken or perhaps):
        _none(stack, a, b)
    if not by_way:
        say(f"Why one object does not: stackaudit path {a.id} {b.id} INVENTORY --object OBJECT")


def _none(stack: Stack, a: StackTool, b: StackTool) -> None:
    from stackaudit.graph.ways import ways

    say(f"No data is known to get from {a.name} to {b.name}.")
    back = [o for o in stack.catalogue.objects if any(w.works for w in ways(stack, b, a, o))]
    if back:
        say(wrapped(f"The other way round it does: {_things(stack, back)}."))


def _handled(a: StackTool, b: StackTool) -> set[str]:
    """Return the objects worth naming as possible: what either end is known to handle."""
    return set(a.handles or ()) | set(b.handles or ())


def _things(stack: Stack, objects: Sequence[str]) -> str:
    from stackaudit.source.words import listed

    return listed([_noun(stack, o) for o in dict.fromkeys(objects)], "and")


def _show(stack: Stack, a: StackTool, b: StackTool, way: Way, objects: Sequence[str]) -> None:
    things = _things(stack, objects)
    where = (
        ""
        if len(way.scopes) == len(stack.scopes)
        else (f" in {', '.join(stack.scopes[s] for s in way.scopes)}")
    )
    verb, style, tail = {
        "automatic": ("get", GREEN, ""),
        "maybe-automatic": ("get", GREEN, "; whether by itself is not known"),
        "manual": ("get", YELLOW, ", but only by hand"),
        "broken": ("do not get", RED, ": the way there is broken"),
        "unknown": ("may get", YELLOW, ": what the integrations carry is not recorded"),
        "no": ("do not get", RED, ""),
    }[way.serving.outcome]
    text = f"{things[:1].upper()}{things[1:]} {verb} from {a.name} to {b.name}{where}{tail}."
    say(paint(wrapped(text), BOLD, style))
    if way.serving.gated is not None:
        say(f"{way.serving.gated.name} holds {b.name} back until there is permission.")
    for number, hop in enumerate(way.hops, start=1):
        _hop(stack, number, hop, objects[0])
    if way.works:
        _total(stack, way)
        return
    if way.serving.outcome == "unknown":
        _unknown(stack, a, b, way)
    if way.serving.outcome == "no":
        _known(stack, a, b, way)
    _closing(stack, a, b, way)


def _hop(stack: Stack, number: int, hop: Hop, data_object: str) -> None:
    one, other = stack.tools[hop.source].name, stack.tools[hop.target].name
    if hop.flow < 0:
        say(wrapped(f"{one} → {other}: the suite shares it", f"  {number}. "))
        return
    flow = stack.flows[hop.flow]
    if flow.kind == "host":
        say(wrapped(f"{one} → {other}: one runs inside the other", f"  {number}. "))
        return
    say(wrapped(f"{one} → {other}: {', '.join(_how(stack, flow, data_object))}", f"  {number}. "))
    place = flow.record.where() if flow.record is not None else None
    say(paint(f"     {flow.id}{f' ({place})' if place is not None else ''}", DIM))


def _how(stack: Stack, flow: Flow, data_object: str) -> list[str]:
    """Return how an integration works, in words: state, method, carrier, interval, content."""
    from stackaudit.graph.intervals import in_words

    record = flow.record
    method = stack.catalogue.methods.get(flow.method or "")
    parts = [] if flow.live else [flow.status]
    parts.append(method.name if method is not None else "method not known")
    if flow.via:
        parts.append(f"through {' and '.join(stack.tools[v].name for v in flow.via)}")
    if flow.automatic is False:
        parts.append("by hand")
    elif flow.automatic is None:
        parts.append("by itself or by hand: not known")
    if flow.minutes is not None:
        parts.append(f"at most {in_words(flow.minutes)}")
    elif flow.automatic is not False:
        parts.append("how often is not known")
    if record is not None and record.only:
        parts.append(f"only {record.only}")
    if flow.objects is None:
        parts.append("content not recorded")
    if flow.direction == "unknown":
        parts.append("direction not recorded")
    elif flow.objects is not None and data_object not in flow.objects:
        parts.append("carries something else")
    return parts


def _total(stack: Stack, way: Way) -> None:
    from stackaudit.graph.intervals import in_words

    flows = [stack.flows[h.flow] for h in way.hops if h.flow >= 0]
    timed = [f for f in flows if f.kind == "integration"]
    if way.serving.same_tool is not None or not timed:
        return
    minutes = sum(f.minutes or 0 for f in timed)
    if all(f.minutes is not None for f in timed):
        say(f"  At worst {in_words(minutes)} old on arrival.")
    elif minutes:
        say(
            f"  At worst more than {in_words(minutes)} old on arrival: not every interval is known."
        )
    else:
        say("  How old it is on arrival is not known.")


def _unknown(stack: Stack, a: StackTool, b: StackTool, way: Way) -> None:
    from stackaudit.graph.ways import open_ends

    flows = open_ends(stack, a, b, way.data_object, way.scopes[0])
    if flows:
        ends = ", ".join(f.id for f in flows)
        say(wrapped(f"The other end of these integrations is not known: {ends}.", "  "))
    asked = sorted({stack.flows[h.flow].id for h in way.hops if h.flow >= 0 and _open(stack, h)})
    if asked:
        say(wrapped(f"To settle it, write what these carry: {', '.join(asked)}.", "  "))


def _open(stack: Stack, hop: Hop) -> bool:
    flow = stack.flows[hop.flow]
    return flow.objects is None or flow.direction == "unknown"


def _known(stack: Stack, a: StackTool, b: StackTool, way: Way) -> None:
    """Say what is known where there is no path."""
    from stackaudit.graph.ways import near

    things, scope = _noun(stack, way.data_object), way.scopes[0]
    ahead = near(stack, a, way.data_object, scope, ahead=True)
    behind = near(stack, b, way.data_object, scope, ahead=False)
    names = ", ".join(t.name for t in ahead)
    say(wrapped(f"From {a.name}, {things} get to {names or 'no other tool'}.", "  "))
    names = ", ".join(t.name for t in behind)
    say(wrapped(f"{b.name} gets {things} from {names or 'no other tool'}.", "  "))
    stated = stack.absence_is_stated([a.index], [b.index], way.data_object, scope)
    if not stated:
        say(
            wrapped(
                "The list of integrations is not stated to be complete: one may be missing.",
                "  ",
            )
        )


def _closing(stack: Stack, a: StackTool, b: StackTool, way: Way) -> None:
    """Name the cheapest integration that would give a path."""
    from stackaudit.graph.ways import would_close

    best = would_close(stack, a, b, way.data_object, way.scopes)
    if best is None or way.serving.outcome == "unknown":
        return
    one, other = stack.tools[best.source].name, stack.tools[best.target].name
    things = _noun(stack, way.data_object)
    if best.flow is not None:
        text = f"Cheapest: repair {one} → {other} ({stack.flows[best.flow].id})."
    else:
        text = f"Cheapest: connect {one} to {other} for {things}."
    say(wrapped(text, "  "))
