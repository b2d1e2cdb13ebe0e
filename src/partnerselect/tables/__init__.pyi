from .flat import (
    flat_allocation as flat_allocation,
    flat_frontier as flat_frontier,
    flat_gap as flat_gap,
    flat_intervals as flat_intervals,
    flat_limits as flat_limits,
    flat_questions as flat_questions,
    flat_ranking as flat_ranking,
    flat_recommendation as flat_recommendation,
    flat_standings as flat_standings,
    rows_of as rows_of,
)
from .flat_columns import (
    ALLOCATION as ALLOCATION,
    JUDGED_PLAN as JUDGED_PLAN,
    PROGRAMMES as PROGRAMMES,
    RANKING as RANKING,
    SUMMARY as SUMMARY,
    WEIGHTS_CHANGED as WEIGHTS_CHANGED,
    flat_layout as flat_layout,
    layouts as layouts,
)
from .frames import (
    FrameCell as FrameCell,
    FrameRow as FrameRow,
    Layout as Layout,
    cell as cell,
    frame as frame,
    kind_of as kind_of,
    literal as literal,
)
from .inputs import (
    FINDINGS as FINDINGS,
    checks_table as checks_table,
    findings_table as findings_table,
    options_table as options_table,
    practice_table as practice_table,
    prices_table as prices_table,
    scores_table as scores_table,
)
from .money import (
    finance_table as finance_table,
    fixed_table as fixed_table,
    frontier_table as frontier_table,
    limits_table as limits_table,
    points_table as points_table,
    steps_table as steps_table,
    work_table as work_table,
    working_table as working_table,
)
from .people import (
    contradiction_tables as contradiction_tables,
    disagreement_tables as disagreement_tables,
    firsts_table as firsts_table,
    group_ranks_table as group_ranks_table,
    weight_tables as weight_tables,
    weights_table as weights_table,
)
from .plans import (
    JUDGED_ROWS as JUDGED_ROWS,
    NEAR_ROWS as NEAR_ROWS,
    alternatives_tables as alternatives_tables,
    one_plan_tables as one_plan_tables,
    plan_tables as plan_tables,
    plans_table as plans_table,
)
from .ranking import (
    basis as basis,
    contributions_table as contributions_table,
    evidence_table as evidence_table,
    gap_table as gap_table,
    largest_differences_table as largest_differences_table,
    places_table as places_table,
    ranking_table as ranking_table,
    sides_table as sides_table,
    standings_table as standings_table,
)
from .recommendation import (
    DEFERRED as DEFERRED,
    THE_WHOLE as THE_WHOLE,
    changed_table as changed_table,
    columns_for as columns_for,
    courses_table as courses_table,
    recommendation_table as recommendation_table,
    recommended_rows as recommended_rows,
    sure as sure,
)
from .register import (
    RECORDED as RECORDED,
    Names as Names,
    as_day as as_day,
    decision_tables as decision_tables,
    departure_words as departure_words,
    differences_table as differences_table,
    due_rows as due_rows,
    due_table as due_table,
    entries_table as entries_table,
    history_tables as history_tables,
    needs_words as needs_words,
    said_words as said_words,
)
from .robustness import (
    choice_tables as choice_tables,
    drawn_table as drawn_table,
    flips_table as flips_table,
    intervals_table as intervals_table,
    portfolios_table as portfolios_table,
    questions_table as questions_table,
)
from .spec import (
    IN_WORDS as IN_WORDS,
    PARTNER as PARTNER,
    PROGRAMME as PROGRAMME,
    Cell as Cell,
    Column as Column,
    Row as Row,
    Span as Span,
    Table as Table,
    Text as Text,
    priced as priced,
    sentences as sentences,
    table as table,
)
