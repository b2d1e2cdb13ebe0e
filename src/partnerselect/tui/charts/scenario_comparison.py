"""Other plans side by side, with what differs from the first marked."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial
from types import MappingProxyType

from textual.content import Content

from partnerselect.tui.charts.grid import Column, grid
from partnerselect.tui.charts.sheet import Item, Sheet
from partnerselect.tui.charts.words import (
    MUTED,
    WIDE,
    Lines,
    Row,
    cells,
    fitted,
    together,
    told_apart,
    width_of,
    wrapped,
)
from partnerselect.words import amount, counted, difference, points, possible_words

DIFFERS, SAME, WAITS, NONE, PENDING, NO_ANSWER = "≠", " ", "□ deferred", "–", "…", "  ✗"
LEAST, MOST = 17, 34
"""Cells of a column with a scenario."""
NAME, WIDE_NAME = 19, 34
LONGEST_TOTAL = "Cost to us"
"""The longest name of a line of totals."""
BREAKS = "✗"
"""Before what is said of a plan that is not possible."""
TURNED = frozenset({"gate", "payer", "partner", "commitment"})
"""Kinds of courses that turn one thing."""
MORE = " more in a taller window"
"""After what is cut."""
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


class Matrix:
    """Courses side by side; what stands in a cell is laid out once, however one walks."""

    def __init__(
        self,
        courses: Sequence[Row],
        *,
        full: bool,
        short: Mapping[str, str] = MappingProxyType({}),
    ) -> None:
        """Take what is to be compared.

        Args:
            courses: of `other_scenario_row` and `alternative_scenario_rows`, the first of which all
                are compared with; one still being worked out has `state` None.
            full: let names take a second line.
            short: names where there is little room, by title.
        """
        self._courses = [_in_short(course, short) for course in courses]
        self._full = full
        self._names: dict[str, str] = {}
        for course in reversed(self._courses):
            told = {key: one["title"] for key, one in course["programmes"].items()}
            self._names = told | self._names
        self._columns = [
            cache(partial(_cell, course, self._courses[0], full=full)) for course in self._courses
        ]
        self.sheet = cache(self._laid_out)
        """Lays out the matrix, one column being looked at, in so many cells."""
        self._body = cache(self._programmes_and_totals)

    def window(self, here: int, width: int) -> Window:
        """Choose which columns are in sight, the one looked at among them."""
        count = len(self._courses)
        titles = [
            one["title"] for course in self._courses[:1] for one in course["programmes"].values()
        ]
        longest = max(map(width_of, (LONGEST_TOTAL, *titles))) if count else NAME
        name = min(longest, WIDE_NAME if width >= WIDE else NAME)
        fit = max((width - name) // (LEAST + 1), 2)
        others = min(count - 1, fit - 1)
        first = min(max(1, here - others + 1), max(count - others, 1))
        shown = (0, *range(first, first + others)) if count else ()
        column = min((width - name) // max(len(shown), 1) - 1, MOST)
        return Window(name, max(column, 8), shown, here, count)

    def _laid_out(self, here: int, width: int) -> Sheet:
        if not self._courses:
            return Sheet(())
        seen = self.window(here, width)
        start = seen.starts()[seen.shown.index(here)]
        head = _heading(self._courses, seen, full=self._full)
        items, foot = self._body(replace(seen, here=0), width)
        return Sheet(items, head, foot, column=(start, start + seen.column))

    def _programmes_and_totals(self, seen: Window, width: int) -> tuple[tuple[Item, ...], Lines]:
        columns = [Column("Programme", draw=self._name, width=seen.name)]
        columns += [Column("", draw=self._columns[n], width=seen.column) for n in seen.shown]
        table = grid(columns, [], width, gap=1)
        items = tuple(Item(key, table.lines(key)) for key in self._names)
        return items, _totals(self._courses, seen, len(self._names))

    def _name(self, key: str, room: int) -> Sequence[Content]:
        return wrapped(self._names[key], room, most=2 if self._full else 1)


def _in_short(course: Row, short: Mapping[str, str]) -> Row:
    programmes = {
        key: {
            **one,
            "title": short.get(one["title"], one["title"]),
            "partners": [short.get(name, name) for name in one["partners"]],
        }
        for key, one in course["programmes"].items()
    }
    return {**course, "programmes": programmes}


def _heading(courses: Sequence[Row], seen: Window, *, full: bool) -> Lines:
    """Return the titles, each ending right over its cells, the one looked at with a mark."""
    most = 3 if full else 2
    named = told_apart([course["title"] for course in courses], most * (seen.column - 4))
    titles = []
    for number in seen.shown:
        is_here = number == seen.here
        style = "bold $primary" if is_here else "bold" if number == 0 else MUTED
        lines = wrapped(named[number], seen.column - 2, style, indent=2, most=most)
        mark = Content("▾ " if is_here else "  ").stylize(style)
        titles.append([mark + lines[0][2:], *lines[1:]] if lines else [mark])
    height = max(2, *map(len, titles))
    names = [_out_of_sight(seen), *[""] * (height - 2), "Programme"]
    lifted = [[Content("")] * (height - len(title)) + title for title in titles]
    return tuple(
        cells(
            fitted(name, seen.name, MUTED),
            *(title[n].truncate(seen.column, pad=True) for title in lifted),
            gap=1,
        )
        for n, name in enumerate(names)
    )


def _out_of_sight(seen: Window) -> str:
    """Say how many columns are out of sight on either side."""
    before, after = seen.shown[1] - 1 if len(seen.shown) > 1 else 0, seen.count - 1 - seen.shown[-1]
    if before and after:
        told = (f"◂ {before} more · {after} more ▸", f"◂ {before} · {after} ▸")
    elif before:
        told = (f"◂ {counted(before, 'more plan')}", f"◂ {before} more")
    else:
        told = (f"{counted(after, 'more plan')} ▸", f"{after} more ▸") if after else ("", "")
    return told[0] if width_of(told[0]) <= seen.name else told[1]


def _cell(course: Row, first: Row, key: str, width: int, *, full: bool) -> Lines:
    """Return who is chosen; what differs from the first by a glyph, a hue and its weight."""
    if course["state"] is None:
        instead = NO_ANSWER if course["is_given_up"] else PENDING
    elif key not in course["programmes"]:
        instead = f"  {NONE}"
    else:
        instead = NO_ANSWER if course["value"] is None else ""
    if instead:
        return (fitted(instead, width, "$tight" if instead == NO_ANSWER else MUTED),)
    partners, differs = (course["programmes"][key][of] for of in ("partners", "differs"))
    style = "bold $tight" if differs else "" if course is first else MUTED
    glyph = DIFFERS if differs else SAME
    if not partners:
        return (Content(f"{glyph} {WAITS}").stylize(style if differs else "$tight"),)
    if full:
        named = [f"{'+ ' if n else ''}{partner}" for n, partner in enumerate(partners)]
        lines = [line for name in named for line in wrapped(name, width - 2, style, most=2)]
    else:
        lines = [together(partners, width - 2).stylize(style)]
    marks = [Content(f"{glyph} ").stylize(style), *[Content("  ")] * (len(lines) - 1)]
    return tuple(mark + line for mark, line in zip(marks, lines, strict=True))


def _totals(courses: Sequence[Row], seen: Window, programmes: int) -> Lines:
    rule = Content("─" * (seen.name + len(seen.shown) * (seen.column + 1))).stylize("$track")
    shown = [courses[number] for number in seen.shown]
    totals: list[tuple[str, Callable[[Row], str]]] = [
        ("Value", _value),
        (LONGEST_TOTAL, _cost),
        ("Running", partial(_runs, programmes=programmes)),
    ]
    if any(course.get("broken") for course in courses):
        totals.insert(1, ("Possible", _possible))
    styles = ["bold" if number == 0 else "" for number in seen.shown]
    return (
        rule,
        *(
            cells(
                fitted(name, seen.name, "bold"),
                *(
                    Content(told(course)).truncate(seen.column, pad=True).stylize(style)
                    for course, style in zip(shown, styles, strict=True)
                ),
                gap=1,
            )
            for name, told in totals
        ),
    )


def _value(course: Row) -> str:
    if course["value"] is None:
        return "" if course["state"] is None else "  no answer"
    gained = 0.0 if course["caution"] else round(_gained(course), 1)
    against = f" ({gained:+.1f})".replace("-", "−") if gained else ""
    return f"{UNLIKE if course['caution'] else ' '} {course['value']:.1f}{against}"


def _gained(course: Row) -> float:
    """Return what a course is worth more, so that it adds up beside what both are worth."""
    return difference(course["value"], course["value"] - (course["gained"] or 0.0))


def _possible(course: Row) -> str:
    broken = course.get("broken", 0)
    told = "" if course["value"] is None else possible_words(broken)
    return f"{BREAKS if broken else ' '} {told}"


def _cost(course: Row) -> str:
    cost = course["own_cost"]
    return "" if cost is None else f"  {amount(cost, course['currency'])}"


def _runs(course: Row, programmes: int) -> str:
    if course["value"] is None:
        return ""
    run = sum(bool(programme["partners"]) for programme in course["programmes"].values())
    return f"  {run} of {min(programmes, len(course['programmes']))}"


def told(
    courses: Sequence[Row],
    here: int,
    programme: str | None,
    width: int,
    most: int,
    *,
    short: Mapping[str, str] = MappingProxyType({}),
) -> Lines:
    """Return the cell under the cursor in words, and what the course comes to.

    So many lines at the most; what is then left out is said. Of an alternative the words name
    what is otherwise, and its title is not said again.

    Args:
        courses: as of `Matrix`.
        here: number of the course.
        programme: id of the programme.
        width: of a line, in cells.
        most: lines.
        short: names where full ones would take more than a line, by title.
    """
    course = courses[here]
    words = course["words"] or _sum(course, is_now=here == 0)
    named = () if course["kind"] in TURNED else (course["title"],)
    lines = [line for title in named for line in wrapped(title, width, "bold $primary", most=1)]
    cell = _cell_words(course, courses[0], programme, {})
    if width_of(cell) > width:
        cell = _cell_words(course, courses[0], programme, short)
    lines += wrapped(cell, width, most=max(most // 3, 2))
    whole = wrapped(words, width, MUTED)
    room = max(most - len(lines), 1)
    if len(whole) > room:
        left = " ".join(line.plain for line in whole[room - 1 :])
        cut = fitted(left, width - width_of(MORE)).rstrip()
        whole[room - 1 :] = [cut.stylize(MUTED) + Content(MORE).stylize("$primary")]
    return tuple((lines + whole)[:most])


def _cell_words(course: Row, first: Row, programme: str | None, short: Mapping[str, str]) -> str:
    """Say who is chosen for the programme, and who in the first course where that differs."""
    stated = course["programmes"].get(programme or "")
    if stated is None or course["value"] is None:
        return ""
    saved = first["programmes"].get(programme, {"partners": []})["partners"]
    chosen, before = (
        " + ".join(short.get(name, name) for name in names) or "deferred"
        for names in (stated["partners"], saved)
    )
    shares = f" ({stated['shared']})" if stated.get("shared") and stated["differs"] else ""
    instead = f" (≠ now: {before})" if stated["differs"] else ""
    return f"{short.get(stated['title'], stated['title'])}: {chosen}{shares}{instead}."


def _sum(course: Row, *, is_now: bool) -> str:
    if course["state"] is None:
        return "calculating …"
    if course["value"] is None:
        return "There is no choice that meets everything asked for."
    gained, caution = "", course["caution"]
    if course["gained"] is not None and not caution and not is_now:
        more = "more" if course["gained"] >= 0 else "less"
        gained = f", {points(abs(_gained(course)))} {more} than now"
    told = (
        f"The whole is worth {course['value']:.1f} of 100{gained}; it costs us"
        f" {amount(course['own_cost'], course['currency'])}."
    )
    return f"{told} {UNLIKE} {caution[0].upper()}{caution[1:]}." if caution else told
