"""What an explorer of indicators says of its chart: a title, what it draws, and what it lacks."""

from abc import abstractmethod

from .. import charts, growth, labels
from .indicator_controls import IndicatorControls

MOST_NAMED = 6  # so many things that have no figure are named
MOST_ENDING = 3  # so many places or series that end early are named


class IndicatorWords(IndicatorControls):
    """Controls of indicators, and the words for what is drawn."""

    @abstractmethod
    def _series(self) -> dict[str, str]:
        """The chosen series that have figures, in the order of the table, with their names."""

    @abstractmethod
    def _unasked(self) -> bool:
        """Whether places have panels of their own because they would lie flat in one."""

    def _plain_title(self):
        words, language, rows = self.words, self.language.value, self.data
        drawn = set(rows["series"])
        series = [name for key, name in self._series().items() if key in drawn or rows.empty]
        names, where = self._parted(series), ""
        if not rows.empty:
            first = next(rows.itertuples())
            if len(self.indicators.value) == 1 < len(self.places.value):
                names = f"{labels.name(first, language)} ({names})"  # else these are places alone
            if len(self.places.value) == 1:
                comma = ", " if language == "en" else "，"
                where = comma + labels.place(first, language)
            elif 1 < len(self.indicators.value):
                slugs, places = (
                    [each for each in chosen.value if each in set(rows[name].astype("str"))]
                    for name, chosen in (("indicator", self.indicators), ("place", self.places))
                )
                if len(series) == len(slugs) * len(places):
                    names, where = self._names_and_places(slugs, places)
        view, (since, until) = words["views"][self.view.value].capitalize(), self.years.value
        return words["chart"]["title"].format(
            view=view, where=where, first=since, last=until, names=names
        )

    def _names_and_places(self, slugs: list[str], places: list[str]) -> tuple[str, str]:
        """The names of indicators, and those of the places that have all of them."""
        language, form, view = self.language.value, self.words["forms"], self._table_view
        names = [view.indicator_name(slug, language) for slug in slugs]
        places = [view.place_name(place, language) for place in places]
        where = form["and"].join([*filter(None, [form["listed"].join(places[:-1])]), places[-1]])
        return form["semicolon"].join(names), form["comma"] + where

    def _said(self):
        rows, said, colours = self.data, self.words["said"], len(charts.COLOURS)
        parts = [said["one"] if len(rows) == 1 else said["some"].format(len(rows))]
        if not self.indicators.value:
            parts.append(said["choose"])
        if not self.selection.statuses:
            parts.append(said["tick"])
        parts += self._lacking()
        if self._missing() and self.view.value == "index":
            parts.append(said["no_base"].format(self.base.value))
        if self._unasked():
            parts.append(said["apart"])
        if len(self._series()) > colours:
            parts.append(said["colours"].format(colours))
        return "".join(parts)

    def _lacking(self) -> list[str]:
        """What of the choice has no figure, and which series end before the others."""
        said, empty, missing = self.words["said"], self._empty_places(), self._missing()
        parts = self._said_of_places(empty)
        if missing:
            parts.append(said["nothing"].format(self._parted(missing)))
        if unknown := self._unknown(empty):
            key = "unofficial" if self.official.value else "unknown"
            parts.append(said[key].format(self._parted(unknown)))
        return parts + self._ending()

    def _missing(self) -> list[str]:
        """The names of series that are not drawn, but for those of empty places."""
        empty, home = self._pairs(self._empty_places()), self._table_view.home
        without = set(self.data["series"]) | {growth.series_id(*pair, home) for pair in empty}
        return [name for key, name in self._series().items() if key not in without]

    def _ending(self) -> list[str]:
        """Which places or series end before the others: a few by name, of many the number."""
        rows, names, said = self.data.astype({"place": str}), self._series(), self.words["said"]
        ends, found = rows.groupby("series")["end"].max(), {}
        early = ends[ends < ends.max()]
        for place, of in rows.groupby("place", sort=False):
            own = early.reindex(of["series"].unique())
            whole = self._table_view.place_name(place, self.language.value)
            one = len(self.places.value) > 1 and own.notna().all() and own.nunique() == 1
            for key, end in list(own.dropna().items())[: 1 if one else None]:
                found.setdefault(int(end), []).append(whole if one else names[key])
        if sum(map(len, found.values())) > MOST_ENDING:
            return [said["many_end"].format(len(early), len(ends), int(ends.max()))]
        return [said["ends"].format(year, self._parted(of)) for year, of in sorted(found.items())]

    def _noted(self):
        rows, said, parts = self.data, self.words["said"], self._lacking()
        sized = rows[rows["measure"].isin(["level", "index"])]
        nominal = sized[sized["price_basis"].eq("nominal")]
        if not nominal.empty:
            every = len(nominal) == len(sized) == len(rows)
            names = [labels.name(row, self.language.value) for row in nominal.itertuples()]
            of = self._parted(list(dict.fromkeys(names)))
            parts.insert(0, said["nominal"] if every else said["nominal_of"].format(of))
        return [part.strip() for part in parts]

    def _empty_places(self) -> list[str]:
        """Of several chosen places those without a drawn figure, where indicators are chosen."""
        several = len(self.places.value) > 1 and self.indicators.value and self.selection.statuses
        drawn = set(self.data["place"].astype("str"))
        return [place for place in self.places.value if several and place not in drawn]

    def _said_of_places(self, empty: list[str]) -> list[str]:
        """Which places have no figure, and why."""
        said, known, names = self.words["said"], set(self._known()["place"].astype("str")), {}
        none = "place_unofficial" if self.official.value else "place_unknown"
        here = "place_no_base" if self.view.value == "index" else "place_nothing"
        for place in empty:
            why = here if place in known else none
            named = self._table_view.place_name(place, self.language.value)
            names.setdefault(why, []).append(named)
        joined = self.words["forms"]["and"]
        return [said[why].format(joined.join(of), self.base.value) for why, of in names.items()]

    def _unknown(self, empty: list[str]) -> list[str]:
        """The names of what is chosen and has no figure at all: indicators, each in its place.

        But for the places that are said to be empty.
        """
        view, language = self._table_view, self.language.value
        known, comma = set(self._known()["series"]), self.words["forms"]["comma"]
        pairs = [pair for pair in self._pairs() if pair[1] not in empty]
        pairs = [pair for pair in pairs if growth.series_id(*pair, view.home) not in known]
        names = ((view.indicator_name(slug, language), place) for slug, place in pairs)
        found = [f"{name}{comma}{view.place_name(place, language)}" for name, place in names]
        more = [self.words["said"]["more"].format(len(found) - MOST_NAMED)]
        return found if len(found) <= MOST_NAMED + 1 else found[:MOST_NAMED] + more
