"""An analysis as plain rows: what JSON, screens, tables and papers print.

Nothing downstream computes.

`report` holds the rows of the stable JSON, by id; `board` the rows that executives read, in words;
`opinions` what other methods say; `people` what the stakeholder groups say; `weights` the weights
with their ranges;
`voices` both, as `robustness` has them.
"""

from partnerselect.rows.approval import approval_rows, condition
from partnerselect.rows.money import extra_rows, gauge_rows, payer_rows
from partnerselect.rows.people import agreement_rows, difference_rows, group_rows
from partnerselect.rows.plain import Row, rounded
from partnerselect.rows.report import (
    allocation_rows,
    check_rows,
    fixed_cost_rows,
    highest_share_words,
    limit_rows,
    opinion_rows,
    practice_rows,
    programme_rows,
    ranking_json,
    ranking_rows,
    with_second_opinions,
)
from partnerselect.rows.scores import evidence_rows, score_rows
from partnerselect.rows.weights import group_weight_rows, programme_weight_rows, weight_rows

__all__ = [
    "Row",
    "agreement_rows",
    "allocation_rows",
    "approval_rows",
    "check_rows",
    "condition",
    "difference_rows",
    "evidence_rows",
    "extra_rows",
    "fixed_cost_rows",
    "gauge_rows",
    "group_rows",
    "group_weight_rows",
    "highest_share_words",
    "limit_rows",
    "opinion_rows",
    "payer_rows",
    "practice_rows",
    "programme_rows",
    "programme_weight_rows",
    "ranking_json",
    "ranking_rows",
    "rounded",
    "score_rows",
    "weight_rows",
    "with_second_opinions",
]
