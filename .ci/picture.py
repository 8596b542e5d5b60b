"""Draw reports/sample.png, the first screen of the sample report, for the README."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

REPORTS = Path(__file__).resolve().parent.parent / "reports"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")


def main() -> int:
    """Draw the picture; returns 0 as well when there is no browser, having said so."""
    from playwright.sync_api import sync_playwright

    browser_path = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if browser_path is None:
        print("No Chromium on this computer: reports/sample.png stays as it is.")
        return 0
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1280, "height": 860}, color_scheme="light")
        page.goto((REPORTS / "sample.html").as_uri())
        page.screenshot(path=str(REPORTS / "sample.png"))
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
