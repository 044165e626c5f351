"""From frames to Altair charts. Pure: no figure is computed here and nothing is displayed.

Static charts go with prose; living charts (`explorer`, `overview`, `targets`) answer to the
parameters that an explorer sets. `figures`, `in_views`, `required` and `judgements` make the
records that these draw. All charts share one grammar of marks, which `marks` explains.
"""

from . import renderer
from .composition import composed, composition, parts_over_years
from .coverage_grid import coverage_grid
from .indicator_panels import explorer
from .interactive import DATASET, titled
from .number_panels import overview
from .records import WHAT_IF_RATES, figures, in_views, judgements, required
from .saved_picture import PICTURE_SIZES, Picture, Said, drawn_marks, picture
from .static import (
    against_benchmarks,
    by_place,
    coverage,
    levels_to_targets,
    past_beside_promised,
    small_multiples,
)
from .style import COLOURS, INK, PANEL_HEIGHT, VERDICTS, YEARS, cut, lines, wrapped
from .target_rows import drawn_in_rows, targets

__all__ = ["past_beside_promised", "levels_to_targets", "small_multiples", "against_benchmarks"]
__all__ += ["by_place"]
__all__ += ["coverage", "coverage_grid", "explorer", "overview", "targets"]
__all__ += ["composition", "composed", "parts_over_years"]
__all__ += ["figures", "in_views", "required", "judgements"]
__all__ += ["DATASET", "WHAT_IF_RATES", "VERDICTS"]
__all__ += ["COLOURS", "INK", "PANEL_HEIGHT", "YEARS", "cut", "lines", "titled", "wrapped"]
__all__ += ["Picture", "PICTURE_SIZES", "Said", "drawn_in_rows", "drawn_marks", "picture"]
__all__ += ["renderer"]
