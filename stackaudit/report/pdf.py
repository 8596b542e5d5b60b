"""The report on paper: its HTML printed by an installed Chromium, or set by WeasyPrint.

The page's own print style does the work: cover, running foot, page numbers, everything unfolded.
Both make a tagged PDF with an outline. Neither loads anything: the page refers to nothing.
"""

from __future__ import annotations

import importlib
import importlib.util
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Final

ENGINES: Final = ("chromium", "weasyprint")
"""What can make the PDF, the first that is there is used."""

BROWSERS: Final = (
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
    "chrome",
    "msedge",
    "microsoft-edge",
)
"""Names a browser of the Chromium kind has on the PATH."""

# Where installers put it without telling the PATH.
_PLACES: Final = {
    "darwin": (
        "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
        "/Applications/Chromium.app/Contents/MacOS/Chromium",
        "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    ),
    "win32": (
        r"C:\Program Files\Google\Chrome\Application\chrome.exe",
        r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    ),
}

SECONDS: Final = 180
"""How long a browser may take; 300 tools take about 20 seconds."""

_FLAGS: Final = (
    "--headless",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    # The page refers to nothing; should anything ask for an address, there is none.
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--export-tagged-pdf",
    "--generate-pdf-document-outline",
)


class PdfError(Exception):
    """No PDF could be made: the message says why, ``hint`` what to do about it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def find_engine(wanted: str | None = None) -> tuple[str, str]:
    """Return the engine to use and where it is (for WeasyPrint: the module).

    ``STACKAUDIT_CHROMIUM`` names a browser that is not on the PATH.

    Raises :class:`PdfError` when the one that is wanted, or any at all, is not installed.
    """
    found: dict[str, str] = {}
    browser = find_browser()
    if browser:
        found["chromium"] = browser
    if importlib.util.find_spec("weasyprint") is not None:
        found["weasyprint"] = "weasyprint"
    for name in (wanted,) if wanted else ENGINES:
        if name in found:
            return name, found[name]
    missing = {
        "chromium": "no Chromium is installed",
        "weasyprint": "WeasyPrint is not installed",
    }.get(wanted or "", "neither Chromium nor WeasyPrint is installed")
    raise PdfError(
        f"no PDF can be made: {missing}",
        "install Chromium, Chrome or Edge (or set STACKAUDIT_CHROMIUM to its path), or WeasyPrint "
        "with: pip install 'stackaudit[pdf]'; or print the HTML report from any browser",
    )


def find_browser() -> str | None:
    """Return the path of a browser that can print, or None."""
    stated = os.environ.get("STACKAUDIT_CHROMIUM")
    if stated:
        return shutil.which(stated)
    on_path = (shutil.which(name) for name in BROWSERS)
    elsewhere = (shutil.which(place) for place in _PLACES.get(sys.platform, ()))
    return next((path for path in (*on_path, *elsewhere) if path), None)


def render_pdf(html: str, day: date, engine: str | None = None) -> bytes:
    """Return the report, given as HTML, as a PDF that bears the day of the audit.

    Parameters
    ----------
    html
        What :func:`stackaudit.report.render_html` returned.
    day
        The day the facts describe; it is the document's date, so that no clock is in it.
    engine
        One of `ENGINES`; the first that is installed when left out.

    Raises :class:`PdfError` when no engine is there, or when the one used fails.
    """
    name, place = find_engine(engine)
    if name == "chromium":
        data = _by_browser(html, place)
        pages = pages_of(data)
        if pages:
            # A browser does not know on which page a link's target will be; the first PDF does.
            data = _by_browser(with_pages(html, pages), place)
    else:
        data = _by_weasyprint(html)
    if not data.startswith(b"%PDF-") or b"%%EOF" not in data[-1024:]:
        raise PdfError(f"{name} wrote no whole PDF", "print the HTML report from a browser")
    return _dated(data, day)


def _by_browser(html: str, browser: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="stackaudit-", ignore_cleanup_errors=True) as name:
        folder = Path(name)
        page, paper = folder / "report.html", folder / "report.pdf"
        page.write_text(html, encoding="utf-8")
        command = [
            browser,
            *_FLAGS,
            *_for_root(),
            f"--user-data-dir={folder / 'profile'}",
            f"--print-to-pdf={paper}",
            page.as_uri(),
        ]
        said = _run(command)
        if not paper.is_file():
            last = next((line for line in reversed(said.splitlines()) if line.strip()), "no word")
            raise PdfError(
                f"{Path(browser).name} printed nothing: {last[:200]}",
                "print the HTML report from the browser, or try --pdf-engine weasyprint",
            )
        return paper.read_bytes()


def _for_root() -> Sequence[str]:
    """Return what a browser needs where it cannot have a sandbox: for root, as in a container."""
    return ("--no-sandbox",) if getattr(os, "geteuid", lambda: 1)() == 0 else ()


def _run(command: Sequence[str]) -> str:
    try:
        done = subprocess.run(  # noqa: S603 - a browser the user installed, arguments of our own
            command, capture_output=True, timeout=SECONDS, check=False, stdin=subprocess.DEVNULL
        )
    except subprocess.TimeoutExpired:
        raise PdfError(
            f"{Path(command[0]).name} did not finish within {SECONDS} seconds",
            "print the HTML report from the browser",
        ) from None
    except OSError as error:
        raise PdfError(f"cannot run {command[0]}: {error.strerror or error}") from None
    return done.stderr.decode("utf-8", "replace")


def _by_weasyprint(html: str) -> bytes:
    try:
        weasyprint: Any = importlib.import_module("weasyprint")
    except (ImportError, OSError) as error:  # OSError: a library of the system is missing
        raise PdfError(
            f"WeasyPrint cannot be used: {str(error).splitlines()[0]}",
            "install the system's Pango library, or use an installed Chromium",
        ) from None
    plain = weasyprint.CSS(string=_FOR_WEASYPRINT)
    try:
        page = weasyprint.HTML(string=_with_styled_pictures(html), url_fetcher=_nothing)
        made: bytes = page.write_pdf(pdf_tags=True, stylesheets=[plain])
    except Exception as error:  # noqa: BLE001 - whatever a library raises is no error of ours
        raise PdfError(f"WeasyPrint failed: {error}") from None
    return made


# It fails at a gradient of `currentcolor` (the marks that have one say it in words too), and lets
# a table whose columns have widths of their own run off the page.
_FOR_WEASYPRINT: Final = (
    "*,*::before,*::after{background-image:none!important}"
    ".heat{table-layout:fixed!important;width:100%!important;min-width:0!important}"
    ".heat th,.heat td{width:auto!important;min-width:0!important;font-size:6.8pt!important;"
    "overflow-wrap:anywhere}"
    # Nor does it draw in one picture what another defines.
    ".paper{display:none!important}.screen{display:block!important}"
)
_DRAWN: Final = re.compile(
    r"(?:^|;)\s*(?:fill|stroke|text-anchor|font|opacity|paint-order|dominant)[\w-]*\s*:"
)


def _with_styled_pictures(html: str) -> str:
    """Return the page with the rules that draw inside its pictures.

    WeasyPrint does not let the page's own style into a picture, and knows no variables there.
    """
    found = re.search(r"<style>(.*?)</style>", html, re.DOTALL)
    style = re.sub(r"/\*.*?\*/", "", found[1] if found else "", flags=re.DOTALL)
    # On paper there is no dark theme: what stands under a condition is left out.
    always = re.sub(r"@\w[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", style)
    values: dict[str, str] = {}
    for name, value in re.findall(r"(--[\w-]+)\s*:\s*([^;{}]+)", always):
        values.setdefault(name, value.strip())
    for _ in range(4):  # a variable may name another
        always = re.sub(r"var\((--[\w-]+)\)", lambda m: values.get(m[1], "black"), always)
    rules = "".join(
        f"{where.strip()}{{{what}}}"
        for where, what in re.findall(r"([^{}]+)\{([^{}]*)\}", always)
        if _DRAWN.search(what)
    )
    return re.sub(r"<svg\b[^>]*>", lambda m: f"{m[0]}<style>{rules}</style>", html)


def _nothing(url: str, *_: object, **__: object) -> dict[str, Any]:
    """Refuse to load anything but data that is in the page itself."""
    if url.startswith("data:"):
        fetch = importlib.import_module("weasyprint").default_url_fetcher
        loaded: dict[str, Any] = fetch(url)
        return loaded
    raise ValueError(f"the report loads nothing: {url[:80]}")


_OBJECT: Final = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_KIDS: Final = re.compile(rb"/Type /Pages\b.*?/Kids \[([^\]]*)\]", re.DOTALL)
_PLACE: Final = re.compile(rb"/([\w-]+) \[(\d+) 0 R /XYZ")
_LINK: Final = re.compile(r'(<a\b[^>]*) href="#([\w-]+)"')


def pages_of(data: bytes) -> dict[str, int]:
    """Return the number of the page each linked element is on, as a browser's own PDF tells it.

    A PDF that is built otherwise tells nothing, and then the report refers to no pages.
    """
    objects = {int(m[1]): m[2] for m in _OBJECT.finditer(data)}
    catalog = next((o for o in objects.values() if b"/Type /Catalog" in o), b"")
    root, named = (
        int(m[1]) if (m := re.search(rb"/%s (\d+) 0 R" % key, catalog)) else 0
        for key in (b"Pages", b"Dests")
    )
    leaves = list(_leaves(objects, root))
    number = {page: n for n, page in enumerate(leaves, 1)}
    return {
        m[1].decode(): number[int(m[2])]
        for m in _PLACE.finditer(objects.get(named, b""))
        if int(m[2]) in number
    }


def _leaves(objects: dict[int, bytes], node: int) -> Iterator[int]:
    kids = _KIDS.search(objects.get(node, b""))
    if kids is None:
        yield node
        return
    for kid in re.findall(rb"(\d+) 0 R", kids[1]):
        if int(kid) != node:
            yield from _leaves(objects, int(kid))


def with_pages(html: str, pages: dict[str, int]) -> str:
    """Return the page with the number of the page its target is on at every link inside."""
    return _LINK.sub(lambda m: f'{m[0]} data-page="{pages[m[2]]}"' if m[2] in pages else m[0], html)


_STAMP: Final = re.compile(rb"(/(?:CreationDate|ModDate)\s*\(D:)(\d{14})([^)]*)\)")


def _dated(data: bytes, day: date) -> bytes:
    """Return the PDF with the day in place of the clock; every byte stays where it was."""

    def stamped(match: re.Match[bytes]) -> bytes:
        zone = re.sub(rb"\d", b"0", match[3])
        return match[1] + day.strftime("%Y%m%d000000").encode() + zone + b")"

    return _STAMP.sub(stamped, data)
