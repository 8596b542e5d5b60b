"""``stackaudit import``: from exports, lists and APIs to an inventory, with a preview."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from stackaudit.cli.errors import DONE, INVALID, CommandError
from stackaudit.cli.terminal import say

if TYPE_CHECKING:
    from stackaudit.catalogue.model import Catalogue
    from stackaudit.importers.combine import Draft
    from stackaudit.importers.merge import Merged
    from stackaudit.importers.model import Found, Setting
    from stackaudit.resolve import Resolved


def import_(
    sources: Annotated[
        list[str],
        typer.Argument(
            metavar="SOURCE...",
            help="Files, folders or SERVICE:ACCOUNT; the most trusted first.",
        ),
    ],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            "-o",
            metavar="FILE|DIR",
            help="The inventory: written when it is not there, added to when it is. "
            "Left out: only the preview.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would change, and write nothing.")
    ] = False,
    kind: Annotated[
        str | None,
        typer.Option("--as", metavar="KIND", help="What the sources are, where it is not seen."),
    ] = None,
    company: Annotated[
        str | None,
        typer.Option("--company", metavar="NAME", help="The company, for a new inventory."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="ID", help="Its profile: stackaudit profile list."),
    ] = None,
    currency: Annotated[
        str | None,
        typer.Option("--currency", metavar="CODE", help="Of money that is written without one."),
    ] = None,
    mapping: Annotated[
        Path | None,
        typer.Option(
            "--mapping",
            metavar="FILE",
            help="How the columns of lists are read.",
        ),
    ] = None,
    save_mapping: Annotated[
        Path | None,
        typer.Option(
            "--save-mapping",
            metavar="FILE",
            help="Write how the columns were read, to be corrected and used again.",
        ),
    ] = None,
    save: Annotated[
        Path | None,
        typer.Option(
            "--save",
            metavar="DIR",
            help="Keep what was read from services, without secrets, to import it again.",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="HOST",
            help="A host of your own that a service's token may be sent to.",
        ),
    ] = None,
    fingerprints: Annotated[
        Path | None,
        typer.Option(
            "--fingerprints",
            metavar="DIR",
            help="Your own fingerprints of websites, in Wappalyzer's format.",
        ),
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Write out every line of the preview.")
    ] = False,
) -> int:
    """Make an inventory from what you have, or add to one; nothing you wrote is changed."""
    from stackaudit.cli.previewing import show_preview
    from stackaudit.importers.combine import combine
    from stackaudit.importers.model import Setting

    there = inventory_there(output, catalogue)
    known = catalogue_for(there, catalogue)
    money = currency or (there.inventory.company.currency if there is not None else None)
    setting = Setting(known, _mapping(mapping), money, fingerprints)
    if save_mapping is not None and save_mapping.exists():
        raise CommandError(f"{save_mapping} is there already", "name a file that is not there yet")
    founds = _founds(sources, setting, kind, allow_host or [], save)
    draft = combine(founds, known, there)
    plan = planned(draft, output, there, known, catalogue, (company, profile, currency))
    show_preview(draft, plan, there is not None, everything=everything)
    if save_mapping is not None:
        _save_mapping(save_mapping, founds, setting)
    if output is None:
        say("Nothing was written: name the inventory with -o FILE.")
    elif dry_run:
        say("Nothing was written (--dry-run).")
    elif not plan.files:
        say(f"{output} holds all of it already; nothing was written.")
    else:
        write_plan(plan, output, sources)
    return DONE


def inventory_there(output: Path | None, catalogue: Path | None) -> Resolved | None:
    """Return the inventory that is added to, where it is there already."""
    if output is None or not output.exists():
        return None
    from stackaudit.cli.reading import read_inventory

    return read_inventory(output, catalogue)


def catalogue_for(there: Resolved | None, own: Path | None) -> Catalogue:
    """Return the catalogue of the inventory that is there, else the one that is named."""
    if there is not None:
        return there.catalogue
    from stackaudit.catalogue.load import load_catalogue

    return load_catalogue(own)


def _founds(
    sources: list[str],
    setting: object,
    kind: str | None,
    allowed: list[str],
    save: Path | None,
) -> list[Found]:
    import os

    from stackaudit.cli.progress import Progress
    from stackaudit.cli.saving import Saving
    from stackaudit.importers.gather import fetcher, gather
    from stackaudit.importers.model import ImportFailure, Setting
    from stackaudit.importers.registry import installed

    assert isinstance(setting, Setting)
    registry = installed()
    for failure in registry.failed:
        say(f"an importer could not be loaded: {failure}", sys.stderr)
    founds: list[Found] = []
    saving = Saving(save) if save is not None else None
    with Progress() as progress:
        keep = saving.keep if saving is not None else None
        fetch = fetcher(registry, os.environ, progress.stage, allowed, keep)
        for source in sources:
            progress.stage(f"Reading {source}")
            try:
                founds += gather(source, registry, setting, kind, fetch)
            except ImportFailure as failure:
                raise CommandError(str(failure), failure.hint, INVALID) from None
    if saving is not None:
        saving.say()
    return founds


def _mapping(path: Path | None) -> dict[str, Any]:
    """Return what the user says about the columns of lists."""
    if path is None:
        return {}
    from stackaudit.cli.reading import must_exist
    from stackaudit.importers.model import ImportFailure
    from stackaudit.importers.spreadsheet.mapping import read_mapping

    must_exist(path)
    try:
        return read_mapping(path.read_bytes(), path.name)
    except ImportFailure as failure:
        raise CommandError(str(failure), failure.hint, INVALID) from None


def _save_mapping(path: Path, founds: list[Found], setting: Setting) -> None:
    from stackaudit.importers.spreadsheet.mapping import mapping_text
    from stackaudit.writing import WritingError, write_together

    if not any(found.mapping for found in founds):
        say("No source has columns; there is no mapping to save.")
        return
    try:
        write_together({path: mapping_text(founds, setting.mapping)})
    except WritingError as error:
        raise CommandError(str(error), "nothing was written; choose another place") from error
    say(f"Wrote {path}: correct it, and use it with --mapping {path}.")


def planned(
    draft: Draft,
    output: Path | None,
    there: Resolved | None,
    known: Catalogue,
    own: Path | None,
    new: tuple[str | None, str | None, str | None],
) -> Merged:
    """Return what is written: a new inventory, or what is added to the one that is there."""
    from stackaudit.importers.plan import merged_inventory, new_inventory

    if there is not None and output is not None:
        return merged_inventory(draft, output, there, own)
    target = output or Path("inventory.yaml")
    if output is not None and output.suffix.lower() not in (".yaml", ".yml"):
        target = output / "inventory.yaml"
    company, profile, currency = new
    return new_inventory(draft, target, known, company or "My company", profile, currency)


def write_plan(plan: Merged, output: Path, sources: list[str]) -> None:
    """Write what was planned, none of it over a source, and say what comes next."""
    from stackaudit.writing import WritingError, write_together

    for path in plan.files:
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        write_together(plan.files, [Path(s) for s in sources if Path(s).is_file()])
    except WritingError as error:
        raise CommandError(str(error), "nothing was written; choose another place") from error
    for path in plan.files:
        say(f"Wrote {path}.")
    say(f"Next: stackaudit audit {output} --open")
