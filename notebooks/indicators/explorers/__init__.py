"""Explorers: charts that answer to widgets. Each is a VBox with named controls."""

from .base import Explorer
from .indicator import IndicatorExplorer
from .numbers import NumbersExplorer
from .places import ARRANGEMENTS
from .selection import ALL, SCALES, STATUSES, VIEWS, VINTAGES
from .targets import TargetExplorer

__all__ = [
    "ALL",
    "ARRANGEMENTS",
    "SCALES",
    "STATUSES",
    "VIEWS",
    "VINTAGES",
    "Explorer",
    "IndicatorExplorer",
    "NumbersExplorer",
    "TargetExplorer",
]
