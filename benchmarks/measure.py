"""Measure processes: CPU time and peak memory, in pairs, and the arithmetic on them.

CPU time (user and system) and not the clock on the wall: the machine may have other work. Only
ratios of commands that took turns in one run are facts; seconds are there to give a feeling.
"""

from __future__ import annotations

import json
import math
import os
import statistics
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent


class MeasureError(Exception):
    """A measured command that did not do its work; carries what it said."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run of a process took."""

    cpu: float
    """Seconds, user and system."""
    peak: int
    """Largest resident memory, in KiB."""


def _environment() -> dict[str, str]:
    """Return the environment of a measured process.

    Bytecode is kept as on any computer: where the environment forbids it, our modules would be
    compiled in every run and the packages beside them not.
    """
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": "0"}


def run_process(arguments: Sequence[str]) -> Cost:
    """Run Python with arguments and return what it cost.

    Raises :class:`MeasureError` when it ends with anything but 0. The peak of a child starts at the
    memory of this process (it is a copy of it for a moment), so nothing large may be held here.
    """
    with subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=_environment(),
    ) as process:
        assert process.stderr is not None
        said = process.stderr.read().decode(errors="replace")
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        last = said.strip().splitlines()[-3:]
        raise MeasureError(f"{' '.join(arguments)} ended with {process.returncode}: {last}")
    return Cost(usage.ru_utime + usage.ru_stime, usage.ru_maxrss)


def ask_process(arguments: Sequence[str]) -> Any:
    """Run Python with arguments and return the JSON it prints; raises :class:`MeasureError`."""
    done = subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        text=True,
        env=_environment(),
        check=False,
    )
    if done.returncode:
        raise MeasureError(f"{' '.join(arguments)}: {done.stderr.strip().splitlines()[-3:]}")
    return json.loads(done.stdout.splitlines()[-1])


def take_turns(commands: Mapping[str, Sequence[str]], rounds: int) -> dict[str, list[Cost]]:
    """Run every command once a round (A B A B), so that a slow minute hits all of them alike."""
    costs: dict[str, list[Cost]] = {name: [] for name in commands}
    if rounds > 1:
        for arguments in commands.values():
            run_process(arguments)  # compiles what was not yet compiled, and is not counted
    for _ in range(rounds):
        for name, arguments in commands.items():
            costs[name].append(run_process(arguments))
    return costs


def median_cpu(costs: Sequence[Cost]) -> float:
    """Return the median CPU time in seconds."""
    return statistics.median(cost.cpu for cost in costs)


def median_peak(costs: Sequence[Cost]) -> float:
    """Return the median peak memory in MiB."""
    return statistics.median(cost.peak for cost in costs) / 1024


def ratio(subject: Sequence[Cost], floor: Sequence[Cost]) -> float:
    """Return the median of the ratios of pairs, subject over floor.

    Raises ValueError when there are not as many of the one as of the other.
    """
    return statistics.median(one.cpu / other.cpu for one, other in zip(subject, floor, strict=True))


def exponent(small: float, large: float, times: float) -> float:
    """Return the exponent of growth: ``large = small * times ** exponent``.

    Parameters
    ----------
    small, large
        Time at the smaller and at the larger size.
    times
        How many times as many records the larger has.
    """
    return math.log(large / small) / math.log(times)
