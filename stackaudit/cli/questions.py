"""``stackaudit questions``: the interview sheet of an audit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import link, pour, say

if TYPE_CHECKING:
    from stackaudit.result import AuditResult


class SheetForm(StrEnum):
    """How to write the sheet."""

    md = "md"
    yaml = "yaml"


def questions(
    path: Annotated[
        Path,
        typer.Argument(metavar="PATH", help="The inventory, or the JSON of an audit of it."),
    ],
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Where to write. Default: print it."),
    ] = None,
    form: Annotated[
        SheetForm | None,
        typer.Option(
            "--format",
            metavar="md|yaml",
            help="md to print or mail, yaml to fill in and merge with `stackaudit answer`. "
            "Default: by the ending of FILE, else md.",
        ),
    ] = None,
    as_of: Annotated[
        str | None, typer.Option("--as-of", metavar="DATE", help="As for audit.")
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
) -> int:
    """Write what could not be judged as questions to the people who know."""
    from stackaudit.cli.reading import read_result

    if output is not None and str(output) == "-":
        output = None
    form = form or _form_of(output)
    result: AuditResult
    if path.suffix == ".json" and not path.is_dir():
        if as_of is not None or catalogue is not None:
            raise CommandError(
                "the JSON of an audit has its day and its catalogue", "name the inventory instead"
            )
        result = read_result(path)
        inputs = [path]
    else:
        from stackaudit.cli.audit import judge, read, read_day

        day = read_day(as_of)
        resolved = read(path, catalogue, quiet=True)
        result = judge(resolved, day)
        inputs = list(resolved.paths)
    from stackaudit.interview import as_markdown, as_yaml, interview

    text = as_yaml(result) if form is SheetForm.yaml else as_markdown(result)
    if output is None:
        pour(text)
        return DONE
    from stackaudit.writing import WritingError, write_together

    if output.is_dir():
        raise CommandError(f"{output} is a folder", f"name a file in it: {output}/questions.md")
    try:
        write_together({output: text}, inputs)
    except WritingError as error:
        raise CommandError(str(error), "choose another place with -o") from error
    from stackaudit.cli.problems import counted

    parts = interview(result)
    number = sum(len(part.questions) for part in parts)
    people = counted(len(parts), "person or team", "people or teams")
    say(f"{counted(number, 'question')} for {people}: {link(output)}")
    if form is SheetForm.yaml:
        say(f"Filled in, it goes back with: stackaudit answer {output} INVENTORY")
    return DONE


def _form_of(output: Path | None) -> SheetForm:
    suffix = output.suffix.lower() if output is not None else ""
    return SheetForm.yaml if suffix in (".yaml", ".yml") else SheetForm.md
