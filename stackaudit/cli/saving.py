"""``--save DIR``: what was read from services, kept as files that can be imported again."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from stackaudit.cli.errors import CommandError
from stackaudit.cli.terminal import say

if TYPE_CHECKING:
    from stackaudit.importers.model import Bundle

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")


class Saving:
    """Writes documents below a folder, one folder a service; nothing there is written over."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._made: list[Path] = []
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise CommandError(
                f"{folder} is there already and not empty", "name a folder that is not there yet"
            )

    def keep(self, bundle: Bundle) -> None:
        """Write the documents of one account, which hold only what the service's list allows."""
        from stackaudit.writing import WritingError, write_together

        folder = self._folder / safe(bundle.name)
        files: dict[Path, str | bytes] = {
            folder.joinpath(*map(safe, file.name.split("/"))): file.data for file in bundle.files
        }
        try:
            write_together(files)
        except WritingError as error:
            raise CommandError(str(error), "nothing was written; choose another place") from error
        self._made.append(folder)

    def say(self) -> None:
        """Say where the documents are."""
        for folder in self._made:
            say(f"Saved {folder}; it can be imported again without the network.")


def safe(part: str) -> str:
    """Return a part of a path that is a plain name everywhere, whatever an API calls a thing."""
    return _UNSAFE.sub("-", part).strip(".-") or "unnamed"
