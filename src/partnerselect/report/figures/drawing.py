"""From a drawn sheet to bytes that anyone can draw again."""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable
from io import BytesIO
from threading import Lock
from typing import Any
from xml.etree import ElementTree as ET

import matplotlib as mpl
from matplotlib.figure import Figure as Sheet

from partnerselect.report.figures.curves import frontier, sensitivity
from partnerselect.report.figures.shares import acceptability, contributions
from partnerselect.report.figures.sheet import INK, STYLE, Row
from partnerselect.report.paper.content import Figure, FigureKind
from partnerselect.words import visible

DRAWN: dict[FigureKind, Callable[[list[Row]], Sheet]] = {
    "contributions": contributions,
    "frontier": frontier,
    "acceptability": acceptability,
    "sensitivity": sensitivity,
}
DOTS_PER_INCH = 200
SVG = "http://www.w3.org/2000/svg"
NO_METADATA = {"Date": None, "Creator": None, "Format": None, "Type": None}
_ONE_AT_A_TIME = Lock()
"""What matplotlib is told beyond a figure's own settings holds for the whole process."""


def svg(figure: Figure) -> str:
    """Return the figure as an SVG element without a prologue, so that it can stand in a page."""
    return _inline(_saved(figure, format="svg", metadata=NO_METADATA), figure.alt)


def png(figure: Figure) -> bytes:
    """Return the figure as a PNG on white."""
    metadata = {"Software": None}
    return _saved(figure, format="png", dpi=DOTS_PER_INCH, facecolor="white", metadata=metadata)


def _saved(figure: Figure, **how: Any) -> bytes:  # noqa: ANN401 - as the library saves
    """Draw with the library's own settings; a script that its font lacks is shown as boxes."""
    stream = BytesIO()
    with _ONE_AT_A_TIME, mpl.rc_context(), warnings.catch_warnings():
        warnings.filterwarnings("ignore", r"Glyph .* missing", UserWarning)
        mpl.rcdefaults()
        mpl.rcParams.update(STYLE)
        mpl.rcParams["svg.hashsalt"] = figure.id
        DRAWN[figure.kind](list(figure.data)).savefig(stream, **how)
    return stream.getvalue()


def _inline(document: bytes, alt: str) -> str:
    """Return the drawing alone: ink in the colour of the page, named for those who hear it."""
    root = ET.fromstring(document)  # noqa: S314 - matplotlib has just written it
    for parent in list(root.iter()):
        for child in [
            child for child in parent if child.tag in {f"{{{SVG}}}metadata", f"{{{SVG}}}style"}
        ]:
            parent.remove(child)
    for element in root.iter():
        if element.tag == f"{{{SVG}}}g":
            element.attrib.pop("id", None)
        if "style" in element.attrib:
            element.set(
                "style", re.sub(INK, "currentColor", element.get("style", ""), flags=re.IGNORECASE)
            )
    root.set("role", "img")
    root.set("aria-label", visible(alt))
    ET.register_namespace("", SVG)
    ET.register_namespace("xlink", "http://www.w3.org/1999/xlink")
    return ET.tostring(root, encoding="unicode")
