"""Other plans side by side, with what differs from the first marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from textual.content import Content

from partnerselect.tui.charts.sheet import Item, Lines, Sheet
from partnerselect.tui.charts.words import (
    KEPT,
    MUTED,
    cells,
    fitted,
    together,
    told_apart,
    width_of,
    wrapped,
)
from partnerselect.words import amount, points

Row = dict[str, Any]
DIFFERS, SAME, WAITS, NONE, PENDING, NO_ANSWER = "≠", " ", "○ deferred", "–", "…", "  ✗"
LEAST, MOST = 17, 34
"""Cells of a column with a scenario."""
NAME, WIDE_NAME = 19, 34
LONGEST_TOTAL = "Cost to us"
"""The longest name of a line of totals."""
UNLIKE = "~"
"""Before a value that is measured differently from the first."""


@dataclass(frozen=True)
class Window:
    """The columns in sight: the first, and as many others as there is room for."""

    name: int
    column: int
    """Widths in cells."""
    shown: tuple[int, ...]
    """Numbers of the courses in sight."""
    here: int
    count: int

    def starts(self) -> list[int]:
        """Return where each column in sight begins."""
        return [self.name + 1 + n * (self.column + 1) for n in range(len(self.shown))]

    def at(self, x: int) -> int | None:
        """Return the course in this cell of a line; None beside all."""
        return next(
            (
                course
                for course, start in zip(self.shown, self.starts(), strict=True)
                if start <= x < start + self.column
            ),
            None,
        )


def window(courses: Sequence[Row], here: int, width: int) -> Window:
    """Choose which columns are in sight, the one looked at among them."""
    longest = (
        max(
            [width_of(LONGEST_TOTAL)]
            + [width_of(programme["title"]) for programme in courses[0]["programmes"].values()]
        )
        if courses
        else NAME
    )
    # where names need no cutting
    name = min(longest, WIDE_NAME if width >= 100 else NAME)  # noqa: PLR2004
    fit = max((width - name) // (LEAST + 1), 2)
    others = min(len(courses) - 1, fit - 1)
    first = min(max(1, here - others + 1), max(len(courses) - others, 1))
    shown = (0, *range(first, first + others)) if courses else ()
    column = min((width - name) // max(len(shown), 1) - 1, MOST)
    return Window(name, max(column, 8), shown, here, len(courses))


def courses_sheet(courses: Sequence[Row], here: int, width: int, *, full: bool) -> Sheet:
    """Lay out the matrix.

    Args:
        courses: of `other_scenario_row` and `alternative_scenario_rows`, the first of which all
            are compared with;
            one still being worked out has `state` None.
        here: the column that is looked at.
        width: in cells.
        full: let names take a second line.
    """
    if not courses:
        return Sheet(())
    seen = window(courses, here, width)
    names: dict[str, str] = {}
    for course in courses:
        names |= {
            key: programme["title"]
            for key, programme in course["programmes"].items()
            if key not in names
        }
    shown, widths = [courses[number] for number in seen.shown], (seen.name, seen.column)
    items = tuple(
        Item(
            key,
            _programme(
                title,
                tuple(_stated(key, course, courses[0]) for course in shown),
                widths,
                full=full,
            ),
        )
        for key, title in names.items()
    )
    start = seen.starts()[seen.shown.index(here)]
    return Sheet(
        items,
        head=_heading(courses, seen, full=full),
        foot=_totals(shown, courses[0], seen, len(names)),
        column=(start, start + seen.column),
    )


def _line(name: Content, columns: Sequence[Content]) -> Content:
    return cells(name, *columns, gap=1)


def _heading(courses: Sequence[Row], seen: Window, *, full: bool) -> Lines:
    most = 3 if full else 2
    named = told_apart([course["title"] for course in courses], most * (seen.column - 4))
    titles = [wrapped(named[number], seen.column - 2, most=most) for number in seen.shown]
    names = [_out_of_sight(seen), *[""] * max(max(map(len, titles)) - 2, 0), "Programme"]
    return tuple(
        _line(
            fitted(name, seen.name, MUTED),
            [
                _title(title, n - len(names), number, seen)
                for number, title in zip(seen.shown, titles, strict=True)
            ],
        )
        for n, name in enumerate(names)
    )


def _out_of_sight(seen: Window) -> str:
    """Say how many columns are out of sight on either side."""
    before, after = seen.shown[1] - 1 if len(seen.shown) > 1 else 0, seen.count - 1 - seen.shown[-1]
    return " ".join(
        part
        for part in (f"◂ {before}" if before else "", f"{after} more ▸" if after else "")
        if part
    )


def _title(lines: Sequence[Content], n: int, number: int, seen: Window) -> Content:
    """Return a line of a title, counted from its last (−1).

    The first says whether the column is looked at.
    """
    if n < -len(lines):
        return fitted("", seen.column)
    glyph = "▾ " if n == -len(lines) and number == seen.here else "  "
    return (
        (Content(glyph) + lines[n].rstrip())
        .truncate(seen.column, pad=True)
        .stylize(_style(number, seen))
    )


def _style(number: int, seen: Window) -> str:
    return "bold $primary" if number == seen.here else "bold" if number == 0 else MUTED


class _Stated(NamedTuple):
    """What a course says of a programme."""

    partners: tuple[str, ...] = ()
    instead: str = ""
    """What is said where there is no choice of partners."""
    differs: bool = False
    is_first: bool = False
    """Whether it is the course that all are compared with."""


def _stated(key: str, course: Row, first: Row) -> _Stated:
    if course["state"] is None:
        return _Stated(instead=NO_ANSWER if course["is_given_up"] else PENDING)
    if key not in course["programmes"]:
        return _Stated(instead=f"  {NONE}")
    if course["value"] is None:
        return _Stated(instead=NO_ANSWER)
    partners, before = (
        course["programmes"][key]["partners"],
        first["programmes"].get(key, {"partners": None})["partners"],
    )
    return _Stated(
        tuple(partners),
        differs=course is not first and partners != before,
        is_first=course is first,
    )


@lru_cache(maxsize=KEPT)
def _programme(
    title: str, stated: tuple[_Stated, ...], widths: tuple[int, int], *, full: bool
) -> Lines:
    """Return the lines of a programme: from one column to the next they stay as they are."""
    name_width, width = widths
    columns = [_cell(one, width, full=full) for one in stated]
    name = (
        [line.truncate(name_width, pad=True) for line in wrapped(title, name_width, most=2)]
        if full
        else [fitted(title, name_width)]
    )
    height = max(len(name), *map(len, columns))
    blank = Content("")
    return tuple(
        _line(
            name[n] if n < len(name) else fitted("", name_width),
            [
                (column[n] if n < len(column) else blank).truncate(width, pad=True)
                for column in columns
            ],
        )
        for n in range(height)
    )


@lru_cache(maxsize=KEPT)
def _cell(stated: _Stated, width: int, *, full: bool) -> Lines:
    """Return who is chosen; what differs from the first by a glyph, a hue and its weight."""
    if stated.instead:
        return (fitted(stated.instead, width, "$tight" if stated.instead == NO_ANSWER else MUTED),)
    style = "" if stated.is_first else "bold $tight" if stated.differs else MUTED
    glyph = DIFFERS if stated.differs else SAME
    if not stated.partners:
        return (Content.assemble((f"{glyph} {WAITS}", style if stated.differs else "$tight")),)
    if full:
        lines = [
            line
            for n, partner in enumerate(stated.partners)
            for line in wrapped(f"{'+ ' if n else ''}{partner}", width - 2, style, most=2)
        ]
        return (
            Content.assemble((f"{glyph} ", style)) + lines[0],
            *(line.pad_left(2) for line in lines[1:]),
        )
    return (
        Content.assemble((f"{glyph} ", style))
        + together(stated.partners, width - 2).stylize(style),
    )


def _totals(shown: Sequence[Row], first: Row, seen: Window, programmes: int) -> Lines:
    rule = Content("─" * (seen.name + len(seen.shown) * (seen.column + 1))).stylize("$track")
    lines = [
        _line(
            fitted(name, seen.name, "bold"),
            [_total(told(course), course, first, seen.column) for course in shown],
        )
        for name, told in (
            ("Value", _value),
            (LONGEST_TOTAL, _cost),
            ("Running", lambda course: _runs(course, programmes)),
        )
    ]
    return (rule, *lines)


def _total(told: str, course: Row, first: Row, width: int) -> Content:
    return Content(told).truncate(width, pad=True).stylize("bold" if course is first else "")


def _value(course: Row) -> str:
    if course["value"] is None:
        return "" if course["state"] is None else "  no answer"
    gained = course["gained"]
    against = (
        f" ({gained:+.1f})".replace("-", "−")
        if gained is not None and abs(gained) >= 0.05 and not course["caution"]  # noqa: PLR2004
        else ""
    )
    return f"{UNLIKE if course['caution'] else ' '} {course['value']:.1f}{against}"


def _cost(course: Row) -> str:
    return (
        "" if course["own_cost"] is None else f"  {amount(course['own_cost'], course['currency'])}"
    )


def _runs(course: Row, programmes: int) -> str:
    run = sum(bool(programme["partners"]) for programme in course["programmes"].values())
    return (
        ""
        if course["value"] is None
        else f"  {run} of {min(programmes, len(course['programmes']))}"
    )


def told(courses: Sequence[Row], here: int, programme: str | None, width: int, most: int) -> Lines:
    """Return the cell under the cursor in words, and what the course comes to.

    So many lines at the most.
    """
    course, first = courses[here], courses[0]
    lines = wrapped(course["title"], width, "bold $primary", most=1)
    if course["state"] is None:
        return (*lines, *wrapped(course["words"] or "calculating …", width, MUTED, most=most - 1))
    stated = course["programmes"].get(programme or "")
    if stated is not None and course["value"] is not None:
        chosen = " + ".join(stated["partners"]) or "deferred"
        before = (
            " + ".join(first["programmes"].get(programme, {"partners": []})["partners"])
            or "deferred"
        )
        instead = "" if here == 0 or chosen == before else f" (≠ now: {before})"
        lines += wrapped(f"{stated['title']}: {chosen}{instead}.", width, most=2)
    lines += wrapped(
        course["words"] or _sum(course, is_now=here == 0),
        width,
        MUTED,
        most=max(most - len(lines), 1),
    )
    return tuple(lines[:most])


def _sum(course: Row, *, is_now: bool) -> str:
    if course["value"] is None:
        return "There is no choice that meets everything asked for."
    gained = ""
    if course["gained"] is not None and not course["caution"] and not is_now:
        gained = (
            f", {points(abs(course['gained']))} {'more' if course['gained'] >= 0 else 'less'}"
            " than now"
        )
    caution = (
        f" {UNLIKE} {course['caution'][0].upper()}{course['caution'][1:]}."
        if course["caution"]
        else ""
    )
    return (
        f"The whole is worth {course['value']:.1f} of 100{gained}; it costs us"
        f" {amount(course['own_cost'], course['currency'])}.{caution}"
    )
