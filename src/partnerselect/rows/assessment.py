"""An assessment summary for each partner not chosen, fit to send: strengths, the differences that decided, what would have changed it."""

from __future__ import annotations

from partnerselect.analysis import Analysis, turning_points_between
from partnerselect.rows.explain import NOTHING, Comparison, gap_rows
from partnerselect.rows.report import Row
from partnerselect.wording import listed, points

STRENGTHS, DIFFERENCES, TURNS = 3, 3, 2
STRONG = 70
"""Value from which a score counts as a strength."""


def assessment_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every partner chosen for nothing: `programme` and `chosen` are where it came closest; all in sentences."""
    chosen = {partner for advice in analysis.recommendation.programmes for partner in advice.partners}
    return [_assessed(analysis, name) for name in analysis.scenario.partners if name not in chosen]


def _assessed(analysis: Analysis, name: str) -> Row:
    title = analysis.scenario.partners[name].title
    considered = [row for row in analysis.recommendation.ranking if row.partner == name and row.covers > 0]
    closest = _closest(analysis, name)
    barred = [] if closest else list(dict.fromkeys(row.reason for row in considered))
    row: Row = {
        "partner": title,
        "id": name,
        "programme": "",
        "chosen": "",
        "standing": _standing(analysis, name),
        "strengths": "",
        "differences": "",
        "changes": [],
        "barred": barred,
    }
    if closest is None:
        return row
    compared = Comparison(analysis, *closest)
    return {
        **row,
        "programme": analysis.scenario.programmes[closest[0]].title,
        "chosen": compared.title(closest[1]),
        "strengths": _strengths(compared),
        "differences": _differences(compared),
        "changes": _changes(analysis, *closest),
    }


def _standing(analysis: Analysis, name: str) -> str:
    """Say for how many programmes it was weighed, and how it stood at best."""
    found = [row for row in analysis.recommendation.ranking if row.partner == name and row.rank is not None]
    if not found:
        return "It could not be weighed against the others for any programme."
    best = min(found, key=lambda row: (row.rank or 0, row.programme))
    field = sum(row.programme == best.programme and row.rank is not None for row in analysis.recommendation.ranking)
    where = analysis.scenario.programmes[best.programme].title
    return (
        f"It was weighed for {len(found)} of {len(analysis.scenario.programmes)} programmes, and stood best in {where}: place {best.rank} of {field} on value."
    )


def _closest(analysis: Analysis, name: str) -> tuple[str, str, str] | None:
    """Return the programme in which it came closest to a partner chosen: programme, chosen, itself."""
    values = {(row.programme, row.partner): row.value for row in analysis.recommendation.ranking}
    ranked = {row.programme for row in analysis.recommendation.ranking if row.partner == name and row.rank is not None}
    pairs = [(advice.programme, advice.partners[0]) for advice in analysis.recommendation.programmes if advice.partners and advice.programme in ranked]
    if not pairs:
        return None
    programme, main = min(pairs, key=lambda pair: (values[pair] - values[pair[0], name], pair))
    return programme, main, name


def _changes(analysis: Analysis, programme: str, chosen: str, name: str) -> list[str]:
    """Say what would have brought it level: weights, its own scores and price; nothing where it was not behind, and no word of the other's scores."""
    found = [told for told in turning_points_between(analysis, programme, (chosen, name)) if told.flip.rival == name]
    return [told.words for told in found if told.flip.kind in {"weight", "gate"} or name in {told.flip.partner, told.flip.subject}][:TURNS]


def _strengths(compared: Comparison) -> str:
    """Name what it scores well on: ahead of the partner chosen, else high on the scale."""
    rows = gap_rows(compared)
    ahead = [f"{row['title']} ({row['why_not']['score']})" for row in rows if row["difference"] <= -NOTHING]
    high = [f"{row['title']} ({row['why_not']['score']})" for row in rows if row["why_not"]["value"] >= STRONG and not row["why_not"]["computed"]]
    if ahead:
        return f"Ahead of the partner chosen on {listed(ahead[:STRENGTHS])}."
    return f"Scores well on {listed(high[:STRENGTHS])}." if high else ""


def _differences(compared: Comparison) -> str:
    rows = [row for row in gap_rows(compared) if row["difference"] >= NOTHING]
    told = [f"{row['title']} ({points(row['difference'])})" for row in rows]
    gap = compared.advice(compared.why).value - compared.advice(compared.why_not).value
    if gap < NOTHING:
        return "It did not lose on value: another choice is worth more to all programmes together within the limits on money, days and partners."
    return f"{points(gap)} behind {compared.title(compared.why)} in all, above all on {listed(told[:DIFFERENCES])}."
