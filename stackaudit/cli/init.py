"""``stackaudit init``: a first inventory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated, Final

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import BOLD, paint, say

DEFAULT: Final = Path("inventory.yaml")


def init(
    path: Annotated[
        Path, typer.Argument(metavar="[PATH]", help="The file to write. Default: inventory.yaml.")
    ] = DEFAULT,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a file that is there.")
    ] = False,
) -> int:
    """Start an inventory: ask a few questions, or write a commented example."""
    from stackaudit.writing import WritingError, write_together

    target = path / DEFAULT if path.is_dir() else path
    if target.suffix not in (".yaml", ".yml"):
        raise CommandError(
            f"{target} does not end in .yaml", f"stackaudit init {target.with_suffix('.yaml')}"
        )
    if target.exists() and not force:
        raise CommandError(
            f"{target} is there already", "name another file, or add --force to write over it"
        )
    text = _ask() if at_terminal() else _example()
    try:
        write_together({target: text})
    except WritingError as error:
        raise CommandError(str(error)) from error
    say(f"Wrote {target}. Next:")
    say(f"  stackaudit validate {target}")
    say(f"  stackaudit audit {target} --open")
    return DONE


def at_terminal() -> bool:
    """Return whether a person is there to answer questions."""
    return sys.stdin.isatty() and sys.stdout.isatty()


def _example() -> str:
    from stackaudit.inventory.starter import starter

    return starter()


def _ask() -> str:
    """Return an inventory made from the answers to five questions; empty ones are left out."""
    from stackaudit.catalogue import load_catalogue
    from stackaudit.inventory.starter import starter

    say("Five questions; leave one empty when you do not know. Everything can be changed later.")
    say()
    name = _answer("What is the company called?") or "My company"
    profiles = list(load_catalogue().profiles.values())
    say(paint("What kind of company is it?", BOLD))
    for number, profile in enumerate(profiles, start=1):
        say(f"  {number}  {profile.name}")
    profile_id = _choice(_answer("Number:"), [profile.id for profile in profiles])
    currency = _answer("In which currency are costs (EUR, USD ...)?").upper()
    tools = _list(_answer("Which marketing tools are in use? Names, with commas between:"))
    integrations = _list(_answer("Which exchange data? As A -> B or A <-> B, with commas between:"))
    say()
    return starter(
        name=name,
        profile=profile_id,
        currency=currency or None,
        tools=tools,
        integrations=integrations,
    )


def _answer(question: str) -> str:
    try:
        return input(f"{paint(question, BOLD)} ").strip()
    except EOFError:
        return ""


def _choice(answer: str, known: list[str]) -> str | None:
    if answer.isdigit() and 1 <= int(answer) <= len(known):
        return known[int(answer) - 1]
    return answer if answer in known else None


def _list(answer: str) -> list[str]:
    return [part.strip() for part in answer.split(",") if part.strip()]
