"""What people write in cells, as values: numbers, shares, ranges, dates, names, lists.

A reading raises ValueError with a sentence for the person who can correct the cell.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from partnerselect.files.sheets import Cell, Grid
from partnerselect.files.syntax import Scalar, plain
from partnerselect.model import UNKNOWN, normal, number_meant

_SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}"
_DASHES = "\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}\N{NON-BREAKING HYPHEN}\N{HYPHEN}"
_SIGNS = re.compile(r"[-+]?\d[\d.,]*")
_IN_DOUBT = re.compile(r"[-+]?[1-9]\d{0,2}[.,]\d{3}")
"""A thousand and something, or a decimal fraction with three digits."""
_BY_POINT = re.compile(r"[-+]?(\d+\.\d*|\d{1,3}(,\d{3})+\.\d+|\d{1,3}(,\d{3}){2,})")
_BY_COMMA = re.compile(r"[-+]?(\d+,\d*|\d{1,3}(\.\d{3})+,\d+|\d{1,3}(\.\d{3}){2,})")
_DATE = re.compile(r"(?=.*(\b0\d|/(19|20)\d\d$))\d{1,2}/\d{1,2}/\d{2,4}")
"""Three numbers that are a day rather than a range: a zero before one, or a year at the end."""
_TOTALS = re.compile(
    r"(grand |sub-?)?total(s|en)?|sum|summe|average|mean|median|count", re.IGNORECASE
)
_ANSWERS = ("yes", "y", "true", "x", "✓", "✔"), ("no", "n", "false")
ID = re.compile(r"[a-z][a-z0-9-]*")


def without_brackets(text: str) -> str:
    """Return a heading without what stands in brackets, such as a unit."""
    return re.sub(r"\s*[(\[][^)\]]*[)\]]", "", text).strip()


def id_from(title: str) -> str:
    """Return the id that a title gives, "" where none can be made of it."""
    letters = unicodedata.normalize("NFKD", title)
    letters = "".join(one for one in letters if not unicodedata.combining(one)).casefold()
    made = re.sub(r"[^a-z0-9]+", "-", letters.replace("&", " and ")).strip("-")
    return f"n-{made}" if made[:1].isdigit() else made


def id_of(text: str) -> str:
    """Return text that is an id as it is, other text as the id that it gives as a title."""
    return text if ID.fullmatch(text) else id_from(text)


def is_total(text: object) -> bool:
    """Tell whether text is what people write before a total."""
    return isinstance(text, str) and bool(_TOTALS.fullmatch(text.strip().rstrip(":")))


@dataclass(frozen=True)
class Convention:
    """How the numbers of one column are written: what its other cells say of points and commas."""

    by_point: str = ""
    """A number of the column that can only have a decimal point."""
    by_comma: str = ""
    point_by_default: bool = True
    """Whether 1.250 is one and a quarter where nothing else is said."""
    mixes_percentages: bool = False
    """Whether some of its cells show percentages and others plain numbers."""

    def number(self, text: str) -> Scalar:
        """Return the number written in text, or the text itself where it is none.

        Raise ValueError where it could be one of two numbers.
        """
        found = _bare(text)
        if not _SIGNS.fullmatch(found) or not re.search("[.,]", found):
            return plain(found) if found and found != text else plain(text)
        decimal = self._decimal(found)
        if decimal == "," and self.by_point:
            raise ValueError(
                f'"{text}" has a decimal comma, but {self.by_point} in the same column a decimal'
                " point; write all of them alike"
            )
        if decimal == "?":
            whole, fraction = re.sub("[.,]", "", found), found.replace(",", ".")
            raise ValueError(
                f'"{text}" may be {whole} or {fraction}, and nothing in its column tells which;'
                " write it without a sign for thousands, and with a decimal point"
            )
        thousands = "," if decimal == "." else "."
        return plain(found.replace(thousands, "").replace(decimal, "."))

    def _decimal(self, found: str) -> str:
        """Return the decimal sign of a number, "?" where it is in doubt."""
        if _IN_DOUBT.fullmatch(found):
            if bool(self.by_point) != bool(self.by_comma):
                return "." if self.by_point else ","
            is_plain = self.point_by_default and "." in found and not self.by_comma
            return "." if is_plain else "?"
        if _BY_POINT.fullmatch(found):
            return "."
        if _BY_COMMA.fullmatch(found):
            return ","
        raise ValueError(f'expected a number (found "{found}"){number_meant(found)}')


def _bare(text: str) -> str:
    """Return a number without signs that part its thousands beyond doubt."""
    found = "".join("-" if one in _DASHES else " " if one in _SPACES else one for one in text)
    if re.fullmatch(r"[-+]?\d{1,3}([ ']\d{3})+([.,]\d+)?", found.strip()):
        found = re.sub("[ ']", "", found)
    return found.strip()


def convention_of(grid: Grid, cells: Sequence[Cell]) -> Convention:
    """Return how the numbers of a column are written."""
    by_point = by_comma = ""
    for cell in cells:
        if isinstance(cell.value, str) and cell.value:
            for part in re.findall(r"[-+]?\d[\d.,]*", _bare(cell.value.rstrip("% "))):
                found = part.rstrip(".,")
                if not _IN_DOUBT.fullmatch(found) and re.search("[.,]", found):
                    by_point = by_point or (found if _BY_POINT.fullmatch(found) else "")
                    by_comma = by_comma or (found if _BY_COMMA.fullmatch(found) else "")
    percentages = {shows_percentage(cell) for cell in cells if cell.value}
    return Convention(by_point, by_comma, grid.separator == ",", len(percentages) > 1)


def shows_percentage(cell: Cell) -> bool:
    """Tell whether a cell shows a figure with a percent sign."""
    return cell.is_percentage or (isinstance(cell.value, str) and cell.value.endswith("%"))


def shown_percentage(cell: Cell, convention: Convention) -> Fraction | None:
    """Return the figure before the percent sign that a cell shows, None where it shows none."""
    if cell.is_percentage and isinstance(cell.value, int | float):
        return Fraction(repr(cell.value)) * 100
    if isinstance(cell.value, str) and cell.value.endswith("%"):
        number = convention.number(cell.value.removesuffix("%").strip())
        if isinstance(number, int | float):
            return Fraction(repr(number))
    return None


def as_number(value: Fraction) -> int | float:
    """Return a fraction as a whole number or a float."""
    return int(value) if value.denominator == 1 else float(value)


def number(cell: Cell, convention: Convention) -> Scalar:
    """Return the number in a cell; raise ValueError where there is none."""
    if (shown := shown_percentage(cell, convention)) is not None:
        raise ValueError(
            f"expected a number (found {float(shown):g}%); write it without the percent sign, in a"
            " cell that is not formatted as a percentage"
        )
    found = cell.value
    if isinstance(found, str):
        found = convention.number(found)
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise ValueError(f"expected a number (found {said(cell)}){_meant(cell)}")
    return found


def _meant(cell: Cell) -> str:
    if not isinstance(cell.value, str):
        return ""
    has_digits = any(map(str.isdigit, cell.value))
    return number_meant(cell.value) if has_digits else "; leave the cell empty if there is none"


def said(cell: Cell) -> str:
    """Return what a cell holds, as messages quote it."""
    if isinstance(cell.value, bool):
        return str(cell.value).upper()
    if isinstance(cell.value, date):
        return f"the date {cell.value}"
    return f'"{cell.value}"' if isinstance(cell.value, str) else f"{cell.value}"


def flag(cell: Cell) -> bool:
    """Return yes or no."""
    if isinstance(cell.value, bool):
        return cell.value
    words, found = _ANSWERS, normal(str(cell.value))
    for answer, known in zip((True, False), words, strict=True):
        if found in known:
            return answer
    raise ValueError(f"expected yes or no (found {said(cell)})")


def items(text: str) -> list[str]:
    """Return what is listed, separated by commas, semicolons or line ends."""
    return [item.strip() for item in re.split(r"[,;\n]", text) if item.strip()]


def pairs(text: str) -> list[tuple[str, str]]:
    """Return names and figures such as `poor: 0; good: 100`."""
    found = []
    for item in re.split(r"[;\n]|,(?=\s)", text):
        if item.strip():
            name, colon, figure = item.partition(":")
            if not colon or not name.strip() or not figure.strip():
                raise ValueError(
                    f'expected names with a figure each, such as "poor: 0; good: 100" (found'
                    f' "{item.strip()}")'
                )
            found.append((name.strip(), figure.strip()))
    named = [normal(name) for name, _ in found]
    if twice := next((name for name, _ in found if named.count(normal(name)) > 1), None):
        raise ValueError(f'"{twice}" is there twice; keep one of them')
    return found


def range_parts(text: str) -> dict[str, str] | None:
    """Return the parts of a range by key, None where the text is no range.

    `4–9`, `4..9` and `4 to 9` are low and high, `4 / 6 / 9` low, likely and high.
    """
    if _DATE.fullmatch(text):
        raise ValueError(
            f'"{text}" looks like a date; write a range with blanks and without zeros before its'
            " numbers, such as 4 / 6 / 9"
        )
    parts = [part.strip() for part in text.split("/")]
    if len(parts) == 3 and all(parts):  # noqa: PLR2004 - low, likely, high
        return dict(zip(("low", "likely", "high"), parts, strict=True))
    if len(parts) == 2 and all(re.search(r"\d", part) for part in parts):  # noqa: PLR2004
        raise ValueError(
            f'"{text}" may be a fraction or a range; write {parts[0]}–{parts[1]} for a range,'
            " or low / likely / high"
        )
    found = re.fullmatch(r"(.+?)\s*(?:\.\.\.?|…|[–—])\s*(.+)", text, re.DOTALL)
    found = found or re.fullmatch(r"(\d[\d.,]*%?)\s*(?:-|to)\s*(\d[\d.,]*\s*%?)", text)
    return {"low": found[1], "high": found[2].strip()} if found else None


def is_unknown(text: str) -> bool:
    """Tell whether text says that a score is not known."""
    return text == "?" or normal(text) == UNKNOWN
