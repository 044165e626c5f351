"""Figures packed for a page: what is said of many of them stands there once.

`unpackedTable` in `page_figures.js` is the way back.
"""

import json
from collections.abc import Iterable, Mapping
from typing import Any

Packed = list[Any]


class Packer:
    """Values by number, in a `table`: numbers, texts and lists as they are, and records as the
    numbers of their names and values, all of which stand before it."""

    def __init__(self):
        self.table: list[Any] = []
        self._numbers: dict[str, int] = {}

    def number(self, value: Any) -> int:
        """The number of a value."""
        if isinstance(value, dict):
            named = [self.number(list(value)), *map(self.number, value.values())]
            value = {"r": named}
        text = json.dumps(value, ensure_ascii=False, allow_nan=False)
        if text not in self._numbers:
            self._numbers[text] = len(self.table)
            self.table.append(value)
        return self._numbers[text]


def packed_parts(parts: Mapping[tuple, Iterable[dict[str, Any]]]) -> Packed:
    """Figures by the keys of their parts: the table, and each key with the numbers of its
    figures."""
    packer = Packer()
    keyed = [[list(key), list(map(packer.number, figures))] for key, figures in parts.items()]
    return [packer.table, keyed]


def packed_lines(lines: Iterable[str]) -> Packed:
    """Lines of a CSV file: the table of what stands between their commas, and each line."""
    packer = Packer()
    numbered = [list(map(packer.number, line.split(","))) for line in lines]
    return [packer.table, numbered]
