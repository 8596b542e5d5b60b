"""``stackaudit checks``: which checks there are."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.terminal import BOLD, complain, paint, pour, say, wrapped
from stackaudit.cli.validate import Form


def checks(
    form: Annotated[
        Form,
        typer.Option("--format", metavar="text|json", help="Print for people or for programs."),
    ] = Form.text,
    docs: Annotated[
        Path | None,
        typer.Option(
            "--docs", metavar="DIR", help="Write the page of every check into this folder."
        ),
    ] = None,
) -> int:
    """List the checks and what each one asks."""
    from stackaudit.registry import installed

    registry = installed()
    for broken in registry.failed:
        complain(f"the checks of {broken.name} cannot be used: {broken.error}")
    found = [entry.check for entry in registry.checks]
    if docs is not None:
        from stackaudit.cli.pages import all_pages
        from stackaudit.writing import WritingError, write_together

        try:
            write_together(all_pages(docs, found))
        except WritingError as error:
            raise CommandError(str(error)) from error
        say(f"{len(found)} pages written to {docs}")
        return DONE
    if form is Form.json:
        from stackaudit.cli.problems import as_json

        pour(
            as_json(
                [
                    {
                        "id": check.id,
                        "title": check.title,
                        "category": check.category,
                        "severity": check.severity,
                        "thresholds": check.thresholds(),
                        "summary": check.page()["summary"],
                    }
                    for check in found
                ]
            )
        )
        return DONE
    from stackaudit.result import CATEGORIES

    for category in CATEGORIES:
        of_category = [check for check in found if check.category == category]
        if of_category:
            say(paint(category.capitalize(), BOLD))
            for check in of_category:
                say(f"  {check.id}")
                say(wrapped(" ".join(check.page()["summary"].split()), "      "))
            say()
    say("stackaudit explain CHECK says why it matters, what to do and when it is wrong.")
    return DONE
