"""From a path to the files of a source, read whole within limits."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from stackaudit.importers.model import Bundle, ImportFailure, SourceFile

FILE_LIMIT: Final = 50 * 1024 * 1024
"""Bytes of one file; a tag-manager export of thousands of tags has about five million."""
FOLDER_LIMIT: Final = 200 * 1024 * 1024
FILES_LIMIT: Final = 20_000
_LISTS: Final = (
    ".csv",
    ".tsv",
    ".txt",
    ".xlsx",
    ".xlsm",
    ".xls",
    ".xlsb",
    ".ods",
    ".md",
    ".markdown",
)
_DATA: Final = (
    ".json",
    ".yaml",
    ".yml",
    ".xml",
    ".archimate",
    ".tf",
    ".hcl",
    ".html",
    ".htm",
    ".har",
)
SUFFIXES: Final = frozenset((*_LISTS, *_DATA))
"""Endings of files in a folder that are looked at; a file that is named itself may have any."""


def read_source(path: Path) -> Bundle:
    """Return a file, or all files of a folder that may hold something.

    Hidden files and folders are passed over, links are not followed.

    Raises :class:`ImportFailure` for what is missing, empty or too large.
    """
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise ImportFailure(f"there is no file or folder {path}")
    if not path.is_file():
        raise ImportFailure(f"{path} is neither a file nor a folder")
    data = _read(path, path.name)
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise ImportFailure(f"{path.name} is empty", "export it again")
    return Bundle(path.name, (SourceFile(path.name, data),))


def _folder(path: Path) -> Bundle:
    files: list[SourceFile] = []
    size = 0
    for file in sorted(path.rglob("*")):
        inside = file.relative_to(path)
        hidden = any(part.startswith((".", "~$")) for part in inside.parts)
        if hidden or file.is_symlink() or not file.is_file():
            continue
        if file.suffix.lower() not in SUFFIXES:
            continue
        data = _read(file, inside.as_posix())
        size += len(data)
        if size > FOLDER_LIMIT or len(files) >= FILES_LIMIT:
            raise ImportFailure(
                f"{path.name} holds more than {FILES_LIMIT:,} files or {FOLDER_LIMIT:,} bytes",
                "name the files that matter instead of the folder",
            )
        files.append(SourceFile(inside.as_posix(), data))
    if not files:
        known = " ".join(sorted(SUFFIXES))
        raise ImportFailure(f"no file in {path.name} can be imported", f"known endings: {known}")
    return Bundle(path.resolve().name, tuple(files), folder=True)


def _read(path: Path, name: str) -> bytes:
    if path.stat().st_size > FILE_LIMIT:
        raise ImportFailure(
            f"{name} is larger than {FILE_LIMIT // 1024 // 1024} MB",
            "export less at a time, or split it",
        )
    data = path.read_bytes()
    return _as_utf8(data) if data[:2] in (b"\xff\xfe", b"\xfe\xff") else data


def _as_utf8(data: bytes) -> bytes:
    """Return a text in UTF-16, as Windows saves it, in UTF-8; anything else as it is."""
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError:
        return data
    if "\x00" in text:
        return data
    said = re.compile(r"""(encoding\s*=\s*["'])utf-16\w*""", re.IGNORECASE)
    head = said.sub(r"\1UTF-8", text[:200])
    return (head + text[200:]).encode("utf-8", "replace")
