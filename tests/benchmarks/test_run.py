"""The arithmetic of the benchmarks, and that every part of them runs."""

from __future__ import annotations

import pytest

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
from benchmarks.run import main, table


def costs(*seconds: float) -> list[Cost]:
    return [Cost(cpu=second, peak=2048) for second in seconds]


def test_the_median_is_not_moved_by_one_slow_run() -> None:
    assert median_cpu(costs(1.0, 90.0, 2.0)) == 2.0


def test_memory_is_given_in_mebibytes() -> None:
    assert median_peak(costs(1.0)) == 2.0


def test_a_ratio_is_the_median_of_pairs_and_not_the_ratio_of_medians() -> None:
    assert ratio(costs(2.0, 30.0, 3.0), costs(1.0, 10.0, 3.0)) == 2.0


def test_a_ratio_of_unpaired_runs_is_refused() -> None:
    with pytest.raises(ValueError, match="shorter"):
        ratio(costs(1.0, 2.0), costs(1.0))


@pytest.mark.parametrize(
    ("small", "large", "times", "expected"), [(1, 10, 10, 1.0), (2, 200, 10, 2.0), (3, 3, 12, 0.0)]
)
def test_the_exponent_says_how_time_grows_with_size(
    small: float, large: float, times: float, expected: float
) -> None:
    assert exponent(small, large, times) == pytest.approx(expected)


def test_commands_take_turns() -> None:
    measured = take_turns({"one": ("-c", "pass"), "other": ("-c", "pass")}, rounds=2)
    assert [len(runs) for runs in measured.values()] == [2, 2]
    assert all(run.cpu > 0 and run.peak > 1000 for runs in measured.values() for run in runs)


def test_a_command_that_fails_is_not_measured() -> None:
    with pytest.raises(MeasureError, match="no such stack"):
        run_process(("-c", "raise SystemExit('no such stack')"))


def test_a_process_is_asked_for_json() -> None:
    assert ask_process(("-c", "print('[1, 2]')")) == [1, 2]


def test_a_table_is_markdown() -> None:
    assert table(["a", "b"], [["x", "1"]]) == "| a | b |\n|---|--:|\n| x | 1 |"


def test_two_tiny_sizes_are_measured_from_end_to_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--sizes", "6x8,12x20", "--rounds", "1"]) == 0
    printed = capsys.readouterr().out
    assert "exponent 6x8→12x20" in printed
    assert "| audit |" in printed
    assert "check `missing-capability`" in printed
