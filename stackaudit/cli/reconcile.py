"""``stackaudit reconcile``: the inventory beside lists of others, and what only one of them has."""

from __future__ import annotations

import re
import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer

from stackaudit.cli.errors import DONE, INVALID, CommandError
from stackaudit.cli.terminal import say

if TYPE_CHECKING:
    from stackaudit.importers.listing import Listing
    from stackaudit.resolve import Resolved

_AN_INVENTORY: Final = re.compile(rb"(?m)^stackaudit:\s*\d")


def reconcile(
    path: Annotated[
        Path, typer.Argument(metavar="INVENTORY", help="The inventory: a YAML file or a folder.")
    ],
    lists: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="[LIST]...",
            help="Whatever stackaudit import reads, or another inventory. Left out: the lists "
            "that are under observed already.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="INVENTORY",
            help="Write the lists into this inventory, under observed. Left out: only the preview.",
        ),
    ] = None,
    shows: Annotated[
        str | None,
        typer.Option(
            "--shows",
            metavar="WORD",
            help="What the lists show: logins, spend, website, tags, register or other. "
            "Left out: as it is seen from the source.",
        ),
    ] = None,
    name: Annotated[
        str | None,
        typer.Option(
            "--name",
            metavar="NAME",
            help="What to call the list; the same next time, and it is brought up to date.",
        ),
    ] = None,
    as_of: Annotated[
        str | None,
        typer.Option("--as-of", metavar="DATE", help="The day the lists were made."),
    ] = None,
    complete: Annotated[
        bool | None,
        typer.Option(
            "--complete/--not-complete",
            help="State that the lists show every tool such lists can show, or that they do not.",
        ),
    ] = None,
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="What the sources are, where it is not seen."),
    ] = None,
    form: Annotated[
        str, typer.Option("--format", metavar="FORMAT", help="text, json or csv.")
    ] = "text",
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Write out every line of the preview.")
    ] = False,
) -> int:
    """Compare the inventory with lists of others: who has what, and what only one of them has."""
    from stackaudit.cli.reading import read_inventory
    from stackaudit.cli.reconciling import show_csv, show_json, show_text
    from stackaudit.importers.listing import KINDS
    from stackaudit.importers.observe import observe
    from stackaudit.resolve.observed import reconciled

    _check(path, output, form, shows, KINDS)
    day = _day(as_of)
    there = read_inventory(path, catalogue)
    read = _listings(lists or [], there, shows, kind, catalogue)
    if name is not None:
        if len(read) != 1:
            raise CommandError("--name is for one list", "read the others with another command")
        read[0].name = name
    if not read and (day, complete, shows) != (None, None, None):
        hint = "name the list again, or edit it in the inventory"
        raise CommandError("--as-of, --complete and --shows are said of lists that are read", hint)
    if not read and not there.inventory.observed:
        raise CommandError("there is no list to compare with", "name an export, or a scan")
    merged, after = observe(
        read, path, there, as_of=day, complete=complete, shows=shows, own=catalogue
    )
    rows = reconciled(after)
    if form == "text":
        show_text(read, after, rows, everything=everything)
    else:
        (show_json if form == "json" else show_csv)(after, rows)
    to = sys.stderr if form != "text" else sys.stdout
    if output is None and read:
        say(f"Nothing was written: -o {path} puts the lists into the inventory.", to)
    if output is None:
        return DONE
    if not merged.files:
        say(f"{output} holds all of it already; nothing was written.", to)
    else:
        _write(merged.files, lists or [], to)
        for change in merged.changes:
            say(f"  {change}", to)
        say(f"Next: stackaudit audit {output} --open", to)
    return DONE


def _check(
    path: Path, output: Path | None, form: str, shows: str | None, kinds: tuple[str, ...]
) -> None:
    """Raise :class:`CommandError` for options that are no good."""
    if form not in ("text", "json", "csv"):
        raise CommandError(f"{form!r} is not a format", "write text, json or csv")
    if shows is not None and shows not in kinds:
        raise CommandError(f"--shows {shows} is not known", f"write one of {', '.join(kinds)}")
    if output is not None and output.exists() and not output.samefile(path):
        hint = f"write -o {path}, or copy it first"
        raise CommandError("the lists are written into the inventory they are compared with", hint)
    if output is not None and not output.exists():
        raise CommandError(f"{output} is not there", f"write -o {path}")


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise CommandError(f"--as-of {text} is not a day", "write it as 2026-11-01") from None


def _listings(
    lists: list[str],
    there: Resolved,
    shows: str | None,
    kind: str | None,
    catalogue: Path | None,
) -> list[Listing]:
    import os

    from stackaudit.cli.progress import Progress
    from stackaudit.cli.reading import read_inventory
    from stackaudit.importers.gather import fetcher, gather
    from stackaudit.importers.listing import listing, listing_of, together
    from stackaudit.importers.model import ImportFailure, Setting
    from stackaudit.importers.registry import installed

    registry = installed()
    setting = Setting(there.catalogue, currency=there.inventory.company.currency)
    made: list[Listing] = []
    with Progress() as progress:
        fetch = fetcher(registry, os.environ, progress.stage)
        for source in lists:
            progress.stage(f"Reading {source}")
            if kind is None and _is_inventory(Path(source)):
                other = read_inventory(Path(source), catalogue)
                made.append(listing_of(other, Path(source).resolve().name, shows))
                continue
            try:
                founds = gather(source, registry, setting, kind, fetch)
            except ImportFailure as failure:
                raise CommandError(str(failure), failure.hint, INVALID) from None
            made += [listing(found, there, shows) for found in founds]
    for one in made:
        if one.partial and not one.entries:  # an empty list would say that there is nothing
            why = f": {one.notes[0]}" if one.notes else ""
            say(f"{one.name} is left out, for no name could be read{why}", sys.stderr)
    return together(one for one in made if one.entries or not one.partial)


def _is_inventory(path: Path) -> bool:
    """Tell whether a source is another inventory: its YAML says the version of the format."""
    if path.is_dir():
        return any(_is_inventory(file) for file in sorted(path.glob("*.y*ml")))
    if path.suffix.lower() not in (".yaml", ".yml") or not path.is_file():
        return False
    with path.open("rb") as stream:
        return _AN_INVENTORY.search(stream.read(65536)) is not None


def _write(files: dict[Path, str], lists: list[str], to: object) -> None:
    from stackaudit.writing import WritingError, write_together

    try:
        write_together(files, [Path(s) for s in lists if Path(s).is_file()])
    except WritingError as error:
        raise CommandError(str(error), "nothing was written; choose another place") from error
    for path in files:
        say(f"Wrote {path}.", to)  # type: ignore[arg-type]
