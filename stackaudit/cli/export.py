"""``stackaudit export``: an inventory as a workbook that people fill in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import say


def export(
    path: Annotated[
        Path, typer.Argument(metavar="INVENTORY", help="The inventory: a YAML file or a folder.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", metavar="FILE", help="The workbook. Default: INVENTORY.xlsx."
        ),
    ] = None,
    force: Annotated[
        bool, typer.Option("--force", help="Write over a workbook that is there.")
    ] = False,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
) -> int:
    """Write an inventory as a workbook, to be filled in and imported again."""
    from stackaudit.cli.reading import read_inventory
    from stackaudit.importers.spreadsheet.write import export_workbook

    target = output or Path(f"{path.resolve().stem}.xlsx")
    check_target(target, force=force)
    stack = read_inventory(path, catalogue)
    write_workbook(target, lambda: export_workbook(stack), list(stack.paths))
    say(f"Wrote {target}.")
    say(f"When it is filled in: stackaudit import {target} -o {path}")
    return DONE


def check_target(target: Path, *, force: bool) -> None:
    """Raise :class:`CommandError` for a name that is no workbook's, or one that is taken."""
    if target.suffix.lower() != ".xlsx":
        raise CommandError(f"{target} is no name of a workbook", "let it end in .xlsx")
    if target.exists() and not force:
        hint = "somebody may have filled it in: name another file, or add --force to write over it"
        raise CommandError(f"{target} is there already", hint)


def write_workbook(target: Path, made: object, inputs: list[Path]) -> None:
    """Write what a function makes, or raise :class:`CommandError`."""
    from stackaudit.importers.model import ImportFailure
    from stackaudit.writing import WritingError, write_together

    assert callable(made)
    try:
        write_together({target: made()}, inputs)
    except ImportFailure as failure:
        raise CommandError(str(failure), failure.hint) from None
    except WritingError as error:
        raise CommandError(str(error), "nothing was written; choose another place") from error
