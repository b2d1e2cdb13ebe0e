"""Who disagrees, as rows: groups by partners, where weights differ, whom most can accept."""

from __future__ import annotations

from collections.abc import Mapping

from partnerselect.analysis import Analysis
from partnerselect.rows.report import Row
from partnerselect.value.agreement import (
    NEAR,
    Agreement,
    CommonGround,
    Difference,
    ProgrammeAgreement,
)
from partnerselect.words.wording import figure, points, share

AGREEMENT_WORDS = (
    (0.9, "agree almost wholly"),
    (0.7, "agree strongly"),
    (0.5, "agree moderately"),
    (0.3, "agree weakly"),
    (0.0, "hardly agree"),
)
"""Kendall's W in words, from this value on. Source of the bands: Schmidt (1997), Decision Sciences
28(3), 763-774."""
MOST = 0.5


def group_rows(analysis: Analysis, told: Agreement) -> list[Row]:
    """Return one row for every eligible partner: its rank and value by each group, best first."""
    work = analysis.table.workload
    rows = []
    for advice in analysis.recommendation.ranking:
        if advice.eligible:
            p, k = work.programmes.index(advice.programme), work.partners.index(advice.partner)
            rows.append(
                {
                    "programme": advice.programme,
                    "partner": advice.partner,
                    "title": analysis.scenario.partners[advice.partner].title,
                    "rank": advice.rank,
                    "chosen": advice.chosen,
                    "ranks": {view.group: int(view.ranks[p, k]) for view in told.groups},
                    "values": {view.group: float(view.overall[p, k]) for view in told.groups},
                },
            )
    return rows


def difference_rows(analysis: Analysis, told: Agreement) -> list[Row]:
    """Return one row for every criterion and branch, that on which two groups differ most first."""
    groups = group_titles(analysis)
    criteria = {path: node.title for path, node in analysis.scenario.criteria.nodes.items()}
    return [
        {
            "criterion": found.criterion,
            "title": criteria[found.criterion],
            "least": found.groups[0],
            "most": found.groups[1],
            "least_whole": found.whole[0],
            "most_whole": found.whole[1],
            "least_local": found.local[0],
            "most_local": found.local[1],
            "gap": found.gap,
            "words": _difference_words(found, criteria, groups),
        }
        for found in told.differences
    ]


def group_titles(analysis: Analysis) -> dict[str, str]:
    """Return the titles of the stakeholder groups."""
    return {name: group.title for name, group in analysis.scenario.stakeholders.items()}


def _difference_words(
    found: Difference, criteria: Mapping[str, str], groups: Mapping[str, str]
) -> str:
    least, most = (groups[name] for name in found.groups)
    words = (
        f"{criteria[found.criterion]}: {share(found.whole[1])} of the whole with {most},"
        f" {share(found.whole[0])} with {least}"
    )
    above = found.criterion.rpartition(".")[0]
    low, high = found.local
    if not above or low is None or high is None:
        return f"{words}."
    return f"{words} ({share(high)} and {share(low)} of {criteria[above]})."


def agreement_rows(analysis: Analysis, told: Agreement) -> list[Row]:
    """Return one row a programme: each group's first, how far they agree, whom most accept."""
    return [_agreement(analysis, found) for found in told.programmes]


def _agreement(analysis: Analysis, found: ProgrammeAgreement) -> Row:
    ground = found.common_ground
    partners, groups = (
        {name: partner.title for name, partner in analysis.scenario.partners.items()},
        group_titles(analysis),
    )
    return {
        "programme": found.programme,
        "leaders": {group: list(leaders) for group, leaders in found.leaders.items()},
        "w": found.concordance.w,
        "w_reason": found.concordance.reason,
        "agreement": _agreement_in_brief(found.concordance.w, len(found.leaders)),
        "common_ground": ground.partner if ground else None,
        "satisfied": list(ground.satisfied) if ground else [],
        "voices": ground.voices if ground else None,
        "greatest_loss": ground.greatest_loss if ground else None,
        "least_satisfied": ground.least_satisfied if ground else None,
        "first": _leaders(found, partners, groups)
        if ground
        else "No partner is eligible, so there is nothing to agree on.",
        "ground": _ground(ground, partners, groups)
        if ground and ground.least_satisfied is not None
        else "",
        "words": _agreement_words(analysis, found, ground)
        if ground
        else "No partner is eligible, so there is nothing to agree on.",
    }


def _agreement_words(analysis: Analysis, found: ProgrammeAgreement, ground: CommonGround) -> str:
    partners = {name: partner.title for name, partner in analysis.scenario.partners.items()}
    groups = group_titles(analysis)
    sentences = [
        _leaders(found, partners, groups),
        _concordance(found.concordance.w) if len(groups) > 1 else "",
    ]
    if ground.least_satisfied is not None:
        sentences += [_ground(ground, partners, groups)]
    return " ".join(sentence for sentence in sentences if sentence)


def _leaders(
    found: ProgrammeAgreement, partners: Mapping[str, str], groups: Mapping[str, str]
) -> str:
    behind: dict[str, list[str]] = {}
    for group, leaders in found.leaders.items():
        behind.setdefault(" and ".join(partners[name] for name in leaders), []).append(
            groups[group]
        )
    if len(behind) == 1 and len(groups) > 1:
        return f"Every group puts {next(iter(behind))} first."
    return (
        "Put first:"
        f" {'; '.join(first + ' by ' + ', '.join(names) for first, names in behind.items())}."
    )


def _concordance(w: float | None) -> str:
    if w is None:
        return ""
    return (
        f"On the order of all partners the groups {_agreed(w)}: {w:.2f}, from 0 (no common order)"
        " to 1 (the same order), known as Kendall's W."
    )


def _agreement_in_brief(w: float | None, groups: int) -> str:
    """Return the words for W with its figure.

    Empty where there are not two to agree, or nothing to agree on.
    """
    return "" if w is None or groups == 1 else f"{_agreed(w)}, {w:.2f}"


def _agreed(w: float) -> str:
    return next(words for least, words in AGREEMENT_WORDS if w >= least - 1e-9)


def _ground(ground: CommonGround, partners: Mapping[str, str], groups: Mapping[str, str]) -> str:
    support = (
        f"for {len(ground.satisfied)} of {len(groups)} groups, {share(ground.voices)} of the votes"
    )
    loss = (
        f"{groups[ground.least_satisfied or '']} would give up most: {points(ground.greatest_loss)}"
    )
    none = "" if ground.voices > MOST else "No partner is near the first of most votes. "
    return (
        f"{none}{partners[ground.partner]} is first or within {figure(NEAR)} points of first"
        f" {support}; {loss}."
    )
