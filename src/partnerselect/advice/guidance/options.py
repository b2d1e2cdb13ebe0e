"""Are there real options, is doing nothing one of them, and what does each cost?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

import numpy as np

from partnerselect.advice.guidance.finding import (
    GREEN_BOOK,
    ISPOR,
    MANUAL,
    Check,
    Checks,
    Examination,
    Place,
    lacking,
    when,
)
from partnerselect.model import LeastCost, criterion_loc, price_warnings
from partnerselect.value import dominates
from partnerselect.words import sentence

A_RANGE = re.compile(
    r"\b(range|variety|number|choice|several|other|potential)\b[^.]*\bpartner", re.IGNORECASE
)
OWN_TIME = re.compile(
    r"\b(protected|dedicated|allocat\w+|set"
    r" aside|own)\b[^.]*\b(time|capacity|investment|resource)|\btoo little time\b|\btime of"
    r" (its|our|their) own\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(invest\w*|funding|spending|expenditure)\b", re.IGNORECASE)
LIKELY = re.compile(r"\b(likely|probabl[ey]|expected|will|required)\b", re.IGNORECASE)
UNSURE = re.compile(r"\b(may|might|could|possibl[ey])\b", re.IGNORECASE)
TITLED = {
    "partners": "partners",
    "programmes": "programmes",
    "criteria": "criteria",
    "gates": "decisions of others",
    "stakeholders": "groups",
}


def _fewer_than_two(seen: Examination) -> Iterator[Place]:
    """Look for programmes that fewer than two partners could really have."""
    asked = " although the text speaks of a range of partners" if seen.first(A_RANGE) else ""
    for p, name in enumerate(seen.table.workload.programmes):
        could = np.flatnonzero(seen.possible[p])
        if len(could) < 2:  # noqa: PLR2004 - a choice takes two
            only = f"Only {seen.partner(int(could[0]))} could" if len(could) else "No partner could"
            yield (
                seen.scenario.loc(f"programmes.{name}"),
                f"{only} be chosen for {seen.programme(p)}, so nothing is compared{asked}",
            )


def _without_baseline(seen: Examination) -> Iterator[Place]:
    stated = seen.scenario.data["programmes"]
    for name, programme in seen.scenario.as_written.programmes.items():
        if "baseline" not in stated[name]:
            yield ("programmes", name), programme.title


def _dominated(seen: Examination) -> Iterator[Place]:
    """Look for partners that another, no dearer, never falls behind where both could be chosen."""
    for k in range(len(seen.table.workload.partners)):
        programmes = np.flatnonzero(seen.possible[:, k])
        if len(programmes) and all(_is_dominated(seen, int(p), k) for p in programmes):
            yield ("partners",), seen.partner(k)


def _is_dominated(seen: Examination, p: int, k: int) -> bool:
    work = seen.table.workload
    needs = np.flatnonzero((work.programme_of == p) & work.offered[:, k])
    own_prices = work.own_share * np.array([price[p] for price in work.prices.values()])
    better = (
        dominates(seen.table.values[p])[:, k]
        & seen.possible[p]
        & work.offered[needs].all(axis=0)
        & (own_prices <= own_prices[:, [k]]).all(axis=0)
    )
    return bool(better.any())


def _shared_titles(seen: Examination) -> Iterator[Place]:
    """Look for two things with one title, which no sentence can tell apart."""
    for kind, noun in TITLED.items():
        is_criterion = kind == "criteria"
        named: dict[str, list[str]] = {}
        holders = seen.scenario.criteria.nodes if is_criterion else getattr(seen.scenario, kind)
        for name, holder in holders.items():
            named.setdefault(" ".join(holder.title.split()), []).append(name)
        for title, names in named.items():
            if len(names) > 1:
                loc = criterion_loc(names[-1]) if is_criterion else (kind, names[-1])
                yield (*loc, "title"), f"{len(names)} {noun} are called “{title}”"


def _without_price(seen: Examination) -> Iterator[Place]:
    """Pass on which partners count as free because nobody says what they cost."""
    return ((one.loc, sentence(one.message)) for one in price_warnings(seen.scenario.as_written))


def _without_budget(seen: Examination) -> Iterator[Place]:
    """Say what then bounds what is spent."""
    if seen.scenario.limits.budget is None:
        is_least_cost = isinstance(seen.scenario.aim, LeastCost)
        asked = "costs whatever the value asked for takes"
        yield ("limits",), asked if is_least_cost else "takes whatever is worth most"


def _without_fund(seen: Examination) -> Iterator[Place]:
    """Look for payers without a fund: what they pay is then unlimited."""
    funds = seen.scenario.limits.funds
    payers = {
        partner.funding.payer: name
        for name, partner in reversed(seen.scenario.partners.items())
        if partner.funding and partner.funding.payer not in funds
    }
    for payer, partner in sorted(payers.items()):
        yield ("partners", partner, "funding", "payer"), seen.scenario.payer_title(payer)


def _without_own_days(seen: Examination) -> list[str]:
    return [
        name
        for name, entries in seen.scenario.entries.items()
        if not any(seen.scenario.programmes[entry].internal_days for entry in entries)
    ]


def _no_own_time(seen: Examination, *, is_named: bool) -> bool:
    """Tell whether no programme asks for own time, although the text names it, or it does not."""
    none = len(_without_own_days(seen)) == len(seen.scenario.entries)
    return none and bool(seen.first(OWN_TIME)) is is_named


def _some_own_time(seen: Examination) -> Iterator[Place]:
    programmes, silent = seen.scenario.as_written.programmes, _without_own_days(seen)
    for name in silent if len(silent) < len(programmes) else ():
        yield ("programmes", name), programmes[name].title


def _own_time_unlimited(seen: Examination) -> bool:
    asked = len(_without_own_days(seen)) < len(seen.scenario.entries)
    return asked and seen.scenario.limits.internal_days is None


def _told_twice(seen: Examination) -> Iterator[Place]:
    """Look for money that may be needed in one place and is likely in another."""
    speaking = [one for one in seen.texts if MONEY.search(one.sentence)]
    is_likely = [bool(LIKELY.search(one.sentence)) for one in speaking]
    likely = [one for one, is_so in zip(speaking, is_likely, strict=True) if is_so]
    unsure = [
        one
        for one, is_so in zip(speaking, is_likely, strict=True)
        if UNSURE.search(one.sentence) and not is_so
    ]
    if likely and unsure:
        yield unsure[0].loc, f"“{likely[0].sentence}” beside “{unsure[0].sentence}”"


OWN_TIME_SOURCE = f"{GREEN_BOOK}, resource costs"
OWN_TIME_MEND = "Write `internal-days` for each programme and `limits.internal-days` for the team."
OPTION_CHECKS: Checks = (
    Check(
        "two-options",
        "warning",
        _fewer_than_two,
        "{}.",
        "Appraise at least one more partner for it, or say why there is none.",
        f"{GREEN_BOOK}, options; {MANUAL}, step 2",
        is_each=True,
    ),
    Check(
        "do-nothing",
        "warning",
        _without_baseline,
        "Doing nothing is not valued for {}; it counts as worth nothing at all, so any partner"
        " looks good beside it.",
        "Write a `baseline`: a value from 0 to 100, or scores like a partner's.",
        f"{GREEN_BOOK}, business as usual as the benchmark; {MANUAL}, step 2",
    ),
    Check(
        "dominated",
        "note",
        _dominated,
        "In every programme another partner offers as much for no more of our money, scores no"
        " worse on any criterion and better on one, than {}.",
        "Look again at their scores; if they stand, the list could be shorter.",
        f"{MANUAL}, step 7",
    ),
    Check(
        "titles",
        "warning",
        _shared_titles,
        "{}, so nobody can tell them apart.",
        "Give each a title of its own.",
        f"{ISPOR}, item 8a",
        is_each=True,
    ),
    Check(
        "gate-likelihood",
        "note",
        lacking(
            "gates",
            lambda gate: gate.status in {"expected", "unknown"} and gate.likelihood is None,
        ),
        "No likelihood is given for: {}. We assume 80% where it is expected and 50% where it is"
        " not known.",
        "Write a `likelihood`.",
        f"{ISPOR}, item 7a",
        "; ".join,
    ),
)
COST_CHECKS: Checks = (
    Check(
        "prices",
        "warning",
        _without_price,
        "{}",
        "Write what it costs, before anybody relies on the sums.",
        f"{GREEN_BOOK}, appraisal of costs",
    ),
    Check(
        "budget",
        "note",
        _without_budget,
        "No budget is stated, so the choice {}.",
        "Write `limits.budget`.",
        f"{GREEN_BOOK}, affordability",
    ),
    Check(
        "funds",
        "warning",
        _without_fund,
        "Nothing says how much {} can pay, so what it pays is unlimited.",
        "Write how much under `limits.funds`, or correct the name.",
        f"{GREEN_BOOK}, affordability",
        is_each=True,
    ),
    Check(
        "own-time",
        "warning",
        when(partial(_no_own_time, is_named=True), "programmes"),
        "The text names our own time as what is missing, and no programme asks for any.",
        OWN_TIME_MEND,
        OWN_TIME_SOURCE,
    ),
    Check(
        "own-time",
        "note",
        when(partial(_no_own_time, is_named=False), "programmes"),
        "No programme asks for any of our own people's time.",
        OWN_TIME_MEND,
        OWN_TIME_SOURCE,
    ),
    Check(
        "own-time",
        "note",
        _some_own_time,
        "No days of our own team are asked for {}.",
        "Write `internal-days`; 0 if it needs none.",
        OWN_TIME_SOURCE,
    ),
    Check(
        "own-time",
        "warning",
        when(_own_time_unlimited, "limits"),
        "Programmes ask for days of our own team, and nothing says how many it has.",
        "Write `limits.internal-days`.",
        OWN_TIME_SOURCE,
    ),
    Check(
        "money-told-twice",
        "warning",
        _told_twice,
        "Investment is likely in one place and only possible in another: {}",
        "Say one, or give the figure that section 4 computes.",
        f"{GREEN_BOOK}, affordability",
    ),
)
