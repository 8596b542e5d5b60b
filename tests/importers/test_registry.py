"""Importers of other packages, and what becomes of those that fail."""

from __future__ import annotations

import re
import sys
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from stackaudit.catalogue.load import load_catalogue
from stackaudit.importers.built_in import built_in
from stackaudit.importers.gather import environment_of, gather
from stackaudit.importers.model import Bundle, ImportFailure, Setting, SourceFile
from stackaudit.importers.registry import BUILT_IN, GROUP, installed, load

PAGE = Path(__file__).parents[2] / "docs/importing/README.md"


@pytest.fixture
def example(monkeypatch: pytest.MonkeyPatch) -> EntryPoint:
    """The importer of the documentation, installed."""
    found = re.search(r"^```python\n(.*?)^```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found is not None
    module = ModuleType("our_package")
    exec(found[1], module.__dict__)  # noqa: S102 - the example of our own documentation
    monkeypatch.setitem(sys.modules, "our_package", module)
    return EntryPoint("badges", "our_package:Badges", GROUP)


def test_the_importer_of_the_documentation_works_through_the_entry_point(
    example: EntryPoint, tmp_path: Path
) -> None:
    path = tmp_path / "list.bin"
    path.write_text("BADGES 1\nShopify\nSFDC\n", "utf-8")
    registry = load([example, BUILT_IN])
    (found,) = gather(str(path), registry, Setting(load_catalogue()))
    assert [t.name for t in found.tools] == ["Shopify", "SFDC"]
    assert registry.failed == ()


def test_an_importer_that_cannot_be_loaded_is_named_and_the_others_are_kept() -> None:
    registry = load([EntryPoint("gone", "no_such_package:It", GROUP), BUILT_IN])
    assert len(registry.importers) == len(installed().importers) > 0
    (failure,) = registry.failed
    assert failure.startswith("gone: ModuleNotFoundError")


def test_every_built_in_importer_has_an_id_a_title_and_a_page() -> None:
    page = PAGE.read_text("utf-8")
    ids = [kind.id for kind in built_in()]
    importers = {kind.id for kind in built_in() if not hasattr(kind, "fetch")}
    assert len(importers) > 0
    assert all(kind.title for kind in built_in())
    assert [i for i in sorted(set(ids)) if f"`{i}`" not in page] == []


def test_nothing_known_is_recognised_in_what_is_nothing() -> None:
    for data in (b"", b"\x00" * 50, b"hello", b"{}", b"[]", b"null", b"<html></html>", b"{" * 5000):
        bundle = Bundle("x.bin", (SourceFile("x.bin", data),))
        known = installed().recognise(bundle)
        assert known is None or known.id in ("page", "spreadsheet"), data[:10]


def test_a_token_that_is_missing_is_named_and_where_it_belongs_is_said() -> None:
    with pytest.raises(ImportFailure, match="OKTA_API_TOKEN is not set"):
        environment_of(["OKTA_API_TOKEN"], {})
    assert environment_of(["A"], {"A": "x", "B": "y"}) == {"A": "x"}
