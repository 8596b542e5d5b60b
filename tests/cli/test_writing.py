"""Files appear whole or not at all, together or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from stackaudit import writing
from stackaudit.writing import WritingError, write_together


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def test_files_are_written_and_missing_folders_made(tmp_path: Path) -> None:
    one, two = tmp_path / "new" / "one.html", tmp_path / "new" / "two.json"
    write_together({one: "é", two: "{}"})
    assert one.read_bytes() == "é".encode()
    assert two.read_text() == "{}"
    assert names(tmp_path / "new") == {"one.html", "two.json"}


def test_an_old_file_is_replaced_and_keeps_its_access_rights(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    path.write_text("old")
    path.chmod(0o640)
    write_together({path: "new"})
    assert path.read_text() == "new"
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    precious = tmp_path / "precious.txt"
    precious.write_text("precious")
    link = tmp_path / "report.html"
    link.symlink_to(precious)
    with pytest.raises(WritingError, match=r"report\.html: it is a symbolic link"):
        write_together({link: "new"})
    assert precious.read_text() == "precious"
    assert link.is_symlink()


def test_a_link_that_points_nowhere_is_not_followed(tmp_path: Path) -> None:
    link = tmp_path / "report.html"
    link.symlink_to(tmp_path / "nowhere")
    with pytest.raises(WritingError, match="symbolic link"):
        write_together({link: "new"})
    assert not (tmp_path / "nowhere").exists()


def test_an_input_is_never_written_over(tmp_path: Path) -> None:
    path = tmp_path / "result.json"
    path.write_text("{}")
    with pytest.raises(WritingError, match="it is an input of this run"):
        write_together({tmp_path / "x" / ".." / "result.json": "new"}, [path])
    assert path.read_text() == "{}"


def test_a_folder_in_the_place_of_a_file_stops_all_outputs(tmp_path: Path) -> None:
    (tmp_path / "two.json").mkdir()
    with pytest.raises(WritingError, match=r"two\.json: it is a folder"):
        write_together({tmp_path / "one.html": "1", tmp_path / "two.json": "2"})
    assert names(tmp_path) == {"two.json"}


def test_when_a_move_fails_the_files_moved_before_are_put_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, new, last = tmp_path / "old.html", tmp_path / "new.json", tmp_path / "last.md"
    old.write_text("before")
    replace = Path.replace

    def fails_on_last(self: Path, target: Path) -> Path:
        if Path(target) == last:
            raise OSError(28, "No space left on device", str(target))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fails_on_last)
    with pytest.raises(WritingError, match=r"last\.md: No space left on device"):
        write_together({old: "after", new: "{}", last: "x"})
    assert old.read_text() == "before"
    assert names(tmp_path) == {"old.html"}


def test_when_the_disk_is_full_nothing_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "report.html"
    path.write_text("before")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writing.os, "fsync", full)
    with pytest.raises(WritingError, match="No space left on device"):
        write_together({path: "after"})
    assert path.read_text() == "before"
    assert names(tmp_path) == {"report.html"}


def test_what_a_dead_process_left_behind_is_removed_and_nothing_else(tmp_path: Path) -> None:
    finished = subprocess.run([sys.executable, "-c", ""], check=True)
    assert finished.returncode == 0
    child = subprocess.Popen([sys.executable, "-c", ""])
    child.wait()
    dead = tmp_path / f".report.html.{child.pid}.0123abcd.{writing.MARK}"
    alive = tmp_path / f".report.html.{os.getpid()}.0123abcd.{writing.MARK}"
    other = tmp_path / ".report.html.swp"
    for path in (dead, alive, other):
        path.write_text("half")
    write_together({tmp_path / "report.html": "whole"})
    assert names(tmp_path) == {"report.html", alive.name, other.name}


def test_an_hour_old_part_is_removed_whoever_has_its_process_number(tmp_path: Path) -> None:
    part = tmp_path / f".report.html.{os.getpid()}.0123abcd.{writing.MARK}"
    part.write_text("half")
    before = time.time() - writing.STALE_AFTER - 60
    os.utime(part, (before, before))
    write_together({tmp_path / "report.html": "whole"})
    assert names(tmp_path) == {"report.html"}


WRITER = """
import sys
from pathlib import Path
from stackaudit.writing import write_together
folder = Path(sys.argv[1])
print("ready", flush=True)
number = 0
while True:
    number += 1
    letter = "abcdefghij"[number % 10]
    write_together({folder / "one": letter * 400_000, folder / "two": letter * 400_000})
"""


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is of POSIX systems")
def test_a_run_killed_at_any_moment_leaves_whole_files(tmp_path: Path) -> None:
    for attempt in range(6):
        with subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], stdout=subprocess.PIPE
        ) as process:
            assert process.stdout is not None
            process.stdout.readline()
            time.sleep(0.05 + 0.017 * attempt)
            process.send_signal(signal.SIGKILL)
        for name in ("one", "two"):
            path = tmp_path / name
            if path.exists():
                text = path.read_text()
                assert len(text) == 400_000
                assert set(text) == {text[0]}
    write_together({tmp_path / "one": "1", tmp_path / "two": "2"})
    assert names(tmp_path) == {"one", "two"}
