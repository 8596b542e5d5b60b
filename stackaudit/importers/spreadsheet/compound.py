"""What an XLS file claims, read from its records before it is opened.

[MS-CFB] for the container (a file of sectors in chains), [MS-XLS] for the records of cells: two
bytes of kind, two of length, then row and column.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import Final

_END: Final = 0xFFFFFFFA
"""Sector numbers from here on are marks: end of chain, free."""
_CELLS: Final = frozenset((0x0203, 0x027E, 0x00FD, 0x0204, 0x0006, 0x0205, 0x00D6, 0x00BD))
"""NUMBER, RK, LABELSST, LABEL, FORMULA, BOOLERR, RSTRING, MULRK."""
_BEGIN: Final = 0x0809
_DIMENSIONS: Final = 0x0200
"""What a sheet says it spans; room for it is made before a cell is read ([MS-XLS] 2.4.90)."""
_LARGEST: Final = 65_536 * 256
"""Cells of the largest sheet the format has."""


def claimed_cells(data: bytes) -> int:
    """Return the most cells that a sheet of the file spans; 0 where no sheet can be found."""
    try:
        return max((_spanned(stream) for stream in _streams(data)), default=0)
    except (struct.error, IndexError, ValueError):
        return 0  # broken: opening it says so


def _spanned(stream: bytes) -> int:
    most = rows = columns = at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        at += 4
        if kind == _BEGIN:
            rows = columns = 0
        elif kind == _DIMENSIONS and length >= 10:
            form = "<IIHH" if length >= 12 else "<HHHH"
            top, bottom, left, right = struct.unpack_from(form, stream, at)
            # Backwards is as bad as far: the difference is taken without a sign.
            said = ((bottom - top) % 2**32) * ((right - left) % 2**32)
            most = max(most, said if said > _LARGEST else 0)
        elif kind in _CELLS and length >= 6:
            row, column = struct.unpack_from("<HH", stream, at)
            if kind == 0x00BD:
                (column,) = struct.unpack_from("<H", stream, at + length - 2)
            rows, columns = max(rows, row + 1), max(columns, column + 1)
            most = max(most, rows * columns)
        at += length
    return most


def _streams(data: bytes) -> Iterator[bytes]:
    """Yield the streams of the container that hold a workbook."""
    size = 1 << struct.unpack_from("<H", data, 30)[0]
    if size not in (512, 4096):
        raise ValueError("no sectors")
    (first,) = struct.unpack_from("<I", data, 48)
    (cutoff, mini_first) = struct.unpack_from("<II", data, 56)
    sectors = [s for s in struct.unpack_from("<109I", data, 76) if s < _END]
    table: list[int] = []
    for sector in sectors:
        table += struct.unpack_from(f"<{size // 4}I", data, (sector + 1) * size)
    entries = _chain(data, table, first, size)
    root = b""
    mini_table: list[int] = []
    for at in range(0, len(entries) - 127, 128):
        entry = entries[at : at + 128]
        (length_of_name,) = struct.unpack_from("<H", entry, 64)
        name = entry[: max(length_of_name - 2, 0)].decode("utf-16-le", "replace").casefold()
        start, length = struct.unpack_from("<II", entry, 116)
        if entry[66] == 5:
            root = _chain(data, table, start, size)
            raw = _chain(data, table, mini_first, size)
            mini_table = list(struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4]))
        elif name in ("workbook", "book"):
            small = length < cutoff
            found = (
                _chain(root, mini_table, start, 64, offset=0)
                if small
                else _chain(data, table, start, size)
            )
            yield found[:length]


def _chain(data: bytes, table: list[int], start: int, size: int, offset: int = 1) -> bytes:
    """Return the bytes of a chain of sectors; one that runs in a circle ends where it began."""
    found, seen = [], 0
    while start < _END and start < len(table) and seen <= len(table):
        found.append(data[(start + offset) * size : (start + offset + 1) * size])
        start = table[start]
        seen += 1
    return b"".join(found)
