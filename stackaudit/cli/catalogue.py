"""``stackaudit catalogue``: what is known of products, capabilities, objects and profiles."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stackaudit.cli.errors import DONE, CommandError, nearest
from stackaudit.cli.terminal import BOLD, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.catalogue import Capability, Catalogue, Product, Profile

MOST: Final = 40
"""Hits of one kind that are printed."""


class Act(StrEnum):
    """What to do with the catalogue."""

    search = "search"
    show = "show"


def catalogue(
    act: Annotated[
        Act | None,
        typer.Argument(metavar="[search|show]", help="Look for a word, or show one entry."),
    ] = None,
    word: Annotated[
        str | None, typer.Argument(metavar="[WORD|ID]", help="The word, name or id.")
    ] = None,
    extra: Annotated[
        Path | None,
        typer.Option(
            "--catalogue", metavar="PATH", help="Your own catalogue file or folder, on top."
        ),
    ] = None,
) -> int:
    """Look up known products, capabilities and profiles."""
    from stackaudit.catalogue import load_catalogue

    known = load_catalogue(extra)
    if act is None:
        _overview(known)
    elif word is None:
        raise CommandError(
            f"stackaudit catalogue {act} needs a word", f"as in: stackaudit catalogue {act} klaviyo"
        )
    elif act is Act.search:
        _search(known, word)
    else:
        _show(known, word)
    return DONE


def _overview(known: Catalogue) -> None:
    say("The catalogue knows")
    for number, what in (
        (len(known.products), "products"),
        (len(known.capabilities), "capabilities"),
        (len(known.objects), "data objects"),
        (len(known.profiles), f"profiles: {', '.join(known.profiles)}"),
        (len(known.suites), "suites"),
        (len(known.methods), "integration methods"),
        (len(known.channels), f"channels: {', '.join(known.channels)}"),
        (len(known.rules), "rules"),
    ):
        say(wrapped(what, f"  {number:>6,}  "))
    say()
    say("stackaudit catalogue search WORD finds entries; stackaudit catalogue show ID shows one.")


def _search(known: Catalogue, word: str) -> None:
    wanted = word.casefold()
    hits: dict[str, list[tuple[str, str]]] = {
        "Products": [
            (p.id, f"{p.name} ({p.vendor})" if p.vendor else p.name)
            for p in known.products.values()
            if any(wanted in text.casefold() for text in (p.id, p.name, p.vendor, *p.aliases))
        ],
        "Capabilities": [
            (c.id, c.definition)
            for c in known.capabilities.values()
            if wanted in f"{c.id} {c.name} {c.definition}".casefold()
        ],
        "Data objects": [
            (o.id, o.definition)
            for o in known.objects.values()
            if wanted in f"{o.id} {o.name} {' '.join(o.names.values())}".casefold()
        ],
        "Profiles": [
            (p.id, p.definition)
            for p in known.profiles.values()
            if wanted in f"{p.id} {p.name} {p.definition}".casefold()
        ],
    }
    if not any(hits.values()):
        names = [*known.products, *known.capabilities, *known.objects, *known.profiles]
        raise CommandError(f"nothing in the catalogue matches {word!r}", nearest(word, names))
    for kind, found in hits.items():
        if found:
            say(paint(f"{kind} ({len(found)})", BOLD))
            for name, text in sorted(found)[:MOST]:
                say(wrapped(text, f"  {name:<32}  "))
            if len(found) > MOST:
                say(f"  ... and {len(found) - MOST} more")


def _show(known: Catalogue, name: str) -> None:
    from stackaudit.source.words import make_id

    wanted = make_id(name)
    product = known.products.get(wanted) or _by_alias(known, wanted)
    shown = False
    if product is not None:
        _product(known, product)
        shown = True
    if wanted in known.capabilities:
        _capability(known, known.capabilities[wanted])
        shown = True
    if wanted in known.profiles:
        _profile(known.profiles[wanted])
        shown = True
    if wanted in known.objects:
        entry = known.objects[wanted]
        say(f"{paint(entry.id, BOLD)}: {entry.name} (data object)")
        say(wrapped(entry.definition))
        _line("Personal data", [entry.personal_data])
        _line("Called elsewhere", [f"{value} ({key})" for key, value in entry.names.items()])
        shown = True
    if not shown:
        names = [*known.products, *known.capabilities, *known.objects, *known.profiles]
        hint = nearest(wanted, names) or f"stackaudit catalogue search {name}"
        raise CommandError(f"the catalogue has no {name!r}", hint)


def _by_alias(known: Catalogue, wanted: str) -> Product | None:
    from stackaudit.source.words import make_id

    for product in known.products.values():
        if wanted in (make_id(product.name), *(make_id(alias) for alias in product.aliases)):
            return product
    return None


def _line(label: str, values: list[str]) -> None:
    if values:
        say(wrapped(", ".join(values), f"  {label + ':':<17} "))


def _product(known: Catalogue, product: Product) -> None:
    say(f"{paint(product.id, BOLD)}: {product.name} (product)")
    _line("Vendor", [product.vendor] if product.vendor else [])
    _line("Also called", list(product.aliases))
    _line("Capabilities", [f"{key} ({value})" for key, value in product.capabilities.items()])
    _line("Handles", list(product.objects))
    suite = known.suites.get(product.suite)
    _line("Suite", [suite.name] if suite else [])
    since = f" ({product.status_date})" if product.status_date else ""
    _line("Status", [f"{product.status}{since}"])
    _line("Successor", [product.successor] if product.successor else [])
    _line("Note", [product.note] if product.note else [])


def _capability(known: Catalogue, capability: Capability) -> None:
    say(f"{paint(capability.id, BOLD)}: {capability.name} (capability)")
    say(wrapped(capability.definition))
    _line("Stages", list(capability.stages))
    roles = [f"{name} ({', '.join(found)})" for name, found in capability.roles.items()]
    _line("Data", roles)
    _line("Expected by", [f"{key} ({value})" for key, value in capability.expected.items()])
    providers = [
        p.id for p in known.products.values() if p.capabilities.get(capability.id) == "primary"
    ]
    more = [f"and {len(providers) - 12} more"] if len(providers) > 12 else []
    _line("Bought for it", sorted(providers)[:12] + more)


def _profile(profile: Profile) -> None:
    say(f"{paint(profile.id, BOLD)}: {profile.name} (profile)")
    say(wrapped(profile.definition))
    for strength in ("must", "should", "could"):
        _line(
            strength.capitalize(),
            [key for key, value in profile.expected.items() if value == strength],
        )
    _line("Processes", [process.name for process in profile.processes])
