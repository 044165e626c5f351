"""Tables, rates, charts and explorers of Shaoxing's plans and outcomes, 2015–2025.

Rooms, the last to use a figure at the top. A room imports only from itself and from rooms below it,
modules within a room never in a circle:

    site/         pages without a kernel (`make site`), and the picture of README.md
    editions.py   notebooks and lessons in other languages, held to the English ones
    exercises/    questions with a form, a check and hints; the lecturer's key
    explorers/    widgets: what if I choose?
    charts/       tables to charts that JupyterLab draws offline
    checks.py     what the figures say about one another
    labels/       figures in words
    growth/       rates, gaps and verdicts, each with the range that rounding leaves open
    sources.py    the text of a report, held to the table
    data/         files to one checked table, which names every fault with file, row and column
    i18n/         the words, English and Chinese

dashboard/ has the page that Voilà shows, without what it would ask a network for.
CONTRIBUTING.md says where a line of each kind goes.
"""
