"""The columns of the tables that programs read: what each holds, its unit, when it is empty."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from partnerselect.allocation import AMOUNTS
from partnerselect.model import PRICE_KINDS
from partnerselect.tables.frames import FrameRow, Layout, kind_of
from partnerselect.tables.plans import FLAT_PLANS
from partnerselect.tables.spec import PARTNER_ID, PROGRAMME_ID, Column, data_column

PROGRAMME = (
    PROGRAMME_ID,
    data_column("programme_title", "Its title."),
)
PARTNER = (
    PARTNER_ID,
    data_column("partner_title", "Its title."),
)
LEVEL = data_column(
    "level", "The level at which the programme runs, or of the row; only where it has levels."
)
LEVELLED = frozenset({"recommendation", "programmes", "ranking", "allocation"})
"""Tables that have it."""
COSTS = tuple(data_column(one.key, one.about, one.kind) for one in AMOUNTS)
PROGRAMMES = (
    *PROGRAMME,
    data_column("run", "Whether it goes ahead; empty without an answer.", "flag"),
    data_column("partners", "The ids of its partners, joined by ` + `; empty if it is deferred."),
    data_column("partner_titles", "Their titles."),
    data_column("value", "0 to 100; its baseline if deferred.", "number"),
    data_column("baseline", "0 to 100: the value of doing nothing.", "number"),
    *COSTS,
    data_column("leader", "The id of the partner first on value; empty if nobody is eligible."),
    data_column("runner_up", "The id of the main alternative; empty without one or if deferred."),
    data_column(
        "leader_share",
        "0 to 1: trials in which the leader is first; empty without trials.",
        "share",
    ),
    data_column(
        "choice_share",
        "0 to 1: trials in which the same partners are chosen; empty where not counted.",
        "share",
    ),
    data_column("choice_verdict", "The word for that; empty where not counted."),
    data_column(
        "run_share", "0 to 1: trials in which it goes ahead; empty where not counted.", "share"
    ),
    data_column(
        "reason", "Why it is deferred, or not with the first on value, in words; else empty."
    ),
)
RECOMMENDATION = (
    data_column("row", "`programme`, `extra` (what belongs to no programme) or `total`."),
    *PROGRAMMES,
)
RANKING = (
    *PROGRAMME,
    *PARTNER,
    data_column("rank", "From 1, by value; empty if not eligible.", "whole"),
    data_column("value", "0 to 100.", "number"),
    data_column("covers", "0 to 1: the programme's days that it can deliver.", "share"),
    data_column("cost", "Of all it can deliver; empty if not eligible.", "money"),
    data_column("own_cost", "What of that we pay; empty if not eligible.", "money"),
    data_column(
        "own_cost_alone",
        "The same with what is paid once, what a change of partners costs, and what a fund cannot"
        " meet and we pay, if engaged for this alone; empty if not eligible.",
        "money",
    ),
    data_column("eligible", "Whether it may be chosen.", "flag"),
    data_column("chosen", "Whether it is recommended.", "flag"),
    data_column("reason", "Why it is not chosen, in words; empty if it is."),
    data_column(
        "first_rank_share",
        "0 to 1: trials in which it is first on value; empty without trials.",
        "share",
    ),
    data_column(
        "first_rank_share_with_gates",
        "The same with those decisions of others varied that are open; empty without trials.",
        "share",
    ),
    data_column("verdict", "The word for the share of the first; empty of all others."),
)
_BESIDE_DAYS = ", ".join(f"`{kind.id}`" for kind in reversed(PRICE_KINDS[1:]))
ALLOCATION = (
    data_column(
        "kind",
        f"`days`, or what is not by the day: {_BESIDE_DAYS}, `backfill`, `change`, `top-up`.",
    ),
    *PROGRAMME,
    data_column("component", "The component of support; empty of what is not by the day."),
    *PARTNER,
    data_column("phase", "The phase it falls into; empty without phases."),
    data_column("days", "Days of help; empty of what is not by the day.", "number"),
    *COSTS,
    data_column("payer", "Who pays: `us`, or the id of another payer."),
)
LIMITS = (
    data_column("path", "The path of the limit in the scenario."),
    data_column("title", "What it is called."),
    data_column("kind", "The kind of limit."),
    data_column("subject", "The partner, programme or payer it is about; empty of the whole."),
    data_column("phase", "The phase; empty over the horizon."),
    data_column("used", "How much of it is used, in its own unit.", "number"),
    data_column("limit", "How much there is, in the same unit.", "number"),
)
SUMMARY = (
    data_column("state", "How the case ended: `optimal`, `within-gap`, `infeasible`, …"),
    data_column("reason", "Why there is no answer; empty if there is one."),
    data_column("scenario", "The scenario's id."),
    data_column("title", "Its title."),
    data_column("value", "Portfolio value, 0 to 100; empty without an answer.", "number"),
    *COSTS,
    data_column("partners", "How many partners are engaged.", "whole"),
    data_column("running", "The ids of the programmes that go ahead, joined by ` + `."),
    data_column("deferred", "The ids of those that do not."),
    data_column("gap", "0 to 1: how far from the best it may be.", "number"),
    data_column("tie_break", "Whether one of several equally good choices was singled out."),
    data_column("currency", "Three letters, of all money in the row."),
    data_column("illustrative", "Whether the figures are made up.", "flag"),
    data_column("sha256", "The hash of the scenario's content, the case's values included."),
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
    data_column(
        "over_budget_share",
        (
            "0 to 1: trials in which our cost passes the budget, in the phase or in all where it"
            " does so most often; empty without one."
        ),
        "share",
    ),
    data_column("budget_reserve", "How much more there would make that 20%.", "money"),
)
"""Of cases of which prices or days are ranges, beside their answer."""
WEIGHTS_CHANGED = data_column(
    "weights_changed", "Weights that were changed once the register had fixed them."
)
"""Last of every row, where weights are fixed."""
STANDINGS = (
    *PROGRAMME,
    *PARTNER,
    data_column("first_rank_share", "0 to 1: trials in which it is first.", "share"),
    data_column("first_rank_error", "The standard error of that share.", "share"),
    data_column("first_rank_share_any_weights", "0 to 1: the same whatever the weights.", "share"),
    data_column(
        "first_rank_share_with_gates",
        "0 to 1: the same with those decisions of others varied that are open.",
        "share",
    ),
    data_column(
        "unavailable",
        "0 to 1: trials in which its decision is refused; 0 where it needs none.",
        "share",
    ),
    data_column(
        "confidence",
        "0 to 1: trials in which it is first by its best weights; empty if it never is.",
        "share",
    ),
)
INTERVALS = (
    *PROGRAMME,
    data_column("criterion", "The path of the criterion whose weight moves."),
    data_column("leader", "The id of the partner first today."),
    data_column("whole", "0 to 1: the criterion's share of all weight today.", "share"),
    data_column("whole_low", "0 to 1: how far it may fall.", "share"),
    data_column("whole_high", "0 to 1: how far it may rise.", "share"),
    data_column("below", "The id of the leader below that; empty if nobody else."),
    data_column("above", "The id of the leader above that; empty if nobody else."),
)
QUESTIONS = (
    *PROGRAMME,
    *PARTNER,
    data_column("criterion", "The path of the criterion of the open score."),
    data_column("is_unknown", "Whether nothing is known of it; else it is a range.", "flag"),
    data_column("change_share", "0 to 1: trials in which knowing it changes the leader.", "share"),
    data_column("value", "Points lost on average by not knowing it.", "number"),
    data_column("words", "The same in a sentence."),
)
UNCERTAIN_AMOUNTS = (
    data_column("kind", "`money` or `days`."),
    data_column("payer", "Of money: who pays, `us` or the id of another payer."),
    data_column("partner", "Of days: the partner's id; empty for our own team."),
    data_column("partner_title", "Its title."),
    data_column("phase", "The phase; empty for all together."),
    data_column("path", "The path of the limit on it; empty where it has none."),
    data_column("limit", "The limit; empty where it has none.", "number"),
    data_column("likely", "What the choice counts with.", "number"),
    data_column("p80", "What is not passed in 80% of trials.", "number"),
    data_column("over_share", "0 to 1: trials in which it passes its limit.", "share"),
    data_column("reserve", "How much more would make that 20% at most.", "number"),
)
"""Of the recommended choice, where prices or days are ranges."""
FRONTIER = (
    data_column("own_cost", "What the choice costs us.", "money"),
    data_column("value", "Portfolio value, 0 to 100.", "number"),
    data_column("today", "Whether it is what is recommended.", "flag"),
    data_column("enters", "Who comes in against the row before: `programme: partner`, by commas."),
    data_column("leaves", "Who goes out against the row before."),
)
LIMIT_PRICES = (
    data_column("path", "The path of the limit."),
    data_column("limit", "How much there is today, in its own unit.", "number"),
    data_column("rises_at", "The least raise that changes the choice; empty if none.", "number"),
    data_column("gain", "Points of portfolio value that it adds.", "number"),
    data_column("falls_below", "How far it may fall before the choice changes.", "number"),
    data_column("loss", "Points lost below that.", "number"),
    data_column("reason", "Why this was not worked out; empty if it was."),
)
WITH_AND_WITHOUT = (
    data_column("kind", "What is otherwise: a decision of others, a payer, a partner, …"),
    data_column("subject", "Its id."),
    data_column("change", "What becomes of it."),
    data_column("state", "How the search ended."),
    data_column("value", "Portfolio value then; empty without an answer.", "number"),
    data_column("own_cost", "What it costs us then.", "money"),
    data_column("value_change", "The difference in points.", "number"),
    data_column("own_cost_change", "The difference in money.", "money"),
    data_column("words", "What would be done then, in a sentence."),
)
GAP = (
    PROGRAMME_ID,
    data_column("criterion", "The path of the criterion."),
    data_column("weight", "0 to 1: its share of all weight.", "share"),
    data_column("partner", "The partner's id; two rows for each criterion."),
    data_column("score", "What it scores, in the criterion's own unit."),
    data_column("value", "The same on the scale from 0 to 100.", "number"),
    data_column("contribution", "Points that it adds.", "number"),
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
    data_column("contribution.CRITERION", "Points that the criterion adds.", "number"),
    data_column(
        "METHOD.score, METHOD.rank, METHOD.reason",
        "With `--second-opinions`: what TOPSIS and others say; empty if not eligible.",
    ),
    data_column("rank.N", "0 to 1: trials in which the partner takes that place.", "share"),
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
        data_column(f"{CONTRIBUTION}{path}", "Points that the criterion adds.", "number")
        for path in criteria
    )


def layouts(varied: Iterable[Column], criteria: Iterable[str]) -> dict[str, Layout]:
    """Return the tables of a batch by name.

    Each has the case, the swept values, then its own columns.

    Args:
        varied: the swept inputs; with `plans`, the summary says how the plan of a case stands.
        criteria: paths of the criteria, for their contributions to the ranking.
    """
    first = (data_column("case", "The case's id."), *varied)
    judged = JUDGED_PLAN if any(one.key == "plans" for one in first) else ()
    own = {
        "summary": (*SUMMARY, *judged),
        "programmes": PROGRAMMES,
        "ranking": (*RANKING, *contributions(criteria)),
        "allocation": ALLOCATION,
    }
    return {name: Layout(name, (*first, *below)) for name, below in own.items()}
