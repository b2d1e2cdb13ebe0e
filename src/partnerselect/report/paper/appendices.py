"""The appendices: all that the paper rests on, each with its number."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Figure,
    FigureKind,
    Heading,
    Paragraph,
)
from partnerselect.report.paper.inputs import APPENDICES, Numbering, PaperInputs, day, plain
from partnerselect.report.paper.planned import BEST
from partnerselect.robustness import criterion_title
from partnerselect.rows import (
    Row,
    acceptability_rows,
    assessment_rows,
    contribution_rows,
    difference_rows,
    gate_words,
    how_choices_were_drawn,
    how_it_was_drawn,
    interval_rows,
    near_words,
    programme_weight_rows,
    question_rows,
    regret_words,
    sensitivity_rows,
    weight_rows,
    with_own_weights,
)
from partnerselect.tables import (
    Span,
    Table,
    Text,
    basis,
    contributions_table,
    findings_table,
    firsts_table,
    fixed_table,
    flips_table,
    intervals_table,
    limits_table,
    options_table,
    places_table,
    points_table,
    portfolios_table,
    practice_table,
    prices_table,
    scores_table,
    steps_table,
    weights_table,
    work_table,
    working_table,
)
from partnerselect.words import listed, points, share

NOTHING = "Nothing is to be said here: there is no answer, or there were no trials."
WHOLE = 5
"""Whole plans that are told."""
TURNS = 5
"""Changes of the leader of a programme that are shown."""
QUESTIONS, TELLING = 6, 0.01
"""Open scores worth a line: at most so many, each changing a leader in at least this share."""
PANELS = 3
"""Weights drawn in the figure of how values move: what a page holds at a size to be read."""
WIDEST = 3
"""Differences of weights that are told."""


def appendices(found: PaperInputs) -> Iterator[Block]:
    """Write the appendices, each under its number; one without anything says so."""
    written: dict[str, Callable[[PaperInputs, Numbering], Iterator[Block]]] = {
        "options": lambda found, _: iter([options_table(found.analysis)]),
        "criteria": _criteria,
        "programmes": _programmes,
        "money": _money,
        "sureness": _sureness,
        "evidence": lambda found, _: iter(
            [scores_table(found.analysis), prices_table(found.analysis)]
        ),
        "summaries": _summaries,
        "practice": lambda found, _: _filled(
            practice_table(found.analysis), findings_table(found.analysis)
        ),
    }
    if found.plan:
        yield Paragraph(plain(BEST), sources=("table: recommendation",))
    for n, (name, title) in enumerate(APPENDICES.items(), 1):
        yield Heading(1, title, f"Appendix {n}")
        blocks = list(written[name](found, Numbering(f"A{n}")))
        yield from blocks or [Paragraph(plain(NOTHING), sources=("table: ranking",))]


def _filled(*tables: Table) -> Iterator[Table]:
    """Yield the tables that say something."""
    return (one for one in tables if one.rows)


def _criteria(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write the criteria with ranges and weights, who gave them and how, and what was varied."""
    scenario, analysis = found.analysis.scenario, found.analysis
    yield number.paragraph(
        "Each option is worth between 0 and 100 points in a programme: its score on each criterion,"
        " counted from the worst (0) to the best (100) of the range shown, times the criterion's"
        " share of all weight. A programme is worth what its partners bring, or its baseline where"
        " it does not run.",
        "criteria",
    )
    title = f"Criteria and weights: {scenario.criteria.title}"
    yield weights_table(analysis, title, weight_rows(analysis))
    own = with_own_weights(analysis)
    if own:
        told = [f"{scenario.programmes[name].title} ({_own_weights(found, name)})" for name in own]
        yield number.paragraph(
            f"Weighed differently, by weights of its own: {listed(told)}.",
            *(f"programmes.{name}.weights" for name in own),
        )
    drawn = [how_it_was_drawn(analysis), how_choices_were_drawn(analysis), *gate_words(analysis)]
    told = [f"{words.removesuffix('.')}." for words in drawn if words]
    yield number.paragraph(f"How sure: {' '.join(told)}", "analysis", "gates")


def _own_weights(found: PaperInputs, programme: str) -> str:
    return ", ".join(
        f"{row['title']} {share(row['whole'])}"
        for row in programme_weight_rows(found.analysis, programme)
        if "." not in row["criterion"]
    )


def _programmes(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write of each programme what is recommended and why, and draw its ranking."""
    for row in found.decisions:
        yield Heading(2, row["programme"])
        if found.answered:
            sources = f"programmes.{row['id']}", "table: recommendation"
            yield number.paragraph(_decision(found, row), *sources)
            yield from _grounds(row)
        yield from _ranking(found, row["id"])


def _decision(found: PaperInputs, row: Row) -> Text:
    """Say of one programme: the partners, the cost, the condition, the lead, the review."""
    sponsor = row["sponsor"].strip()
    back = f"Lead: {sponsor}. " * bool(sponsor)
    back += f"Review: {day(row['review']) if row['review'] else 'no date is set'}."
    if not row["partners"]:
        reason = row["reason"] or "It does not run."
        return plain(f"{reason} It stays at {row['baseline']:.1f} points. {back}")
    one = len(row["partners"]) == 1
    joined = "," if row["gates"] else ";"
    condition = f"{joined} {row['condition']}" if row["condition"] else ""
    told = (
        f" {'is' if one else 'are'} recommended, worth {points(row['value'])}. It costs us"
        f" {found.money(row['own_cost'])}{condition}. {back}"
    )
    return (Span(listed(row["partners"]), strong=True), Span(told))


def _grounds(row: Row) -> Iterator[Block]:
    """Say why, which is the main alternative and why not, and how sure."""
    if not row["partners"]:
        return
    ahead = f"{row['partners'][0]} is ahead of the main alternative on {row['why']}."
    told = {
        "Why": f"{ahead if row['why'] else ''} {row['reason']}".strip(),
        "Main alternative": _runner_up(row),
        "How sure": row["assurance"],
    }
    labelled = (
        (Span(f"{label}: ", strong=True), Span(words)) for label, words in told.items() if words
    )
    yield Bullets(tuple(labelled), ("table: recommendation",))


def _runner_up(row: Row) -> str:
    if not row["runner_up"]:
        return "nobody else could be chosen for it."
    against = f" It is ahead on {row['against']}." if row["against"] else ""
    instead = f" {row['why_not']}" if row["why_not"] and not row["reason"] else ""
    return f"{row['runner_up']}, which {row['margin_words']}.{against}{instead}"


def _ranking(found: PaperInputs, name: str) -> Iterator[Block]:
    drawn = acceptability_rows(found.analysis, name)
    parts = contribution_rows(found.analysis, name)
    if not parts:
        return
    shown = contributions_table(found.analysis, name)
    alt = f"Bars of value by criterion; {parts[0]['partner']} is first of {len(shown.rows)}."
    yield _figure("contributions", shown, alt, parts)
    if drawn:
        first = share(drawn[0]["ranks"][0])
        alt = f"Shares {basis(drawn)}, by rank; {drawn[0]['partner']} is first in {first}."
        yield _figure("acceptability", places_table(found.analysis, name, drawn), alt, drawn)


def _figure(kind: FigureKind, shown: Table, alt: str, rows: list[Row]) -> Figure:
    return Figure(shown.id, kind, shown.title, alt, tuple(rows), shown.sources, shown)


def _money(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write who does what, what it costs, which limits are near, and the best-value plans."""
    del number
    if not found.answered:
        return
    analysis, curve = found.analysis, found.curve
    yield from _filled(working_table(analysis), work_table(analysis), fixed_table(analysis))
    limits = limits_table(analysis)
    if limits.rows or limits.note:
        yield limits
    if len(curve) > 1:
        yield points_table(analysis, curve)
        at = next((n for n, row in enumerate(curve) if row["today"]), None)
        yield from [steps_table(analysis, curve, at)] if at is not None else []


def _sureness(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write what the trials say of the plan, what would change the leaders, and what groups say."""
    analysis = found.analysis
    yield from number.paragraphs([" ".join(regret_words(analysis))], "table: choices")
    if found.answered:
        yield number.paragraph(near_words(analysis), "table: alternatives")
    if len((plans := portfolios_table(analysis, WHOLE)).rows) > 1:
        yield plans
    yield from _filled(flips_table(analysis, found.flips, TURNS))
    without = [row["words"] for row in found.without]
    yield from _list("Without one of the partners", without, "table: with and without")
    yield from _least_sure(found)
    rows = question_rows(analysis) if analysis.robustness.samples else []
    telling = [row["words"] for row in rows if row["change_share"] >= TELLING][:QUESTIONS]
    yield from _list("Worth finding out before deciding", telling, "table: open questions")
    if analysis.scenario.stakeholders:
        yield Heading(2, "What each group would choose")
        yield firsts_table(analysis, found.agreement)
        widest = [row["words"] for row in difference_rows(analysis, found.agreement)][:WIDEST]
        yield from _list("Where their weights differ most", widest, "table: differences")


def _list(title: str, told: list[str], source: str) -> Iterator[Block]:
    if told:
        yield Heading(3, title)
        yield Bullets(tuple(map(plain, told)), (source,))


def _least_sure(found: PaperInputs) -> Iterator[Block]:
    """Draw how the values move with each weight, for the decision weighed that is least sure."""
    row = min(found.weighed, key=lambda row: row["share"], default=None)
    if row is None:
        return
    of = row["programme"] if row["share"] == 1 else f"{row['programme']}, the least sure"
    scenario, ranges = found.analysis.scenario, interval_rows(found.analysis, row["id"])
    nearest = (criterion_title(scenario, one["criterion"]) for one in sorted(ranges, key=_room))
    drawn = list(dict.fromkeys(nearest))[:PANELS]
    lines = [
        line for line in sensitivity_rows(found.analysis, row["id"]) if line["criterion"] in drawn
    ]
    if not lines:
        return
    first = scenario.partners[ranges[0]["leader"]].title
    few = (
        f"; drawn for the {len(drawn)} weights with least room before another is first"
        if len(drawn) < len(ranges)
        else ""
    )
    yield Figure(
        "sensitivity",
        "sensitivity",
        f"{of}: between which weights {first} stays first on value{few}",
        f"The value of each partner as a weight goes from nothing to all of its siblings'{few};"
        f" today {first} is first on value.",
        tuple(lines),
        ("table: intervals",),
        intervals_table(found.analysis, row["id"]),
    )


def _room(row: Row) -> float:
    """Return how far a weight may move before another partner is first."""
    ends = (("whole_low", "below"), ("whole_high", "above"))
    room = [abs(row["whole"] - row[end]) for end, side in ends if row[side]]
    return min(room, default=float("inf"))


def _summaries(found: PaperInputs, number: Numbering) -> Iterator[Block]:
    """Write a summary for each partner not chosen."""
    rows = assessment_rows(found.analysis) if found.answered else []
    if not rows:
        return
    opening = (
        "One for each, to be sent to the partner it is about, with our thanks. Points are of value,"
        " from 0 to 100, within the programme named."
    )
    yield number.paragraph(opening, "table: ranking")
    for row in rows:
        yield Heading(2, row["partner"])
        standing = " ".join(part for part in (row["standing"], _nearest(row)) if part)
        yield Paragraph(plain(standing), sources=("table: ranking",))
        told = {
            "Strengths": row["strengths"],
            "What decided": row["differences"],
            "What would have changed the order": " ".join(row["changes"]),
        }
        items = [f"{label}: {words}" for label, words in told.items() if words]
        items += [words for words in (*row["barred"], _next(row)) if words]
        yield Bullets(tuple(map(plain, items)), ("table: ranking", "table: flip points"))


def _nearest(row: Row) -> str:
    return (
        f"It came nearest to being chosen in {row['programme']}, where {row['chosen']} is"
        " recommended."
        if row["programme"]
        else ""
    )


def _next(row: Row) -> str:
    """Say when the choice that a partner came nearest in is reviewed; empty without a date."""
    if not row["review"]:
        return ""
    return (
        f"What comes next: {row['programme']} is reviewed on {day(row['review'])}; new evidence or"
        " a changed offer can be weighed then."
    )
