"""What ``--brand`` and ``--comments`` ask for."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from stackaudit.branding.comments import WrittenComments
    from stackaudit.branding.model import Brand, Voice
    from stackaudit.result import AuditResult
    from stackaudit.source.problems import Problem


@dataclass(frozen=True)
class Dressing:
    """Both files, read; either may be missing."""

    brand: Brand | None = None
    comments: WrittenComments | None = None
    comments_file: str = ""
    quiet: bool = False


@dataclass(frozen=True)
class Look:
    """What a report of one result is drawn with."""

    result: AuditResult
    """The result in which the author's judgement counts; data is written without it."""
    brand: Brand | None
    voice: Voice | None
    dressing: Dressing
    said: list[str] = field(default_factory=list)

    def check(self, page: str) -> None:
        """Warn, once, of comments on sections that the page does not have."""
        comments = self.dressing.comments
        if comments is None or comments.sections_node is None or self.said:
            return
        node, missing = comments.sections_node, []
        for section in comments.sections:
            if f'id="{section}"' not in page:
                self.said.append(section)
                message = f"this report has no section `{section}`; the comment is not shown"
                at = node.at_of_key(section)
                missing.append(node.source.problem("W042", at, message))
        _show(missing, self.dressing.quiet)


def read_dressing(brand: Path | None, comments: Path | None, quiet: bool) -> Dressing:
    """Return what the files say, their warnings printed.

    Raises :class:`CommandError` for a file that is not there, and
    :class:`~stackaudit.source.problems.InputError` with every problem of both files.
    """
    if brand is None and comments is None:
        return Dressing()
    from stackaudit.branding.brand import read_brand
    from stackaudit.branding.comments import read_comments
    from stackaudit.cli.reading import must_exist
    from stackaudit.source.problems import InputError

    for path in (brand, comments):
        if path is not None:
            must_exist(path)
    made: Brand | None = None
    said: WrittenComments | None = None
    problems: list[Problem] = []
    failed = False
    try:
        if brand is not None:
            made, found = read_brand(brand)
            problems += found
    except InputError as error:
        failed = True
        problems += error.problems
    try:
        if comments is not None:
            said, found = read_comments(comments)
            problems += found
    except InputError as error:
        failed = True
        problems += error.problems
    if failed:
        raise InputError(problems)
    _show(problems, quiet)
    return Dressing(made, said, comments.name if comments else "", quiet)


def dressed(result: AuditResult, shown: AuditResult, dressing: Dressing) -> Look | None:
    """Return what the report is drawn with; None where there is neither brand nor comment.

    ``shown`` is ``result`` as it leaves the house, redacted or not: the author speaks of findings
    by the ids in ``result``.
    """
    brand, comments = dressing.brand, dressing.comments
    if comments is None:
        return Look(shown, brand, None, dressing) if brand else None
    from stackaudit.audit.override import overridden
    from stackaudit.branding.comments import bind
    from stackaudit.source.problems import Mark, Problem

    ids = (f.id for f in result.findings)
    names = dict(zip(ids, (f.id for f in shown.findings), strict=True))
    voice, problems = bind(
        comments, result.findings, author=brand.name if brand else "", names=names
    )
    if shown is not result:
        message = "comments are shown as they are written: redaction does not reach them"
        problems.append(Problem("W043", message, Mark(dressing.comments_file, 1, 1)))
    _show(problems, dressing.quiet)
    counted = overridden(shown, voice.severities, [h.id for h in voice.hidden])
    return Look(counted, brand, voice, dressing)


def _show(problems: list[Problem], quiet: bool) -> None:
    if problems and not quiet:
        from stackaudit.cli.problems import show_problems

        show_problems(problems)
