"""The committed sample is what the program says today."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.__main__ import main

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sample")
    source = ROOT / "inventories/northwind"
    assert main(["audit", str(source), "-q", "-o", str(folder / "sample.html")]) == 0
    return folder


@pytest.mark.parametrize("name", ["sample.json", "sample.html"])
def test_the_sample_is_current(made: Path, name: str) -> None:
    assert (ROOT / "reports" / name).read_text(encoding="utf-8") == (made / name).read_text(
        encoding="utf-8"
    ), "run: python3 start.py sample"


def test_the_sample_has_its_picture() -> None:
    picture = (ROOT / "reports/sample.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) < 600_000
