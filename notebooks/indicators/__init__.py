"""Tables, rates, charts and explorers of Shaoxing's plans and outcomes, 2015–2025.

A module imports only from those below it:

    key.py           the lecturer's key to the exercises
    exercises.py     questions with a form, a check and hints (course.py: the questions; questions.py: how answers are judged)
    explorers.py     widgets: what if I choose? (live.py and live.js: their charts in the page; reruns.py: cells that run again)
    nbconvert/       the page of the dashboard, without what Voilà would ask a network for
    site/            the pages of `make site`, by Sphinx: charts that answer without a kernel, search in both languages
    cover.py         the picture of README.md
    charts.py        tables to charts (renderer.py shows them offline)
    labels.py        figures in words, English and Chinese (words.py: the vocabulary)
    checks.py        what the figures say about one another
    fresh.py         a table whose files have changed, loaded again
    growth.py        rates, gaps, verdicts, each with the range that rounding leaves open
    data.py          data/*.csv, or a table of your own, to one checked table (sources.py checks a report's text against it)
    template.py      a table of your own, to fill in (files.py: what is written is whole or not there)
    rules.py         all that a row has to obey, and every fault (moves.py: rows and columns that were moved)
    inputs.py        where a table can come from (tables.py: files as columns of text; workbook.py: sheets; parquet.py)
    cluster.py       a Dask DataFrame, judged by its workers (worker.py: what they do; parts.py: tables in parts)
"""
