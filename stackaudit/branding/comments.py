"""A comments file read, and bound to the result it speaks of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from stackaudit.branding.model import SECTIONS, Comments, Hidden, Remark, Said, Voice
from stackaudit.branding.reading import read_top, said
from stackaudit.branding.schema import COMMENTS, CommentsFile, FindingComment
from stackaudit.inventory.shape import keys_of, read_field, read_record
from stackaudit.inventory.values import kind_of
from stackaudit.result import Finding, Severity
from stackaudit.source.problems import InputError, Problem, has_errors, in_file_order
from stackaudit.source.tree import Map
from stackaudit.source.words import did_you_mean, listed

_OTHER_WORDS: Final = {
    "map": "stack-map",
    "gaps": "coverage",
    "overlaps": "coverage",
    "data-flow": "silos",
    "resilience": "ownership",
    "spend": "money",
    "renewals": "money",
    "privacy": "trust",
    "actions": "roadmap",
    "unknowns": "not-judged",
    "executive": "answer",
    "summary": "answer",
}


@dataclass(frozen=True)
class WrittenComments(Comments):
    """Comments that know where in their file they stand."""

    sections_node: Map | None = field(default=None, compare=False, repr=False)
    findings_node: Map | None = field(default=None, compare=False, repr=False)


def read_comments(path: Path) -> tuple[WrittenComments, list[Problem]]:
    """Return the comments in a file, and warnings.

    Raises :class:`InputError` with every problem of the file when there is an error.
    """
    problems: list[Problem] = []
    top = read_top(path, COMMENTS, problems)
    values = said(top, problems, COMMENTS)
    parts = {key: _mapping(top, key, problems) for key in ("sections", "findings")}
    plain = {key: value for key, value in values.items() if key not in parts}
    record = read_record(CommentsFile, plain, top, problems, own_keys=False)
    sections = _sections(parts["sections"], problems)
    findings = _findings(parts["findings"], problems)
    if record is None or has_errors(problems):
        raise InputError(problems)
    return WrittenComments(
        author=record.author or "",
        executive=record.executive or "",
        sections=sections,
        findings=findings,
        sections_node=parts["sections"],
        findings_node=parts["findings"],
    ), in_file_order(problems)


def _mapping(top: Map, key: str, problems: list[Problem]) -> Map | None:
    part = top.get(key)
    if part is None or isinstance(part, Map):
        return part
    message = f"a mapping (`key: text`) is expected here, not {kind_of(part)}"
    problems.append(top.problem("E035", key, message))
    return None


def _sections(node: Map | None, problems: list[Problem]) -> dict[str, str]:
    texts: dict[str, str] = {}
    for key, value in (node or {}).items():
        if node is None or value is None or key.startswith("x-"):
            continue
        if key not in SECTIONS:
            meant = _OTHER_WORDS.get(key.lower())
            hint = (
                f"did you mean `{meant}`?"
                if meant
                else did_you_mean(key, SECTIONS, f"sections are {listed(SECTIONS, 'and')}")
            )
            at = node.at_of_key(key)
            problems.append(node.source.problem("E246", at, f"there is no section `{key}`", hint))
            continue
        text = _markdown(node, key, problems)
        if text is not None:
            texts[key] = text
    return texts


def _markdown(node: Map, key: str, problems: list[Problem]) -> str | None:
    """Return the text of one section, read like any other text of the file."""
    found: list[Problem] = []
    text = read_field(CommentsFile, "executive", node[key], node, found)
    # The field it was read as is not where it stands.
    problems += [node.problem(p.code, key, p.message, p.hint) for p in found]
    return text if isinstance(text, str) else None


def _findings(node: Map | None, problems: list[Problem]) -> dict[str, Remark]:
    remarks: dict[str, Remark] = {}
    for key, value in (node or {}).items():
        if node is None or value is None or key.startswith("x-"):
            continue
        if isinstance(value, str):
            text = _markdown(node, key, problems)
            if text is not None:
                remarks[key] = Remark(comment=text)
            continue
        if not isinstance(value, Map):
            known = ", ".join(keys_of(FindingComment))
            message = f"text, or a mapping with {known}, is expected here, not {kind_of(value)}"
            problems.append(node.problem("E035", key, message))
            continue
        record = read_record(FindingComment, said(value, []), value, problems, own_keys=False)
        if record is None:
            continue
        override = "hide" if record.hide else "severity" if record.severity else ""
        if override and not record.reason:
            message = f"`{override}` needs a `reason`: the report says why"
            problems.append(value.problem("E247", override, message, "add `reason: ...`"))
            continue
        if not (override or record.comment):
            hint = "add `comment`, `severity` or `hide`"
            problems.append(node.problem("E247", key, "this says nothing of the finding", hint))
            continue
        remarks[key] = Remark(
            comment=record.comment or "",
            severity=record.severity,
            hide=record.hide is True,
            reason=record.reason or "",
        )
    return remarks


def bind(
    comments: Comments,
    findings: Sequence[Finding],
    *,
    author: str = "",
    names: Mapping[str, str] | None = None,
) -> tuple[Voice, list[Problem]]:
    """Return what a report of these findings shows of the comments, and warnings.

    Parameters
    ----------
    findings
        Those of the audit result.
    author
        Who speaks where the file names nobody.
    names
        Id in the result → id in the copy that is drawn, where redaction gave it another.

    A comment on a finding that is not in the result is a warning: findings get settled.
    """
    known = {f.id: f for f in findings}
    shown: dict[str, Said] = {}
    hidden: list[Hidden] = []
    severities: dict[str, Severity] = {}
    problems: list[Problem] = []
    for key, remark in comments.findings.items():
        finding = known.get(key)
        if finding is None:
            node = comments.findings_node if isinstance(comments, WrittenComments) else None
            problems += _unknown(node, key, known)
            continue
        name = (names or {}).get(key, key)
        if remark.hide:
            hidden.append(
                Hidden(name, finding.check, finding.severity, finding.confidence, remark.reason)
            )
            continue
        own: Severity | None = None
        if remark.severity not in (None, finding.severity):
            own = remark.severity
        if own is not None:
            severities[name] = own
        shown[name] = Said(
            remark.comment, remark.reason if own else "", finding.severity if own else None
        )
    open_ = [f for f in findings if f.accepted is None or f.accepted.lapsed]
    sure = [f for f in open_ if f.severity != "info" and f.confidence == "confirmed"]
    return Voice(
        author=comments.author or author,
        executive=comments.executive,
        sections=comments.sections,
        findings=shown,
        hidden=tuple(hidden),
        confirmed=len(sure),
        high=sum(1 for f in sure if f.severity == "high"),
        severities=severities,
    ), in_file_order(problems)


def _unknown(node: Map | None, key: str, known: Mapping[str, Any]) -> list[Problem]:
    if node is None:
        return []
    hint = did_you_mean(key, known, "the ids are in the JSON, and `stackaudit explain` takes them")
    message = f"no finding `{key}` is in this result; what is said of it is not shown"
    return [node.source.problem("W041", node.at_of_key(key), message, hint)]
