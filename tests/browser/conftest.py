"""A real browser and the reports it looks at."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from stackaudit.result import AuditResult

sys.path.insert(0, str(Path(__file__).parents[1] / "report"))

REQUIRED = os.environ.get("STACKAUDIT_REQUIRE_BROWSER") == "1"


def _missing(reason: str) -> None:
    if REQUIRED:
        pytest.fail(f"a browser is required here: {reason}")
    pytest.skip(f"no browser: {reason}")


@pytest.fixture(scope="session")
def browser() -> Iterator[object]:
    """Chromium, from where STACKAUDIT_CHROMIUM or the system has it."""
    try:
        from playwright.sync_api import Error, sync_playwright
    except ImportError:
        _missing("playwright is not installed")
        return
    places = [
        os.environ.get("STACKAUDIT_CHROMIUM", ""),
        "/usr/bin/chromium",
        "/usr/bin/chromium-browser",
        "/usr/bin/google-chrome",
    ]
    path = next((p for p in places if p and Path(p).exists()), None)
    with sync_playwright() as playwright:
        try:
            made = playwright.chromium.launch(
                executable_path=path, args=["--no-sandbox", "--headless"]
            )
        except Error as error:
            _missing(str(error).splitlines()[0])
            return
        yield made
        made.close()


@pytest.fixture(scope="session")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """A report by the name of its sample, written once; `language` is said after a colon."""
    import sample

    from stackaudit.audit import audit
    from stackaudit.opening import open_inventory
    from stackaudit.report import render_html
    from stackaudit.report.words import Words
    from stackaudit.testing import DAY

    folder = tmp_path_factory.mktemp("reports")
    inventories = Path(__file__).parents[2] / "inventories"

    def audited(name: str) -> Callable[[], AuditResult]:
        return cache(lambda: audit(open_inventory(inventories / name), DAY))

    made = {
        "northwind": audited("northwind"),
        "meltano": audited("meltano.yaml"),
        "minimal": audited("minimal.yaml"),
        "five": lambda: sample.scaled(5),
        "thirty": lambda: sample.scaled(30),
        "long-names": lambda: sample.long_names(30),
        "retailer": sample.retailer,
        "sparse": sample.sparse,
        "nothing": lambda: sample.bare(0),
        "one-tool": lambda: sample.bare(1),
        "sixty": lambda: sample.scaled(60),
        "three-hundred": lambda: sample.scaled(300),
    }

    def draw(name: str) -> Path:
        path = folder / f"{name.replace(':', '-')}.html"
        if not path.exists():
            which, _, language = name.partition(":")
            html = render_html(made[which](), words=Words(language or "en"))
            path.write_text(html, "utf-8")
        return path

    return draw
