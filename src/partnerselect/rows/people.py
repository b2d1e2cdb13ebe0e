"""Who disagrees, as rows: groups by partners, where weights differ, whom most can accept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from partnerselect.analysis import Analysis, agreement, judgements
from partnerselect.errors import dotted
from partnerselect.rows.plain import Row, picked
from partnerselect.rows.weights import group_weight_rows, programme_weight_rows, weight_rows
from partnerselect.value import (
    NEAR,
    Agreement,
    CommonGround,
    Consistency,
    Difference,
    ProgrammeAgreement,
)
from partnerselect.words import counted, figure, points, share

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
NOBODY = "No partner is eligible, so there is nothing to agree on."


def group_rows(analysis: Analysis, told: Agreement) -> list[Row]:
    """Return one row for every eligible partner: its rank and value by each group, best first."""
    work, titles = analysis.table.workload, analysis.scenario.partner_titles
    rows = []
    for advice in analysis.recommendation.ranking:
        if advice.eligible:
            at = work.programmes.index(advice.programme), work.partners.index(advice.partner)
            rows.append(
                {
                    **picked(advice, "programme", "partner"),
                    "title": titles[advice.partner],
                    **picked(advice, "rank", "chosen"),
                    "ranks": {view.group: int(view.ranks[at]) for view in told.groups},
                    "values": {view.group: float(view.overall[at]) for view in told.groups},
                },
            )
    return rows


def difference_rows(analysis: Analysis, told: Agreement) -> list[Row]:
    """Return one row for every criterion and branch, that on which two groups differ most first."""
    groups = analysis.scenario.group_titles
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
    return [_agreement_row(analysis, found) for found in told.programmes]


def _agreement_row(analysis: Analysis, found: ProgrammeAgreement) -> Row:
    scenario, ground, w = analysis.scenario, found.common_ground, found.concordance.w
    partners, groups = scenario.partner_titles, scenario.group_titles
    firsts, order, accepted = NOBODY, "", ""
    if ground is not None:
        firsts = _leaders(found, partners, groups)
        order = _concordance(w) if w is not None and len(groups) > 1 else ""
        accepted = _ground(ground, partners, groups) if ground.least_satisfied is not None else ""
    return {
        "programme": found.programme,
        "leaders": found.leaders,
        "w": w,
        "w_reason": found.concordance.reason,
        "agreement": "" if w is None or len(found.leaders) == 1 else f"{_agreed(w)}, {w:.2f}",
        "common_ground": ground.partner if ground else None,
        "satisfied": list(ground.satisfied) if ground else [],
        **{
            key: getattr(ground, key, None)
            for key in ("voices", "greatest_loss", "least_satisfied")
        },
        "first": firsts,
        "ground": accepted,
        "words": " ".join(words for words in (firsts, order, accepted) if words),
    }


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


def _concordance(w: float) -> str:
    return (
        f"On the order of all partners the groups {_agreed(w)}: {w:.2f}, from 0 (no common order)"
        " to 1 (the same order), known as Kendall's W."
    )


def _agreed(w: float) -> str:
    return next(words for least, words in AGREEMENT_WORDS if w >= least - 1e-9)


def _ground(ground: CommonGround, partners: Mapping[str, str], groups: Mapping[str, str]) -> str:
    asked = counted(len(groups), "group")
    support = f"for {len(ground.satisfied)} of {asked}, {share(ground.voices)} of the votes"
    loss = (
        f"{groups[ground.least_satisfied or '']} would give up most: {points(ground.greatest_loss)}"
    )
    none = "" if ground.voices > MOST else "No partner is near the first of most votes. "
    return (
        f"{none}{partners[ground.partner]} is first or within {figure(NEAR)} points of first"
        f" {support}; {loss}."
    )


def voices_json(analysis: Analysis, programme: str | None = None) -> Row:
    """Return the keys `weights`, `groups`, `agreement` (null without groups) and `judgements`.

    Of one programme if it is named.
    """
    told = agreement(analysis)
    return {
        "weights": _weights(analysis, programme),
        "groups": [
            {
                "group": view.group,
                "title": analysis.scenario.group_titles[view.group],
                "voice": view.voice,
            }
            for view in told.groups
        ],
        "agreement": _agreement(analysis, told, programme) if told.groups else None,
        "judgements": [_judgement(found) for found in judgements(analysis)],
    }


def with_own_weights(analysis: Analysis, programme: str | None = None) -> list[str]:
    """Return the programmes, or the one named, that have weights of their own."""
    return [
        name
        for name, stated in analysis.scenario.programmes.items()
        if stated.weights is not None and programme in {None, name}
    ]


def of_programme(found: Sequence[Row], programme: str | None) -> list[Row]:
    """Keep one programme's rows, or all where none is named."""
    return [row for row in found if programme in {None, row["programme"]}]


def _weights(analysis: Analysis, programme: str | None) -> list[Row]:
    """Return all weights as one list; `programme` and `group` say whose."""
    own, groups = with_own_weights(analysis, programme), analysis.scenario.stakeholders
    found: list[tuple[str | None, str | None, list[Row]]] = [
        (None, None, weight_rows(analysis)),
        *((name, None, programme_weight_rows(analysis, name)) for name in own),
        *((None, name, group_weight_rows(analysis, name)) for name in groups),
    ]
    return [{"programme": of, "group": group, **row} for of, group, rows in found for row in rows]


def _agreement(analysis: Analysis, told: Agreement, programme: str | None) -> Row:
    return {
        "programmes": of_programme(agreement_rows(analysis, told), programme),
        "ranking": of_programme(group_rows(analysis, told), programme),
        "differences": difference_rows(analysis, told),
    }


def _judgement(found: Consistency) -> Row:
    return {
        "path": dotted(found.of.loc),
        **picked(found.of, "whose", "branch"),
        **picked(found, "ratio", "accepted_up_to", "acceptable", "words"),
        "think_again": dotted(found.problem.loc) if found.mend else None,
    }
