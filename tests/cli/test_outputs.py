"""Where an audit writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from stackaudit.cli.errors import CommandError
from stackaudit.cli.outputs import Outputs, plan, read_formats


@pytest.fixture
def inventory(tmp_path: Path) -> Path:
    path = tmp_path / "acme.yaml"
    path.write_text("stackaudit: 1\n")
    return path


def test_without_o_both_formats_go_to_reports_under_the_name_of_the_inventory(
    inventory: Path,
) -> None:
    assert plan(inventory, None, None) == Outputs(
        {"html": Path("reports/acme.html"), "json": Path("reports/acme.json")}
    )


def test_a_folder_gives_its_own_name(tmp_path: Path) -> None:
    folder = tmp_path / "north.wind"
    folder.mkdir()
    assert plan(folder, None, ["html"]).files == {"html": Path("reports/north.wind.html")}


def test_the_folder_one_stands_in_has_a_name_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "northwind"
    folder.mkdir()
    monkeypatch.chdir(folder)
    assert plan(Path(), None, ["json"]).files == {"json": Path("reports/northwind.json")}


@pytest.mark.parametrize("name", ["out", "out/deep"])
def test_a_name_without_ending_is_a_folder(inventory: Path, name: str) -> None:
    assert plan(inventory, Path(name), ["html"]).files == {"html": Path(name) / "acme.html"}


def test_a_folder_with_a_dot_in_its_name_is_still_a_folder(inventory: Path, tmp_path: Path) -> None:
    folder = tmp_path / "client.2026"
    folder.mkdir()
    assert plan(inventory, folder, ["html"]).files == {"html": folder / "acme.html"}


def test_a_file_brings_the_other_format_beside_it(inventory: Path) -> None:
    assert plan(inventory, Path("out/q4.html"), None).files == {
        "html": Path("out/q4.html"),
        "json": Path("out/q4.json"),
    }


def test_a_file_with_its_format_alone_brings_nothing_else(inventory: Path) -> None:
    assert plan(inventory, Path("q4.json"), ["json"]).files == {"json": Path("q4.json")}


def test_an_unknown_ending_is_refused_before_any_work(inventory: Path) -> None:
    with pytest.raises(CommandError, match=r"cannot tell from q4\.docx") as caught:
        plan(inventory, Path("q4.docx"), None)
    assert caught.value.code == 2


def test_an_ending_that_contradicts_the_format_is_refused(inventory: Path) -> None:
    with pytest.raises(CommandError, match="do not fit together"):
        plan(inventory, Path("q4.html"), ["json"])


def test_a_dash_prints_one_format_json_unless_said(inventory: Path) -> None:
    assert plan(inventory, Path("-"), None) == Outputs({}, "json")
    assert plan(inventory, Path("-"), ["html"]) == Outputs({}, "html")
    with pytest.raises(CommandError, match="prints one format"):
        plan(inventory, Path("-"), ["html", "json"])


def test_formats_are_forgiving_and_an_unknown_one_names_the_nearest() -> None:
    assert read_formats(" JSON, html ,json") == ["html", "json"]
    assert read_formats(None) is None
    with pytest.raises(CommandError, match="unknown format 'htlm'") as caught:
        read_formats("json,htlm")
    assert caught.value.hint == "did you mean 'html'?"
    with pytest.raises(CommandError, match="names no format"):
        read_formats(",")


def test_a_pdf_is_written_when_it_is_asked_for_and_not_otherwise(inventory: Path) -> None:
    assert "pdf" not in plan(inventory, None, None).files
    assert plan(inventory, None, read_formats("pdf")).files == {"pdf": Path("reports/acme.pdf")}
    assert plan(inventory, Path("q4.pdf"), None).files["pdf"] == Path("q4.pdf")


def test_without_an_engine_a_pdf_is_refused_before_any_work(
    tool, inventory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stackaudit.report import pdf

    monkeypatch.setattr(pdf, "find_browser", lambda: None)
    monkeypatch.setattr(pdf.importlib.util, "find_spec", lambda _: None)
    said = tool("audit", inventory, "--format", "pdf,html")
    assert said.code == 2
    assert "neither Chromium nor WeasyPrint is installed" in said.err
    assert not Path("reports").exists()
