"""``stackaudit report``: the report drawn again from the data of an earlier audit."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from stackaudit.cli.errors import DONE, CommandError
from stackaudit.cli.outputs import Audience, PaperSize, PdfEngine
from stackaudit.cli.terminal import pour


class Form(StrEnum):
    """What can be drawn from a result."""

    html = "html"
    pdf = "pdf"


def report(
    result_file: Annotated[
        Path, typer.Argument(metavar="RESULT", help="The JSON file an audit wrote.")
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            help="Where to write. Default: beside the JSON, ending in .html or .pdf.",
        ),
    ] = None,
    form: Annotated[
        Form | None,
        typer.Option(
            "--format",
            metavar="html|pdf",
            help="What to draw. Default: by the ending of FILE, else html.",
        ),
    ] = None,
    pdf_engine: Annotated[
        PdfEngine | None,
        typer.Option("--pdf-engine", metavar="ENGINE", help="As for audit."),
    ] = None,
    paper: Annotated[
        PaperSize | None,
        typer.Option("--paper", metavar="SIZE", help="As for audit."),
    ] = None,
    audience: Annotated[
        Audience | None,
        typer.Option("--audience", metavar="WHO", help="As for audit."),
    ] = None,
    language: Annotated[
        str | None,
        typer.Option("--language", metavar="LANGUAGE", help="As for audit."),
    ] = None,
    locale: Annotated[
        str | None,
        typer.Option("--locale", metavar="LOCALE", help="As for audit."),
    ] = None,
    open_report: Annotated[
        bool, typer.Option("--open", help="Open the report in the browser.")
    ] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")] = False,
    redact: Annotated[
        str | None,
        typer.Option(
            "--redact",
            metavar="LIST",
            help="Leave out: people, costs, vendors, or several of them.",
        ),
    ] = None,
    brand: Annotated[
        Path | None,
        typer.Option("--brand", metavar="FILE", help="As for audit."),
    ] = None,
    comments: Annotated[
        Path | None,
        typer.Option("--comments", metavar="FILE", help="As for audit."),
    ] = None,
    since: Annotated[
        Path | None,
        typer.Option(
            "--since",
            metavar="RESULT",
            help="The JSON file of the audit before, as for audit.",
        ),
    ] = None,
) -> int:
    """Draw the report again from the JSON of an earlier audit."""
    from stackaudit.cli.dressing import dressed, read_dressing
    from stackaudit.cli.languages import spoken
    from stackaudit.cli.outputs import named, plan, ready, render
    from stackaudit.cli.reading import read_result
    from stackaudit.cli.redacting import read_redact, redacted
    from stackaudit.cli.since import read_since
    from stackaudit.cli.since import since as changes_since
    from stackaudit.cli.summary import show_files
    from stackaudit.writing import WritingError, write_together

    kind = form.value if form else _kind_of(output)
    beside = result_file.with_name(named(result_file.stem, kind, audience))
    outputs = plan(result_file, output or beside, [kind], audience)
    engine = ready([kind], pdf_engine)
    hidden = read_redact(redact)
    before = read_since(since, hidden)
    words = spoken(language, locale)
    dressing = read_dressing(brand, comments, quiet)
    result = read_result(result_file)
    shown = redacted(result, hidden)
    text = render(
        shown,
        kind,
        engine,
        paper=paper,
        audience=audience,
        words=words,
        look=dressed(result, shown, dressing),
        since=changes_since(before, result, since),
    )
    if outputs.to_stdout:
        pour(text)
        return DONE
    target = outputs.files[kind]
    try:
        write_together({target: text}, [result_file])
    except WritingError as error:
        raise CommandError(str(error), "choose another place with -o") from error
    if not quiet:
        show_files(outputs.files)
    if open_report:
        from stackaudit.cli.browser import open_file

        open_file(target)
    return DONE


def _kind_of(output: Path | None) -> str:
    return "pdf" if output is not None and output.suffix.lower() == ".pdf" else "html"
