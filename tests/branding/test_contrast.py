"""Colours: the formula of WCAG, and the nearest colour that can be read."""

from __future__ import annotations

import colorsys
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from stackaudit.branding.contrast import (
    DARK,
    GRAPHIC,
    LIGHT,
    TEXT,
    mixed,
    ratio,
    read_hex,
    readable,
    weakest,
)
from stackaudit.branding.model import Brand, Shade
from stackaudit.report import assets
from stackaudit.report.dress import TINTS, coloured

COLOURS = st.integers(0, 0xFFFFFF).map(lambda n: f"#{n:06x}")


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#777777", "#ffffff", 4.48),  # the grey that famously just fails
        ("#767676", "#ffffff", 4.54),  # and the one that just passes
        ("#ff0000", "#ffffff", 4.00),
        ("#0000ff", "#ffffff", 8.59),
    ],
)
def test_the_ratio_is_that_of_wcag(one: str, other: str, expected: float) -> None:
    assert ratio(one, other) == pytest.approx(expected, abs=0.005)
    assert ratio(one, other) == ratio(other, one)


@settings(deadline=None, max_examples=60)
@given(COLOURS, st.sampled_from([LIGHT, DARK]), st.sampled_from([TEXT, GRAPHIC]))
def test_every_colour_is_readable_afterwards_and_a_readable_one_is_left_alone(
    colour: str, papers: tuple[str, str], least: float
) -> None:
    made = readable(colour, papers, least)
    assert weakest(made, papers) >= least
    assert (made == colour) == (weakest(colour, papers) >= least)


def test_the_corrected_colour_is_the_nearest_one_and_keeps_its_hue() -> None:
    made = readable("#b07cff", LIGHT)
    assert weakest(made, LIGHT) < 4.6

    def hue(colour: str) -> float:
        red, green, blue = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
        return colorsys.rgb_to_hls(red, green, blue)[0]

    assert hue(made) == pytest.approx(hue("#b07cff"), abs=0.01)


@pytest.mark.parametrize(
    ("text", "colour"),
    [
        ("#134B5F", "#134b5f"),
        ("134b5f", "#134b5f"),
        ("#abc", "#aabbcc"),
        ("red", None),
        ("#12345", None),
        ("#123456;}body{color:red", None),
        ("rgb(1,2,3)", None),
    ],
)
def test_only_hex_digits_are_a_colour(text: str, colour: str | None) -> None:
    assert read_hex(text) == colour


def test_the_papers_are_those_of_the_style() -> None:
    style = assets.style()
    for name, papers in (("bg", 0), ("panel", 1)):
        found = re.findall(rf"--{name}:(#[0-9a-f]+)\b", style)
        assert [read_hex(colour) for colour in found] == [LIGHT[papers], DARK[papers]]


@settings(deadline=None, max_examples=60)
@given(COLOURS)
def test_ink_can_be_read_on_every_tint_of_an_accent(colour: str) -> None:
    inks = re.findall(r"--ink:(#[0-9a-f]{6})", assets.style())
    for theme, papers in enumerate((LIGHT, DARK)):
        accent = readable(colour, papers)
        for shares in TINTS.values():
            assert ratio(inks[theme], mixed(accent, papers[0], shares[theme])) >= TEXT


def test_the_colours_of_a_brand_take_the_places_of_the_reports_own() -> None:
    plain = assets.style()
    brand = Brand(accent=Shade("#5b2bb8", "#c3a6ff"), second=Shade("#b8860b", "#d4a017"))
    style = coloured(plain, brand)
    assert re.findall(r"--accent:(#\w+)", style) == ["#5b2bb8", "#c3a6ff"]
    assert re.findall(r"--second:(#\w+)", style) == ["#b8860b", "#d4a017"]
    assert re.findall(r"--high:(#\w+)", style) == re.findall(r"--high:(#\w+)", plain)
    own = set(re.findall(r"--(?:accent|second|wash|h[123]):(#\w+)", plain))
    assert not own & set(re.findall(r"--(?:accent|second|wash|h[123]):(#\w+)", style))
    assert coloured(plain, Brand(name="x")) == plain
