"""The one page that a board member can read: what to do in each programme, how often that holds, and what would change it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from partnerselect.batch.naming import case_title, input_title
from partnerselect.batch.recommending import answered, drivers_of, titled, usual_share
from partnerselect.batch.tallies import Extent, ProgrammeTally, ScenarioTally, Tally
from partnerselect.model.scenario import Scenario
from partnerselect.words.literal import html_text, markdown_line
from partnerselect.words.wording import ILLUSTRATIVE, amount, listed, share

MATTERS = 0.01
"""The share from which a driver is worth a word on the page."""
MOST_REASONS = 10
STATES = {
    "infeasible": "no choice meets every demand",
    "no-answer-yet": "time ran out",
    "invalid": "not allowed",
}
"""How a case without an answer ended, in words."""


@dataclass(frozen=True)
class Section:
    """A heading, its short form for the tab of a sheet, what to know, and a table."""

    title: str
    tab: str
    note: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()
    """The columns that are set to the right."""


@dataclass(frozen=True)
class Page:
    """What is printed on the page, in order."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    mark: str
    """What stands above everything: the illustrative mark, or nothing."""


def page(tally: Tally) -> Page:
    """Return the page of a batch."""
    scenarios = list(tally.scenarios.values())
    cases, answers = sum(of.seen for of in scenarios), sum(answered(of) for of in scenarios)
    title = (
        scenarios[0].source.scenario.title if len(scenarios) == 1 else f"{len(scenarios)} scenarios"
    )
    lead = (
        f"{cases:,} {'case' if cases == 1 else 'cases'} were worked out; {answers:,} have an"
        " answer."
    )
    sections = (
        _recommendation(tally),
        _input_section(tally),
        _where(tally, scenarios),
        _outlook(scenarios),
        *_unanswered(scenarios),
    )
    return Page(
        title,
        " ".join([lead, *_in_short(tally)]),
        tuple(section for section in sections if section.rows),
        ILLUSTRATIVE if tally.illustrative else "",
    )


def _recommendation(tally: Tally) -> Section:
    rows = tuple(
        _advice(tally, name, programme)
        for name, programme in tally.programmes.items()
        if programme.answered
    )
    note = (
        "Where a programme is deferred in some cases, its value and cost are those of the cases in"
        " which it runs."
    )
    headings = (
        "Programme",
        "Recommended most often",
        "In how many cases",
        "Otherwise",
        "Value",
        "Cost to us",
        "What changes it most",
    )
    return Section(
        "What to do, programme by programme", "Recommended", note, headings, rows, numeric=(4, 5)
    )


def _advice(tally: Tally, name: str, programme: ProgrammeTally) -> tuple[str, ...]:
    scenario = _scenario_with(tally, name)
    others = programme.ranked_choices[1:2]
    otherwise = f"{titled(scenario, others[0][0])} ({others[0][1]:,})" if others else "—"
    more = len(programme.choices) - 2
    return (
        programme.title,
        titled(scenario, programme.usual),
        (
            f"{programme.choices[programme.usual]:,} of {programme.answered:,}"
            f" ({share(usual_share(programme))})"
        ),
        otherwise + (f" and {more} more" if more > 0 else ""),
        _between(programme.value, lambda value: f"{value:.1f}"),
        _between(programme.own_cost, lambda cost: amount(cost, programme.currency)),
        _what_changes(tally, name, scenario),
    )


def _scenario_with(tally: Tally, programme: str) -> Scenario:
    return next(
        of.source.scenario
        for of in tally.scenarios.values()
        if programme in of.source.scenario.programmes
    )


def _what_changes(tally: Tally, name: str, scenario: Scenario) -> str:
    drivers = drivers_of(tally, name)
    told = [
        f"{input_title(scenario, driver.input)} ({share(driver.strength)})"
        for _, driver in drivers
        if driver.strength >= MATTERS
    ]
    return "; ".join(told[:2]) or ("nothing that was varied" if drivers else "—")


def _between(extent: Extent, shown: object) -> str:
    low, high = extent.ends
    if low is None or high is None or not callable(shown):
        return "—"
    return f"{shown(low)}" if shown(low) == shown(high) else f"{shown(low)} to {shown(high)}"


def _in_short(tally: Tally) -> Iterator[str]:
    """Yield what a reader in a hurry takes away: what holds in every case, and what moves the answer most."""
    shares = [
        (programme.title, usual_share(programme))
        for programme in tally.programmes.values()
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
        for title, strength in ((title, _average(moved)) for title, moved in _moved(tally))
        if strength >= MATTERS
    ]
    if moving:
        yield (
            "What moves the answer most is"
            f" {', then '.join(f'{title} ({share(strength)})' for title, strength in moving[:2])}."
        )


def _average(moved: list[tuple[str, float]]) -> float:
    return sum(strength for _, strength in moved) / len(moved)


def _moved(tally: Tally) -> list[tuple[str, list[tuple[str, float]]]]:
    """Return what was varied, the input that moves programmes most first: its title, and for every programme how far."""
    found: dict[tuple[str, str], list[tuple[str, float]]] = {}
    for name in tally.programmes:
        for scenario, driver in drivers_of(tally, name):
            found.setdefault((scenario, driver.input), []).append(
                (tally.programmes[name].title, driver.strength)
            )
    ordered = sorted(found.items(), key=lambda item: -sum(strength for _, strength in item[1]))
    return [
        (input_title(tally.scenarios[scenario].source.scenario, path), moved)
        for (scenario, path), moved in ordered
    ]


def _input_section(tally: Tally) -> Section:
    """Return what was varied, the input that moves most programmes first."""
    rows = tuple(
        (
            title,
            f"{sum(strength >= MATTERS for _, strength in moved)} of {len(moved)}",
            share(_average(moved)),
            _most_moved(moved),
        )
        for title, moved in _moved(tally)
    )
    note = (
        "Two cases that differ in this input alone are compared, and so on for every such pair: the"
        " share of pairs with different partners. In a sample, where no two cases differ in one"
        " input alone: how much less often the usual partners are chosen in one half of the input's"
        " range."
    )
    return Section(
        "What the answer depends on",
        "What matters",
        note,
        ("Input varied", "Programmes it moves", "On average", "Most of all"),
        rows,
        numeric=(1, 2),
    )


def _most_moved(moved: list[tuple[str, float]]) -> str:
    title, strength = max(moved, key=lambda pair: pair[1])
    return f"{title} ({share(strength)})" if strength >= MATTERS else "—"


def _where(tally: Tally, scenarios: list[ScenarioTally]) -> Section:
    """Return, for each of several scenarios, which programmes go to others than the usual partners there."""
    rows = []
    for of in scenarios if len(scenarios) > 1 else []:
        changed = [
            (tally.programmes[name].title, count, known)
            for name, count, known in tally.departures(of)
            if count
        ]
        told = "; ".join(
            title if count == known else f"{title} (in {count:,} of {known:,})"
            for title, count, known in changed
        )
        rows.append((of.source.scenario.title, f"{len(changed)} of {len(of.codes)}", told or "—"))
    note = "Other partners than those recommended most often, over the cases that have an answer."
    return Section(
        "Where the answer is another",
        "Elsewhere",
        note,
        ("Scenario", "Programmes", "Which"),
        tuple(rows),
        numeric=(1,),
    )


def _outlook(scenarios: list[ScenarioTally]) -> Section:
    rows = tuple(
        (
            of.source.scenario.title,
            f"{answered(of):,} of {of.seen:,}",
            _between(of.value, lambda value: f"{value:.1f}"),
            _between(
                of.own_cost,
                lambda cost, currency=of.source.scenario.currency: amount(cost, currency),
            ),
            *(
                "—" if varied is None else case_title(of.source.scenario, varied)
                for varied in (of.value.high_varied, of.value.low_varied)
            ),
        )
        for of in scenarios
    )
    note = (
        "Value from 0 to 100. Where weights or programmes differ between cases, values are on"
        " different scales: read them as a range, do not subtract them."
    )
    return Section(
        "The whole portfolio, best and worst",
        "Best and worst",
        note,
        ("Scenario", "Answered", "Value", "Cost to us", "Best case", "Worst case"),
        rows,
        numeric=(1, 2, 3),
    )


def _unanswered(scenarios: list[ScenarioTally]) -> Iterator[Section]:
    counted = [
        (of.source.scenario.title, STATES.get(state, state), reason, count)
        for of in scenarios
        for (state, reason), count in of.reasons.items()
    ]
    ordered = sorted(counted, key=lambda row: (-row[3], row[:3]))
    rows = tuple(
        (name, state, reason, f"{count:,}") for name, state, reason, count in ordered[:MOST_REASONS]
    )
    left = (
        f" {len(ordered) - MOST_REASONS} further reasons stand in the table summary."
        if len(ordered) > MOST_REASONS
        else ""
    )
    note = (
        "Where no choice meets every demand, what is listed cannot all hold at once, and none of"
        f" it can be left out.{left}"
    )
    yield Section(
        "Cases without an answer",
        "No answer",
        note,
        ("Scenario", "How it ended", "Why", "Cases"),
        rows,
        numeric=(3,),
    )


def markdown(page: Page) -> str:
    """Return the page as Markdown; names are taken literally."""
    parts = [
        f"# {markdown_line(page.title)}",
        *([f"**{markdown_line(page.mark)}**"] if page.mark else []),
        markdown_line(page.lead),
    ]
    for section in page.sections:
        lines = [
            f"| {' | '.join(section.headings)} |",
            (
                f"|{'|'.join(' ---: ' if i in section.numeric else ' --- ' for i in range(len(section.headings)))}|"
            ),
        ]
        lines += [f"| {' | '.join(markdown_line(cell) for cell in row)} |" for row in section.rows]
        parts += [
            f"## {section.title}",
            "\n".join(lines),
            *([markdown_line(section.note)] if section.note else []),
        ]
    return "\n\n".join(parts) + "\n"


STYLE = """
body{font:15px/1.45 system-ui,sans-serif;color:#1b2733;max-width:1100px;margin:2rem auto;padding:0 1rem}
h1{font-size:1.5rem;margin:.2rem 0}h2{font-size:1.1rem;margin:1.6rem 0 .4rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;vertical-align:top;padding:.35rem .6rem;border-bottom:1px solid #d5dbe1}
td{overflow-wrap:anywhere}th:last-child{width:22%}
th{background:#eef2f5}.n{text-align:right;white-space:nowrap}.mark{background:#fff3cd;padding:.4rem .7rem;font-weight:600}
.note{color:#4a5866;font-size:.9rem}@page{size:A4;margin:10mm}
@media print{body{margin:0;padding:0;max-width:none;font-size:8.5px;line-height:1.25}
h1{font-size:17px}h2{font-size:11.5px;margin:8px 0 2px;break-after:avoid}
th,td{padding:2px 6px}tr{break-inside:avoid}.note,.mark,p{font-size:8.5px;margin:3px 0}}
"""


def html_page(page: Page) -> str:
    """Return the page as HTML that needs nothing from elsewhere; every name is escaped."""
    head = (
        '<meta charset="utf-8"><meta name="viewport"'
        f' content="width=device-width"><title>{html_text(page.title)}</title><style>{STYLE}</style>'
    )
    mark = f'<p class="mark">{html_text(page.mark)}</p>' if page.mark else ""
    body = "".join(_html_section(section) for section in page.sections)
    title, lead = html_text(page.title), html_text(page.lead)
    return (
        "<!doctype html>\n<html"
        f' lang="en-GB"><head>{head}</head><body>{mark}<h1>{title}</h1><p>{lead}</p>{body}</body></html>\n'
    )


def _html_section(section: Section) -> str:
    def cells(row: tuple[str, ...], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=n' if i in section.numeric else ''}>{html_text(text)}</{tag}>"
            for i, text in enumerate(row)
        )

    rows = "\n".join(f"<tr>{cells(row, 'td')}</tr>" for row in section.rows)
    note = f'<p class="note">{html_text(section.note)}</p>' if section.note else ""
    return f"\n<h2>{html_text(section.title)}</h2>\n<table><thead><tr>{cells(section.headings, 'th')}</tr></thead><tbody>\n{rows}\n</tbody></table>{note}"
