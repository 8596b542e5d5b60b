"""The documents say what the program does."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
import typer

from stackaudit import __version__
from stackaudit.__main__ import main
from stackaudit.catalogue import load_catalogue
from stackaudit.checks import built_in
from stackaudit.cli.app import build
from stackaudit.cli.pages import all_pages
from stackaudit.cli.reference import keys_page
from stackaudit.cli.usage import COMMANDS, EXIT_CODES
from stackaudit.inventory.jsonschema import inventory_schema

ROOT = Path(__file__).resolve().parents[2]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
OPTION = re.compile(r"(?<![\w-])--?[a-z][a-z-]*")


def options_of(command: str) -> set[str]:
    """Return the options a command takes, long and short, without those of help."""
    whole = typer.main.get_command(build([command]))
    found = {name for p in whole.commands[command].params for name in [*p.opts, *p.secondary_opts]}
    return {name for name in found if name.startswith("-")}


def section(text: str, command: str) -> str:
    """Return the part of docs/cli.md about one command."""
    return re.split(r"\n## ", text.split(f"## stackaudit {command}", 1)[1])[0]


@pytest.mark.parametrize("command", COMMANDS)
def test_the_page_of_the_command_line_has_every_option_and_no_other(command: str) -> None:
    text = section((ROOT / "docs/cli.md").read_text(encoding="utf-8"), command)
    rows = [line.split(" | ")[0] for line in text.splitlines() if line.startswith("| `")]
    documented = {name for row in rows for name in OPTION.findall(row)}
    assert documented == options_of(command)


@pytest.mark.parametrize("name", ["README.md", "docs/cli.md"])
def test_exit_codes_are_the_same_in_the_documents_and_the_program(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8").replace("`", "")
    for code, meaning in EXIT_CODES.items():
        assert f"| {code} | {meaning} |" in text


@pytest.mark.parametrize("name", ["README.md", "docs/cli.md", "docs/README.md"])
def test_every_command_line_in_the_documents_is_one(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    lines = re.findall(r"(?m)^(?:\$ )?stackaudit ([a-z].*?)(?: {2,}.*)?$", text)
    for line in lines:
        words = shlex.split(line.split(" > ")[0])
        assert words[0] in COMMANDS, line
        given = {word for word in words[1:] if word.startswith("-") and word != "-"}
        assert given <= options_of(words[0]) | {"--help"}, line
    assert lines or name != "README.md"


def test_links_between_the_documents_lead_somewhere(texts: dict[str, str]) -> None:
    broken = [
        f"{name}: {target}"
        for name, text in texts.items()
        if name.endswith(".md")
        for target in LINK.findall(text)
        if not target.startswith(("http://", "https://", "mailto:", "#"))
        and not ((ROOT / name).parent / target.split("#")[0]).exists()
    ]
    assert broken == []


def test_the_pages_of_the_checks_are_those_of_the_code() -> None:
    folder = ROOT / "docs/checks"
    pages = all_pages(folder, [check() for check in built_in()])
    written = {path: path.read_text(encoding="utf-8") for path in folder.glob("*.md")}
    assert written.keys() == pages.keys(), "run: stackaudit checks --docs docs/checks"
    stale = [path.name for path, text in pages.items() if written[path] != text]
    assert stale == [], "run: stackaudit checks --docs docs/checks"


def test_the_changelog_has_the_version() -> None:
    assert f"\n## {__version__}" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["README.md", "CHANGELOG.md"])
def test_the_number_of_known_products_is_about_right(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    claimed = int(re.search(r"more than (\d+)\s+products", text)[1])
    assert claimed < len(load_catalogue().products) < claimed + 150


YAML = re.compile(r"```yaml\n(.*?)```", re.DOTALL)


@pytest.mark.parametrize("name", ["README.md", "docs/inventory.md"])
def test_every_inventory_in_the_documents_is_valid(
    name: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    examples = YAML.findall((ROOT / name).read_text(encoding="utf-8"))
    assert examples
    for number, text in enumerate(examples):
        path = tmp_path / f"{number}.yaml"
        path.write_text(text, encoding="utf-8")
        code = main(["validate", str(path)])
        assert code == 0, capsys.readouterr().out


def test_the_page_of_keys_is_that_of_the_schema() -> None:
    page = (ROOT / "docs/keys.md").read_text(encoding="utf-8")
    made = keys_page(inventory_schema())
    assert page == made, "run: stackaudit schema --format markdown > docs/keys.md"
