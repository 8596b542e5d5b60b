"""A PDF read back with Poppler's programs."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest


def missing(reason: str) -> None:
    """Skip, or fail where a browser is required."""
    if os.environ.get("STACKAUDIT_REQUIRE_BROWSER") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def poppler(program: str, *arguments: str | Path) -> str:
    """Return what one of the programs prints."""
    found = shutil.which(program)
    if found is None:
        missing(f"{program} is not installed")
    done = subprocess.run(
        [str(found), *arguments], capture_output=True, encoding="utf-8", check=True
    )
    return done.stdout


def closed(text: str) -> str:
    """Return text without spaces and hyphens, which lines break at."""
    return re.sub(r"[\s\u00ad‐-]+", "", text)
