"""The columns of the tables that programs read: what each holds, its unit, when it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partnerselect.allocation import AMOUNTS
from partnerselect.model import PRICE_KINDS
from partnerselect.tables.frames import FrameRow, Layout, kind_of
from partnerselect.tables.plans import FLAT_PLANS
from partnerselect.tables.spec import PARTNER_ID, PROGRAMME_ID, Column

PROGRAMME = (
    PROGRAMME_ID,
    Column("programme_title", about="Its title."),
)
PARTNER = (
    PARTNER_ID,
    Column("partner_title", about="Its title."),
)
LEVEL = Column(
    "level", about="The level at which the programme runs, or of the row; only where it has levels."
)
LEVELLED = frozenset({"recommendation", "programmes", "ranking", "allocation"})
"""Tables that have it."""
COSTS = tuple(Column(one.key, kind=one.kind, about=one.about) for one in AMOUNTS)
PROGRAMMES = (
    *PROGRAMME,
    Column("run", kind="flag", about="Whether it goes ahead; empty without an answer."),
    Column("partners", about="The ids of its partners, joined by ` + `; empty if it is deferred."),
    Column("partner_titles", about="Their titles."),
    Column("value", kind="number", about="0 to 100; its baseline if deferred."),
    Column("baseline", kind="number", about="0 to 100: the value of doing nothing."),
    *COSTS,
    Column("leader", about="The id of the partner first on value; empty if nobody is eligible."),
    Column("runner_up", about="The id of the main alternative; empty without one or if deferred."),
    Column(
        "leader_share",
        kind="share",
        about="0 to 1: trials in which the leader is first; empty without trials.",
    ),
    Column(
        "choice_share",
        kind="share",
        about="0 to 1: trials in which the same partners are chosen; empty where not counted.",
    ),
    Column("choice_verdict", about="The word for that; empty where not counted."),
    Column(
        "run_share",
        kind="share",
        about="0 to 1: trials in which it goes ahead; empty where not counted.",
    ),
    Column(
        "reason", about="Why it is deferred, or not with the first on value, in words; else empty."
    ),
)
RECOMMENDATION = (
    Column("row", about="`programme`, `extra` (what belongs to no programme) or `total`."),
    *PROGRAMMES,
)
RANKING = (
    *PROGRAMME,
    *PARTNER,
    Column("rank", kind="whole", about="From 1, by value; empty if not eligible."),
    Column("value", kind="number", about="0 to 100."),
    Column("covers", kind="share", about="0 to 1: the programme's days that it can deliver."),
    Column("cost", kind="money", about="Of all it can deliver; empty if not eligible."),
    Column("own_cost", kind="money", about="What of that we pay; empty if not eligible."),
    Column(
        "own_cost_alone",
        kind="money",
        about="The same with what is paid once, if engaged for this alone; empty if not eligible.",
    ),
    Column("eligible", kind="flag", about="Whether it may be chosen."),
    Column("chosen", kind="flag", about="Whether it is recommended."),
    Column("reason", about="Why it is not chosen, in words; empty if it is."),
    Column(
        "first_rank_share",
        kind="share",
        about="0 to 1: trials in which it is first on value; empty without trials.",
    ),
    Column(
        "first_rank_share_with_gates",
        kind="share",
        about="The same with those decisions of others varied that are open; empty without trials.",
    ),
    Column("verdict", about="The word for the share of the first; empty of all others."),
)
_BESIDE_DAYS = ", ".join(f"`{kind.id}`" for kind in reversed(PRICE_KINDS[1:]))
ALLOCATION = (
    Column(
        "kind",
        about=f"`days`, or what is not by the day: {_BESIDE_DAYS}, `backfill`, `change`, `top-up`.",
    ),
    *PROGRAMME,
    Column("component", about="The component of support; empty of what is not by the day."),
    *PARTNER,
    Column("phase", about="The phase it falls into; empty without phases."),
    Column("days", kind="number", about="Days of help; empty of what is not by the day."),
    *COSTS,
    Column("payer", about="Who pays: `us`, or the id of another payer."),
)
LIMITS = (
    Column("path", about="The path of the limit in the scenario."),
    Column("title", about="What it is called."),
    Column("kind", about="The kind of limit."),
    Column("subject", about="The partner, programme or payer it is about; empty of the whole."),
    Column("phase", about="The phase; empty over the horizon."),
    Column("used", kind="number", about="How much of it is used, in its own unit."),
    Column("limit", kind="number", about="How much there is, in the same unit."),
)
SUMMARY = (
    Column("state", about="How the case ended: `optimal`, `within-gap`, `infeasible`, …"),
    Column("reason", about="Why there is no answer; empty if there is one."),
    Column("scenario", about="The scenario's id."),
    Column("title", about="Its title."),
    Column("value", kind="number", about="Portfolio value, 0 to 100; empty without an answer."),
    *COSTS,
    Column("partners", kind="whole", about="How many partners are engaged."),
    Column("running", about="The ids of the programmes that go ahead, joined by ` + `."),
    Column("deferred", about="The ids of those that do not."),
    Column("gap", kind="number", about="0 to 1: how far from the best it may be."),
    Column("tie_break", about="Whether one of several equally good choices was singled out."),
    Column("currency", about="Three letters, of all money in the row."),
    Column("illustrative", kind="flag", about="Whether the figures are made up."),
    Column("sha256", about="The hash of the scenario's content, the case's values included."),
)
JUDGED_PLAN = (
    Column(
        "plan_possible", "Plan possible", "flag", width=12, about="Whether it keeps every demand."
    ),
    Column(
        "plan_value",
        "Plan's value",
        "number",
        width=12,
        about="What the plan of the case is worth, 0 to 100; empty if it cannot be completed.",
    ),
    Column(
        "plan_own_cost", "Plan's cost to us", "money", width=14, about="Empty in the same cases."
    ),
    Column(
        "plan_breaks", "What it breaks", width=60, about="Every demand that would have to give way."
    ),
    Column(
        "plan_changes",
        "Changes to be possible",
        "whole",
        width=12,
        about="Choices that the nearest possible plan changes; empty where there is none.",
    ),
)
"""Of a case that judges a plan, beside its answer."""
OVER_BUDGET = (
    Column(
        "over_budget_share",
        kind="share",
        about="0 to 1: trials in which our cost passes the budget, in the phase or in all where it"
        " does so most often; empty without one.",
    ),
    Column("budget_reserve", kind="money", about="How much more there would make that 20%."),
)
"""Of cases of which prices or days are ranges, beside their answer."""
WEIGHTS_CHANGED = Column(
    "weights_changed", about="Weights that were changed once the register had fixed them."
)
"""Last of every row, where weights are fixed."""
STANDINGS = (
    *PROGRAMME,
    *PARTNER,
    Column("first_rank_share", kind="share", about="0 to 1: trials in which it is first."),
    Column("first_rank_error", kind="share", about="The standard error of that share."),
    Column(
        "first_rank_share_any_weights",
        kind="share",
        about="0 to 1: the same whatever the weights.",
    ),
    Column(
        "first_rank_share_with_gates",
        kind="share",
        about="0 to 1: the same with those decisions of others varied that are open.",
    ),
    Column(
        "unavailable",
        kind="share",
        about="0 to 1: trials in which its decision is refused; 0 where it needs none.",
    ),
    Column(
        "confidence",
        kind="share",
        about="0 to 1: trials in which it is first by its best weights; empty if it never is.",
    ),
)
INTERVALS = (
    *PROGRAMME,
    Column("criterion", about="The path of the criterion whose weight moves."),
    Column("leader", about="The id of the partner first today."),
    Column("whole", kind="share", about="0 to 1: the criterion's share of all weight today."),
    Column("whole_low", kind="share", about="0 to 1: how far it may fall."),
    Column("whole_high", kind="share", about="0 to 1: how far it may rise."),
    Column("below", about="The id of the leader below that; empty if nobody else."),
    Column("above", about="The id of the leader above that; empty if nobody else."),
)
QUESTIONS = (
    *PROGRAMME,
    *PARTNER,
    Column("criterion", about="The path of the criterion of the open score."),
    Column("is_unknown", kind="flag", about="Whether nothing is known of it; else it is a range."),
    Column(
        "change_share", kind="share", about="0 to 1: trials in which knowing it changes the leader."
    ),
    Column("value", kind="number", about="Points lost on average by not knowing it."),
    Column("words", about="The same in a sentence."),
)
UNCERTAIN_AMOUNTS = (
    Column("kind", about="`money` or `days`."),
    Column("payer", about="Of money: who pays, `us` or the id of another payer."),
    Column("partner", about="Of days: the partner's id; empty for our own team."),
    Column("partner_title", about="Its title."),
    Column("phase", about="The phase; empty for all together."),
    Column("path", about="The path of the limit on it; empty where it has none."),
    Column("limit", kind="number", about="The limit; empty where it has none."),
    Column("likely", kind="number", about="What the choice counts with."),
    Column("p80", kind="number", about="What is not passed in 80% of trials."),
    Column("over_share", kind="share", about="0 to 1: trials in which it passes its limit."),
    Column("reserve", kind="number", about="How much more would make that 20% at most."),
)
"""Of the recommended choice, where prices or days are ranges."""
FRONTIER = (
    Column("own_cost", kind="money", about="What the choice costs us."),
    Column("value", kind="number", about="Portfolio value, 0 to 100."),
    Column("today", kind="flag", about="Whether it is what is recommended."),
    Column("enters", about="Who comes in against the row before: `programme: partner`, by commas."),
    Column("leaves", about="Who goes out against the row before."),
)
LIMIT_PRICES = (
    Column("path", about="The path of the limit."),
    Column("limit", kind="number", about="How much there is today, in its own unit."),
    Column(
        "rises_at", kind="number", about="The least raise that changes the choice; empty if none."
    ),
    Column("gain", kind="number", about="Points of portfolio value that it adds."),
    Column("falls_below", kind="number", about="How far it may fall before the choice changes."),
    Column("loss", kind="number", about="Points lost below that."),
    Column("reason", about="Why this was not worked out; empty if it was."),
)
WITH_AND_WITHOUT = (
    Column("kind", about="What is otherwise: a decision of others, a payer, a partner, …"),
    Column("subject", about="Its id."),
    Column("change", about="What becomes of it."),
    Column("state", about="How the search ended."),
    Column("value", kind="number", about="Portfolio value then; empty without an answer."),
    Column("own_cost", kind="money", about="What it costs us then."),
    Column("value_change", kind="number", about="The difference in points."),
    Column("own_cost_change", kind="money", about="The difference in money."),
    Column("words", about="What would be done then, in a sentence."),
)
GAP = (
    PROGRAMME_ID,
    Column("criterion", about="The path of the criterion."),
    Column("weight", kind="share", about="0 to 1: its share of all weight."),
    Column("partner", about="The partner's id; two rows for each criterion."),
    Column("score", about="What it scores, in the criterion's own unit."),
    Column("value", kind="number", about="The same on the scale from 0 to 100."),
    Column("contribution", kind="number", about="Points that it adds."),
)
CONTRIBUTION = "contribution."
"""Before the path of a criterion: what it adds to a value."""
FLAT = {
    "recommendation": RECOMMENDATION,
    "ranking": RANKING,
    "allocation": ALLOCATION,
    "limits": LIMITS,
    "standings": STANDINGS,
    "intervals": INTERVALS,
    "questions": QUESTIONS,
    "amounts": UNCERTAIN_AMOUNTS,
    "frontier": FRONTIER,
    "limit-prices": LIMIT_PRICES,
    "with-and-without": WITH_AND_WITHOUT,
    "gap": GAP,
    **FLAT_PLANS,
}
"""The tables of one scenario's answer by name."""
OPEN = (
    Column("contribution.CRITERION", kind="number", about="Points that the criterion adds."),
    Column(
        "METHOD.score, METHOD.rank, METHOD.reason",
        about="With `--second-opinions`: what TOPSIS and others say; empty if not eligible.",
    ),
    Column("rank.N", kind="share", about="0 to 1: trials in which the partner takes that place."),
)
"""Columns of which there are as many as the scenario has criteria, methods or partners."""


def flat_layout(name: str, rows: Sequence[FrameRow]) -> Layout:
    """Return a table's columns, with those that only its rows know: they have a dot."""
    known = dict.fromkeys(key for row in rows for key in row if "." in key)
    more = (
        Column(
            key,
            kind="whole" if key.endswith(".rank") else kind_of(row.get(key) for row in rows),
        )
        for key in known
    )
    levels = [LEVEL] if any(LEVEL.key in row for row in rows) else []
    return Layout(name, (*FLAT[name], *levels, *more))


def contributions(criteria: Iterable[str]) -> tuple[Column, ...]:
    """Return a column for what each criterion adds to a value."""
    return tuple(
        Column(f"{CONTRIBUTION}{path}", kind="number", about="Points that the criterion adds.")
        for path in criteria
    )


def layouts(varied: Iterable[Column], criteria: Iterable[str]) -> dict[str, Layout]:
    """Return the tables of a batch by name.

    Each has the case, the swept values, then its own columns.

    Args:
        varied: the swept inputs; with `plans`, the summary says how the plan of a case stands.
        criteria: paths of the criteria, for their contributions to the ranking.
    """
    first = (Column("case", about="The case's id."), *varied)
    judged = JUDGED_PLAN if any(one.key == "plans" for one in first) else ()
    own = {
        "summary": (*SUMMARY, *judged),
        "programmes": PROGRAMMES,
        "ranking": (*RANKING, *contributions(criteria)),
        "allocation": ALLOCATION,
    }
    return {name: Layout(name, (*first, *below)) for name, below in own.items()}
