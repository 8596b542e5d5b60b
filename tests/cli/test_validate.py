"""Inventories with problems, on the terminal and as JSON."""

from __future__ import annotations

import json

GOOD = "stackaudit: 1\ncompany: {name: Acme}\ntools:\n  - Klaviyo\n  - Shopify\n"
BAD = """\
stackaudit: 1
company: {name: Acme}
tools:
  - {name: Klaviyo, contract: {ends: 2026-02-30}}
  - {name: Shopify, onwer: Mia}
"""


def test_a_valid_inventory_is_said_to_be_so_with_its_size(tool, write) -> None:
    said = tool("validate", write("a.yaml", GOOD))
    assert said.code == 0
    assert said.out.endswith("a.yaml: no problems; 2 tools, 0 integrations\n")
    assert said.err == ""


def test_all_problems_are_said_with_line_caret_and_hint(tool, write) -> None:
    said = tool("validate", write("a.yaml", BAD))
    assert said.code == 3
    lines = said.out.splitlines()
    assert lines[0].startswith("a.yaml:4:38: error[E031]: 2026-02-30 is not a date")
    assert lines[2].index("^") == lines[1].index("2026-02-30")
    assert lines[3] == "  hint: February 2026 has 28 days"
    assert any(line.startswith("a.yaml:5:21: error[E032]") for line in lines)
    assert lines[-1].endswith("a.yaml: 2 errors")


def test_one_invalid_inventory_among_several_makes_the_run_fail(tool, write) -> None:
    said = tool("validate", write("good.yaml", GOOD), write("bad.yaml", BAD))
    assert said.code == 3
    assert "good.yaml: no problems" in said.out
    assert "bad.yaml: 2 errors" in said.out


def test_the_json_form_has_every_problem_as_data(tool, write) -> None:
    said = tool("validate", "--format", "json", write("b.yaml", BAD), write("g.yaml", GOOD))
    assert said.code == 3
    data = json.loads(said.out)
    assert data["stackaudit_problems"] == 1
    assert data["valid"] is False
    bad, good = data["inventories"]
    assert (good["valid"], good["problems"]) == (True, [])
    assert bad["valid"] is False
    assert [(p["code"], p["line"], p["column"]) for p in bad["problems"]] == [
        ("E031", 4, 38),
        ("E032", 5, 21),
    ]


def test_warnings_fail_only_when_strict(tool, write) -> None:
    path = write("a.yaml", GOOD + "integrations:\n  - Klaviyo -> NetSuite\n")
    said = tool("validate", path)
    assert said.code == 0
    assert "warning[W011]" in said.out
    assert "a.yaml: 1 warning; 3 tools, 1 integration" in said.out
    assert tool("validate", "--strict", path).code == 3


def test_a_missing_file_is_no_invalid_inventory(tool) -> None:
    assert tool("validate", "nowhere.yaml").code == 2


def test_a_folder_without_inventory_is_wrong_usage(tool, tmp_path) -> None:
    (tmp_path / "empty").mkdir()
    said = tool("audit", "empty")
    assert said.code == 2
    assert "holds no YAML file" in said.err
    assert tool("validate", "empty").code == 2


def test_an_audit_of_an_invalid_inventory_writes_nothing(tool, write, tmp_path) -> None:
    path = write("a.yaml", BAD)
    said = tool("audit", path)
    assert said.code == 3
    assert said.out == ""
    assert said.err.splitlines()[-1] == "2 problems; nothing was written"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.yaml"]


def test_escape_sequences_of_a_hostile_file_do_not_reach_the_terminal(tool, write) -> None:
    path = write("a.yaml", 'stackaudit: 1\ncompany: {name: "a\\u202eb", "\\u202eevil": 1}\n')
    said = tool("validate", path)
    assert "\u202e" not in said.out + said.err
