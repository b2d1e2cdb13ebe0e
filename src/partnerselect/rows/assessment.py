"""An assessment of each partner not chosen, fit to send: strengths, and what decided."""

from __future__ import annotations

from collections import Counter

from partnerselect.advice import PartnerAdvice, WhyNot
from partnerselect.analysis import Analysis, turning_points_between
from partnerselect.model import LeastCost, programme_of
from partnerselect.rows.explain import NOTHING, Pair, gap_rows
from partnerselect.rows.plain import Row
from partnerselect.rows.reason_words import (
    NAMED,
    instead_words,
    whole_words,
    why_not_words,
    without_sums,
)
from partnerselect.rows.robustness import HELD
from partnerselect.words import apart, counted, figure, listed, points

STRENGTHS, DIFFERENCES, TURNS = 3, 3, 2
STRONG = 70
"""Value from which a score counts as a strength."""


def assessment_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every partner chosen for nothing, in sentences.

    `programme` and `chosen` are where it came nearest.
    """
    chosen = {
        partner for advice in analysis.recommendation.programmes for partner in advice.partners
    }
    return [_assessed(analysis, name) for name in analysis.scenario.partners if name not in chosen]


def _assessed(analysis: Analysis, name: str) -> Row:
    title = analysis.scenario.partners[name].title
    nearest = _nearest(analysis, name)
    row: Row = {
        "partner": title,
        "id": name,
        "programme": "",
        "chosen": "",
        "standing": _standing(analysis, name),
        "strengths": "",
        "differences": "",
        "changes": [],
        "review": None,
        "barred": [] if nearest else _barred(analysis, name),
    }
    if nearest is None:
        return row
    compared = Pair(analysis, *nearest)
    return {
        **row,
        "programme": analysis.scenario.programmes[nearest[0]].title,
        "chosen": compared.title(nearest[1]),
        "strengths": _strengths(compared),
        "differences": _differences(compared),
        "changes": _changes(analysis, *nearest),
        "review": analysis.scenario.programmes[nearest[0]].review,
    }


def _barred(analysis: Analysis, name: str) -> list[str]:
    """Say why it is nowhere beside a partner chosen: of each reason, in which programmes."""
    found: dict[str, list[str]] = {}
    for row in analysis.recommendation.ranking:
        if row.partner == name and row.covers > 0:
            title = analysis.scenario.programmes[row.programme].title
            found.setdefault(_reason(analysis, row), []).append(title)
    return [
        f"{listed(titles) if len(titles) <= NAMED else counted(len(titles), 'programme')}: {words}"
        for words, titles in found.items()
    ]


def _reason(analysis: Analysis, row: PartnerAdvice) -> str:
    """Say why it is not chosen; of a deferred programme also what would bring that back."""
    told = why_not_words(analysis.scenario, row.reason)
    deferral = analysis.recommendation.programme(row.programme).reason.deferral
    if row.reason.kind is not WhyNot.DEFERRED or deferral is None:
        return told
    return f"{told} {without_sums(analysis.scenario, deferral)}".strip()


def _standing(analysis: Analysis, name: str) -> str:
    """Say for how many programmes it was weighed, and where it left most of the others behind."""
    title = analysis.scenario.partners[name].title
    found = [
        (row.rank, row.programme)
        for row in analysis.recommendation.ranking
        if row.partner == name and row.rank is not None
    ]
    if not found:
        return f"{title} could not be weighed against the others for any programme."
    fields = Counter(
        row.programme for row in analysis.recommendation.ranking if row.rank is not None
    )
    rank, programme = min(found, key=lambda one: (one[0] / fields[one[1]], one))
    return (
        f"{title} was weighed for {len({programme_of(name) for _, name in found})} of"
        f" {counted(len(analysis.scenario.entries), 'programme')}."
        f" It stood best in {analysis.scenario.programmes[programme].title}: place {rank} of"
        f" {fields[programme]} on value."
    )


def _nearest(analysis: Analysis, name: str) -> tuple[str, str, str] | None:
    """Return where it came nearest to a partner chosen: programme, chosen, itself."""
    values = {(row.programme, row.partner): row.value for row in analysis.recommendation.ranking}
    ranked = {
        row.programme
        for row in analysis.recommendation.ranking
        if row.partner == name and row.rank is not None
    }
    pairs = [
        (advice.programme, advice.partners[0])
        for advice in analysis.recommendation.programmes
        if advice.partners and advice.programme in ranked
    ]
    if not pairs:
        return None
    programme, main = min(pairs, key=lambda pair: (values[pair] - values[pair[0], name], pair))
    return programme, main, name


def _changes(analysis: Analysis, programme: str, chosen: str, name: str) -> list[str]:
    """Say what would have brought it before the partner chosen: weights, its own scores and price.

    No word of the other's scores, nor of who would then be chosen; nothing where it was not behind.
    """
    compared = Pair(analysis, programme, chosen, name)
    if not compared.is_ahead:
        return []
    found = [
        told
        for told in turning_points_between(analysis, programme, (chosen, name))
        if told.flip.rival == name
    ]
    own = [
        told.words
        for told in found
        if told.flip.kind in {"weight", "gate"} or name in {told.flip.partner, told.flip.subject}
    ]
    none = ["None was found in one weight, one of its scores or its price alone."]
    return [*(own[:TURNS] or none), HELD]


def _strengths(compared: Pair) -> str:
    """Name what it scores well on: ahead of the partner chosen, else high on the scale."""
    rows = gap_rows(compared)
    told = "Ahead of the partner chosen"
    strong = [row for row in rows if row["difference"] <= -NOTHING]
    if not strong:
        told, own = "Scores well", [row for row in rows if not row["why_not"]["computed"]]
        strong = [row for row in own if row["why_not"]["value"] >= STRONG]
    named = [f"{row['title']} ({row['why_not']['score']})" for row in strong[:STRENGTHS]]
    return f"{told} on {listed(named)}." if named else ""


def _differences(compared: Pair) -> str:
    """Say how far it was behind, or what else decided, as far as that is known."""
    told, gap = compared.speaking_for(compared.why), compared.gap
    scenario = compared.analysis.scenario
    together = f"Partners are chosen for all programmes together, {_together(compared)}"
    if not compared.is_ahead:
        behind = apart(gap, "behind", "ahead of", "level with")
        standing = f"It was not behind on value: it is {behind} {compared.title(compared.why)}"
        return f"{standing} there. {together}"
    above = f", above all on {listed(told[:DIFFERENCES])}" if told else ""
    standing = f"{points(gap)} behind {compared.title(compared.why)} in all{above}."
    return f"{standing} {together}" if isinstance(scenario.aim, LeastCost) else standing


def _together(compared: Pair) -> str:
    """Say what all choices together are to reach, and what stands against this one in that.

    Without a sum: from what another choice costs us a reader could tell what others charge.
    """
    scenario, reason = compared.analysis.scenario, compared.advice(compared.why_not).reason
    aim, price = scenario.aim, reason.price
    what = "to be worth most within limits and rules"
    if isinstance(aim, LeastCost):
        floor = figure(aim.least_cost.value_at_least)
        what = f"to reach {floor} points in all at the least cost to us"
    if price is None or price.state in {"infeasible", "no-answer-yet"}:
        return f"{what}. {instead_words(scenario, reason)}".strip()
    lost = whole_words(scenario, price)
    if lost:
        return f"{what}: with it {lost}."
    return (
        f"{what}: with it the whole would come to the same. Of plans that come to the same, the one"
        " with fewest partners is taken, then by a fixed order."
    )
