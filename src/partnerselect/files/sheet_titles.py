"""Which sheets of a workbook are meant for those of a scenario, by their titles."""

from __future__ import annotations

from collections.abc import Iterable
from difflib import get_close_matches
from itertools import groupby

from partnerselect.errors import Place, Problem
from partnerselect.files.book import Book
from partnerselect.files.book_layout import BY_TITLE
from partnerselect.files.sheets import Grid
from partnerselect.files.source import ALIKE, label_of
from partnerselect.model import normal


def key_of(grid: Grid) -> str:
    """Return the title of a sheet as it is compared."""
    return normal(grid.title)


def misname(book: Book, title: str, message: str, place: Place) -> None:
    """Note that a sheet is there only under a title that is not its own."""
    book.problems = (*book.problems, Problem((), message, place=place))
    book.lost.add(title)


def misnamed(book: Book, title: str, grids: Iterable[Grid]) -> bool:
    """Note a sheet that only nearly has the title of one that is not there."""
    missing = {normal(one.title): one.title for one in BY_TITLE.values()}
    missing = {key: one for key, one in missing.items() if key not in map(key_of, grids)}
    near = get_close_matches(normal(title), missing, n=1, cutoff=ALIKE)
    if near:
        message = (
            f'unknown sheet "{title}"; did you mean "{missing[near[0]]}"? (call it otherwise to'
            " leave it out)"
        )
        misname(book, missing[near[0]], message, Place(f"{label_of(book.path)}!{title}"))
    return bool(near)


def note_alike(book: Book, grids: Iterable[Grid]) -> None:
    """Note the visible sheets that have one title, of which only one could be read."""
    for key, alike in groupby(sorted(grids, key=key_of), key_of):
        titles = [grid.title for grid in alike if not grid.is_hidden]
        if len(titles) > 1:
            named = ", ".join(f'"{title}"' for title in titles)
            message = f"the sheets {named} are called alike; call one otherwise"
            place = Place(f"{label_of(book.path)}!{titles[-1]}")
            misname(book, BY_TITLE[key].title, message, place)
