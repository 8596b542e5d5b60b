"""What a command does not need, it does not load."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
HEAVY = {"networkx", "pydantic", "jinja2", "httpx", "typer", "rich", "yaml"}
ASK = """
import sys
from stackaudit.__main__ import main
code = main(sys.argv[1:])
print("loaded", *sorted(m for m in sys.modules if "." not in m), file=sys.stderr)
sys.exit(code)
"""


def loaded(*arguments: str) -> set[str]:
    """Return the top-level modules that a command loads."""
    done = subprocess.run(
        [sys.executable, "-c", ASK, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return set(done.stderr.splitlines()[-1].split()[1:])


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_help_and_version_load_nothing_heavy(option: str) -> None:
    assert loaded(option) & HEAVY == set()


def test_validate_loads_neither_graph_nor_templates_nor_network() -> None:
    found = loaded("validate", "inventories/minimal.yaml")
    assert found & {"networkx", "jinja2", "httpx", "rich"} == set()
    assert {"pydantic", "yaml"} <= found
