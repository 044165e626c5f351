"""The first page of the site: the decade in a chart and five sentences, and where to go on."""

from collections.abc import Iterable

from .. import charts, data, growth, i18n, labels
from ..charts import renderer
from ..i18n import LANGUAGES
from . import picture
from .notebook_pages import Chart, in_both
from .site_words import WORDS_OF_SITE, block, in_each_language, inline

FIRST, AT_LAST = 2015, "2025"
PERIODS = {  # the years between which the sentences tell how an indicator moved
    "pm25": ("2015", "2023"),
    "good_air_days": ("2015", "2020"),
    "urban_income": ("2015", "2022"),
    "rural_income": ("2015", "2022"),
}


def page(questions: Iterable[str]) -> str:
    """The page as Markdown; `questions`: the names of the notebooks."""
    sentences = {language: _sentences(language) for language in LANGUAGES}
    told = {
        language: f"<ul>{''.join(f'<li>{each}</li>' for each in found)}</ul>"
        for language, found in sentences.items()
    }
    drawn = in_both({language: _chart(language) for language in LANGUAGES})
    parts = [
        f"# {inline(in_each_language('bundle'))}",
        block(told),
        drawn,
        block(in_each_language("home")),
        _tree("Questions", questions),
        _tree("Figures", ["figures", "codebook", "sources"]),
    ]
    return "\n\n".join(parts) + "\n"


def _tree(caption, names):
    return f"```{{toctree}}\n:caption: {caption}\n:maxdepth: 1\n\n{chr(10).join(names)}\n```"


def _chart(language):
    rows, title = growth.with_lines(picture.rows()), WORDS_OF_SITE[language]["decade_title"]
    chart = charts.small_multiples(rows, title, axis=picture.AXIS, language=language)
    spec = renderer.ready(chart.to_dict(validate=False))
    heading = spec.pop("title")  # in the page, where a narrow window breaks its lines
    return Chart(spec, heading["text"], f"<p>{heading['subtitle']}</p>")


def _sentences(language: str) -> list[str]:
    """Five sentences about the decade, with the figures that the table has."""
    everywhere = data.latest(data.load())
    table = everywhere[everywhere["place"].eq("shaoxing")]
    decade = growth.course(everywhere, "real_gdp", "shaoxing", "china", base=FIRST)
    moved, ratios = _moved(table, language)
    with i18n.speaking(language):
        values = moved | {
            "people": labels.say(table, "resident_population", "level", "2024"),
            "newest": labels.say(table, "real_gdp", "growth_rate", AT_LAST),
            "last": decade.last,
            "grown": f"{decade.growth.value:.0f}",
            "slow": decade.slowest.period,
            "least": labels.figure(decade.slowest),
            "fast": decade.fastest.period,
            "most": labels.figure(decade.fastest),
            "before": f"{ratios[0]:.2f}",
            "after": f"{ratios[1]:.2f}",
        }
    return [sentence.format(**values) for sentence in WORDS_OF_SITE[language]["decade"]]


def _moved(table, language):
    """The figures of `PERIODS` in words, and the ratio of incomes in both years."""
    words, figures = {}, {}
    for slug, years in PERIODS.items():
        measure = "share" if slug == "good_air_days" else "level"
        rows = [growth.the(table, slug, year, measure) for year in years]
        figures[slug] = [growth.figure(row) for row in rows]
        words |= {
            f"{slug}_{end}": labels.figure(row, language)
            for end, row in zip(("first", "last"), rows, strict=True)
        }
    pairs = zip(figures["urban_income"], figures["rural_income"], strict=True)
    return words, [growth.ratio(*pair).value for pair in pairs]
