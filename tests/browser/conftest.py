"""A real browser and the reports it looks at."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

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
    """A report by the name of its sample, written once."""
    import sample

    from stackaudit.report import render_html

    folder = tmp_path_factory.mktemp("reports")
    made = {
        "retailer": sample.retailer,
        "sparse": sample.sparse,
        "nothing": lambda: sample.bare(0),
        "one-tool": lambda: sample.bare(1),
        "sixty": lambda: sample.scaled(60),
        "three-hundred": lambda: sample.scaled(300),
    }

    def draw(name: str) -> Path:
        path = folder / f"{name}.html"
        if not path.exists():
            path.write_text(render_html(made[name]()), "utf-8")
        return path

    return draw
