"""What it costs in money and in the organisation's own time."""

from __future__ import annotations

import re
from collections.abc import Iterator

from partnerselect.advice.guidance.finding import GREEN_BOOK, Check, Finding, Seen
from partnerselect.words.wording import listed

COST_EFFECTIVE = re.compile(r"\bcost[- ]effective|\bvalue for money\b", re.IGNORECASE)
OWN_TIME = re.compile(
    r"\b(protected|dedicated|allocat\w+|set"
    r" aside|own)\b[^.]*\b(time|capacity|investment|resource)|\btoo little time\b|\btime of"
    r" (its|our|their) own\b",
    re.IGNORECASE,
)
MONEY = re.compile(r"\b(invest\w*|funding|spending|expenditure)\b", re.IGNORECASE)
LIKELY = re.compile(r"\b(likely|probabl[ey]|expected|will|required)\b", re.IGNORECASE)
UNSURE = re.compile(r"\b(may|might|could|possibl[ey])\b", re.IGNORECASE)


def prices(seen: Seen) -> Iterator[Finding]:
    """Ask for prices, the more where cost-effectiveness is promised."""
    stated = seen.scenario.data["partners"]
    silent = [name for name in seen.scenario.partners if "cost" not in stated[name]]
    promised = any(COST_EFFECTIVE.search(one.sentence) for one in seen.texts) or any(
        leaf.from_ or COST_EFFECTIVE.search(leaf.title)
        for leaf in seen.scenario.criteria.leaves.values()
    )
    if silent and promised:
        none = len(silent) == len(stated)
        whose = (
            "no partner's price is stated"
            if none
            else (
                "no price is stated for"
                f" {listed([seen.scenario.partners[name].title for name in silent])}"
            )
        )
        yield Finding(
            "prices",
            "warning",
            f"Cost-effectiveness is promised, but {whose}; what is not stated counts as free.",
            ("partners", silent[0]),
            "Write a `cost`; of a partner that is free, {per-day: 0}.",
            f"{GREEN_BOOK}, appraisal of costs",
        )


def budget(seen: Seen) -> Iterator[Finding]:
    """Ask for a budget."""
    if seen.scenario.limits.budget is None:
        words = "No budget is stated, so the choice takes whatever is worth most."
        yield Finding(
            "budget",
            "note",
            words,
            ("limits",),
            "Write `limits.budget`.",
            f"{GREEN_BOOK}, affordability",
        )


def funds(seen: Seen) -> Iterator[Finding]:
    """Name payers without a fund where others have one: what they pay is then unlimited."""
    stated = seen.scenario.limits.funds
    payers = {
        partner.funding.payer: name
        for name, partner in reversed(seen.scenario.partners.items())
        if partner.funding and partner.funding.payer not in stated
    }
    for payer, partner in sorted(payers.items()) if stated else ():
        yield Finding(
            "funds",
            "warning",
            f"Nothing says how much {payer} can pay, so what it pays is unlimited.",
            ("partners", partner, "funding", "payer"),
            f"Write `limits.funds.{payer}`, or correct the name.",
            f"{GREEN_BOOK}, affordability",
        )


def own_time(seen: Seen) -> Iterator[Finding]:
    """Ask for days of the organisation's own people, without which outside help does not last."""
    programmes = seen.scenario.programmes
    silent = [name for name, programme in programmes.items() if not programme.internal_days]
    named = next((one for one in seen.texts if OWN_TIME.search(one.sentence)), None)
    source = f"{GREEN_BOOK}, resource costs"
    if len(silent) == len(programmes):
        named_words = (
            "The text names our own time as what is missing, and no programme asks for any."
        )
        words = named_words if named else "No programme asks for any of our own people's time."
        mend = "Write `internal-days` for each programme and `limits.internal-days` for the team."
        yield Finding(
            "own-time", "warning" if named else "note", words, ("programmes",), mend, source
        )
    elif silent:
        words = (
            "No days of our own team are asked for"
            f" {listed([programmes[name].title for name in silent])}."
        )
        yield Finding(
            "own-time",
            "note",
            words,
            ("programmes", silent[0]),
            "Write `internal-days`; 0 if it needs none.",
            source,
        )
    if len(silent) < len(programmes) and seen.scenario.limits.internal_days is None:
        words = "Programmes ask for days of our own team, and nothing says how many it has."
        yield Finding(
            "own-time", "warning", words, ("limits",), "Write `limits.internal-days`.", source
        )


def one_voice_on_money(seen: Seen) -> Iterator[Finding]:
    """Notice money that may be needed in one place and is likely in another."""
    speaking = [one for one in seen.texts if MONEY.search(one.sentence)]
    likely = next((one for one in speaking if LIKELY.search(one.sentence)), None)
    unsure = next(
        (
            one
            for one in speaking
            if UNSURE.search(one.sentence) and not LIKELY.search(one.sentence)
        ),
        None,
    )
    if likely and unsure:
        yield Finding(
            "money-told-twice",
            "warning",
            "Investment is likely in one place and only possible in another:"
            f" “{likely.sentence}”"
            f" beside “{unsure.sentence}”",
            unsure.loc,
            "Say one, or give the figure that section 4 computes.",
            f"{GREEN_BOOK}, affordability",
        )


COST_CHECKS: tuple[Check, ...] = (prices, budget, funds, own_time, one_voice_on_money)
