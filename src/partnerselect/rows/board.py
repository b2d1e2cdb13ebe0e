"""The rows that executives read: titles instead of ids, limits and reasons in words."""

from __future__ import annotations

import math

import numpy as np

from partnerselect.advice.certainty import Certainty, certainties, scored_highest
from partnerselect.advice.recommendation import ProgrammeAdvice
from partnerselect.allocation.account import backfill_days
from partnerselect.allocation.amounts import amounts_of, amounts_of_programme
from partnerselect.analysis import Analysis
from partnerselect.model.limits import INTERNAL_DAYS, LIMITS_BY_ID
from partnerselect.model.score import Score
from partnerselect.rows.reason_words import programme_reason_words
from partnerselect.rows.report import Chosen, Row, limit_rows, way_back_rows
from partnerselect.value.money import US
from partnerselect.words.limit_words import measured, use_name
from partnerselect.words.wording import amount, figure, share, with_unit

IF_DECISIONS_VARY = "if outside decisions may go either way"
TIGHT = 0.95
"""From this share on, a limit counts as at or near capacity."""

OPENERS = frozenset(
    [
        "The",
        "A",
        "An",
        "Our",
        "Their",
        "Its",
        "This",
        "That",
        "All",
        "Every",
        "Each",
        "Both",
        "No",
        "Another",
        "Other",
    ]
)
"""First words that lose their capital inside a sentence."""


def condition(analysis: Analysis, advice: ProgrammeAdvice) -> str:
    """Return what the choice depends on: gates only expected, and who else pays how much."""
    awaited = (f"if {_within(gate)}" for gate in gates_awaited(analysis, advice))
    paid = (
        f"{payer} pays {_paid(analysis, advice, payer)}" for payer in other_payers(analysis, advice)
    )
    return "; ".join([*awaited, *paid])


def _within(sentence: str) -> str:
    """Return a sentence as it stands inside another; a name keeps its capital."""
    first, _, rest = sentence.partition(" ")
    return f"{first.lower()} {rest}" if first in OPENERS and rest else sentence


def _paid(analysis: Analysis, advice: ProgrammeAdvice, payer: str) -> str:
    """Return how much of a programme's cost another pays: all, half, or the two amounts."""
    account, currency = analysis.allocation.account, analysis.scenario.currency
    part = sum(
        line.cost - line.own_cost
        for line in (account.lines if account else ())
        if line.programme == advice.programme and line.payer == payer
    )
    for fraction, words in ((1.0, "all of it"), (0.5, "half of it")):
        if math.isclose(part, fraction * advice.cost):
            return words
    return f"{amount(part, currency)} of {amount(advice.cost, currency)}"


def gates_awaited(analysis: Analysis, advice: ProgrammeAdvice) -> list[str]:
    """Return the titles of the gates that the choice counts on although they are only expected."""
    scenario = analysis.scenario
    gates = [
        scenario.gates[gate] for name in advice.partners for gate in scenario.partners[name].gates
    ]
    return list(dict.fromkeys(gate.title for gate in gates if gate.status == "expected"))


def other_payers(analysis: Analysis, advice: ProgrammeAdvice) -> list[str]:
    """Return who else pays for the chosen partners."""
    work = analysis.table.workload
    payers = [
        work.payers[work.partners.index(name)]
        for name in advice.partners
        if analysis.scenario.partners[name].funding
    ]
    return [payer for payer in dict.fromkeys(payers) if payer != US]


def approval_rows(analysis: Analysis) -> list[Row]:
    """Return what is to be approved: one row a programme, titles not ids, and how sure it is.

    `certainty` is of the choice and `share` its share of trials; `leads` says whether the main
    partner scores highest today; `assurance` says in sentences how sure, and how often it does.
    """
    certain = certainties(analysis)
    return [
        {**_approved(analysis, one), **_certain(analysis, certain.get(one.programme), one)}
        for one in analysis.recommendation.programmes
    ]


def _approved(analysis: Analysis, advice: ProgrammeAdvice) -> Row:
    scenario, account = analysis.scenario, analysis.allocation.account
    titles = {name: partner.title for name, partner in scenario.partners.items()}
    return {
        "id": advice.programme,
        "programme": scenario.programmes[advice.programme].title,
        "run": None if account is None else advice.run,
        "partners": [titles[name] for name in advice.partners],
        "runner_up": titles[advice.runner_up] if advice.runner_up else None,
        "value": advice.value,
        "baseline": advice.baseline,
        **amounts_of_programme(scenario, account, advice.programme),
        "condition": condition(analysis, advice),
        "gates": gates_awaited(analysis, advice),
        "payers": other_payers(analysis, advice),
        "reason": programme_reason_words(scenario, advice.reason),
        "brings_back": way_back_rows(advice),
    }


def _certain(analysis: Analysis, found: Certainty | None, advice: ProgrammeAdvice) -> Row:
    """Return how sure the choice is, and how often its main partner (most days) scores highest."""
    main = advice.partners[0] if advice.partners else None
    ranks = {
        row.partner: row.rank
        for row in analysis.recommendation.ranking
        if row.programme == advice.programme
    }
    words = [found.sentence if found else "", _scored_highest(analysis, advice, main)]
    return {
        "certainty": found,
        "share": found.share if found else None,
        "leads": ranks[main] == 1 if main else None,
        "assurance": " ".join(one for one in words if one),
    }


def _scored_highest(analysis: Analysis, advice: ProgrammeAdvice, main: str | None) -> str:
    trials = analysis.robustness.programmes.get(advice.programme)
    standing = trials.of(main) if trials and main else None
    if main is None or trials is None or standing is None:
        return ""
    gated = trials.with_gates(main) if analysis.robustness.gates else None
    subject = "The main partner " if len(advice.partners) > 1 else ""
    often = f"{subject}{scored_highest(standing.first_share)}"
    varied = f"; in {share(gated.first_share)} {IF_DECISIONS_VARY}" if gated else ""
    return f"{often[0].upper()}{often[1:]}{varied}."


def extra_rows(analysis: Analysis) -> list[Row]:
    """Return what belongs to no programme: extra days for our team, and what is paid once."""
    account = analysis.allocation.account
    if account is None:
        return []
    own = [line for line in account.fixed_costs if line.kind == "backfill"]
    days = _plain(sum(bought_days(analysis).values()))
    once = [line for line in account.fixed_costs if line.kind == "once"]
    partners = analysis.scenario.partners
    titled = [
        (own, f"Extra days for our own team · {days} {'day' if days == '1' else 'days'}"),
        *(([line], f"{partners[line.partner or ''].title}, paid once") for line in once),
    ]
    return [
        {"title": title, **amounts_of(analysis.scenario, lines)} for lines, title in titled if lines
    ]


def bought_days(analysis: Chosen) -> dict[str | None, float]:
    """Return how many days our own team is short of and buys, by phase (None without phases)."""
    work, chosen = analysis.table.workload, analysis.allocation.chosen
    days = (
        np.zeros(len(work.phases))
        if chosen is None
        else backfill_days(analysis.scenario, work, chosen)
    )
    return dict(zip(work.phases, days.tolist(), strict=True))


def gauge_rows(analysis: Chosen) -> list[Row]:
    """Return every limit in words, the most used first: the `share` used, whether it is `tight`."""
    rows = [_gauge(analysis, row) for row in limit_rows(analysis)]
    return sorted(rows, key=lambda row: -round(row["share"], 9))


def _gauge(analysis: Chosen, row: Row) -> Row:
    scenario, kind = analysis.scenario, LIMITS_BY_ID[row["kind"]]
    used, limit = (measured(kind, scenario.currency, row[key]) for key in ("used", "limit"))
    part = row["used"] / row["limit"] if row["limit"] > 0 else 1.0
    bought = (
        sum(days for phase, days in bought_days(analysis).items() if row["phase"] in {None, phase})
        if kind is INTERNAL_DAYS
        else 0.0
    )
    return {
        "path": row["path"],
        "title": use_name(scenario, kind, row["subject"]),
        "phase": row["phase"],
        "amount": f"{used} of {limit}" + (f", and {_plain(bought)} bought" if bought > 0 else ""),
        "share": part,
        "tight": part >= TIGHT,
    }


def _plain(value: float) -> str:
    return f"{value:,.1f}".removesuffix(".0")


def score_rows(analysis: Analysis, programme: str, partner: str) -> list[Row]:
    """Return what a partner scores for a programme by criterion, with what stands behind it."""
    table, scores = analysis.table, analysis.scores
    p, k = table.workload.programmes.index(programme), table.workload.partners.index(partner)
    stated = analysis.scenario.partners[partner]
    special = stated.for_.get(programme)
    given = {**stated.scores, **(special.scores if special else {})}
    rows = []
    for c, (path, criterion) in enumerate(analysis.scenario.criteria.leaves.items()):
        score, nominal = None if criterion.from_ else given.get(path), float(table.scores[p, k, c])
        rows.append(
            {
                "criterion": path,
                "title": criterion.title,
                "score": scored(score, nominal, criterion.scale.unit if criterion.scale else ""),
                "unknown": _is_unknown(score, nominal),
                "value": float(scores.values[p, k, c]),
                "weight": float(scores.weights[p, c]),
                "contribution": float(scores.contributions[p, k, c]),
                "computed": criterion.from_ is not None,
                **evidence_of(score),
            },
        )
    return rows


def evidence_of(score: Score | None) -> Row:
    """Return what stands behind a score."""
    if score is None:
        return {"evidence": "", "source": "", "published": None, "grade": ""}
    return {
        "evidence": score.evidence,
        "source": score.source,
        "published": score.published.isoformat() if score.published else None,
        "grade": score.grade,
    }


def _is_unknown(score: Score | None, nominal: float) -> bool:
    return math.isnan(nominal) or (score is not None and score.is_unknown)


def scored(score: Score | None, nominal: float, unit: str) -> str:
    """Say a score in the words of its scale: a level, a number, a range, or not yet known."""
    if _is_unknown(score, nominal):
        return "not yet known"
    if score is None:
        return with_unit(f"{nominal:,.0f}", unit)
    if not score.is_range:
        return with_unit(figure(score.score), unit)
    likely = f", likely {figure(score.likely)}" if score.likely is not None else ""
    return with_unit(f"{figure(score.low)} to {figure(score.high)}{likely}", unit)
