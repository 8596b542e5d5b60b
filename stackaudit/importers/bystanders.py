"""Files in a folder that are not of the kind the folder is read as."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from stackaudit.importers.model import Bundle, Found, SourceFile

SHOWN: Final = 5


def say_bystanders(found: Found, bundle: Bundle, ours: Callable[[SourceFile], bool]) -> None:
    """Say which files of a folder were passed over, so that nobody thinks they were read."""
    names = [f.name for f in bundle.files if not ours(f)] if bundle.folder else []
    if names:
        more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
        text = f"other files of the folder, passed over: {', '.join(names[:SHOWN])}{more}"
        found.note(text, hint="name them as sources of their own where they hold something")
