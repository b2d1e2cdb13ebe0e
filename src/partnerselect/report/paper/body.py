"""Sections 1 to 4 of the paper: analysis, risks, assurance and implications."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from partnerselect.advice import IMPLICATIONS
from partnerselect.analysis import first_turning_point
from partnerselect.model import Engagement, Implication, Measure, Scenario, programme_of, total_of
from partnerselect.report.paper.content import Block, Figure, Heading, Paragraph
from partnerselect.report.paper.inherited import inherited
from partnerselect.report.paper.inputs import (
    Numbering,
    PaperInputs,
    appendix,
    day,
    labelled,
    missing,
    plain,
)
from partnerselect.report.paper.planned import plan_paragraphs, proposed_words
from partnerselect.rows import (
    Row,
    agreement_rows,
    amount_rows,
    amount_sentences,
    demand_sentences,
    difference_rows,
    no_answer_words,
    risk_rows,
    weight_rows,
)
from partnerselect.tables import (
    Column,
    Text,
    amounts_table,
    finance_table,
    reach_in_phases_table,
    table,
    without_empty,
)
from partnerselect.words import counted, figure, listed, points, share, with_unit

CHANGES = (Column("about", "What it is about"), Column("words", "What would change"))
OTHERWISE = {"gate": "Condition", "payer": "Payer"}
"""What a table calls a change, by its kind."""
RISKS = (
    Column("option", "Of"),
    Column("title", "Risk"),
    Column("rating", "Likelihood × impact"),
    Column("mitigation", "What is done about it"),
)
MATRIX = (
    "Likelihood and impact from 1 to 5; the score is their product, as on the risk matrix of the"
    " National Patient Safety Agency (2008)."
)
MEASURES = (
    Column("title", "Measure"),
    Column("baseline", "Baseline", "number"),
    Column("target", "Target", "number"),
    Column("by", "By"),
    Column("owner", "Owner"),
    Column("direction", "Direction"),
)
ONE_SUM = 2, 2
"""Columns and rows of the sums of one payer without phases, which a sentence has said."""
DIRECTIONS = {"more": "should rise", "less": "should fall", None: ""}
TITLES = {
    "aims": "Strategic aims",
    "equality": "Equality, diversity and inclusion",
    "culture": "Culture and people",
    "system": "Integration and the wider system",
    "legal": "Legal and regulatory compliance",
}


def body(found: PaperInputs) -> Iterator[Block]:
    """Write the sections that follow the front."""
    sections = {
        "Analysis": _analysis,
        "Risks": _risks,
        "Assurance": _assurance,
        "Implications": _implications,
    }
    for number, (title, section) in enumerate(sections.items(), 1):
        yield Heading(1, title, str(number))
        yield from section(found, Numbering(str(number)))


def _taken_over(scenario: Scenario) -> Iterator[str]:
    """Say what was written for a scenario that this one extends."""
    for written in inherited(scenario):
        marked = [f"what {written.mark} marks on the cover"] if written.cover else []
        told = listed([*marked, *written.sections])
        yield f"Written for “{written.title}”, which this scenario extends: {told}."


def _analysis(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write what people wrote, the options, how they were judged, and what money buys."""
    yield from map(Paragraph, map(plain, _taken_over(found.analysis.scenario)))
    stated, about = found.paper.text, found.analysis.scenario.about
    for name in ("background", "opportunities", "challenges"):
        text = getattr(stated, name).strip() or about.strip() * (name == "background")
        first, *rest = [part for part in text.split("\n\n") if part.strip()] or [""]
        said = found.said(f"text.{name}", first) if not first else plain(first)
        yield number.paragraph(labelled(name.capitalize(), said), f"paper.text.{name}")
        yield from number.paragraphs(rest, f"paper.text.{name}")
    scenario = found.analysis.scenario
    yield number.paragraph(
        labelled(
            "Options",
            f"This paper weighs {counted(len(scenario.partners), 'partner')} and doing nothing for"
            f" {counted(len(scenario.entries), 'programme')}, each programme on its own and then"
            f" all together within the limits ({appendix('options')}).{proposed_words(found)}",
        ),
        "partners",
        "programmes",
    )
    yield from plan_paragraphs(found, number)
    yield from _notes(found, number)
    yield number.paragraph(labelled("How they were judged", _judged(found)), "criteria")
    if not found.answered:
        told = f"Nothing can be recommended: {no_answer_words(found.analysis)}."
        yield number.paragraph(told, "table: ranking")
        yield from number.paragraphs(demand_sentences(found.analysis), "table: conflict")
    yield from _money(found, number)


def _notes(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write the notes on the scenario and its programmes; those on partners are in an appendix."""
    scenario = found.analysis.scenario
    if scenario.notes.strip():
        yield number.paragraph(labelled("Note", scenario.notes.strip()), "notes")
    for name, programme in scenario.as_written.programmes.items():
        if note := programme.notes.strip():
            about = labelled(f"Note on {programme.title}", note)
            yield number.paragraph(about, f"programmes.{name}.notes")


def _judged(found: PaperInputs) -> str:
    weighed = [
        f"{row['title']} ({share(row['whole'])})"
        for row in weight_rows(found.analysis)
        if "." not in row["criterion"]
    ]
    return (
        "In a programme each option is worth between 0 and 100 points. Of these the criteria give:"
        f" {listed(weighed)}. The ranges, who gave the weights, and what was varied to see how sure"
        f" the answer is: {appendix('criteria')}."
    )


def _money(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    # a curve has two ends
    if len(found.curve) < 2:  # noqa: PLR2004
        return
    first, last = (
        f"{found.money(row['own_cost'])} ({points(row['value'])})"
        for row in (found.curve[0], found.curve[-1])
    )
    today = next((row for row in found.curve if row["today"]), None)
    best = (
        f" The best one costs us {found.money(today['own_cost'])} and is worth"
        f" {points(today['value'])}."
        if found.plan and today
        else ""
    )
    told = (
        f"Within the other limits there are {len(found.curve)} best-value plans, each at its cost,"
        f" from {first} to {last}.{best} What comes in and goes out at each:"
        f" {appendix('money')}."
    )
    yield number.paragraph(labelled("What more or less money would buy", told), "table: frontier")
    alt = (
        f"Value against cost to us: {len(found.curve)} plans, rising from {first} to {last}; the"
        f" {_marked(found)} one is marked."
    )
    title = "What money buys: the best-value plans at each cost"
    drawn = tuple({**row, "label": _point_label(found, row)} for row in found.curve)
    yield Figure("frontier", "frontier", title, alt, drawn, ("table: frontier",))


def _point_label(found: PaperInputs, point: Row) -> str:
    """Return what stands beside a point of the figure: of the marked one what it costs and buys."""
    if not point["today"]:
        return str(point["label"])
    cost, value = found.money(point["own_cost"]), point["value"]
    return f"{_marked(found).capitalize()}: {cost} buys {value:.1f}"


def _marked(found: PaperInputs) -> str:
    return "best" if found.plan else "recommended"


def _risks(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write the rated risks and, in one table, what would change the answer or the order."""
    scenario = found.analysis.scenario
    if found.paper.risks:
        yield table(
            scenario,
            "risks",
            "Risks of the options and of doing nothing, the gravest first",
            RISKS,
            ({**row, "mitigation": row["mitigation"] or "—"} for row in risk_rows(found.analysis)),
            note=MATRIX,
            sources=("paper.risks",),
        )
    else:
        yield number.paragraph(missing(found.unwritten["risks"]), "paper.risks")
    changes = _changes(found)
    if changes:
        yield table(
            scenario,
            "changes",
            "What would change the best choice"
            if found.plan
            else "What would bring this back to the board",
            CHANGES,
            changes,
            note="" if found.plan else _what_is_told(changes),
            sources=("table: with and without", "table: flip points"),
        )


def _changes(found: PaperInputs) -> list[Row]:
    if not found.answered:
        return []
    turned = [
        {"about": OTHERWISE[row["kind"]], "words": row["words"]}
        for row in found.otherwise
        if row["programmes"] or row["value_change"] is None
    ]
    nearest = [
        {"about": f"The order in {row['programme']}", "words": first.words}
        for row in ([] if found.plan else found.open)
        if row["leads"] and (first := first_turning_point(found.analysis, row["id"]))
    ]
    return [*turned, *nearest]


def _what_is_told(changes: Sequence[Row]) -> str:
    """Say which changes a table names, of those it has."""
    turned = [row for row in changes if row["about"] in OTHERWISE.values()]
    told = "what a decision refused or a payer withdrawn would mean" if turned else ""
    if len(turned) < len(changes):
        order = (
            "where the partner recommended is first on value, the nearest change of one thing that"
            f" puts another there ({appendix('sureness')}); who would then be chosen, within the"
            " budget and all other limits, is not worked out"
        )
        told = f"{told}; then, {order}" if told else order
    return f"{told[:1].upper()}{told[1:]}."


def _assurance(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write how success will be measured, who was asked, and where the groups differ."""
    if found.paper.measures:
        yield table(
            found.analysis.scenario,
            "measures",
            "How success will be measured",
            MEASURES,
            map(_measure, found.paper.measures.values()),
            sources=("paper.measures",),
        )
    else:
        yield number.paragraph(missing(found.unwritten["measures"]), "paper.measures")
    if not found.paper.engagement:
        yield number.paragraph(missing(found.unwritten["engagement"]), "paper.engagement")
    for name, event in found.paper.engagement.items():
        yield number.paragraph(labelled("Engagement", _event(event)), f"paper.engagement.{name}")
    if found.analysis.scenario.stakeholders:
        told = labelled("Where those asked would choose differently", _groups(found))
        yield number.paragraph(told, "table: agreement", "table: differences", "stakeholders")


def _measure(measure: Measure) -> Row:
    ends: dict[str, Text] = {
        key: missing(key) if value is None else plain(with_unit(figure(value), measure.unit))
        for key, value in (("baseline", measure.baseline), ("target", measure.target))
    }
    return {
        **ends,
        "title": measure.title,
        "by": plain(day(measure.by)) if measure.by else missing("date"),
        "owner": plain(measure.owner) if measure.owner.strip() else missing("owner"),
        "direction": DIRECTIONS[measure.direction],
    }


def _event(event: Engagement) -> str:
    who = f" with {listed(event.who)}" if event.who else ""
    when = f", {day(event.date)}" if event.date else ", date not said"
    return f"{event.title}{who}{when}. {event.text.strip()}".strip()


def _groups(found: PaperInputs) -> str:
    """Say who gave weights, where these differ most, and how often all choose the same."""
    titles = [group.title for group in found.analysis.scenario.stakeholders.values()]
    rows = agreement_rows(found.analysis, found.agreement)
    split = {
        programme_of(row["programme"])
        for row in rows
        if len({tuple(leaders) for leaders in row["leaders"].values()}) > 1
    }
    programmes = {programme_of(row["programme"]) for row in rows}
    widest = difference_rows(found.analysis, found.agreement)[:1]
    most = f" Their weights differ most on: {widest[0]['words']}" if widest else ""
    return (
        f"Groups gave weights of their own: {listed(titles)}. In"
        f" {len(programmes) - len(split)} of {counted(len(programmes), 'programme')} every group"
        " puts the same partner first"
        f" ({appendix('sureness')}).{most}"
    )


def _implications(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write what was typed, what else was typed under names of its own, and the sums."""
    stated = found.paper.implications
    own = [name for name in stated if name not in IMPLICATIONS]
    for name in [*list(IMPLICATIONS)[:-1], *own, "legal"]:
        one = stated.get(name, Implication())
        see = f"See: {one.reference.strip()}." if one.reference.strip() else ""
        said = found.said(f"implications.{name}.text", f"{one.text.strip()} {see}")
        title = TITLES.get(name, name.replace("-", " ").capitalize())
        yield number.paragraph(labelled(title, said), f"paper.implications.{name}")
    yield from _finance(found, number)


def _finance(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    of = (found.planned or found).analysis
    account = None if found.plan and not found.planned else of.allocation.account
    if account is None:
        told = "No sums are given, because nothing can be recommended."
        yield number.paragraph(labelled("Financial", told), "table: allocation")
        return
    limit = total_of(found.analysis.scenario.limits.budget)
    budget = "" if limit is None else f" The budget is {found.money(limit)}."
    in_all, ours, theirs = (
        found.money(value)
        for value in (account.cost, account.own_cost, account.cost - account.own_cost)
    )
    whose = f": {ours} of our own and {theirs} of others" if ours != in_all else ", all our own"
    told = f"The plan costs {in_all}{whose}.{budget}"
    yield number.paragraph(labelled("Financial", told), "table: allocation", "limits.budget")
    paid = finance_table(of)
    if (len(paid.columns), len(paid.rows)) != ONE_SUM:
        yield paid
    if of.scenario.has_ranges and (amount_rows(of) or amount_sentences(of)):
        yield without_empty(amounts_table(of))
    if of.scenario.staff_groups:
        yield reach_in_phases_table(of)
