"""Writing files so that a reader never sees half of one.

Every file is written beside its place under a temporary name, flushed to the disk, and moved into
place in one step: at any moment there is the whole old file or the whole new one. The files of one
run are moved together, after all of them are safely on the disk; when a move fails, those already
moved are put back.
"""

from __future__ import annotations

import os
import re
import secrets
import stat
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Final

MARK: Final = "stackaudit-part"
"""The ending of temporary names: ``.NAME.PROCESS.RANDOM.stackaudit-part``."""

STALE_AFTER: Final = 3600.0
"""Seconds after which a temporary file counts as left behind, where its process cannot be asked."""

_TEMPORARY = re.compile(rf"\..+\.(\d+)\.[0-9a-f]{{8}}\.{MARK}\Z")


class WritingError(Exception):
    """Nothing was written: the message says which file cannot be, and why."""


def write_together(files: Mapping[Path, str | bytes], inputs: Iterable[Path] = ()) -> None:
    """Write texts (as UTF-8) or bytes as files, all or none; folders that are missing are made.

    ``inputs`` are the files they were made from: none of them may be written over.

    Raises :class:`WritingError` when a path is a symbolic link, a folder or an input, or when the
    system refuses; what stood there before then still stands there.
    """
    read = [path.resolve() for path in inputs]
    for path in files:
        _refuse(path, read)
    staged: dict[Path, Path] = {}
    try:
        for folder in sorted({path.parent for path in files}):
            folder.mkdir(parents=True, exist_ok=True)
            _clean(folder)
        for path, text in files.items():
            staged[path] = _temporary(path)
            data = text.encode("utf-8") if isinstance(text, str) else text
            _fill(staged[path], data, path)
        _move(staged)
    except OSError as error:
        name = error.filename or next(iter(files))
        raise WritingError(f"cannot write {_shown(name)}: {error.strerror or error}") from error
    finally:
        for temporary in staged.values():
            with suppress(OSError):
                temporary.unlink()


def _refuse(path: Path, inputs: list[Path]) -> None:
    if path.is_symlink():
        raise WritingError(
            f"cannot write {path}: it is a symbolic link, and links are not followed"
        )
    if path.is_dir():
        raise WritingError(f"cannot write {path}: it is a folder")
    if path.exists() and not path.is_file():
        raise WritingError(f"cannot write {path}: it is not an ordinary file")
    if any(path.resolve() == source for source in inputs):
        raise WritingError(f"cannot write {path}: it is an input of this run")


def _temporary(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}.{MARK}")


def _fill(temporary: Path, data: bytes, path: Path) -> None:
    """Write the temporary file of ``path`` and flush it; it gets the old file's access rights."""
    flags = (
        os.O_WRONLY
        | os.O_CREAT
        | os.O_EXCL
        | getattr(os, "O_NOFOLLOW", 0)
        | getattr(os, "O_BINARY", 0)
    )
    descriptor = os.open(temporary, flags, 0o666)
    with os.fdopen(descriptor, "wb") as out:
        out.write(data)
        out.flush()
        os.fsync(out.fileno())
    if path.exists():
        temporary.chmod(stat.S_IMODE(path.stat().st_mode))


def _move(staged: Mapping[Path, Path]) -> None:
    """Move every temporary file into place; on a failure put back what was moved."""
    kept: dict[Path, Path | None] = {}
    moved: list[Path] = []
    try:
        for path, temporary in staged.items():
            kept[path] = _keep(path) if len(staged) > 1 else None
            temporary.replace(path)
            moved.append(path)
        for folder in {path.parent for path in staged}:
            _flush(folder)
    except BaseException:
        # Interruptions too: the outputs of one run belong together.
        for path in moved if len(staged) > 1 else ():
            old = kept[path]
            with suppress(OSError):
                if old is None:
                    path.unlink()
                else:
                    old.replace(path)
        raise
    finally:
        for old in kept.values():
            if old is not None:
                with suppress(OSError):
                    old.unlink()


def _keep(path: Path) -> Path | None:
    """Give the old file a second name, so that it can be put back; None when there is none."""
    if not path.exists():
        return None
    spare = _temporary(path)
    try:
        os.link(path, spare)
    except OSError:  # a file system without hard links
        _fill(spare, path.read_bytes(), path)
    return spare


def _flush(folder: Path) -> None:
    """Flush the folder's entries to the disk, where the system can."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        with suppress(
            OSError
        ):  # some network file systems cannot; the files themselves are flushed
            os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _clean(folder: Path) -> None:
    """Remove temporary files that a killed run left in the folder."""
    for entry in os.scandir(folder):
        found = _TEMPORARY.match(entry.name)
        if found and entry.is_file(follow_symlinks=False) and _left_behind(entry, int(found[1])):
            with suppress(OSError):
                Path(entry.path).unlink()


def _left_behind(entry: os.DirEntry[str], process: int) -> bool:
    with suppress(OSError):
        if time.time() - entry.stat(follow_symlinks=False).st_mtime > STALE_AFTER:
            return True
    if os.name != "posix":
        return False
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False


def _shown(name: object) -> str:
    """Return the file's name without the temporary decoration, for the message."""
    path = Path(os.fsdecode(name) if isinstance(name, bytes) else str(name))
    found = _TEMPORARY.match(path.name)
    return str(path.with_name(path.name[1 : found.start(1) - 1])) if found else str(path)
