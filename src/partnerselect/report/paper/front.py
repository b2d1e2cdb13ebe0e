"""The front of the paper: the cover, the key points, what is recommended, what it bears on."""

from __future__ import annotations

from collections.abc import Iterator
from platform import python_version

from partnerselect.advice import Kind, counted_words
from partnerselect.analysis import Analysis
from partnerselect.model import LeastCost
from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Cover,
    Heading,
    Paragraph,
    TickBox,
    TickBoxes,
)
from partnerselect.report.paper.inherited import inherited
from partnerselect.report.paper.inputs import (
    PaperInputs,
    appendix,
    day,
    labelled,
    missing,
    plain,
)
from partnerselect.report.paper.planned import (
    PLANNED,
    against_the_best,
    broken_tables,
    plan_points,
)
from partnerselect.rows import (
    Row,
    alternatives_sentence,
    amount_sentences,
    approved_words,
    condition_words,
    deferred_words,
    demand_sentences,
    last_pounds_words,
    missing_sentence,
    missing_shares,
    no_answer_words,
    nothing_words,
    scenario_row,
    software,
)
from partnerselect.tables import (
    Column,
    Table,
    Text,
    behind_words,
    columns_for,
    recommended_rows,
    sure,
    table,
)
from partnerselect.words import figure, listed

MOST_WORDS = 150
DEMANDS = 3
"""Demands named where there is no answer."""
NOBODY = "No partner: no programme goes ahead."
NOT_COUNTED = "This was not worked out: there were no trials."
ASKS = {
    "consider-for-action": "Consider for action",
    "approval": "Approval",
    "assurance": "Assurance",
    "information": "Information",
}
UNSAVED = "What if, not saved"
NOTHING_TO_APPROVE = "There is no choice to approve as the scenario stands: see the key points."
UNSET = "☐\N{NO-BREAK SPACE}Yes ☐\N{NO-BREAK SPACE}No"
ANSWERS = {
    "yes": "☑\N{NO-BREAK SPACE}Yes ☐\N{NO-BREAK SPACE}No",
    "no": "☐\N{NO-BREAK SPACE}Yes ☑\N{NO-BREAK SPACE}No",
}
BEARING = (
    ("priorities", "affected", "Priority"),
    ("compliance", "applies", "Standard"),
    ("considered", "considered", "Area"),
)
"""What is answered yes or no: the key of the paper, that of the answer, and what it is called."""
BORNE = (
    Column("about", "About"),
    Column("title", "Which"),
    Column("answer", "Bears on it"),
    Column("text", "How, or why not"),
)


def cover(found: PaperInputs) -> Cover:
    """Return the front: what was typed, and what is still to be said."""
    front = found.paper.cover
    in_public = {True: "public", False: "private", None: ""}[front.public]
    item = figure(front.item) if isinstance(front.item, float) else front.item or ""
    typed = {
        "Meeting": ("body", front.body),
        "Date": ("date", day(front.date)),
        "Agenda item": ("item", item),
        "Author": ("author", front.author),
        "Accountable director": ("director", front.director),
        "Considered before by": ("considered-before", "; ".join(front.considered_before)),
    }
    marks = {
        key: f"\N{NO-BREAK SPACE}{written.mark}"
        for written in inherited(found.analysis.scenario)
        for key in written.cover
    }
    lines = tuple(
        (label, found.said(f"cover.{key}", f"{text}{marks.get(key, '')}" if text else "Not stated"))
        for label, (key, text) in typed.items()
    )
    scenario = found.analysis.scenario.title
    title = front.title or scenario
    told = "" if title == scenario else f"scenario: {scenario}"
    trial = f"{UNSAVED.lower()}: {'; '.join(found.unsaved)}" if found.unsaved else ""
    body = " · ".join(part for part in (front.body, in_public, told, trial) if part)
    return Cover(title, body, lines)


def footer(analysis: Analysis) -> str:
    """Say what reproduces the paper: the hash of the files' content, the seed, the versions."""
    stated, drawn = scenario_row(analysis), analysis.robustness
    trials = f"{drawn.samples:,} trials, seed {drawn.seed}" if drawn.samples else "no trials"
    return (
        f"What reproduces this paper: scenario {stated['id']}, content {stated['sha256'][:12]};"
        f" {trials}; {software()}, Python {python_version()}."
    )


def front(found: PaperInputs) -> Iterator[Block]:
    """Write the first pages: the answer first."""
    yield Heading(2, "Key points")
    told = tuple(labelled(label, words) for label, words in key_points(found))
    yield Bullets(told, ("table: recommendation",))
    if found.planned or (found.answered and not found.plan):
        yield _recommended(found)
    yield from broken_tables(found)
    yield Heading(2, "Recommendation")
    stated = found.paper.recommendation if found.answered or found.plan else None
    boxes = (TickBox(title, bool(stated and stated.ask == ask)) for ask, title in ASKS.items())
    yield TickBoxes(tuple(boxes), ("paper.recommendation.ask",))
    asked = (
        found.said("recommendation.text", stated.text if stated else "")
        if found.answered or found.plan
        else plain(NOTHING_TO_APPROVE)
    )
    yield Paragraph(asked, sources=("paper.recommendation.text",))
    yield from _bearing(found)


def key_points(found: PaperInputs) -> list[tuple[str, str]]:
    """Return the key points as label and sentence, the indispensable first; as many as fit."""
    kept: list[tuple[str, str]] = []
    for point in _points(found):
        told = " ".join(" ".join(one) for one in [*kept, point])
        if point[1] and len(told.split()) <= MOST_WORDS:
            kept.append(point)
    return kept


def _points(found: PaperInputs) -> Iterator[tuple[str, str]]:
    if found.unsaved:
        yield UNSAVED, f"{'; '.join(found.unsaved)}."
    if found.plan:
        yield from plan_points(found)
        return
    if not found.answered:
        yield "No recommendation", f"{no_answer_words(found.analysis)}."
        for demand in demand_sentences(found.analysis, DEMANDS):
            yield "What stands in the way", demand
        return
    analysis = found.analysis
    wanted = approved_words(analysis) if any(found.running) else NOBODY
    yield "For approval", f"{wanted}{_earlier(found)}{_cheapest(analysis)}"
    yield "Worth", _worth(found)
    yield "Condition", condition_words(analysis, found.alternatives)
    yield "How sure", _sure(found)
    yield "Money and days", next(iter(amount_sentences(analysis)), "")
    yield "Deferred", deferred_words(analysis).removeprefix("Deferred: ")
    yield "Alternatives", alternatives_sentence(analysis.scenario, found.almost_as_good)
    yield "Nearest alternative", _runner_up(found)


def _earlier(found: PaperInputs) -> str:
    """Say how much of it is committed already; empty where nothing is."""
    earlier = len(list(found.running)) - len(found.open)
    verb = "is" if earlier == 1 else "are"
    return f" Of these programmes {earlier} {verb} already committed." if earlier else ""


def _cheapest(analysis: Analysis) -> str:
    """Say, with the aim least-cost, which worth no cheaper choice reaches; else nothing."""
    aim = analysis.scenario.aim
    if not isinstance(aim, LeastCost) or analysis.allocation.state != "optimal":
        return ""
    return f" No choice worth {figure(aim.least_cost.value_at_least)} points or more costs us less."


def _worth(found: PaperInputs) -> str:
    account, frontier = found.analysis.allocation.account, found.frontier
    assert account is not None  # noqa: S101 - there is an answer
    more = (
        [last_pounds_words(found.analysis, frontier), missing_sentence(frontier)]
        if frontier
        else []
    )
    told = f"{account.value:.1f} points of 100. {nothing_words(found.analysis)}"
    return " ".join([told, *filter(None, more)]).strip()


def _sure(found: PaperInputs) -> str:
    """Say how sure: the words counted, and the least sure in a sentence."""
    certain = [row["certainty"] for row in found.running]
    if not certain:
        return ""
    missing = missing_shares(found.analysis) or found.analysis.robustness.why_none
    if len(certain) == 1:
        return missing or str(certain[0].sentence) or NOT_COUNTED
    judged = found.weighed
    if not judged and all(one.kind in {Kind.UNKNOWN, Kind.NO_TRIALS} for one in certain):
        return missing or NOT_COUNTED
    if not judged:
        return f"of {len(certain)} choices, {counted_words(certain)}. {missing}".strip()
    least = min(judged, key=lambda row: row["share"])
    told = f"of {len(certain)} choices, {counted_words(certain)}."
    if least["share"] == 1:
        return f"{told} None differed in any trial in which weights and uncertain scores moved."
    return (
        f"{told} Least sure: {least['programme']}, chosen again in"
        f" {least['certainty'].percentage} of the trials in which weights and uncertain scores"
        " moved."
    )


def _runner_up(found: PaperInputs) -> str:
    """Name the main alternative that is nearest to the partner chosen, and how near it is."""
    measured = [row for row in found.open if row["margin"] is not None]
    if not measured:
        return ""
    nearest = min(measured, key=lambda row: abs(row["margin"]))
    whole = f", though {nearest['whole']}" if nearest["whole"] else ""
    where = f"{nearest['programme']}, where " if len(found.decisions) > 1 else ""
    return f"{where}{nearest['runner_up']} {nearest['margin_words']}{whole}."


def _recommended(found: PaperInputs) -> Table:
    of = found.planned or found
    many = len(of.awaited) > 1
    named = {gate: f"condition {n}" if many else "as above" for n, gate in enumerate(of.awaited, 1)}
    decided = [
        {
            **row,
            "sure": sure(row) or "—",
            "condition": listed([named[gate] for gate in row["gates"]]) or "—",
            "review": row["review"] or "—",
        }
        for row in of.decisions
    ]
    conditions = [f"Condition {n}: {gate}" for n, gate in enumerate(of.awaited, 1) if many]
    return table(
        found.analysis.scenario,
        "recommendation",
        "What is recommended, programme by programme",
        PLANNED if found.plan else columns_for("paper"),
        against_the_best(found, recommended_rows(of.analysis, decided)),
        note="" if found.plan else "\n".join([*conditions, *_reading(found)]),
        sources=("table: plans" if found.plan else "table: recommendation",),
        totals=1,
    )


def _reading(found: PaperInputs) -> Iterator[str]:
    """Yield how the table is to be read, and why a programme waits."""
    yield (
        "How sure: how often the same partners are chosen again in trials in which weights and"
        " uncertain scores move; robust from 90%, sensitive from 60%, else too close to call. Why"
        f" each, and what the main alternative is: {appendix('programmes')}."
    )
    yield from filter(None, [behind_words(found.decisions)])
    for row in found.decisions:
        if not row["partners"]:
            yield f"Deferred: {row['programme']}. {row['reason']}".strip()


def _bearing(found: PaperInputs) -> Iterator[Block]:
    """Write what people answered yes or no, each with how or why not."""
    rows: list[Row] = []
    for key, answer, about in BEARING:
        stated = getattr(found.paper, key)
        if not stated:
            yield Paragraph(
                labelled(about, missing(found.unwritten[key])), sources=(f"paper.{key}",)
            )
        rows += [
            {
                "about": about,
                "title": one.title,
                "answer": ANSWERS.get(getattr(one, answer), UNSET),
                "text": _told(found, f"{key}.{name}.text", one),
            }
            for name, one in stated.items()
        ]
    if rows:
        sources = tuple(f"paper.{key}" for key, *_ in BEARING)
        title = "What this bears on"
        yield table(found.analysis.scenario, "bearing", title, BORNE, rows, sources=sources)


def _told(found: PaperInputs, path: str, one: object) -> Text | str:
    """Return what was typed of an answer, the domains of a standard first."""
    parts = [", ".join(getattr(one, "domains", ())), getattr(one, "text", "").strip()]
    told = "; ".join(part for part in parts if part)
    return found.said(path, told) if path in found.unwritten else told
