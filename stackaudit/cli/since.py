"""What ``--since`` asks for: the audit before, and what changed from it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from stackaudit.cli.errors import INVALID, CommandError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from stackaudit.compare import Comparison
    from stackaudit.result import AuditResult


def read_since(path: Path | None, hidden: Sequence[str]) -> AuditResult | None:
    """Return the result of the audit before; None when none is named.

    Raises :class:`CommandError` when it cannot be read, or something is to be redacted: what was
    is told beside what is, so the earlier names and costs would be on the page.
    """
    if path is None:
        return None
    if hidden:
        raise CommandError(
            "--since and --redact do not go together: reasons name what was",
            "leave one of them out",
        )
    from stackaudit.cli.reading import read_result

    return read_result(path)


def since(old: AuditResult | None, new: AuditResult, path: Path | None) -> Comparison | None:
    """Return what changed since the audit before; None when none was named.

    Raises :class:`CommandError` (3) when the two results say nothing about each other.
    """
    if old is None:
        return None
    from stackaudit.compare import NotComparableError, compare

    try:
        return compare(old, new)
    except NotComparableError as error:
        raise CommandError(
            f"nothing can be said since {path}: {error}", error.hint, INVALID
        ) from None
