"""Every form a paper can take, by the suffix of its file.

A renderer registers here with one line and is imported when asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Literal

from partnerselect.analysis import Analysis
from partnerselect.errors import input_error
from partnerselect.report.paper.appendices import appendices
from partnerselect.report.paper.body import body
from partnerselect.report.paper.content import Block, PaperContent, Paragraph
from partnerselect.report.paper.front import cover, footer, front
from partnerselect.report.paper.inputs import APPENDICES, PaperInputs, labelled, with_certainty
from partnerselect.value import mark_of
from partnerselect.words import how_to_install

Part = Literal["paper", "appendices", "full"]
"""What a document holds: the paper, its appendices, or both."""


@dataclass(frozen=True)
class Format:
    """One form: what it is called, and the function that makes it."""

    name: str
    maker: str
    """`module:function`; returns the file's content, text or bytes."""
    of_content: bool = True
    """Whether it is given the content of a part; else what was asked, as the workbook."""


PAPER_FORMATS: dict[str, Format] = {
    ".md": Format("Markdown", "partnerselect.report.render.pages:markdown"),
    ".xlsx": Format("workbook", "partnerselect.report.workbook:workbook", of_content=False),
    ".html": Format("HTML", "partnerselect.report.render.pages:html"),
    ".docx": Format("Word", "partnerselect.report.render.word:word"),
}


@dataclass(frozen=True)
class Material:
    """What every file is made from: everything is asked once, and a part composed once."""

    given: Analysis
    unsaved: tuple[str, ...] = ()
    """What was changed in the scenario and not saved, which the paper says first."""

    @cached_property
    def asked(self) -> PaperInputs:
        """The analysis with how often its choice would be made again, and what else is asked."""
        return PaperInputs(with_certainty(self.given), self.unsaved)

    @cached_property
    def paper(self) -> PaperContent:
        """The paper that a board reads; it refers to the appendices by number."""
        titles = "; ".join(f"{n} {title}" for n, title in enumerate(APPENDICES.values(), 1))
        told = labelled("Appendices, in a document of their own", f"{titles}.")
        return self._document(*self._paper, Paragraph(told, sources=("paper",)))

    @cached_property
    def appendices(self) -> PaperContent:
        """The appendices as a document of their own."""
        content = self._document(*appendices(self.asked))
        title = f"{content.cover.title}: appendices"
        return replace(content, cover=replace(content.cover, title=title))

    @cached_property
    def full(self) -> PaperContent:
        """Both in one document."""
        return self._document(*self._paper, *appendices(self.asked))

    @property
    def _paper(self) -> Iterator[Block]:
        yield from front(self.asked)
        yield from body(self.asked)

    def _document(self, *blocks: Block) -> PaperContent:
        analysis = self.asked.analysis
        return PaperContent(cover(self.asked), mark_of(analysis.scenario), blocks, footer(analysis))


def suffix_of(name: str) -> str:
    """Return the suffix of a file name if there is such an edition.

    Raises:
        InputError: naming the suffixes there are.
    """
    suffix = name[name.rfind(".") :].lower() if "." in name else ""
    if suffix not in PAPER_FORMATS:
        raise input_error(f"{name}: a paper's name ends in {', '.join(PAPER_FORMATS)}")
    return suffix


def usual_suffix() -> str:
    """Return the form that a paper is usually wanted in: Word, else HTML where Word is lacking."""
    return ".docx" if find_spec("docx") is not None else ".html"


def maker_of(suffix: str, part: Part = "paper") -> Callable[[Material], bytes]:
    """Return what makes one file; what it imports is imported now.

    Raises:
        InputError: a library that it needs is not installed, or a workbook of the appendices.
    """
    of_content = PAPER_FORMATS[suffix].of_content
    if part == "appendices" and not of_content:
        raise input_error(
            f"appendices are written to .md, .html or .docx; {suffix} is the workbook"
        )
    make = _made(suffix)
    return lambda material: make(getattr(material, part) if of_content else material.asked)


def rendered(content: PaperContent, name: str) -> bytes:
    """Return content in the form that a file's name asks for; raises InputError."""
    forms = [suffix for suffix, form in PAPER_FORMATS.items() if form.of_content]
    if (suffix := suffix_of(name)) not in forms:
        raise input_error(f"{name}: its name ends in {', '.join(forms)}")
    return _made(suffix)(content)


def _made(suffix: str) -> Callable[[Any], bytes]:
    """Return the function of a form; a library that it lacks is told, now or when it is called."""
    module, function = PAPER_FORMATS[suffix].maker.split(":")
    try:
        make: Callable[[Any], str | bytes] = getattr(import_module(module), function)
    except ModuleNotFoundError as error:
        raise _lacking(suffix, error) from error

    def made(given: Any) -> bytes:  # noqa: ANN401 - content, or what was asked
        try:
            content = make(given)
        except ModuleNotFoundError as error:
            raise _lacking(suffix, error) from error
        return content.encode() if isinstance(content, str) else content

    return made


def _lacking(suffix: str, error: ModuleNotFoundError) -> Exception:
    """Return what to tell of a library that is not installed.

    A module of our own that is missing is our fault.
    """
    if str(error.name).startswith("partnerselect"):
        return error
    return input_error(
        f"a {suffix} paper needs {error.name}, which is not installed: {how_to_install('paper')}"
    )
