"""The inventories that ship: they are read without a complaint, and the audit finds what it must."""

from __future__ import annotations

import json
import subprocess
import sys
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import pytest

SAMPLES = Path(__file__).parents[2] / "inventories"
NORTHWIND = SAMPLES / "northwind"
ALL = ["minimal.yaml", "meltano.yaml", "northwind"]


def table_of(heading: str) -> list[tuple[str, str]]:
    """Return check and key of each row under a heading of Northwind's README."""
    text = (NORTHWIND / "README.md").read_text(encoding="utf-8")
    section = text.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    rows = [line.strip("|").split("|") for line in section.splitlines() if line.startswith("|")]
    return [(check.strip(), key.strip()) for check, key, _ in rows[2:]]


PLANTED = table_of("What must be found")
DECOYS = table_of("What looks like a finding and is none")


@cache
def audit(sample: str) -> dict[str, Any]:
    """Return the audit result of a sample, as the command line writes it."""
    run = subprocess.run(
        [sys.executable, "-m", "stackaudit", "audit", str(SAMPLES / sample), "--format", "json", "-o", "-"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    result: dict[str, Any] = json.loads(run.stdout)
    return result


def found(sample: str) -> set[tuple[str, str]]:
    return {(finding["check"], finding["key"]) for finding in audit(sample)["findings"]}


def test_the_tables_of_the_readme_are_read() -> None:
    assert len(PLANTED) > 30
    assert len(DECOYS) > 50
    assert not set(PLANTED) & set(DECOYS)
