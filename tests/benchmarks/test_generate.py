"""Generated inventories are the same for the same arguments, valid, and as large as asked for."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
import yaml

from benchmarks.generate import main, write_inventory
from benchmarks.jobs import CARRIERS, HUBS, SUITES, read_jobs
from benchmarks.shapes import SHAPES, Layout


def text_of(shape: str, tools: int = 60, integrations: int = 140, seed: int = 1) -> str:
    out = io.StringIO()
    write_inventory(out, shape, tools, integrations, seed)
    return out.getvalue()


def ends(entry: Any) -> tuple[str, str]:
    if isinstance(entry, dict) and "from" in entry:
        return entry["from"], entry["to"]
    line = next(iter(entry)) if isinstance(entry, dict) else entry
    source, _, target = line.replace("<->", "->").partition(" -> ")
    return source, target


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_the_same_arguments_give_the_same_bytes(shape: str) -> None:
    assert text_of(shape) == text_of(shape)


def test_another_seed_gives_another_inventory() -> None:
    assert text_of("clusters", seed=1) != text_of("clusters", seed=2)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_as_many_tools_and_integrations_are_written_as_were_asked_for(shape: str) -> None:
    data = yaml.safe_load(text_of(shape, 90, 300))
    assert (len(data["tools"]), len(data["integrations"])) == (90, 300)


@pytest.mark.parametrize("shape", sorted(SHAPES))
def test_every_integration_joins_two_different_listed_tools(shape: str) -> None:
    data = yaml.safe_load(text_of(shape))
    listed = {tool if isinstance(tool, str) else tool["id"] for tool in data["tools"]}
    assert len(listed) == len(data["tools"])
    pairs = [ends(entry) for entry in data["integrations"]]
    assert {end for pair in pairs for end in pair} <= listed
    assert not [pair for pair in pairs if pair[0] == pair[1]]


@pytest.mark.parametrize("shape", sorted(SHAPES))
@pytest.mark.parametrize(("tools", "integrations"), [(2, 1), (9, 20), (60, 140), (130, 400)])
def test_a_generated_inventory_is_valid(
    shape: str, tools: int, integrations: int, tmp_path: Path
) -> None:
    from stackaudit.opening import open_inventory

    file = tmp_path / "generated.yaml"
    sizes = ["--tools", str(tools), "--integrations", str(integrations)]
    assert main(["--shape", shape, *sizes, "-o", str(file)]) == 0
    resolved = open_inventory(file)
    assert [p for p in resolved.problems if p.level == "error"] == []
    assert len(resolved.tools) == tools


def test_a_chain_is_one_line_through_all_tools() -> None:
    pairs = SHAPES["chain"](lambda: 0.5, Layout(tools=5, unit=5, hubs=2))
    assert [next(pairs) for _ in range(4)] == [(0, 1), (1, 2), (2, 3), (3, 4)]


def test_silos_leave_some_tools_without_any_integration() -> None:
    data = yaml.safe_load(text_of("silos", 84, 150))
    connected = {end for entry in data["integrations"] for end in ends(entry)}
    assert 12 <= len(data["tools"]) - len(connected) < 84


def test_jobs_name_hubs_carriers_and_members_of_suites() -> None:
    jobs = read_jobs()
    first = {job.capabilities[0] for job in jobs}
    products = {ident for job in jobs for ident, _ in job.products}
    assert set(HUBS) <= first
    assert first >= CARRIERS
    assert {member for members in SUITES.values() for member in members} <= products


def test_jobs_use_ids_that_the_catalogue_knows() -> None:
    from stackaudit.catalogue.load import load_catalogue

    catalogue = load_catalogue()
    jobs = read_jobs()
    assert {c for job in jobs for c in job.capabilities} <= set(catalogue.capabilities)
    assert {item for job in jobs for item in job.objects} <= set(catalogue.objects)
    assert {ident for job in jobs for ident, _ in job.products} <= set(catalogue.products)
    assert {channel for job in jobs for channel in job.channels} <= set(catalogue.channels)
