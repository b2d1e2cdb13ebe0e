"""The one page that a board member can read: what to do, how often it holds, what changes it."""

from __future__ import annotations

from collections.abc import Iterator

from partnerselect.allocation.amounts import HEADLINES
from partnerselect.batch.recommendations import answered, drivers_of, usual_share
from partnerselect.batch.statistics import (
    Extent,
    ProgrammeStatistics,
    ScenarioStatistics,
    Statistics,
)
from partnerselect.batch.titles import case_title, input_title, partner_titles
from partnerselect.model.scenario import Scenario
from partnerselect.report.paper.content import Cover, PaperContent, Paragraph
from partnerselect.tables import Column, Row, Span, Table, table
from partnerselect.words.cells import reading
from partnerselect.words.states import ENDED
from partnerselect.words.wording import ILLUSTRATIVE, counted, listed, share

MATTERS = 0.01
"""The share from which a driver is worth a word on the page."""
MOST_REASONS = 10

NAMES, RANGES = 38, 22
"""Characters, in a workbook."""
AMOUNTS = tuple(Column(one.key, one.title, one.kind, width=RANGES) for one in HEADLINES)
VALUE = Column("value", "Value", "number", width=RANGES)
RECOMMENDED = (
    Column("title", "Programme", width=NAMES),
    Column("usual", "Recommended most often", width=NAMES),
    Column("cases", "In how many cases", width=NAMES),
    Column("otherwise", "Otherwise", width=NAMES),
    VALUE,
    *AMOUNTS,
    Column("changes", "What changes it most", width=NAMES),
)
INPUTS = (
    Column("title", "Input varied", width=NAMES),
    Column("moves", "Programmes it moves", "number", width=RANGES),
    Column("average", "On average", "share", width=RANGES),
    Column("most", "Most of all", width=NAMES),
)
ELSEWHERE = (
    Column("title", "Scenario", width=NAMES),
    Column("programmes", "Programmes", "number", width=RANGES),
    Column("which", "Which", width=NAMES),
)
OUTLOOK = (
    Column("title", "Scenario", width=NAMES),
    Column("answered", "Answered", "number", width=RANGES),
    VALUE,
    *AMOUNTS,
    Column("best", "Best case", width=NAMES),
    Column("worst", "Worst case", width=NAMES),
)
UNANSWERED = (
    Column("title", "Scenario", width=NAMES),
    Column("state", "How it ended", width=NAMES),
    Column("reason", "Why", width=NAMES),
    Column("cases", "Cases", "whole", width=RANGES),
)


def page(statistics: Statistics) -> PaperContent:
    """Return the page of a batch."""
    scenarios = list(statistics.scenarios.values())
    cases, answers = sum(of.seen for of in scenarios), sum(answered(of) for of in scenarios)
    title = (
        scenarios[0].source.scenario.title if len(scenarios) == 1 else f"{len(scenarios)} scenarios"
    )
    lead = f"{counted(cases, 'case')} were worked out; {answers:,} have an answer."
    opening = Paragraph((Span(" ".join([lead, *_in_short(statistics)])),))
    mark = ILLUSTRATIVE if statistics.illustrative else ""
    return PaperContent(Cover(title, "", ()), mark, (opening, *tables(statistics)), "")


def tables(statistics: Statistics) -> list[Table]:
    """Return the tables of the page that have rows, each named as the sheet of a workbook."""
    scenarios = list(statistics.scenarios.values())
    found = (
        _recommendation(statistics),
        _input_table(statistics),
        _where(statistics, scenarios),
        _outlook(statistics, scenarios),
        _unanswered(statistics, scenarios),
    )
    return [one for one in found if one.rows]


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
        " cases in which it runs.",
    )


def _advice(statistics: Statistics, name: str, programme: ProgrammeStatistics) -> Row:
    scenario = statistics.scenario_with(name)
    others = programme.ranked_choices[1:2]
    otherwise = f"{partner_titles(scenario, others[0][0])} ({others[0][1]:,})" if others else "—"
    more = len(programme.choices) - 2
    return {
        "title": programme.title,
        "usual": partner_titles(scenario, programme.usual),
        "cases": f"{programme.choices[programme.usual]:,} of {programme.answered:,}"
        f" ({share(usual_share(programme))})",
        "otherwise": otherwise + (f" and {more} more" if more > 0 else ""),
        "changes": _what_changes(statistics, name, scenario),
        **_extents(programme, programme.currency),
    }


def _extents(of: ProgrammeStatistics | ScenarioStatistics, currency: str) -> Row:
    """Return from what to what value and amounts go."""
    return {
        "value": _between(of.value, VALUE),
        **{one.key: _between(of.amounts[one.key], one, currency) for one in AMOUNTS},
    }


def _between(extent: Extent, column: Column, currency: str = "") -> str:
    low, high = (
        None if end is None else reading(end, column.kind, currency) for end in extent.ends
    )
    if low is None or high is None:
        return "—"
    return low if low == high else f"{low} to {high}"


def _what_changes(statistics: Statistics, name: str, scenario: Scenario) -> str:
    drivers = drivers_of(statistics, name)
    moving = [
        f"{input_title(scenario, driver.input)} ({share(driver.strength)})"
        for _, driver in drivers
        if driver.strength >= MATTERS
    ]
    return "; ".join(moving[:2]) or ("nothing that was varied" if drivers else "—")


def _in_short(statistics: Statistics) -> Iterator[str]:
    """Yield what holds in every case, and what moves the answer most."""
    shares = [
        (programme.title, usual_share(programme))
        for programme in statistics.programmes.values()
        if programme.answered > 1
    ]
    if shares:
        firm, (nearest, most) = (
            [title for title, part in shares if part == 1],
            max(shares, key=lambda one: one[1]),
        )
        words = f"for {listed(firm)}" if len(firm) < len(shares) else "for every programme"
        loose = (
            f"No programme has the same partners in all of them; nearest is {nearest}"
            f" ({share(most)})."
        )
        yield f"Whatever was varied, the same is recommended {words}." if firm else loose
    moving = [
        (title, strength)
        for title, strength in ((title, _average(moved)) for title, moved in _moved(statistics))
        if strength >= MATTERS
    ]
    if moving:
        yield (
            "What moves the answer most is"
            f" {', then '.join(f'{title} ({share(strength)})' for title, strength in moving[:2])}."
        )


def _average(moved: list[tuple[str, float]]) -> float:
    return sum(strength for _, strength in moved) / len(moved)


def _moved(statistics: Statistics) -> list[tuple[str, list[tuple[str, float]]]]:
    """Return what was varied, and how far that moves each programme, the most first."""
    found: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for name in statistics.programmes:
        for scenario, driver in drivers_of(statistics, name):
            found.setdefault((scenario, driver.input), []).append(
                (statistics.programmes[name].title, driver.strength)
            )
    ordered = sorted(found.items(), key=lambda item: -sum(strength for _, strength in item[1]))
    return [
        (input_title(statistics.scenarios[scenario].source.scenario, path), moved)
        for (scenario, path), moved in ordered
    ]


def _input_table(statistics: Statistics) -> Table:
    """Return what was varied, the input that moves most programmes first."""
    rows = (
        {
            "title": title,
            "moves": f"{sum(strength >= MATTERS for _, strength in moved)} of {len(moved)}",
            "average": _average(moved),
            "most": _most_moved(moved),
        }
        for title, moved in _moved(statistics)
    )
    note = (
        "Two cases that differ in this input alone are compared, and so on for every such pair: the"
        " share of pairs with different partners. In a sample, where no two cases differ in one"
        " input alone: how much less often the usual partners are chosen in one half of the input's"
        " range."
    )
    title = "What the answer depends on"
    return table(statistics, "What matters", title, INPUTS, rows, note=note)


def _most_moved(moved: list[tuple[str, float]]) -> str:
    title, strength = max(moved, key=lambda pair: pair[1])
    return f"{title} ({share(strength)})" if strength >= MATTERS else "—"


def _where(statistics: Statistics, scenarios: list[ScenarioStatistics]) -> Table:
    """Return, for each of several scenarios, which programmes go to others than usual there."""
    rows = (_departures(statistics, of) for of in scenarios if len(scenarios) > 1)
    note = "Other partners than those recommended most often, over the cases that have an answer."
    return table(statistics, "Elsewhere", "Where the answer differs", ELSEWHERE, rows, note=note)


def _departures(statistics: Statistics, of: ScenarioStatistics) -> Row:
    changed = [
        (statistics.programmes[name].title, count, known)
        for name, count, known in statistics.departures(of)
        if count
    ]
    which = "; ".join(
        title if count == known else f"{title} (in {count:,} of {known:,})"
        for title, count, known in changed
    )
    return {
        "title": of.source.scenario.title,
        "programmes": f"{len(changed)} of {len(of.codes)}",
        "which": which or "—",
    }


def _outlook(statistics: Statistics, scenarios: list[ScenarioStatistics]) -> Table:
    note = (
        "Value from 0 to 100. Where weights or programmes differ between cases, values are on"
        " different scales: read them as a range, do not subtract them."
    )
    title = "The whole portfolio, best and worst"
    return table(statistics, "Best and worst", title, OUTLOOK, map(_prospect, scenarios), note=note)


def _prospect(of: ScenarioStatistics) -> Row:
    scenario = of.source.scenario
    ends = {"best": of.value.high_varied, "worst": of.value.low_varied}
    return {
        "title": scenario.title,
        "answered": f"{answered(of):,} of {of.seen:,}",
        **_extents(of, scenario.currency),
        **{
            end: "—" if varied is None else case_title(scenario, varied)
            for end, varied in ends.items()
        },
    }


def _unanswered(statistics: Statistics, scenarios: list[ScenarioStatistics]) -> Table:
    found: list[Row] = [
        {
            "title": of.source.scenario.title,
            "state": ENDED[state],
            "reason": reason,
            "cases": count,
        }
        for of in scenarios
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
