"""``stackaudit answer``: a filled-in interview sheet, merged into the inventory."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import BOLD, YELLOW, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.answering import Answered


def answer(
    sheet: Annotated[
        Path,
        typer.Argument(
            metavar="SHEET", help="The YAML that `stackaudit questions` wrote, filled in."
        ),
    ],
    inventory: Annotated[
        Path, typer.Argument(metavar="INVENTORY", help="The inventory: a YAML file or a folder.")
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would change, and write nothing.")
    ] = False,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
) -> int:
    """Write the answers of a filled-in sheet into the inventory."""
    from stackaudit.answering import answer_inventory, read_sheet
    from stackaudit.cli.reading import must_exist
    from stackaudit.writing import WritingError, write_together

    for path in (sheet, inventory, *((catalogue,) if catalogue is not None else ())):
        must_exist(path)
    if sheet.is_dir():
        raise CommandError(f"{sheet} is a folder", "name the sheet first, then the inventory")
    answers, left = read_sheet(sheet.read_bytes(), str(sheet))
    outcome = answer_inventory(answers, inventory, catalogue)
    if outcome.files and not dry_run:
        try:
            write_together(outcome.files)
        except WritingError as error:
            raise CommandError(str(error), "nothing was written") from error
    _show(outcome, len(answers), left, dry_run)
    return DONE


def _show(outcome: Answered, answered: int, left: int, dry_run: bool) -> None:
    from stackaudit.cli.problems import counted

    for file in dict.fromkeys(change.file for change in outcome.changes):
        say(paint(file, BOLD))
        for change in outcome.changes:
            if change.file == file:
                say(wrapped(change.text, "  + ", "    "))
    for note in outcome.notes:
        say(wrapped(note, "Note: ", "  "))
    for conflict in outcome.conflicts:
        label = paint("contradiction:", BOLD, YELLOW, stream=sys.stderr)
        given = " ".join(conflict.answer.shown.split())
        say(
            f"{conflict.answer.mark}: {label} {conflict.answer.fill}: the answer is {given}, "
            f"and the inventory says {conflict.stated} ({conflict.place}); nothing was changed",
            sys.stderr,
        )
    if not answered:
        say("The sheet holds no answers yet.")
        return
    verb = "would be written" if dry_run else "written"
    said = [f"{counted(len(outcome.changes), 'change')} {verb}"]
    if outcome.same:
        said.append(f"{counted(outcome.same, 'answer')} that the inventory had already")
    if outcome.conflicts:
        said.append(f"{counted(len(outcome.conflicts), 'contradiction')} left to settle by hand")
    if left:
        said.append(f"{counted(left, 'place')} left empty")
    say("; ".join(said) + ".")
