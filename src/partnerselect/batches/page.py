"""The one page that a board member can read, and the workbook: what to do, what changes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from partnerselect.allocation import AMOUNTS, HEADLINES
from partnerselect.batches.statistics import Extent, Extents, ProgrammeStatistics, Statistics
from partnerselect.batches.tables import (
    CHANGES,
    DRIVERS,
    RECOMMENDATIONS,
    case_title,
    change_rows,
    driver_rows,
    input_title,
    partner_rows,
    partner_titles,
)
from partnerselect.cases import PLANS
from partnerselect.model import RelativeScale
from partnerselect.report import Cover, PaperContent, Paragraph, Sheet
from partnerselect.rows import plan_title, rounded
from partnerselect.tables import JUDGED_PLAN, Column, Row, Span, Table, cell, table
from partnerselect.words import ENDED, Kind, counted, listed, reading, share

MATTERS = 0.01
"""The share from which a driver is worth a word on the page."""
MOST_REASONS, MOST_BROKEN, MOST_NAMED = 10, 3, 2

NAMES, RANGES = 38, 22
"""Characters, in a workbook."""
EXTENTS = (
    Column("value", "Value", "number", width=RANGES),
    *(Column(one.key, one.title, one.kind, width=RANGES) for one in HEADLINES),
)
RECOMMENDED = (
    Column("title", "Programme", width=NAMES),
    Column("usual", "Recommended most often", width=NAMES),
    Column("cases", "In how many cases", width=NAMES),
    Column("otherwise", "Otherwise", width=NAMES),
    *EXTENTS,
    Column("changes", "What changes it most", width=NAMES),
)
INPUTS = (
    Column("title", "Input varied", width=NAMES),
    Column("moves", "Programmes it moves", "number", width=RANGES),
    Column("average", "On average", "share", width=RANGES),
    Column("most", "Most of all", width=NAMES),
)
JUDGED = (
    Column("title", "Plan", width=NAMES),
    Column("possible", "Possible in", width=RANGES),
    Column("value", "Value", "number", width=RANGES),
    Column("own_cost", "Cost to us", "money", width=RANGES),
    Column("breaks", "What would most often have to give way", width=NAMES),
)
ELSEWHERE = (
    Column("title", "Scenario", width=NAMES),
    Column("programmes", "Programmes", "number", width=RANGES),
    Column("which", "Which", width=NAMES),
)
OUTLOOK = (
    Column("title", "Scenario", width=NAMES),
    Column("answered", "Answered", "number", width=RANGES),
    *EXTENTS,
    Column("best", "Best case", width=NAMES),
    Column("worst", "Worst case", width=NAMES),
)
UNANSWERED = (
    Column("title", "Scenario", width=NAMES),
    Column("state", "How it ended", width=NAMES),
    Column("reason", "Why", width=NAMES),
    Column("cases", "Cases", "whole", width=RANGES),
)


CASES = (
    Column("state_words", "How it ended", width=38),
    Column("value", "Value", "number", width=10, bar=True),
    *(Column(one.key, one.title, one.kind, width=12, bar=one.is_headline) for one in AMOUNTS),
    Column("partners", "Partners", "whole", width=10),
    Column("deferred", "Deferred", width=38),
    Column("reason", "Why there is no answer", width=60),
)


def page(statistics: Statistics) -> PaperContent:
    """Return the page of a batch."""
    scenarios = list(statistics.scenarios.values())
    cases, answers = sum(of.seen for of in scenarios), sum(of.answered for of in scenarios)
    title = scenarios[0].scenario.title if len(scenarios) == 1 else f"{len(scenarios)} scenarios"
    lead = f"{counted(cases, 'case')} were worked out; {answers:,} have an answer."
    held = (
        "Whatever was varied"
        if answers == cases
        else f"In every case with an answer ({answers:,} of {cases:,})"
    )
    opening = Paragraph((Span(" ".join([lead, *_in_short(statistics, held)])),))
    return PaperContent(Cover(title, "", ()), statistics.mark, (opening, *_tables(statistics)), "")


def sheets(
    statistics: Statistics, varied: tuple[Column, ...], cases: Callable[[], Iterator[Row]]
) -> Iterator[Sheet]:
    """Yield the sheets of the workbook in order; rows are made while they are written.

    Args:
        statistics: what the cases say together.
        varied: the swept inputs.
        cases: begins anew, at each call, to go through all the cases.
    """
    for one in _tables(statistics):
        keys = [column.key for column in one.columns]
        rows = (dict(zip(keys, row, strict=True)) for row in one.rows)
        yield _sheet(one.id, one.title, one.columns, rows, one.note)
    inputs = (
        Column(one.key, one.key, "exact" if one.is_figure else one.kind, width=16) for one in varied
    )
    first = (Column("case", "Case", width=44), *inputs)
    changes = (
        {**case["varied"], **row} for case in cases() for row in change_rows(statistics, case)
    )
    ended = (
        {**summary, "state_words": ENDED[summary["state"]], **case["varied"], "case": case["case"]}
        for case in cases()
        for summary in (case["summary"],)
    )
    partners, drivers = partner_rows(statistics), driver_rows(statistics)
    yield _sheet("Partners", "Who is chosen, and how often?", RECOMMENDATIONS, partners)
    yield _sheet("Drivers", "What drives the choice, programme by programme?", DRIVERS, drivers)
    question = "In which cases does the answer change?"
    yield _sheet("Changes", question, (*first, *CHANGES), changes)
    judged = JUDGED_PLAN if any(one.key == PLANS for one in varied) else ()
    yield _sheet("Cases", "How did every case end?", (*first, *CASES, *judged), ended)


def _sheet(
    name: str, question: str, columns: Iterable[Column], rows: Iterable[Row], note: str = ""
) -> Sheet:
    """Return a sheet of the columns that have a title."""
    shown = tuple(column for column in columns if column.title is not None)
    cells = ({one.key: cell(rounded(row.get(one.key))) for one in shown} for row in rows)
    return Sheet(name, question, shown, cells, note)


def _tables(statistics: Statistics) -> list[Table]:
    """Return the tables of the page that have rows, each named as the sheet of a workbook."""
    made = (_recommendation, _judged, _matters, _elsewhere, _outlook, _unanswered)
    return [one for one in (make(statistics) for make in made) if one.rows]


def _recommendation(statistics: Statistics) -> Table:
    return table(
        statistics,
        "Recommended",
        "What to do, programme by programme",
        RECOMMENDED,
        (
            _advice(statistics, name, programme)
            for name, programme in statistics.programmes.items()
            if programme.answered
        ),
        note="Where a programme is deferred in some cases, its value and cost are those of the"
        f" cases in which it runs.{_ends(statistics)}",
    )


def _ends(statistics: Statistics) -> str:
    """Say what scores are held against where what partners score or charge is varied."""
    for of in statistics.scenarios.values():
        scales = [one.scale for one in of.scenario.criteria.leaves.values()]
        paths = [path for block in of.source.blocks for path in block.paths]
        if any(isinstance(one, RelativeScale) for one in scales) and any(
            path.startswith("partners.") for path in paths
        ):
            return (
                " Marks against the best, the lowest or the worst of all partners are held in every"
                " case against those of the scenario as written, also where that partner's own"
                " figure is varied."
            )
    return ""


def _advice(statistics: Statistics, name: str, programme: ProgrammeStatistics) -> Row:
    scenario, drivers = statistics.scenario_with(name), statistics.drivers(name)
    choices = [
        (partner_titles(scenario, one, name), often) for one, often in programme.ranked_choices
    ]
    count = choices[0][1]
    usual = [title for title, often in choices if often == count]
    beyond, others = f"{len(usual) - 1} more", choices[len(usual) :]
    otherwise = [f"{title} ({often:,})" for title, often in others[:1]]
    more = f" and {len(others) - 1} more" if len(others) > 1 else ""
    cases = f"{count:,} of {programme.answered:,} ({share(programme.usual_share)})"
    if len(usual) > 1:
        cases += " each"
    if count < programme.runs < programme.answered:
        cases += f"; it runs in {programme.runs:,}"
    moving = [
        f"{input_title(scenario, driver.input)} ({share(driver.strength)})"
        for _, driver in drivers
        if driver.strength >= MATTERS
    ]
    return {
        "title": programme.title,
        "usual": " or ".join(usual if len(usual) <= MOST_NAMED else [usual[0], beyond]),
        "cases": cases,
        "otherwise": ("".join(otherwise) or "—") + more,
        "changes": "; ".join(moving[:2]) or ("nothing that was varied" if drivers else "—"),
        **_between(programme.extents, programme.currency),
    }


def _between(extents: Extents, currency: str) -> Row:
    """Return from what to what value and amounts go."""
    return {one.key: _range(extents[one.key], one.kind, currency) for one in EXTENTS}


def _range(extent: Extent, kind: Kind, currency: str) -> str:
    ends = (extent.low.number, extent.high.number)
    low, high = (reading(end, kind, currency) for end in ends)
    return (low if low == high else f"{low} to {high}") or "—"


def _in_short(statistics: Statistics, held: str) -> Iterator[str]:
    """Yield what `held` in every case that has an answer, and what moves the answer most."""
    shares = {
        programme.title: programme.usual_share
        for programme in statistics.programmes.values()
        if programme.answered > 1
    }
    firm = [title for title, part in shares.items() if part == 1]
    if firm:
        words = f"for {listed(firm)}" if len(firm) < len(shares) else "for every programme"
        yield f"{held}, the same is recommended {words}."
    elif shares:
        nearest = max(shares, key=shares.__getitem__)
        yield (
            f"No programme has the same partners in all of them; nearest is {nearest}"
            f" ({share(shares[nearest])})."
        )
    moving = [
        f"{title} ({share(_average(moved))})"
        for title, moved in _moved(statistics)
        if _average(moved) >= MATTERS
    ]
    if moving:
        yield f"What moves the answer most is {', then '.join(moving[:2])}."


def _average(moved: dict[str, float]) -> float:
    return sum(moved.values()) / len(moved)


def _moved(statistics: Statistics) -> list[tuple[str, dict[str, float]]]:
    """Return what was varied, and how far that moves each programme, the most first."""
    found: dict[tuple[str, str], dict[str, float]] = {}
    for name in statistics.programmes:
        for of, driver in statistics.drivers(name):
            moved = found.setdefault((of.source.name, driver.input), {})
            moved[name] = driver.strength
    ordered = sorted(found.items(), key=lambda item: -sum(item[1].values()))
    return [
        (input_title(statistics.scenarios[scenario].scenario, path), moved)
        for (scenario, path), moved in ordered
    ]


def _matters(statistics: Statistics) -> Table:
    """Return what was varied, the input that moves most programmes first."""
    rows = []
    for title, moved in _moved(statistics):
        most = max(moved, key=moved.__getitem__)
        words = f"{statistics.programmes[most].title} ({share(moved[most])})"
        row = {
            "title": title,
            "moves": f"{sum(part >= MATTERS for part in moved.values())} of {len(moved)}",
            "average": _average(moved),
            "most": words if moved[most] >= MATTERS else "—",
        }
        rows.append(row)
    note = (
        "Two cases that differ in this input alone are compared, and so on for every such pair: the"
        " share of pairs with different partners, or with an answer in only one of them. In a"
        " sample, where no two cases differ in one input alone: how much less often the usual"
        " partners are chosen in one half of the input's range."
    )
    title = "What the answer depends on"
    return table(statistics, "What matters", title, INPUTS, rows, note=note)


def _judged(statistics: Statistics) -> Table:
    """Return how each plan stands over the cases that judge it."""
    many = len(statistics.scenarios) > 1
    rows = [
        {
            "title": plan_title(of.scenario, plan) + (f" · {of.scenario.title}" if many else ""),
            "possible": f"{found.possible:,} of {found.judged:,}",
            "value": _range(found.extents["plan_value"], "number", ""),
            "own_cost": _range(found.extents["plan_own_cost"], "money", of.scenario.currency),
            "breaks": "; ".join(
                f"{words} (in {count:,})" for words, count in found.breaks.most_common(MOST_BROKEN)
            )
            or "—",
        }
        for of in statistics.scenarios.values()
        for plan, found in of.plans.items()
    ]
    note = (
        "Each plan is judged in every case, beside that case's best choice. Figures are of the plan"
        " as written, possible or not."
    )
    return table(statistics, "Plans", "How the plans stand", JUDGED, rows, note=note)


def _elsewhere(statistics: Statistics) -> Table:
    """Return, for each of several scenarios, which programmes go to others than usual there."""
    scenarios, rows = statistics.scenarios.values(), []
    for of in scenarios if len(scenarios) > 1 else ():
        changed = [
            statistics.programmes[name].title
            + ("" if count == known else f" (in {count:,} of {known:,})")
            for name, count, known in statistics.departures(of)
            if count
        ]
        row = {
            "title": of.scenario.title,
            "programmes": f"{len(changed)} of {len(of.codes)}",
            "which": "; ".join(changed) or "—",
        }
        rows.append(row)
    note = "Other partners than those recommended most often, over the cases that have an answer."
    return table(statistics, "Elsewhere", "Where the answer differs", ELSEWHERE, rows, note=note)


def _outlook(statistics: Statistics) -> Table:
    rows = []
    for of in statistics.scenarios.values():
        value = of.extents["value"]
        best, worst = (
            "—" if end.varied is None else case_title(of.scenario, end.varied)
            for end in (value.high, value.low)
        )
        row = {
            "title": of.scenario.title,
            "answered": f"{of.answered:,} of {of.seen:,}",
            **_between(of.extents, of.scenario.currency),
            "best": best,
            "worst": worst,
        }
        rows.append(row)
    note = (
        "Value from 0 to 100. Where weights or programmes differ between cases, values are on"
        " different scales: read them as a range, do not subtract them."
    )
    title = "The whole portfolio, best and worst"
    return table(statistics, "Best and worst", title, OUTLOOK, rows, note=note)


def _unanswered(statistics: Statistics) -> Table:
    found: list[Row] = [
        {"title": of.scenario.title, "state": ENDED[state], "reason": reason, "cases": count}
        for of in statistics.scenarios.values()
        for (state, reason), count in of.reasons.items()
    ]
    found.sort(key=lambda row: (-row["cases"], row["title"], row["state"], row["reason"]))
    left = (
        f" {len(found) - MOST_REASONS} further reasons stand in the table summary."
        if len(found) > MOST_REASONS
        else ""
    )
    note = (
        "Where no choice of partners meets every demand, what is listed cannot all hold at once,"
        f" and none of it can be left out.{left}"
    )
    title = "Cases without an answer"
    return table(statistics, "No answer", title, UNANSWERED, found[:MOST_REASONS], note=note)
