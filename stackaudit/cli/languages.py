"""What ``--language`` and ``--locale`` ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stackaudit.cli.errors import CommandError

if TYPE_CHECKING:
    from stackaudit.report.words import Words


def spoken(language: str | None, locale: str | None) -> Words | None:
    """Return the words of a report; None where neither is given.

    Raises :class:`CommandError` for a language or a locale that is not there.
    """
    if language is None and locale is None:
        return None
    from stackaudit.report.formats import LocaleError
    from stackaudit.report.words import BASE, LanguageError, Words

    try:
        return Words(language or BASE, locale)
    except (LanguageError, LocaleError) as error:
        raise CommandError(str(error), error.hint) from error
