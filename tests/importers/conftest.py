"""A source made by hand, to test what happens to what importers find."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from stackaudit.importers.model import Found, FoundIntegration, FoundTool, Place


def found(source: str, *tools: tuple[str, dict[str, object]], flows: tuple[str, ...] = ()) -> Found:
    """Return what an importer might have found: tools by name, flows as ``A -> B``."""
    made = Found("made", source, f"list {source}")
    for row, (name, facts) in enumerate(tools, start=2):
        made.tools.append(FoundTool(name, name, Place(source, f"row {row}"), facts=dict(facts)))
    for row, flow in enumerate(flows, start=2):
        a, _, b = flow.partition(" -> ")
        made.integrations.append(FoundIntegration(a, b, Place(source, f"flow {row}")))
    return made


@pytest.fixture
def make() -> Callable[..., Found]:
    """The function that makes a found source."""
    return found
