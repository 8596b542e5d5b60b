"""Measure an audit against floors of the same run, and print Markdown tables.

    python benchmarks/run.py                      sizes S and M, about two minutes
    python benchmarks/run.py --sizes S,M,L        the goals, about ten minutes
    python benchmarks/run.py --sizes L,XL --rounds 1

Floors, measured in turns with what is compared with them:

F0       ``python -c pass``
F1       interpreter and the packages an audit imports
F1+C     the same process also parses the file with PyYAML's CSafeLoader
C        a process that only imports PyYAML and parses the file with its CSafeLoader

Nothing is written unless ``-o`` names a file.
"""

from __future__ import annotations

import argparse
import platform
import statistics
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.generate import SIZES
from benchmarks.measure import (
    Cost,
    MeasureError,
    ask_process,
    exponent,
    median_cpu,
    median_peak,
    ratio,
    run_process,
    take_turns,
)
from benchmarks.shapes import SHAPES

IMPORTS = "import jinja2, networkx, typer, yaml; from pydantic import BaseModel"
"""What F1 runs: the packages an audit imports (``import pydantic`` alone loads next to nothing)."""
PARSE = "yaml.load(open({file!r}, 'rb'), Loader=yaml.CSafeLoader)"
ROUNDS = {"S": 5, "M": 3, "L": 2, "XL": 1}
AUDIT = ("-m", "stackaudit", "audit")
AS_OF = ("--as-of", "2026-11-01", "--quiet")


@dataclass(slots=True)
class Measured:
    """Everything measured of one inventory."""

    name: str
    records: int
    bytes: int
    costs: dict[str, list[Cost]] = field(default_factory=dict)
    stages: dict[str, Any] = field(default_factory=dict)
    reading: float = 0.0
    """How many times as fast as CSafeLoader the reader is."""


def measure(
    name: str, tools: int, integrations: int, shape: str, rounds: int, folder: Path
) -> Measured:
    """Generate an inventory in a folder and measure an audit of it."""
    file = str(folder / f"{name}.yaml")
    out = str(folder / "out")
    generated = ["benchmarks/generate.py", "--shape", shape, "-o", file]
    run_process([*generated, "--tools", str(tools), "--integrations", str(integrations)])
    parse = PARSE.format(file=file)
    commands: dict[str, Sequence[str]] = {
        "F0": ("-c", "pass"),
        "F1": ("-c", IMPORTS),
        "F1+C": ("-c", f"{IMPORTS}; {parse}"),
        "C": ("-c", f"import yaml; {parse}"),
        "audit": (*AUDIT, file, "-o", f"{out}.html", *AS_OF),
        "validate": ("-m", "stackaudit", "validate", file),
    }
    if name == "S":
        commands["--help"] = ("-m", "stackaudit", "--help")
        commands["--version"] = ("-m", "stackaudit", "--version")
    measured = Measured(name, tools + integrations, Path(file).stat().st_size)
    measured.costs = take_turns(commands, rounds)
    measured.stages = ask_process(["-m", "benchmarks.stages", "stages", file])
    turns = ask_process(["-m", "benchmarks.stages", "reading", file])
    measured.reading = statistics.median(
        theirs / ours for theirs, ours in zip(turns["CSafeLoader"], turns["read"], strict=True)
    )
    if name == "S":
        each = ask_process(["-m", "benchmarks.stages", "many", file])["seconds"]
        measured.stages["many"] = each / median_cpu(measured.costs["audit"])
        loaded = ask_process(["-m", "benchmarks.stages", "modules", "validate", file])["loaded"]
        measured.stages["validate loads"] = loaded
    return measured


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table; the first column is text, the others are numbers."""
    lines = ["| " + " | ".join(head) + " |", "|---" + "|--:" * (len(head) - 1) + "|"]
    lines += ["| " + " | ".join(row) + " |" for row in rows]
    return "\n".join(lines)


def process_table(all_measured: Sequence[Measured]) -> str:
    """Return seconds and MiB of every process, one column a size."""
    names = list(dict.fromkeys(name for m in all_measured for name in m.costs))
    rows = []
    for name in names:
        row = [f"`{name}`" if name.startswith("-") else name]
        for m in all_measured:
            costs = m.costs.get(name)
            row.append(f"{median_cpu(costs):.2f} s, {median_peak(costs):.0f} MiB" if costs else "")
        rows.append(row)
    return table(["process (CPU, peak memory)", *(m.name for m in all_measured)], rows)


def stage_table(all_measured: Sequence[Measured]) -> str:
    """Return milliseconds of every stage and check, and the exponent between the last two sizes."""
    rows = []
    stage_names = list(all_measured[-1].stages["seconds"])
    check_names = sorted(
        all_measured[-1].stages["checks"], key=lambda c: -all_measured[-1].stages["checks"][c]
    )
    for kind, names in (("seconds", stage_names), ("checks", check_names)):
        for name in names:
            times = [m.stages[kind].get(name, 0.0) for m in all_measured]
            label = f"{name}" if kind == "seconds" else f"check `{name}`"
            row = [label, *(f"{1000 * seconds:.1f}" for seconds in times)]
            if len(times) > 1:
                grown = "-"
                if times[-2] > 0.001 and times[-1] > 0:  # below a millisecond it is noise
                    growth = all_measured[-1].records / all_measured[-2].records
                    grown = f"{exponent(times[-2], times[-1], growth):.2f}"
                row.append(grown)
            rows.append(row)
    head = ["stage (ms of CPU)", *(m.name for m in all_measured)]
    if len(all_measured) > 1:
        head.append(f"exponent {all_measured[-2].name}→{all_measured[-1].name}")
    return table(head, rows)


def goal_rows(all_measured: Sequence[Measured]) -> list[list[str]]:
    """Return what is promised and what was measured: goal, limit, measured, met."""
    by_name = {m.name: m for m in all_measured}
    rows: list[list[str]] = []

    def add(
        what: str, value: float, limit: float, unit: str = "times", at_least: bool = False
    ) -> None:
        met = value >= limit if at_least else value <= limit
        sign = "≥" if at_least else "≤"
        digits = 2 if abs(limit) < 10 else 0
        rows.append(
            [
                what,
                f"{sign} {limit:g} {unit}".strip(),
                f"{value:.{digits}f}",
                "yes" if met else "**no**",
            ]
        )

    if small := by_name.get("S"):
        costs = small.costs
        add("S: audit / (F1+C)", ratio(costs["audit"], costs["F1+C"]), 1.5)
        add("S: audit / F1", ratio(costs["audit"], costs["F1"]), 1.4)
        add("S: validate / F0", ratio(costs["validate"], costs["F0"]), 6)
        add("`--help` / F0", ratio(costs["--help"], costs["F0"]), 6)
        add("`--version` / F0", ratio(costs["--version"], costs["F0"]), 6)
        add("S: one of many in a process / alone", small.stages["many"], 0.1)
        unwanted = {"networkx", "jinja2", "httpx"} & set(small.stages["validate loads"])
        add("S: heavy modules `validate` loads", len(unwanted), 0, "")
    if middle := by_name.get("M"):
        add("M: audit / C", ratio(middle.costs["audit"], middle.costs["C"]), 1.5)
    if large := by_name.get("L"):
        costs = large.costs
        add("L: audit / C", ratio(costs["audit"], costs["C"]), 0.8)
        add("L: reading, times as fast as CSafeLoader", large.reading, 2.5, at_least=True)
        add("L: peak memory", median_peak(costs["audit"]), 200, "MiB")
        beyond = (median_peak(costs["audit"]) - median_peak(costs["F1"])) * 1024 / large.records
        add("L: memory a record beyond F1", beyond, 4, "kB")
        checking = large.stages["seconds"]["validate, resolve"] * 1e6 / large.records
        add("L: validation a record", checking, 8, "µs")
    for one, other in (("M", "L"), ("L", "XL")):
        if one in by_name and other in by_name:
            small, large = by_name[one], by_name[other]
            grown = exponent(
                median_cpu(small.costs["audit"]),
                median_cpu(large.costs["audit"]),
                large.records / small.records,
            )
            add(f"{one}→{other}: exponent of the whole audit", grown, 1.15, "")
    if small := by_name.get("S"):
        add("S: HTML", small.stages["html_bytes"] / 1000, 300, "KB")
    if middle := by_name.get("M"):
        add("M: tags in the HTML", middle.stages["html_tags"], 5000, "")
    return rows


def report(all_measured: Sequence[Measured], shape: str) -> str:
    """Return the whole report as Markdown."""
    sizes = "; ".join(
        f"{m.name} {m.records:,} records, {m.bytes / 1000:,.0f} kB" for m in all_measured
    )
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("pyyaml", "networkx", "pydantic", "jinja2")
    )
    return "\n\n".join(
        (
            f"Shape `{shape}`; {sizes}. Python {platform.python_version()}, {packages}.",
            table(["goal", "limit", "measured", "met"], goal_rows(all_measured)),
            process_table(all_measured),
            stage_table(all_measured),
        )
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure what the command line asks for and print it."""
    parser = argparse.ArgumentParser(description="Measure an audit against floors of the same run.")
    parser.add_argument(
        "--sizes", default="S,M", help="a list of S, M, L, XL, or TOOLSxINTEGRATIONS"
    )
    parser.add_argument("--shape", choices=sorted(SHAPES), default="clusters")
    parser.add_argument(
        "--rounds", type=int, help="rounds a size; fewer for the large ones when left out"
    )
    parser.add_argument("-o", "--output", type=Path, help="also write the tables to a file")
    options = parser.parse_args(argv)
    all_measured = []
    with tempfile.TemporaryDirectory(prefix="stackaudit-benchmark-") as folder:
        for size in options.sizes.split(","):
            if size in SIZES:
                tools, integrations = SIZES[size]
            else:
                tools, integrations = (int(number) for number in size.split("x"))
            rounds = options.rounds or ROUNDS.get(size, 2)
            print(f"measuring {size}: {tools} tools, {integrations} integrations", file=sys.stderr)
            try:
                all_measured.append(
                    measure(size, tools, integrations, options.shape, rounds, Path(folder))
                )
            except MeasureError as error:
                print(f"{size} could not be measured: {error}", file=sys.stderr)
                return 4
    text = report(all_measured, options.shape)
    print(text)
    if options.output is not None:
        options.output.write_text(text + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
