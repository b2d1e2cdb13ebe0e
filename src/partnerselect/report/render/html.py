"""The paper as one HTML file that asks nothing of any other, every word literal."""

from __future__ import annotations

from importlib import resources
from typing import Any

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from partnerselect.report.figures import figure_svg
from partnerselect.report.paper.content import Block, Figure, PaperContent
from partnerselect.report.render.numbering import depths, numbered
from partnerselect.words import one_line, visible

LONGEST_WORD = 24
"""Characters of a word that is broken only at its end; what is longer may break anywhere."""
LONGEST_RUNNING_TITLE = 70
"""Characters that fit beside the number of a printed page."""


def html(content: PaperContent) -> str:
    """Render the paper."""
    template = _environment().from_string(_text("paper.html.jinja"))
    return template.render(
        content=content,
        blocks=[
            (_kind(block), block, number, depth)
            for (block, number), depth in zip(
                numbered(content.blocks), depths(content.blocks), strict=True
            )
        ],
        style=Markup(_text("paper.css")),  # noqa: S704 - our own file
        running=one_line(content.cover.title)[:LONGEST_RUNNING_TITLE],
    )


def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=_held,
    )
    environment.filters |= {"drawing": _drawing, "quoted": quoted, "has_long_word": has_long_word}
    return environment


def _held(value: Any) -> Any:  # noqa: ANN401 - whatever the template prints
    """Return what HTML can hold; the template escapes it."""
    return visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _kind(block: Block) -> str:
    return type(block).__name__


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
