"""Explorers: charts that answer to widgets. Each is a VBox with named controls."""

from .base import Explorer
from .composition import CompositionExplorer
from .indicator import IndicatorExplorer
from .numbers import NumbersExplorer
from .places import ARRANGEMENTS
from .selection import ALL, PART_ORDERS, SCALES, STATUSES, VIEWS, VINTAGES
from .targets import TargetExplorer

__all__ = [
    "ALL",
    "ARRANGEMENTS",
    "PART_ORDERS",
    "SCALES",
    "STATUSES",
    "VIEWS",
    "VINTAGES",
    "CompositionExplorer",
    "Explorer",
    "IndicatorExplorer",
    "NumbersExplorer",
    "TargetExplorer",
]
