"""What is to be approved, programme by programme: titles instead of ids, and reasons in words."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np

from partnerselect.advice import (
    Certainty,
    Kind,
    ProgrammeAdvice,
    WhyNot,
    certainties,
    scored_highest,
)
from partnerselect.allocation import CostLine, amounts_of_programme
from partnerselect.analysis import Analysis
from partnerselect.model import Paper, Programme, Risk, Scenario, programme_of
from partnerselect.rows.explain import Pair
from partnerselect.rows.plain import Row, picked
from partnerselect.rows.reach import reach_words
from partnerselect.rows.reason_words import programme_reason_words, whole_words, why_not_words
from partnerselect.rows.report import way_back_rows
from partnerselect.value import US
from partnerselect.words import amount, apart, listed, share, within_a_sentence

IF_DECISIONS_VARY = "if outside decisions may go either way"
REASONS = 3
"""Criteria named for a partner, and against it."""
DOING_NOTHING = "none"
BEHIND = "!"
"""Marks a choice that `is_behind`."""


def condition(analysis: Analysis, advice: ProgrammeAdvice) -> str:
    """Return what the choice depends on: gates only expected, and who else pays how much."""
    awaited = (f"if {within_a_sentence(gate)}" for gate in gates_awaited(analysis, advice))
    paid = (
        f"{analysis.scenario.payer_title(payer)} pays {_paid(analysis, advice, payer)}"
        for payer in other_payers(analysis, advice)
    )
    return "; ".join([*awaited, *paid])


def _paid(analysis: Analysis, advice: ProgrammeAdvice, payer: str) -> str:
    """Return how much of a programme's cost another pays: all, half, or the two amounts."""
    account, currency = analysis.allocation.account, analysis.scenario.currency
    lines = [line for line in (account.lines if account else ()) if line.payer == payer]
    part = sum(line.cost - line.own_cost for line in lines if line.programme == advice.programme)
    cost = amount(advice.cost, currency)
    asked, unmet = _topped_up(analysis, lines)
    if unmet and any(line.programme == advice.programme for line in asked):
        in_all = sum(line.cost - line.own_cost for line in asked)
        if math.isclose(part, in_all):
            return f"{amount(part - unmet, currency)} of {cost}, as far as its fund goes"
        return (
            f"as far as its fund goes, which meets {amount(in_all - unmet, currency)} of the"
            f" {amount(in_all, currency)} asked of it where we pay the rest,"
            f" {amount(part, currency)} of that here"
        )
    for fraction, words in ((1.0, "all of it"), (0.5, "half of it")):
        if math.isclose(part, fraction * advice.cost):
            return words
    return f"{amount(part, currency)} of {cost}"


def _topped_up(analysis: Analysis, lines: Sequence[CostLine]) -> tuple[list[CostLine], float]:
    """Return a payer's lines where we pay what its fund cannot, and how much that is."""
    stated = analysis.scenario.partners
    topped_up = {name for name, one in stated.items() if one.funding and one.funding.top_up == US}
    asked = [line for line in lines if line.partner in topped_up]
    return asked, sum(line.own_cost for line in lines if line.partner is None)


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


def programme_told(scenario: Scenario, advice: ProgrammeAdvice) -> Programme:
    """Return the programme as it is named: at its level where it runs at one."""
    if advice.run or scenario.programmes[advice.programme].dose is None:
        return scenario.programmes[advice.programme]
    return scenario.as_written.programmes[programme_of(advice.programme)]


def doing_nothing(analysis: Analysis) -> float:
    """Return what the whole would be worth if no programme ran, 0 to 100."""
    work, stated = analysis.table.workload, analysis.scenario.programmes.values()
    waits = work.waits == np.arange(len(work.waits))
    importance = np.array([one.importance for one in stated]) * waits
    return float(np.average(analysis.scores.baseline, weights=importance))


def _approved(analysis: Analysis, advice: ProgrammeAdvice) -> Row:
    scenario, account = analysis.scenario, analysis.allocation.account
    titles, told = scenario.partner_titles, programme_told(scenario, advice)
    return {
        "id": advice.programme,
        "programme": told.title,
        "name": told.short or told.title,
        "run": None if account is None else advice.run,
        "partners": [titles[name] for name in advice.partners],
        "names": [scenario.partner_names[name] for name in advice.partners],
        "runner_up": titles[advice.runner_up] if advice.runner_up else None,
        **picked(advice, "value", "baseline"),
        **amounts_of_programme(scenario, account, advice.programme),
        "condition": condition(analysis, advice),
        "gates": gates_awaited(analysis, advice),
        "payers": [scenario.payer_name(payer) for payer in other_payers(analysis, advice)],
        "reason": programme_reason_words(scenario, advice.reason),
        "reach": reach_words(analysis, advice),
        "brings_back": way_back_rows(advice),
    }


def _certain(analysis: Analysis, found: Certainty | None, advice: ProgrammeAdvice) -> Row:
    """Return how sure the choice is, and how often its main partner (most days) scores highest."""
    main, leads, often = (advice.partners or (None,))[0], None, ""
    if main is not None:
        leads = analysis.recommendation.partner(advice.programme, main).rank == 1
        often = _scored_highest(analysis, advice, main)
    return {
        "certainty": found,
        "share": found.share if found else None,
        "leads": leads,
        "assurance": f"{found.sentence if found else ''} {often}".strip(),
    }


def is_behind(row: Row) -> bool:
    """Tell whether another than the main partner chosen scores highest, and it is not committed."""
    found: Certainty | None = row["certainty"]
    return row["leads"] is False and found is not None and found.kind is not Kind.COMMITTED


def _scored_highest(analysis: Analysis, advice: ProgrammeAdvice, main: str) -> str:
    standing = analysis.robustness.standing(advice.programme, main)
    if standing is None:
        return ""
    trials = analysis.robustness.programmes[advice.programme]
    gated = trials.with_gates(main) if analysis.robustness.gates else None
    subject = "The main partner " if len(advice.partners) > 1 else ""
    often = f"{subject}{scored_highest(standing.first_share)}"
    varied = f"; in {share(gated.first_share)} {IF_DECISIONS_VARY}" if gated else ""
    return f"{often[0].upper()}{often[1:]}{varied}."


def decision_rows(analysis: Analysis) -> list[Row]:
    """Return one approval row a programme with its margin, why, why not, sponsor and review."""
    return [{**row, **_decided(analysis, row)} for row in approval_rows(analysis)]


def _decided(analysis: Analysis, row: Row) -> Row:
    name = str(row["id"])
    stated = analysis.scenario.programmes[name]
    advice, found = analysis.recommendation.programme(name), picked(stated, "sponsor", "review")
    if not advice.partners or not advice.runner_up:
        return {**found, "why": "", "margin": None}
    pair = Pair(analysis, name, advice.partners[0], advice.runner_up)
    other = pair.advice(pair.why_not).reason
    is_told = other.kind is not WhyNot.OUTSCORED
    return {
        **found,
        "margin": pair.gap,
        "margin_words": _margin_words(pair, analysis.scenario.partner_titles),
        "why": listed(pair.speaking_for(pair.why)[:REASONS]),
        "against": listed(pair.speaking_for(pair.why_not)[:REASONS]),
        "why_not": why_not_words(analysis.scenario, other) if is_told else "",
        "whole": whole_words(analysis.scenario, other.price),
    }


def _margin_words(pair: Pair, names: Mapping[str, str]) -> str:
    """Say how the main alternative scores against the partner chosen."""
    told = apart(pair.gap, "lower than", "higher than", "as much as")
    return f"scores {told} {names[pair.why]}"


def risk_rows(analysis: Analysis) -> list[Row]:
    """Return one row for every risk, the gravest first, those not rated last.

    `rating` says likelihood × impact and the product.
    """
    stated = (analysis.scenario.paper or Paper()).risks
    rows = [_row(analysis, risk) for risk in stated.values()]
    return sorted(rows, key=lambda row: -(row["score"] or 0))


def _row(analysis: Analysis, risk: Risk) -> Row:
    score = None
    if risk.likelihood is not None and risk.impact is not None:
        score = risk.likelihood * risk.impact
    return {
        "option": option_title(analysis, risk.option),
        "title": risk.title,
        "score": score,
        "rating": f"{risk.likelihood} × {risk.impact} = {score}" if score else "not rated",
        "mitigation": risk.mitigation,
    }


def option_title(analysis: Analysis, option: str) -> str:
    """Return the title of a partner or programme, or what stands for doing nothing.

    An unknown id as it is.
    """
    if option == DOING_NOTHING:
        return "Doing nothing"
    scenario = analysis.scenario
    holder = scenario.partners.get(option) or scenario.named_programmes.get(option)
    return holder.title if holder else option
