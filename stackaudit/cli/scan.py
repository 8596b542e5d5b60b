"""``stackaudit scan``: which tools a website shows, and an inventory of them.

The only command that goes to the network without an account: a few pages of the sites that are
named, fetched politely. Nothing is sent but the calls themselves.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from stackaudit.cli.errors import DONE, USAGE, CommandError
from stackaudit.cli.importing import catalogue_for, inventory_there, planned, write_plan
from stackaudit.cli.terminal import BOLD, DIM, paint, say, wrapped

if TYPE_CHECKING:
    from stackaudit.importers.model import Found
    from stackaudit.importers.network import Line
    from stackaudit.importers.site.crawl import Site

SITES = 20
"""Sites of one scan at most."""


def scan(
    urls: Annotated[
        list[str], typer.Argument(metavar="URL...", help="Addresses of websites or of pages.")
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
    pages: Annotated[
        int,
        typer.Option(
            "--pages", metavar="N", min=1, max=20, help="Pages of each site at most; 5 if left out."
        ),
    ] = 5,
    tag_manager: Annotated[
        bool,
        typer.Option(
            "--tag-manager",
            help="Also read the public script of the Google Tag Manager containers found.",
        ),
    ] = False,
    save: Annotated[
        Path | None,
        typer.Option("--save", metavar="DIR", help="Keep the pages, to import them again."),
    ] = None,
    fingerprints: Annotated[
        Path | None,
        typer.Option(
            "--fingerprints",
            metavar="DIR",
            help="Your own fingerprints of websites, in Wappalyzer's format.",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", "-n", help="Say what would change, and write nothing.")
    ] = False,
    company: Annotated[
        str | None,
        typer.Option("--company", metavar="NAME", help="The company, for a new inventory."),
    ] = None,
    profile: Annotated[
        str | None,
        typer.Option("--profile", metavar="ID", help="Its profile: stackaudit profile list."),
    ] = None,
    catalogue: Annotated[
        Path | None, typer.Option("--catalogue", metavar="PATH", help="As for audit.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Write out every line of the preview.")
    ] = False,
) -> int:
    """Look at a few pages of websites and say which tools they show."""
    from stackaudit.cli.previewing import show_preview
    from stackaudit.importers.combine import combine
    from stackaudit.importers.model import ImportFailure, Setting
    from stackaudit.importers.site.importer import made

    if len(urls) > SITES:
        raise CommandError(f"{len(urls)} sites are too many for one scan", f"at most {SITES}")
    there = inventory_there(output, catalogue)
    known = catalogue_for(there, catalogue)
    setting = Setting(known, fingerprints=fingerprints)
    try:
        sites = _crawl(list(dict.fromkeys(urls)), pages, tag_manager)
        founds = [made("scan", s.pages, s.host, setting) for s in sites if s.pages]
    except ImportFailure as failure:
        raise CommandError(str(failure), failure.hint, USAGE) from None
    for found in founds:
        _show(found)
    _unchecked(sites)
    if save is not None:
        _save(save, sites)
    if not founds:
        raise CommandError("no page could be read", "is the address right?")
    draft = combine(founds, known, there)
    plan = planned(draft, output, there, known, catalogue, (company, profile, None))
    show_preview(draft, plan, there is not None, everything=everything)
    say(
        wrapped(
            "A look at the HTML does not see what scripts load when the page runs, what comes "
            "after consent or a login, and what runs on servers: import the tag manager's export "
            "as well, or a HAR file."
        )
    )
    if output is None:
        say("Nothing was written: name the inventory with -o FILE.")
    elif dry_run:
        say("Nothing was written (--dry-run).")
    elif not plan.files:
        say(f"{output} holds all of it already; nothing was written.")
    else:
        write_plan(plan, output, [])
    return DONE


def open_line() -> Line:
    """Return the line to the network."""
    from stackaudit.importers.network import Line

    return Line()


def pause() -> Callable[[float], None]:
    """Return what waits between two calls."""
    import time

    return time.sleep


def _crawl(urls: list[str], pages: int, containers: bool) -> list[Site]:
    from stackaudit.cli.progress import Progress
    from stackaudit.importers.site.crawl import Crawl

    with Progress() as progress, open_line() as line:
        crawl = Crawl(line, pause(), progress.stage)
        return [crawl.site(url, pages, containers=containers) for url in urls]


def _show(found: Found) -> None:
    """Print every tool a site shows, how surely, and what shows it."""
    say(paint(f"Seen on {found.source}", BOLD))
    words = {"certain": "certain ", "likely": "likely  ", "possible": "possible"}
    for tool in found.tools[1:]:
        say(wrapped(f"{words[tool.confidence]}  {tool.name}: {tool.evidence}", "  ", " " * 12))
    if len(found.tools) == 1:
        say("  no tool that is known")
    say()


def _unchecked(sites: list[Site]) -> None:
    from stackaudit.importers.site.crawl import unchecked_text

    texts = unchecked_text(sites)
    if texts:
        say(paint(f"Not checked: {len(texts)}", BOLD))
        for text in texts:
            say(paint(wrapped(text, "  ", "    "), DIM))
        say()


def _save(folder: Path, sites: list[Site]) -> None:
    """Keep the pages as they were served, each with the address it came from in front."""
    from urllib.parse import quote

    from stackaudit.writing import WritingError, write_together

    files: dict[Path, str | bytes] = {}
    for site in sites:
        for url, body in site.saved:
            bare = url.partition("?")[0].partition("#")[0]
            plain = quote(bare, safe=":/%~._").replace("--", "%2D%2D")
            path = re.sub(r"[^\w.-]+", "-", bare.partition("://")[2].partition("/")[2])
            path = path.strip("-.")[:80]
            host = re.sub(r"[^a-z0-9.-]+", "-", site.host.lower()).strip(".-")[:100]
            name = f"{(path or 'index').removesuffix('.html')}.html"
            mark = f"<!-- saved from url=({len(plain):04})%s -->\n" % plain
            files[folder / (host or "site") / name] = mark.encode() + body
    if not files:
        return
    try:
        write_together(files)
    except WritingError as error:
        raise CommandError(str(error), "the pages were not kept; choose another place") from error
    say(f"Kept {len(files)} pages in {folder}: stackaudit import {folder} reads them again.")
