"""``stackaudit template``: an empty workbook for a new audit."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError, nearest
from stackaudit.cli.terminal import say


def template(
    path: Annotated[
        Path, typer.Argument(metavar="FILE", help="The workbook to write, ending in .xlsx.")
    ],
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            metavar="ID",
            help="List what such a company usually has: stackaudit profile list.",
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a workbook that is there.")
    ] = False,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
) -> int:
    """Write an empty workbook to list a stack in, with examples and lists to choose from."""
    from stackaudit.catalogue.load import load_catalogue
    from stackaudit.cli.export import check_target, write_workbook
    from stackaudit.importers.spreadsheet.write import template_workbook

    check_target(path, force=force)
    known = load_catalogue(catalogue)
    chosen = known.profiles.get(profile) if profile else None
    if profile and chosen is None:
        hint = nearest(profile, known.profiles) or f"known: {', '.join(known.profiles)}"
        raise CommandError(f"there is no profile {profile}", hint)
    write_workbook(path, lambda: template_workbook(known, chosen), [])
    say(f"Wrote {path}.")
    say(f"When it is filled in: stackaudit import {path} -o inventory.yaml")
    return DONE
