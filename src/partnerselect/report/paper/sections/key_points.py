"""The key points: what to approve, its cost, how sure, the alternative, the condition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from partnerselect.advice import JUDGED, counted_words
from partnerselect.model import LeastCost
from partnerselect.report.paper.gathering import PaperInputs
from partnerselect.report.paper.sections.writing import counted
from partnerselect.rows import (
    Row,
    alternative_sentence,
    demand_sentences,
    difference_words,
    money,
    no_answer_words,
)
from partnerselect.words import figure, listed, points, share

MOST_WORDS = 150
DEMANDS = 3
"""Demands named where there is no answer."""
FEW_WORDS = 45
"""Words in which every programme may be named; else partners are, with how many they get."""
NAMED = 6
"""Partners or programmes named; of more, the rest are counted."""
SPELT = 2
"""Conditions, programmes deferred, and other choices told one by one."""
NOT_COUNTED = "How sure this is was not worked out: there were no trials."


def key_points(found: PaperInputs) -> list[str]:
    """Return the key points as sentences, the indispensable first; as many as fit."""
    kept: list[str] = []
    for sentence in _sentences(found):
        if len(" ".join([*kept, sentence]).split()) <= MOST_WORDS:
            kept.append(sentence)
    return kept


def _sentences(found: PaperInputs) -> Iterator[str]:
    if not found.answered:
        yield f"Nothing can be recommended: {no_answer_words(found.analysis)}."
        yield from demand_sentences(found.analysis, DEMANDS)
        return
    yield _approved(found)
    yield _cost(found)
    yield from _condition(found)
    yield from _sure(found)
    yield from _runner_up(found)
    yield from _whole(found)
    yield from _waiting(found)


def _approved(found: PaperInputs) -> str:
    """Say whom to approve for how many programmes, with the names where they are few."""
    running = list(found.running)
    if not running:
        return "No partner is recommended: no programme is worth running within the limits."
    named = [f"{listed(row['partners'])} for {row['programme']}" for row in running]
    each = f"For approval: {'; '.join(named)}."
    if len(running) == 1 or len(each.split()) <= FEW_WORDS:
        return each
    engaged = Counter(partner for row in running for partner in row["partners"])
    names = [f"{name} in {count}" for name, count in engaged.most_common(NAMED)]
    told = [*names, f"{len(engaged) - NAMED} more"] if len(engaged) > NAMED else names
    return (
        f"For approval: partners for {len(running)} of {len(found.decisions)} programmes:"
        f" {listed(told)}."
    )


def _cost(found: PaperInputs) -> str:
    account, limit = found.analysis.allocation.account, found.analysis.scenario.limits.budget
    ours, others = (
        (0.0, 0.0) if account is None else (account.own_cost, account.cost - account.own_cost)
    )
    budget = (
        f" of {money(found.analysis, limit)} budgeted" if isinstance(limit, int | float) else ""
    )
    return (
        f"It costs us {money(found.analysis, ours)}{budget}"
        + (f"; others pay {money(found.analysis, others)}." if others >= 1 else ".")
        + _cheapest(found)
    )


def _cheapest(found: PaperInputs) -> str:
    """Say, with the aim least-cost, which worth no cheaper choice reaches; else nothing."""
    aim = found.analysis.scenario.aim
    if not isinstance(aim, LeastCost) or found.analysis.allocation.state != "optimal":
        return ""
    return f" No choice worth {figure(aim.least_cost.value_at_least)} points or more costs us less."


def _condition(found: PaperInputs) -> Iterator[str]:
    """Say what it depends on, and what is lost without it."""
    awaited = list(dict.fromkeys(gate for row in found.running for gate in row["gates"]))
    if not awaited:
        yield "It depends on no one else's decision."
        return
    more = f"; and {len(awaited) - SPELT} more" if len(awaited) > SPELT else ""
    told = f"Condition: {'; '.join(gate.removesuffix('.') for gate in awaited[:SPELT])}{more}."
    yield f"{told}{_lost(found, awaited[0]) if len(awaited) == 1 else ''}"


def _lost(found: PaperInputs, gate: str) -> str:
    """Say what is lost if the one gate stays shut."""
    gates = found.analysis.scenario.gates
    row = next(
        (
            row
            for row in found.otherwise
            if row["kind"] == "gate"
            and row["change"] != "open"
            and gates[str(row["subject"])].title == gate
        ),
        None,
    )
    if row is None or row["value_change"] is None:
        return ""
    difference = difference_words(row, found.analysis.scenario.currency)
    return f" Otherwise {difference}." if difference else ""


def _sure(found: PaperInputs) -> Iterator[str]:
    """Say how sure: the words counted, and the least sure in a sentence."""
    certain = [row["certainty"] for row in found.running]
    if len(certain) == 1:
        yield f"How sure: {_inside(certain[0].sentence)}" if certain[0].sentence else NOT_COUNTED
        return
    judged = [row for row in found.running if row["certainty"].kind in JUDGED]
    if not certain:
        return
    counts = f"How sure: {counted_words(certain)}."
    if judged:
        least = min(judged, key=lambda row: row["share"])
        again = f"chosen again in {least['certainty'].percentage} of trials"
        counts += f" Least sure: {least['programme']}, {again}."
    yield counts


def _inside(sentence: str) -> str:
    return f"{sentence[:1].lower()}{sentence[1:]}"


def _runner_up(found: PaperInputs) -> Iterator[str]:
    """Name the closest call, its runner-up and the margin."""
    close = [row for row in found.running if row["margin"] is not None]
    if close:
        nearest = min(close, key=lambda row: abs(row["margin"]))
        whole = "" if nearest["margin"] > 0 else ", though worth less to the whole"
        where = f" in {nearest['programme']}" if len(found.decisions) > 1 else ""
        told = f"{nearest['runner_up']}, {nearest['margin_words']}{whole}"
        yield f"Closest alternative{where}: {told}."


def _whole(found: PaperInputs) -> Iterator[str]:
    """Say how often the plan is the best, whether others are more often, and what it loses."""
    shares = found.analysis.choices
    if not shares or not shares.regret or not shares.draws:
        return
    part = next((one.share for one in shares.portfolios if one.recommended), 0.0)
    rivals = (one for one in shares.portfolios if not one.recommended)
    oftener = [share(one.share) for one in rivals if one.share > part]
    loss = points(shares.regret.mean)
    is_least = all(one.mean_regret >= shares.regret.mean for one in shares.portfolios)
    lost = f"loses least on average ({loss})" if is_least else f"loses {loss} on average"
    best = f"Taken together, this plan is the best in {share(part)} of trials"
    if not oftener:
        yield f"{best} and {lost}."
        return
    named = f" ({', '.join(oftener)})" if len(oftener) <= SPELT else ""
    others = f"{counted(len(oftener), 'other')} more often{named}"
    yield f"{best}; {others}, but this one {lost}."


def _waiting(found: PaperInputs) -> Iterator[str]:
    deferred = [row["programme"] for row in found.decisions if not row["partners"]]
    more = [f"{len(deferred) - SPELT} more"] if len(deferred) > SPELT else []
    if deferred:
        yield f"Deferred: {listed([*deferred[:SPELT], *more])}."


def otherwise(found: PaperInputs, kinds: tuple[str, ...]) -> list[Row]:
    """Return the sentences about gates, payers or partners otherwise, as rows with `words`."""
    return [
        {**row, "words": alternative_sentence(found.analysis, row)}
        for row in found.otherwise
        if row["kind"] in kinds
    ]


def programmes_counted(found: PaperInputs) -> str:
    """Say how many programmes and partners were weighed."""
    scenario = found.analysis.scenario
    return (
        f"{counted(len(scenario.partners), 'partner')} and doing nothing for"
        f" {counted(len(scenario.programmes), 'programme')}"
    )
