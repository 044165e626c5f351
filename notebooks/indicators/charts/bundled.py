"""Charts that stay whole and look alike, whatever a reader has set for charts of her own.

A chart of Altair asks for the theme, the renderer and the place of its data when it is shown, and
these are the reader's: data in files that the page cannot load, a picture in place of marks to
point at, no more than 5,000 rows. The charts here bring their data and their look.
"""

from typing import Any

import altair as alt
import pandas as pd

from . import renderer
from .frame import following

JSON = dict[str, Any]


class _Bundled:
    """What a chart of the bundle is, beside a chart of Altair."""

    def to_dict(
        self,
        validate: bool = True,
        *,
        format: str = "vega-lite",
        ignore: list[str] | None = None,
        context: JSON | None = None,
    ) -> JSON:
        """The spec, as from a chart of Altair, without a theme.

        As a part of a reader's chart it has hers.
        """
        context = {"datasets": {}} | (context or {})
        whole = context.get("top_level", True)
        inside = context | {"top_level": False, "pre_transform": False}
        spec = super().to_dict(validate, ignore=ignore, context=inside)
        if whole:
            datasets = spec.get("datasets", {}) | context["datasets"]
            spec = following(spec) | {"$schema": alt.SCHEMA_URL, "datasets": datasets}
        return alt.vegalite_compilers.get()(spec) if format == "vega" else spec

    def _repr_mimebundle_(self, *args, **kwargs):
        return renderer.bundle(self.to_dict(validate=False))


class FacetChart(_Bundled, alt.FacetChart):
    """A panel for each group of rows."""


class HConcatChart(_Bundled, alt.HConcatChart):
    """Charts beside one another."""


class LayerChart(_Bundled, alt.LayerChart):
    """Marks over one another."""


class VConcatChart(_Bundled, alt.VConcatChart):
    """Charts beneath one another."""


def inline(rows: pd.DataFrame) -> alt.InlineData:
    """Rows as data that a chart brings itself, however many they are."""
    values = alt.to_values(rows)["values"]
    values = [{name: or_none(cell) for name, cell in row.items()} for row in values]
    return alt.InlineData(values=values)


def or_none(cell: Any) -> Any:
    """A cell, or None for NaN, which JSON does not have."""
    return None if isinstance(cell, float) and cell != cell else cell
