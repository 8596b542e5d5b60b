"""Stages of an audit inside one process; prints one line of JSON. Called by ``run.py``.

python -m benchmarks.stages stages FILE     seconds of every stage and every check
python -m benchmarks.stages reading FILE    seconds of CSafeLoader and of our reader, in turns
python -m benchmarks.stages many FILE       seconds of one audit among many in one process
python -m benchmarks.stages modules ARGS    which heavy modules a command loads
"""

from __future__ import annotations

import contextlib
import gc
import io
import json
import re
import sys
from collections.abc import Callable
from datetime import date
from importlib import import_module
from pathlib import Path
from time import process_time
from typing import Any, TypeVar

Value = TypeVar("Value")

AS_OF = date(2026, 11, 1)
HEAVY = ("httpx", "jinja2", "networkx", "pydantic", "rapidfuzz", "rich", "ruamel", "typer", "yaml")
READING_ROUNDS = 2
MANY = 20


def timed(seconds: dict[str, float], name: str, work: Callable[[], Value]) -> Value:
    """Return what the work returns, its CPU time noted under a name."""
    start = process_time()
    value = work()
    seconds[name] = process_time() - start
    return value


def stages(path: Path) -> dict[str, Any]:
    """Return the seconds of every stage; an audit runs with garbage collection off."""
    gc.disable()
    seconds: dict[str, float] = {}
    checks: dict[str, float] = {}
    findings: dict[str, int] = {}

    timed(seconds, "imports", lambda: import_module("stackaudit.audit"))
    from stackaudit.audit import audit
    from stackaudit.catalogue.load import load_catalogue
    from stackaudit.graph.build import build_stack
    from stackaudit.opening import open_inventory
    from stackaudit.registry import installed
    from stackaudit.source.tree import read_tree

    timed(seconds, "catalogue", load_catalogue)
    data = path.read_bytes()
    timed(seconds, "read", lambda: read_tree(data, path.name))
    resolved = timed(seconds, "validate, resolve", lambda: open_inventory(path))
    seconds["validate, resolve"] -= seconds["read"]
    stack = timed(seconds, "graph", lambda: build_stack(resolved, AS_OF))
    for check in (entry.check for entry in installed().checks):
        outcome = timed(checks, check.id, lambda check=check: check.run(stack))  # type: ignore[misc]
        findings[check.id] = len(outcome.findings)
    seconds["checks"] = sum(checks.values())
    result = timed(seconds, "result", lambda: audit(resolved, AS_OF, "option"))
    seconds["result"] -= seconds["checks"] + seconds["graph"]
    text = timed(seconds, "json", result.to_json)

    drawing = timed(seconds, "report imports", lambda: import_module("stackaudit.report.html"))
    page = timed(seconds, "html", lambda: drawing.render_html(result))
    markup = re.sub(r"<(script|style)\b.*?</\1>", "", page, flags=re.DOTALL)
    return {
        "seconds": seconds,
        "checks": checks,
        "findings": findings,
        "json_bytes": len(text.encode()),
        "html_bytes": len(page.encode()),
        "html_tags": len(re.findall(r"<[a-zA-Z]", markup)),
    }


def reading(path: Path) -> dict[str, Any]:
    """Return the seconds of PyYAML's CSafeLoader and of our reader on the same bytes."""
    import yaml

    from stackaudit.source.tree import read_tree

    data = path.read_bytes()
    seconds: dict[str, list[float]] = {"CSafeLoader": [], "read": []}
    for _ in range(READING_ROUNDS):
        for name, work in (
            ("CSafeLoader", lambda: yaml.load(data, Loader=yaml.CSafeLoader)),
            ("read", lambda: read_tree(data, path.name)),
        ):
            once: dict[str, float] = {}
            timed(once, name, work)
            seconds[name].append(once[name])
    return seconds


def many(path: Path) -> dict[str, Any]:
    """Return the seconds of one audit, HTML and JSON included, among many in one process."""
    from stackaudit.audit import audit
    from stackaudit.opening import open_inventory
    from stackaudit.report.html import render_html

    def once() -> None:
        result = audit(open_inventory(path), AS_OF, "option")
        result.to_json()
        render_html(result)

    once()
    gc.freeze()
    start = process_time()
    for _ in range(MANY):
        once()
    return {"seconds": (process_time() - start) / MANY}


def modules(arguments: list[str]) -> dict[str, Any]:
    """Return which heavy modules a command of ours loads."""
    from stackaudit.__main__ import main

    with contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(SystemExit):
        main(arguments)
    return {"loaded": [name for name in HEAVY if name in sys.modules]}


def run(arguments: list[str]) -> dict[str, Any]:
    """Return what one of the four modes measures."""
    mode, *rest = arguments
    if mode == "modules":
        return modules(rest)
    return {"stages": stages, "reading": reading, "many": many}[mode](Path(rest[0]))


if __name__ == "__main__":
    print(json.dumps(run(sys.argv[1:])))
