"""What is wrong with a load: without what only follows, as its files call it, in reading order."""

from __future__ import annotations

from partnerselect.errors import Gap, Loc, Problem
from partnerselect.files.book import Book
from partnerselect.files.book_layout import PARTNERS, SCORES as SCORES_SHEET
from partnerselect.files.book_words import in_sheets, once_a_column, sheet_rank, sheets_of
from partnerselect.files.documents import Data
from partnerselect.files.layers import Layer, Places, folded, in_reading_order
from partnerselect.files.resolving import CRITERIA, SCORES, Reading
from partnerselect.files.source import label_of
from partnerselect.model import Scenario, did_you_mean, keys_at, unknown_swept, value_at

_NAMING_CRITERIA = frozenset({"scores", "weights"})
_NAMING_PARTNERS = frozenset({"rules", "plans", "committed", "today"})


def all_faults(
    reading: Reading, layers: list[Layer], places: Places, found: list[Problem]
) -> list[Problem]:
    """Return the problems of the files, and those the model found in what they resolve to."""
    known = {problem.loc for problem in reading.problems}
    data = folded(layers)
    of_the_model = [
        _as_in_a_book(_as_new_id(one, layers, data), layers, places)
        for one in found
        if not _follows(one.loc, reading, known, data)
    ]
    unseen = [one for one in reading.warnings if one.gap is Gap.SIGHT]
    swept = () if reading.unknown else unknown_swept(data, Scenario)
    told = dict.fromkeys([*reading.problems, *unseen, *of_the_model, *swept])
    together = once_a_column(told)
    return in_reading_order(together, places, sheet_rank, reading.unreported)


def _as_in_a_book(problem: Problem, layers: list[Layer], places: Places) -> Problem:
    """Say of what stands in a workbook, or is missing there, what to write on which sheet."""
    located = places.locate(problem)
    label = located.place.label if located.place else ""
    books = [one.origin for one in layers if isinstance(one.origin, Book)]
    book = next((one for one in books if label.startswith(label_of(one.path))), None)
    return in_sheets(located, book) if book else problem


def _as_new_id(problem: Problem, layers: list[Layer], data: Data) -> Problem:
    """Say of an entry that is only half there that nothing below it is called so."""
    entry = problem.loc[:-1] if problem.loc[:1] == CRITERIA else problem.loc[:2]
    is_missing = len(problem.loc) > 2 and problem.gap is Gap.VALUE  # noqa: PLR2004
    if not is_missing or value_at(data, (*entry, "title")) is not None:
        return problem
    writing = [at for at, one in enumerate(layers) if value_at(one.data, entry) is not None]
    known = value_at(folded(layers[writing[-1] + 1 :]), entry[:-1]) if writing else None
    if not (keys_at(Scenario, entry[:-1]).defines_ids and isinstance(known, dict)):
        return problem
    fields = keys_at(Scenario, entry).fields
    needed = ", ".join(key for key, field in fields.items() if field.is_required())
    meant = did_you_mean(str(entry[-1]), list(known))
    message = f"nothing is called so in what this extends{meant}"
    message += f"{'' if '?' in message else ';'} a new entry needs {needed}"
    return Problem(entry, message, at_key=True)


def _follows(loc: Loc, reading: Reading, known: set[Loc], data: Data) -> bool:
    """Tell whether a problem of the model only follows from a problem of the files, at `known`."""
    if CRITERIA in reading.unknown and (loc[:1] == CRITERIA or _NAMING_CRITERIA.intersection(loc)):
        return True
    if SCORES in reading.unknown and "scores" in loc:
        return True
    is_without_partners = PARTNERS.title in reading.lost_sheets and not data.get("partners")
    if is_without_partners and _NAMING_PARTNERS.intersection(loc):
        return True
    if value_at(data, loc) is None and (
        loc in reading.unread or _is_lost(loc, reading) or _is_run_together(loc, known)
    ):
        return True
    return any(loc[:depth] in known for depth in range(1, len(loc) + 1))


def _is_lost(loc: Loc, reading: Reading) -> bool:
    """Tell whether a score that is missing may stand in a row that could not be used."""
    match loc:
        case "partners", partner, "scores", criterion:
            wanted = {(partner, criterion), (partner, ""), ("", criterion), ("", "")}
            return bool(wanted & reading.lost_scores) or SCORES_SHEET.title in reading.lost_sheets
        case _:
            return bool(loc) and reading.lost_sheets.intersection(sheets_of(loc)) != set()


def _is_run_together(loc: Loc, known: set[Loc]) -> bool:
    """Tell whether a key that is missing is there without the space after its colon."""
    return any(
        one[:-1] == loc[:-1] and str(one[-1]).startswith(f"{loc[-1]}:") for one in known if one
    )
