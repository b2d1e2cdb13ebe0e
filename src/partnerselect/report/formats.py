"""Every form a paper can take, by the suffix of its file.

A renderer registers here with one line and is imported when asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any

from partnerselect.analysis import Analysis
from partnerselect.errors import InputError, Problem, input_error
from partnerselect.report.paper.content import PaperContent

EXTRA = 'pip install "partnerselect[paper]"'


@dataclass(frozen=True)
class Format:
    """One form: what it is called, the function that makes it, and what that function is given."""

    name: str
    maker: str
    """`module:function`; returns the file's content, text or bytes."""
    of: str = "content"
    """`content`: it is given the PaperContent; `analysis`: the Analysis, counted."""


PAPER_FORMATS: dict[str, Format] = {
    ".md": Format("Markdown", "partnerselect.report.render.paper_markdown:markdown"),
    ".xlsx": Format("workbook", "partnerselect.report.workbook:workbook", of="analysis"),
    ".html": Format("HTML", "partnerselect.report.render.html:html"),
    ".docx": Format("Word", "partnerselect.report.render.word:word"),
}


@dataclass(frozen=True)
class Material:
    """What every edition is made from.

    The paper is composed once, when the first edition needs it.
    """

    given: Analysis

    @cached_property
    def analysis(self) -> Analysis:
        """The analysis, with how often its choice would be made again."""
        from partnerselect.report.paper.gathering import with_certainty

        return with_certainty(self.given)

    @cached_property
    def content(self) -> PaperContent:
        """The paper, whatever it is rendered to."""
        from partnerselect.report.paper.composing import compose

        return compose(self.analysis)


def suffix_of(name: str) -> str:
    """Return the suffix of a file name if there is such an edition.

    Raises:
        InputError: naming the suffixes there are.
    """
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix not in PAPER_FORMATS:
        raise InputError(
            [Problem((), f"{name}: a paper's name ends in {', '.join(PAPER_FORMATS)}")]
        )
    return suffix


def maker_of(suffix: str) -> Callable[[Material], bytes]:
    """Return what makes one edition; what it imports is imported now.

    Raises:
        InputError: a library that it needs is not installed.
    """
    edition = PAPER_FORMATS[suffix]
    module, function = edition.maker.split(":")
    try:
        make: Callable[[Any], str | bytes] = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        raise _lacking(suffix, error) from error

    def made(material: Material) -> bytes:
        try:
            content = make(getattr(material, edition.of))
        except ModuleNotFoundError as error:
            raise _lacking(suffix, error) from error
        return content.encode() if isinstance(content, str) else content

    return made


def rendered(content: PaperContent, name: str) -> bytes:
    """Return content in the form that a file's name asks for; raises InputError."""
    forms = [suffix for suffix, form in PAPER_FORMATS.items() if form.of == "content"]
    if (suffix := suffix_of(name)) not in forms:
        raise input_error(f"{name}: its name ends in {', '.join(forms)}")
    module, function = PAPER_FORMATS[suffix].maker.split(":")
    try:
        made: str | bytes = getattr(import_module(module), function)(content)
    except ModuleNotFoundError as error:
        raise _lacking(suffix, error) from error
    return made.encode() if isinstance(made, str) else made


def _lacking(suffix: str, error: ModuleNotFoundError) -> Exception:
    """Return what to tell of a library that is not installed.

    A module of our own that is missing is our fault.
    """
    if str(error.name).startswith("partnerselect"):
        return error
    return InputError(
        [Problem((), f"a {suffix} paper needs {error.name}, which is not installed: {EXTRA}")]
    )
