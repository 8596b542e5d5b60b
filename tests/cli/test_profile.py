"""``stackaudit profile``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from stackaudit.catalogue import load_catalogue
from tests.cli.conftest import Tool

OWN = """\
stackaudit-catalogue: 1
profiles:
  our-kind:
    name: Our kind
    definition: What we are.
    like: b2c-ecommerce
    thresholds:
      unused-seats: {share: 0.3}
"""


def test_the_list_has_every_profile(tool: Tool) -> None:
    said = tool("profile", "list")
    assert said.code == 0
    assert set(load_catalogue().profiles) <= set(said.out.split())
    assert tool("profile").out == said.out


@pytest.mark.parametrize("profile", load_catalogue().profiles.values(), ids=lambda p: p.id)
def test_a_profile_shows_what_it_expects_and_why(tool: Tool, profile: object) -> None:
    out = " ".join(tool("profile", "show", profile.id).out.split())
    known = load_catalogue()
    for capability in profile.expected:
        assert known.capabilities[capability].name in out
    for flow in profile.flows:
        assert flow.why in out
    for process in profile.processes:
        assert process.name in out
    assert ("Journey" in out) == bool(profile.journey)


def test_a_name_will_do_and_a_slip_gets_the_nearest(tool: Tool) -> None:
    assert tool("profile", "show", "B2B SaaS").out == tool("profile", "show", "b2b-saas").out
    said = tool("profile", "show", "b2b-sas")
    assert (said.code, "did you mean `b2b-saas`" in said.err) == (2, True)
    assert tool("profile", "show").code == 2


def test_an_own_profile_is_shown_with_what_it_changes(
    tool: Tool, write: Callable[[str, str], Path]
) -> None:
    said = tool("profile", "show", "our-kind", "--catalogue", write("catalogue.yaml", OWN))
    assert said.code == 0, said.err
    assert "What we are." in said.out
    assert "unused-seats: share is 0.3" in said.out
