"""What ``--redact people,costs,vendors`` asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackaudit.cli.errors import CommandError, nearest

if TYPE_CHECKING:
    from stackaudit.result import AuditResult


def read_redact(given: str | None) -> list[str]:
    """Return what to redact; raises :class:`CommandError` for a word that is nothing of it."""
    if given is None:
        return []
    from stackaudit.redact import PARTS

    named = [part.strip().lower() for part in given.split(",") if part.strip()]
    known = f"what can be redacted: {', '.join(PARTS)}"
    for name in named:
        if name not in PARTS:
            raise CommandError(f"cannot redact {name!r}", nearest(name, PARTS) or known)
    if not named:
        raise CommandError("--redact names nothing", known)
    return named


def redacted(result: AuditResult, parts: list[str]) -> AuditResult:
    """Return the result without those parts; the same one when there are none."""
    if not parts:
        return result
    from stackaudit.redact import redact

    return redact(result, parts)
