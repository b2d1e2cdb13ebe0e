"""What is recommended: a row for every programme, then what belongs to none."""

from __future__ import annotations

from partnerselect import rows
from partnerselect.analysis import Analysis
from partnerselect.rows.choices import choice_words, how_choices_were_drawn, regret_words
from partnerselect.rows.demands import demand_words
from partnerselect.rows.otherwise import alternative_rows, alternative_sentence
from partnerselect.rows.progress import proof_words
from partnerselect.rows.report import no_answer_words
from partnerselect.rows.robustness import gate_words, how_it_was_drawn
from partnerselect.tables.spec import Column, Row, Table, priced, table
from partnerselect.words.wording import amount

DEFERRED = "deferred"
COLUMNS = (
    Column("programme", "Programme", width=28),
    Column("recommended", "Recommended", width=28),
    Column("value", "Value", "number", width=9, bar=True),
    Column("own_cost", "Cost to us", "money", width=12, bar=True),
    Column("sure", "How sure", width=14),
    Column("condition", "Condition", width=28),
    Column("runner_up", "Main alternative", width=24),
)


def recommendation_table(analysis: Analysis) -> Table:
    """Return the recommendation, one row a programme.

    Below it the totals, the reasons and what the shares are shares of.
    """
    found = rows.approval_rows(analysis)
    drawn = bool(analysis.choices and analysis.choices.draws)
    columns = priced((c for c in COLUMNS if drawn or c.key != "sure"), analysis.scenario.currency)
    reasons = [f"{row['programme']}: {row['reason']}" for row in found if row["reason"]]
    notes = [_total(analysis), *reasons, *_if_opened(analysis), _how_sure(analysis)]
    return table(
        analysis.scenario,
        "recommendation",
        analysis.scenario.title,
        columns,
        [*(_row(analysis, row) for row in found), *_extras(analysis)],
        note="\n".join([*notes, *_chosen_again(analysis)]),
        sources=("table: recommendation",),
    )


def _row(analysis: Analysis, row: Row) -> Row:
    if analysis.allocation.account is None:
        return {"programme": row["programme"], "runner_up": row["runner_up"]}
    return {
        **row,
        "recommended": " + ".join(row["partners"]) or DEFERRED,
        "sure": choice_words(analysis, row["id"]),
    }


def _extras(analysis: Analysis) -> list[Row]:
    return [{**row, "programme": row["title"]} for row in rows.extra_rows(analysis)]


def _how_sure(analysis: Analysis) -> str:
    """Say what the shares are shares of, gates included."""
    drawn = how_it_was_drawn(analysis).rstrip(".")
    return ". ".join([f"How sure: {drawn}", *gate_words(analysis)]) + "."


def _chosen_again(analysis: Analysis) -> list[str]:
    """Say what the shares of the choice count, and what the choice could cost in regret."""
    drawn = how_choices_were_drawn(analysis)
    if not drawn:
        return []
    if not analysis.choices or not analysis.choices.draws:
        return [drawn]
    return [" ".join([f"Chosen again: {drawn}.", *regret_words(analysis)])]


def _if_opened(analysis: Analysis) -> list[str]:
    found = alternative_rows(analysis, analysis.if_opened)
    return [alternative_sentence(analysis, row) for row in found]


def _total(analysis: Analysis) -> str:
    account, currency = analysis.allocation.account, analysis.scenario.currency
    if account is None:
        demands = [
            f"{demand_words(analysis, demand).removesuffix('.')}." for demand in analysis.conflicts
        ]
        return "\n".join([f"No recommendation: {no_answer_words(analysis)}.", *demands])
    costs = (
        f"cost to us {amount(account.own_cost, currency)}, others pay"
        f" {amount(account.cost - account.own_cost, currency)}"
    )
    total = f"Portfolio value {account.value:.1f} of 100 · {costs} · partners: {account.partners}"
    return "\n".join(words for words in (total, proof_words(analysis)) if words)
