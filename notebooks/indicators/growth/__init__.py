"""Rates, targets and gaps, computed from printed figures, each with its rounding range.

Every function is pure: figures in, a new `Figure` out; a frame in, a new frame out.
"""

from .chains import Course, chained, course
from .composition import COMPOSED, composition
from .computed import SPENDING, computed, with_derived
from .coverage import COVERAGE, compared, coverage
from .derived_rows import WRONG
from .figures import (
    OPEN,
    Figure,
    average_growth,
    before_growth,
    change,
    earlier_average,
    figure,
    gap,
    grown,
    half_step,
    moved,
    per_head,
    ratio,
    share,
    times,
    total,
    whole_of,
    year_on_year,
)
from .implied import implied
from .series import (
    BASE_YEAR,
    DERIVED,
    LEVELS,
    RATES,
    TOTALS,
    gaps,
    implied_by_target,
    index_to_base,
    past_beside_promised,
    series_id,
    the,
    views,
    with_lines,
)
from .targets import judged, required_paths, verdicts, with_latest, year_reached

__all__ = [
    "BASE_YEAR",
    "COMPOSED",
    "COVERAGE",
    "DERIVED",
    "LEVELS",
    "OPEN",
    "RATES",
    "SPENDING",
    "TOTALS",
    "WRONG",
    "Course",
    "Figure",
    "average_growth",
    "before_growth",
    "chained",
    "change",
    "compared",
    "composition",
    "computed",
    "course",
    "coverage",
    "earlier_average",
    "figure",
    "gap",
    "gaps",
    "grown",
    "half_step",
    "implied",
    "implied_by_target",
    "index_to_base",
    "judged",
    "moved",
    "past_beside_promised",
    "per_head",
    "ratio",
    "required_paths",
    "series_id",
    "share",
    "the",
    "times",
    "total",
    "verdicts",
    "views",
    "whole_of",
    "with_derived",
    "with_latest",
    "with_lines",
    "year_on_year",
    "year_reached",
]
