"""Brand and comments files: what is wrong is said at once, with its line and what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest
import yaml

from stackaudit.__main__ import main
from stackaudit.branding.brand import read_brand
from stackaudit.branding.comments import bind, read_comments
from stackaudit.branding.schema import BRAND, COMMENTS, file_schema
from stackaudit.result import AuditResult
from stackaudit.source.problems import InputError

ROOT = Path(__file__).resolve().parents[2]
LOGO = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 150 40"><path d="M0 0h9"/></svg>'
EXAMPLES = re.findall(
    r"```yaml\n(.*?)```", (ROOT / "docs/branding.md").read_text(encoding="utf-8"), re.DOTALL
)


def written(folder: Path, text: str, name: str = "file.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path) -> list[str]:
    read = read_brand if BRAND in path.read_text(encoding="utf-8") else read_comments
    with pytest.raises(InputError) as raised:
        read(path)
    return [f"{p.code} {p.mark.line}:{p.mark.column} {p.message}" for p in raised.value.problems]


@pytest.fixture(scope="module")
def northwind(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("northwind")
    assert main(["audit", str(ROOT / "inventories/northwind"), "-o", str(folder), "-q"]) == 0
    return folder / "northwind.json"


def test_the_brand_of_the_documentation_is_read_without_a_word(tmp_path: Path) -> None:
    written(tmp_path, LOGO, "logo.svg")
    brand, warnings = read_brand(written(tmp_path, EXAMPLES[0]))
    assert warnings == []
    assert brand.name == "Lighthaus Advisory"
    assert brand.logo is not None
    assert (brand.logo.media, brand.logo.alt) == ("image/svg+xml", "Lighthaus")
    assert brand.accent is not None
    assert (brand.accent.light, brand.accent.dark) == ("#5b2bb8", "#c3a6ff")
    assert brand.contact[1] == "hello@lighthaus.example"
    assert brand.tool_name is False


def test_the_comments_of_the_documentation_speak_of_findings_of_the_sample(
    tmp_path: Path, northwind: Path
) -> None:
    comments, warnings = read_comments(written(tmp_path, EXAMPLES[1]))
    assert warnings == []
    result = AuditResult.model_validate_json(northwind.read_text(encoding="utf-8"))
    voice, unknown = bind(comments, result.findings)
    assert unknown == []
    assert len(voice.findings) == 2
    assert voice.severities == {"missing-capability:reviews-ugc/outlet": "low"}
    assert [(h.id, h.severity) for h in voice.hidden] == [
        ("team-wall:marketing/service/conversation", "info")
    ]


@pytest.mark.parametrize(("kind", "example"), [(BRAND, 0), (COMMENTS, 1)])
def test_the_schema_takes_the_example_and_knows_every_key(kind: str, example: int) -> None:
    schema = file_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    good = yaml.safe_load(EXAMPLES[example])
    jsonschema.validate(good, schema)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({**good, "nme": "x"}, schema)


def test_everything_wrong_with_a_brand_is_said_at_once(tmp_path: Path) -> None:
    text = (
        "stackaudit-brand: 1\nnme: x\nlogo: ../logo.svg\ncolours:\n  accent: #123456\n"
        "  second: {lihgt: red}\n  third: '#fff'\ntool_name: maybe\ncontact: {a: b}\n"
        f"footer: {'x' * 91}\n"
    )
    assert problems(written(tmp_path, text)) == [
        "E032 2:1 `nme` is not a key of a brand file",
        "E245 3:7 ../logo.svg is not beside the brand file",
        "E244 5:3 `accent` has no value",
        "E033 6:11 a colour pair needs `light`",
        "E032 6:12 `lihgt` is not a key of a colour pair",
        "E032 7:3 `third` is not a key of a colour set",
        "E023 8:12 'maybe' is neither yes nor no",
        "E035 9:10 a list of lines is expected here",
        "E243 10:9 this has 91 characters",
    ]


def test_unknown_keys_and_sections_and_findings_get_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(InputError) as raised:
        read_brand(written(tmp_path, "stackaudit-brand: 1\nconfidental: x\n"))
    assert raised.value.problems[0].hint == "did you mean `confidentiality`?"
    text = "stackaudit-comments: 1\nsections: {mony: x, map: y, zebra: z}\n"
    with pytest.raises(InputError) as raised:
        read_comments(written(tmp_path, text))
    hints = [p.hint for p in raised.value.problems]
    assert [p.code for p in raised.value.problems] == ["E246"] * 3
    assert hints[:2] == ["did you mean `money`?", "did you mean `stack-map`?"]
    assert "not-judged" in hints[2]


def test_an_override_without_a_reason_is_an_error(tmp_path: Path) -> None:
    text = (
        "stackaudit-comments: 1\nfindings:\n  a:b: {severity: low}\n  c:d: {hide: yes}\n"
        "  e:f: {severity: grave, reason: x}\n  g:h: {reason: x}\n  i:j: [x]\n"
    )
    keys = "comment, severity, hide, reason"
    assert problems(written(tmp_path, text)) == [
        "E247 3:19 `severity` needs a `reason`: the report says why",
        "E247 4:15 `hide` needs a `reason`: the report says why",
        "E034 5:19 'grave' is not one of info, low, medium or high",
        "E247 6:8 this says nothing of the finding",
        f"E035 7:8 text, or a mapping with {keys}, is expected here, not a list",
    ]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("name: x\n", "E241"),
        ("- a\n", "E241"),
        ("stackaudit-brand: 2\n", "E242"),
        ("stackaudit-brand: 1\nname: [\n", "E006"),
        ("", "E005"),
    ],
)
def test_a_file_of_another_kind_says_what_is_expected(tmp_path: Path, text: str, code: str) -> None:
    with pytest.raises(InputError) as raised:
        read_brand(written(tmp_path, text))
    assert [p.code for p in raised.value.problems] == [code]


def test_a_weak_colour_is_corrected_and_both_are_said_with_their_ratios(tmp_path: Path) -> None:
    text = (
        "stackaudit-brand: 1\ncolours: {accent: '#b07cff', second: {light: '#777', dark: '#222'}}\n"
    )
    brand, warnings = read_brand(written(tmp_path, text))
    assert [w.message for w in warnings] == [
        "#b07cff is too weak on light paper (2.69:1, 4.5:1 is needed); #8b3fff is used (4.53:1)",
        "#222222 is too weak on dark paper (1.04:1, 3:1 is needed); #696969 is used (3.01:1)",
    ]
    assert brand.accent is not None
    assert (brand.accent.light, brand.accent.dark) == ("#8b3fff", "#b07cff")
    assert brand.second is not None
    assert (brand.second.light, brand.second.dark) == ("#777777", "#696969")


def test_a_comment_on_no_finding_is_a_warning_with_the_nearest_id(
    tmp_path: Path, northwind: Path
) -> None:
    text = 'stackaudit-comments: 1\nfindings:\n  "missing-capability:experimentation": x\n'
    comments, _ = read_comments(written(tmp_path, text))
    result = AuditResult.model_validate_json(northwind.read_text(encoding="utf-8"))
    voice, warnings = bind(comments, result.findings)
    assert voice.findings == {}
    assert [(w.code, w.mark.line) for w in warnings] == [("W041", 3)]
    assert "`missing-capability:experimentation/all`" in warnings[0].hint


def test_the_command_line_draws_with_both_files_and_leaves_the_data_alone(
    tmp_path: Path, northwind: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, LOGO, "logo.svg")
    brand = written(tmp_path, EXAMPLES[0], "brand.yaml")
    extra = EXAMPLES[1] + "  nothing:here: x\n"
    comments = written(tmp_path, extra, "comments.yaml")
    files = ["--brand", str(brand), "--comments", str(comments)]
    folder = ["-o", str(tmp_path / "out")]
    capsys.readouterr()
    assert main(["audit", str(ROOT / "inventories/northwind"), *folder, *files]) == 0
    said = capsys.readouterr().err
    assert "comments.yaml:23:3: warning[W041]" in said
    assert (tmp_path / "out/northwind.json").read_bytes() == northwind.read_bytes()
    html = (tmp_path / "out/northwind.html").read_text(encoding="utf-8")
    assert "Comment by Dana Whitfield" in html
    again = tmp_path / "again.html"
    assert main(["report", str(northwind), "-o", str(again), "-q", *files]) == 0
    assert again.read_text(encoding="utf-8") == html


def test_comments_reach_findings_that_redaction_gave_another_id(
    tmp_path: Path, northwind: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    data = json.loads(northwind.read_text(encoding="utf-8"))
    one = next(f for f in data["findings"] if f["check"] == "hub-dependence" or "/" not in f["id"])
    text = f'stackaudit-comments: 1\nfindings:\n  "{one["id"]}": {{hide: true, reason: Settled}}\n'
    out = tmp_path / "r.html"
    args = ["--comments", str(written(tmp_path, text)), "--redact", "vendors"]
    assert main(["report", str(northwind), "-o", str(out), *args]) == 0
    assert "W043" in capsys.readouterr().err
    html = out.read_text(encoding="utf-8")
    assert 'id="hidden"' in html
    row = html.split('<table id="hidden"')[1].split("</table>")[0]
    assert one["check"] in row
    assert one["id"] not in row or one["id"].split(":")[1].isascii()


def test_a_comment_on_a_section_the_report_lacks_is_a_warning(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(tmp_path, "stackaudit-comments: 1\nsections:\n  money: x\n  answer: y\n")
    args = ["audit", str(ROOT / "inventories/minimal.yaml"), "-o", str(tmp_path / "out")]
    assert main([*args, "--comments", str(path)]) == 0
    said = capsys.readouterr().err
    assert said.count("W042") == 1
    assert "file.yaml:3:3: warning[W042]: this report has no section `money`" in said
