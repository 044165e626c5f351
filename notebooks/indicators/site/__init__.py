"""The bundle as pages that need neither kernel nor network.

`python -m indicators.site FOLDER` writes them, with the packages that `make site` sets up.

    folder           where the site goes, beside files of others
    notebook_pages   notebooks, with their outputs as HTML
    cells            what their cells show
    page_explorers   explorers that answer without a kernel; their scripts are page_*.js
    page_figures     what they draw, and lines of CSV files; packing: how it travels
    bound_charts     other charts with years and kinds to choose
    home             the first page
    data_pages       codebook, figures and sources
    search_index     search in English and Chinese
    site_words       what only the site says
"""
