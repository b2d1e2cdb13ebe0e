"""The paper as one HTML file that asks nothing of any other, and as Markdown; all words literal."""

from __future__ import annotations

import re
from functools import partial
from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from partnerselect.report.figures import figure_svg
from partnerselect.report.paper.content import Figure, PaperContent, depths, numbered
from partnerselect.report.render import plain
from partnerselect.words import one_line, visible

LONGEST_WORD = 24
"""Characters of a word that is broken only at its end; what is longer may break anywhere."""
LONGEST_RUNNING_TITLE = 70
"""Characters that fit beside the number of a printed page."""


def html(content: PaperContent) -> str:
    """Render the paper as HTML."""
    filters = {"drawing": _drawing, "quoted": quoted, "has_long_word": has_long_word}
    environment = _environment(filters, autoescape=True, finalize=_held)
    return _rendered(
        environment,
        "paper.html.jinja",
        content,
        style=Markup(_text("paper.css")),  # noqa: S704 - our own file
        running=one_line(content.cover.title)[:LONGEST_RUNNING_TITLE],
    )


def markdown(content: PaperContent) -> str:
    """Render the paper as Markdown, figures as the tables behind them."""
    filters = {
        "emphasised": plain.emphasised,
        "grid": plain.grid,
        "literal": plain.literal,
        "paragraph": partial(plain.spans, shown=plain.lines),
        "spans": plain.spans,
        "strong": plain.strong,
    }
    written = _rendered(_environment(filters), "paper.md.jinja", content)
    return re.sub(r"\n{3,}", "\n\n", written).strip() + "\n"


def _environment(filters: dict[str, Any], **options: Any) -> Environment:  # noqa: ANN401 - of jinja
    environment = Environment(  # noqa: S701 - HTML asks for it; Markdown has marks of its own
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True, **options
    )
    environment.filters |= filters
    return environment


def _rendered(
    environment: Environment,
    name: str,
    content: PaperContent,
    **given: Any,  # noqa: ANN401 - what a template asks for
) -> str:
    blocks = [
        (type(block).__name__, block, number, depth)
        for (block, number), depth in zip(
            numbered(content.blocks), depths(content.blocks), strict=True
        )
    ]
    return environment.from_string(_text(name)).render(content=content, blocks=blocks, **given)


def _held(value: Any) -> Any:  # noqa: ANN401 - whatever the template prints
    """Return what HTML can hold; the template escapes it."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _drawing(figure: Figure) -> Markup:
    return Markup(figure_svg(figure))  # noqa: S704 - written by an XML library, which escapes


def has_long_word(text: str) -> bool:
    """Tell whether a text holds a word that would push a table out of its page."""
    return any(len(word) > LONGEST_WORD for word in text.split())


def quoted(text: str) -> Markup:
    """Return a text as a string of CSS, all but letters and digits by number: nothing ends it."""
    inside = "".join(
        letter if letter.isascii() and letter.isalnum() else f"\\{ord(letter):06x}"
        for letter in one_line(text)
    )
    return Markup(f'"{inside}"')  # noqa: S704 - letters, digits and backslashes


def _text(name: str) -> str:
    return resources.files(__package__).joinpath(name).read_text(encoding="utf-8")
