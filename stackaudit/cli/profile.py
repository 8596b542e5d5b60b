"""``stackaudit profile``: what a kind of company is expected to have, to connect and to do."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import BOLD, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.catalogue import Catalogue, Profile


class Act(StrEnum):
    """What to do with the profiles."""

    list = "list"
    show = "show"


def profile(
    act: Annotated[
        Act | None,
        typer.Argument(metavar="[list|show]", help="List the profiles, or show one."),
    ] = None,
    name: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The profile: its id or name.")
    ] = None,
    extra: Annotated[
        Path | None,
        typer.Option("--catalogue", metavar="PATH", help="Your own profiles, on top."),
    ] = None,
) -> int:
    """Show what a kind of company is expected to have, and why."""
    from stackaudit.catalogue import load_catalogue
    from stackaudit.cli.names import find_word

    if extra is not None:
        from stackaudit.cli.reading import must_exist

        must_exist(extra)
    known = load_catalogue(extra)
    if act is Act.show:
        if name is None:
            ids = ", ".join(known.profiles)
            raise CommandError("stackaudit profile show needs a profile", f"one of {ids}")
        by_name = {p.name: p.id for p in known.profiles.values()}
        found = find_word(name, [*known.profiles, *by_name], "profile")
        _show(known, known.profiles[by_name.get(found, found)])
        return DONE
    for each in known.profiles.values():
        say(paint(each.id, BOLD))
        say(wrapped(f"{each.name}: {each.definition}", "  "))
    say()
    say("stackaudit profile show ID says what it expects; `company: {profile: ID}` chooses it.")
    return DONE


def _show(known: Catalogue, chosen: Profile) -> None:
    say(f"{paint(chosen.id, BOLD)}: {chosen.name}")
    say(wrapped(chosen.definition, "  "))
    if chosen.size:
        say(f"  Size: {chosen.size}")
    if chosen.hub:
        say(wrapped(_capability(known, chosen.hub), "  In the middle: "))
    if chosen.regulation:
        say(wrapped(chosen.regulation, "  Rules: "))
    _capabilities(known, chosen)
    _flows(known, chosen)
    _journey(known, chosen)
    if chosen.processes:
        say()
        say(paint("Processes", BOLD))
        for process in chosen.processes:
            steps = " → ".join(_capability(known, step) for step in process.steps)
            say(wrapped(f"{process.name} ({_noun(known, process.carries)}): {steps}", "  ", "    "))
    _changes(chosen)


def _capability(known: Catalogue, name: str) -> str:
    entry = known.capabilities.get(name)
    return entry.name if entry is not None else name.removeprefix("tool:")


def _noun(known: Catalogue, name: str) -> str:
    entry = known.objects.get(name)
    return entry.noun if entry is not None else name


def _capabilities(known: Catalogue, chosen: Profile) -> None:
    """Show what is expected, area by area, musts first."""
    by_domain: dict[str, dict[str, list[str]]] = {}
    for capability, strength in chosen.expected.items():
        entry = known.capabilities.get(capability)
        domain = entry.domain if entry is not None else ""
        by_domain.setdefault(domain, {}).setdefault(strength, []).append(capability)
    say()
    counts = [
        f"{sum(1 for s in chosen.expected.values() if s == strength)} {strength}"
        for strength in ("must", "should", "could")
    ]
    say(paint(f"Capabilities: {', '.join(counts)}", BOLD))
    for domain, strengths in by_domain.items():
        area = known.domains.get(domain)
        say(f"  {area.name if area is not None else domain or 'Other'}")
        for strength in ("must", "should", "could"):
            names = [_capability(known, c) for c in strengths.get(strength, ())]
            if names:
                say(wrapped(", ".join(names), f"    {strength + ':':<8}"))


def _flows(known: Catalogue, chosen: Profile) -> None:
    flows = [f for f in chosen.flows if f.strength in ("must", "should", "could")]
    if not flows:
        return
    say()
    say(paint(f"Expected flows: {len(flows)}", BOLD))
    for strength in ("must", "should", "could"):
        for flow in flows:
            if flow.strength == strength:
                ends = f"{_capability(known, flow.source)} → {_capability(known, flow.target)}"
                limit = f", within: {flow.within}" if flow.within else ""
                say(
                    wrapped(f"{strength}: {_noun(known, flow.object)}, {ends}{limit}", "  ", "    ")
                )
                if flow.why:
                    say(wrapped(flow.why, "      "))


def _journey(known: Catalogue, chosen: Profile) -> None:
    if not chosen.journey:
        return
    say()
    say(paint("Journey", BOLD))
    for stage in chosen.journey:
        entry = known.stages.get(stage.stage)
        hands = f" hands on {_noun(known, stage.carries)}" if stage.carries else ""
        say(f"  {entry.name if entry is not None else stage.stage}{hands}")


def _changes(chosen: Profile) -> None:
    """Show what the profile changes of the checks and the scores."""
    lines = [
        f"{check}: {name.replace('_', ' ')} is {value:g}"
        for check, values in sorted(chosen.thresholds.items())
        for name, value in sorted(values.items())
    ]
    lines += [
        f"weight of {name} in the scores: {value:g}" for name, value in chosen.weights.items()
    ]
    if lines:
        say()
        say(paint("Changes", BOLD))
        for line in lines:
            say(wrapped(line, "  "))
