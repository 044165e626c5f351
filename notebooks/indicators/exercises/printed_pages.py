"""The frame of pages for a lecturer's browser and printer."""

import html

from nbconvert.filters import markdown2html

PAGE = """<!doctype html>
<html lang="{language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
  @page {{ size: A4; margin: 15mm }}
  body {{ font: 16px/1.5 sans-serif; max-width: 50em; margin: 2em auto; padding: 0 1em }}
  .anchor-link {{ display: none }}
  pre {{ white-space: pre-wrap; background: #f4f4f4; padding: 0.6em; font-size: 13px }}
  table {{ border-collapse: collapse }}
  td, th {{ text-align: left; vertical-align: top; padding: 0.2em 1em 0.2em 0;
    border-bottom: 1px solid #ccc }}
  td:first-child {{ min-width: 4em }}
  th {{ word-break: keep-all }}
  a {{ overflow-wrap: anywhere }}
  @media print {{
    body {{ margin: 0; padding: 0; max-width: none; font: 10pt/1.4 sans-serif }}
    h1 {{ margin-top: 0 }}
    h2, h3 {{ margin: 0.8em 0 0.3em }}
    h2, h3, h3 + p, p:has(+ :is(ol, ul, pre, table)) {{ break-after: avoid }}
    pre, table, li {{ break-inside: avoid }}
    nav {{ display: none }}
  }}
{style}</style>
{body}
</html>
"""


def printable(title: str, body: str, language: str = "en", style: str = "") -> str:
    """A page of HTML, with a style sheet of its own after that of all pages."""
    return PAGE.format(title=html.escape(title), body=body, language=language, style=style)


def as_html(markdown: str) -> str:
    """Markdown as HTML."""
    return markdown2html(markdown).strip()
