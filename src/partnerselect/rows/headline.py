"""What a board is asked, in a few sentences: what, for how much, on what condition, how sure."""

from __future__ import annotations

from collections.abc import Sequence

from partnerselect.advice import certainties, counted_words
from partnerselect.allocation import Alternative, Alternatives, Frontier
from partnerselect.analysis import Analysis
from partnerselect.model import LeastCost, programme_of, total_of
from partnerselect.rows.approval import doing_nothing, gates_awaited, programme_told
from partnerselect.rows.money_rows import payer_rows
from partnerselect.rows.overruns import amount_sentences
from partnerselect.rows.plain import Row
from partnerselect.rows.plan_words import alternatives_sentence
from partnerselect.words import amount, counted, difference, listed, points, within_a_sentence

NUMERALS = ("No", "One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten")
SHOWN = 0.05
"""Points below which a difference is not worth a word."""
MOST_OF_IT = 0.95
"""Of what a plan adds to doing nothing: what counts as nearly all of it."""


def approved_words(analysis: Analysis) -> str:
    """Say how many partners for how many programmes, what that costs us, and what others pay."""
    account, scenario = analysis.allocation.account, analysis.scenario
    if account is None:
        return ""
    chosen = [one for one in analysis.recommendation.programmes if one.partners]
    partners = {name for one in chosen for name in one.partners}
    budget = total_of(scenario.limits.budget)
    of = "" if budget is None else f" of our {amount(budget, scenario.currency)}"
    paid = [
        f"{scenario.payer_title(row['payer'])} pays {amount(row['total'], scenario.currency)}"
        for row in payer_rows(analysis)
        if not row["ours"]
    ]
    return (
        f"{_numeral(len(partners), 'partner')} for {len(chosen)} of"
        f" {counted(len(analysis.recommendation.programmes), 'programme')}, for"
        f" {amount(account.own_cost, scenario.currency)}{of}"
        f"{f'; {listed(paid)}' if paid else ''}."
    )


def asked_words(analysis: Analysis) -> list[str]:
    """Say what is recommended, for how much, on what condition, and how sure the choices are."""
    runs = [one.programme for one in analysis.recommendation.programmes if one.partners]
    found = certainties(analysis)
    weighed = [found[name] for name in runs if found[name].words]
    sure = counted_words(weighed)
    told = [approved_words(analysis), condition_words(analysis)]
    return [*told, *([f"How sure: {sure}."] if sure else [])]


def _numeral(number: int, thing: str) -> str:
    told = NUMERALS[number] if number < len(NUMERALS) else f"{number}"
    return f"{told} {thing if number == 1 else f'{thing}s'}"


def condition_words(analysis: Analysis, otherwise: Sequence[Alternative] = ()) -> str:
    """Say which decisions of others it depends on and, of one alone, what would be without it.

    Args:
        analysis: the answer.
        otherwise: what would be done with each decision otherwise, once that is known.
    """
    awaited = list(
        dict.fromkeys(
            gate
            for one in analysis.recommendation.programmes
            for gate in gates_awaited(analysis, one)
        )
    )
    if not awaited:
        return "It depends on no one else's decision."
    told = f"If {listed([within_a_sentence(gate.rstrip('.')) for gate in awaited])}"
    if len(awaited) > 1:
        return f"{told}."
    refused = next((one for one in otherwise if _is_refusal(analysis, one, awaited[0])), None)
    return f"{told}; if not, {_without(analysis, refused)}." if refused else f"{told}."


def _is_refusal(analysis: Analysis, one: Alternative, gate: str) -> bool:
    gates = analysis.scenario.gates
    return one.kind == "gate" and one.change != "open" and gates[str(one.subject)].title == gate


def _without(analysis: Analysis, refused: Alternative) -> str:
    """Say how many programmes would go ahead, and how much less and dearer the whole would be."""
    account = analysis.allocation.account
    if account is None or refused.value is None or refused.own_cost is None:
        return "no plan would be possible"
    running = {
        programme_of(one.programme) for one in analysis.recommendation.programmes if one.partners
    }
    running -= {name for name, (_, then) in refused.changed.items() if not then}
    running |= {name for name, (_, then) in refused.changed.items() if then}
    lost = difference(account.value, refused.value)
    dearer = float(refused.own_cost - account.own_cost)
    money = amount(abs(dearer), analysis.scenario.currency)
    told = [
        f"{counted(len(running), 'programme')} {'goes' if len(running) == 1 else 'go'} ahead",
        *([f"{points(abs(lost))} {'less' if lost > 0 else 'more'}"] if abs(lost) >= SHOWN else []),
        *([f"{money} {'more' if dearer > 0 else 'less'} from us"] if abs(dearer) >= 1 else []),
    ]
    return listed(told)


def deferred_words(analysis: Analysis, *, short: bool = False) -> str:
    """Say which programmes wait, by their titles or short names; empty where all go ahead."""
    scenario = analysis.scenario
    deferred = [
        scenario.programme_names[programme_of(one.programme)]
        if short
        else programme_told(scenario, one).title
        for one in analysis.recommendation.programmes
        if not one.partners and analysis.allocation.account is not None
    ]
    told = deferred if short or not deferred[1:] else [f"“{title}”" for title in deferred]
    return f"Deferred: {listed(told)}." if told else ""


def last_pounds_words(analysis: Analysis, traced: Frontier) -> str:
    """Say for how much less nearly all of it could be had; empty where for nothing less.

    Empty too where a value is asked for: for less money it is not reached.
    """
    account, currency = analysis.allocation.account, analysis.scenario.currency
    if account is None or isinstance(analysis.scenario.aim, LeastCost):
        return ""
    least = doing_nothing(analysis)
    enough = least + MOST_OF_IT * (account.value - least)
    cheaper = [
        point
        for point in traced.points
        if point.value >= enough and point.own_cost < account.own_cost - 1
    ]
    if not cheaper:
        return ""
    cheapest = min(cheaper, key=lambda point: point.own_cost)
    return (
        f"{amount(cheapest.own_cost, currency)} would buy {cheapest.value:.1f} of the"
        f" {points(account.value)}."
    )


def nothing_words(analysis: Analysis) -> str:
    """Say what doing nothing is worth."""
    return f"Doing nothing: {doing_nothing(analysis):.1f}."


def headline_rows(
    analysis: Analysis,
    otherwise: Sequence[Alternative] = (),
    traced: Frontier | None = None,
    near: Alternatives | None = None,
) -> list[Row]:
    """Return the sentences, what is asked first, each with its `kind`.

    What would be without decisions of others, for less money, and almost as good is said of what is
    known of it.
    """
    told = {
        "approved": approved_words(analysis),
        "condition": condition_words(analysis, otherwise),
        "whole": alternatives_sentence(analysis.scenario, near) if near and near.count else "",
        "deferred": deferred_words(analysis, short=True),
        "amounts": next(iter(amount_sentences(analysis)), ""),
        "money": " ".join(
            part
            for part in (
                last_pounds_words(analysis, traced) if traced else "",
                nothing_words(analysis),
            )
            if part
        ),
    }
    return [{"kind": kind, "words": words} for kind, words in told.items() if words]
