from .approval import (
    BEHIND as BEHIND,
    approval_rows as approval_rows,
    decision_rows as decision_rows,
    is_behind as is_behind,
    risk_rows as risk_rows,
)
from .assessment import assessment_rows as assessment_rows
from .checks import (
    check_rows as check_rows,
    practice_rows as practice_rows,
    slip_rows as slip_rows,
)
from .choices import (
    NEXT_BEST as NEXT_BEST,
    choice_words as choice_words,
    how_choices_were_drawn as how_choices_were_drawn,
    missing_shares as missing_shares,
    pair_rows as pair_rows,
    portfolio_rows as portfolio_rows,
    progress_words as progress_words,
    proof_words as proof_words,
    regret_words as regret_words,
    usual_words as usual_words,
)
from .demands import demand_sentences as demand_sentences, demand_words as demand_words
from .explain import (
    Pair as Pair,
    choice_price_rows as choice_price_rows,
    explanation_json as explanation_json,
    explanation_summary as explanation_summary,
    gap_rows as gap_rows,
    immediate_summary as immediate_summary,
    largest_difference_rows as largest_difference_rows,
    named_pair as named_pair,
    partner_comparison as partner_comparison,
    point_difference as point_difference,
    side_rows as side_rows,
    speaking_for as speaking_for,
    turning_points_words as turning_points_words,
    ways_back as ways_back,
    why_no_prices as why_no_prices,
)
from .frontier import (
    begun_with as begun_with,
    exchanged as exchanged,
    frontier_json as frontier_json,
    frontier_points as frontier_points,
    frontier_rows as frontier_rows,
    missing_sentence as missing_sentence,
    more_money_sentence as more_money_sentence,
    price_sentences as price_sentences,
    same_value_words as same_value_words,
)
from .headline import (
    approved_words as approved_words,
    asked_words as asked_words,
    condition_words as condition_words,
    deferred_words as deferred_words,
    headline_rows as headline_rows,
    last_pounds_words as last_pounds_words,
    nothing_words as nothing_words,
)
from .inputs import (
    alone_days as alone_days,
    doing_nothing_rows as doing_nothing_rows,
    part_rows as part_rows,
    price_input_rows as price_input_rows,
    score_input_rows as score_input_rows,
    unpriced_rows as unpriced_rows,
    weight_input_rows as weight_input_rows,
)
from .money_rows import (
    bought_days as bought_days,
    extra_rows as extra_rows,
    fixed_rows as fixed_rows,
    gauge_rows as gauge_rows,
    payer_rows as payer_rows,
    work_rows as work_rows,
    working_rows as working_rows,
)
from .other_scenarios import (
    alternative_scenario_rows as alternative_scenario_rows,
    caution_words as caution_words,
    other_scenario_row as other_scenario_row,
)
from .overruns import (
    amount_rows as amount_rows,
    amount_sentences as amount_sentences,
    amounts_json as amounts_json,
)
from .people import (
    agreement_rows as agreement_rows,
    difference_rows as difference_rows,
    group_rows as group_rows,
    of_programme as of_programme,
    with_own_weights as with_own_weights,
)
from .plain import (
    Row as Row,
    at_levels as at_levels,
    no_answer_words as no_answer_words,
    picked as picked,
    rounded as rounded,
    scenario_row as scenario_row,
    software as software,
    titled as titled,
    weights_of as weights_of,
    with_names as with_names,
)
from .plan_words import (
    against_words as against_words,
    agreed_words as agreed_words,
    alternatives_sentence as alternatives_sentence,
    better_at_words as better_at_words,
    broken_name as broken_name,
    broken_words as broken_words,
    impossible_sentence as impossible_sentence,
    instead_sentences as instead_sentences,
    joins_words as joins_words,
    judged_sentence as judged_sentence,
    named_partners as named_partners,
    near_words as near_words,
    nearest_sentence as nearest_sentence,
    plan_title as plan_title,
    regret_sentence as regret_sentence,
    standing_words as standing_words,
)
from .plans import (
    agreement_on_plans_row as agreement_on_plans_row,
    alternatives_json as alternatives_json,
    broken_row as broken_row,
    few_scenario_rows as few_scenario_rows,
    judgement_json as judgement_json,
    near_plan_rows as near_plan_rows,
    near_plan_words as near_plan_words,
    plan_programme_rows as plan_programme_rows,
    plan_scenario_rows as plan_scenario_rows,
    plan_summary_rows as plan_summary_rows,
    points_against as points_against,
)
from .reach import OVERLAP as OVERLAP, reach_rows as reach_rows
from .reason_words import instead_words as instead_words
from .report import (
    allocation_rows as allocation_rows,
    fixed_cost_rows as fixed_cost_rows,
    highest_share_words as highest_share_words,
    limit_rows as limit_rows,
    opinion_rows as opinion_rows,
    printed_ranking_rows as printed_ranking_rows,
    programme_rows as programme_rows,
    ranking_json as ranking_json,
    ranking_report as ranking_report,
    ranking_rows as ranking_rows,
    with_second_opinions as with_second_opinions,
)
from .robustness import (
    HELD as HELD,
    acceptability_rows as acceptability_rows,
    finding_rows as finding_rows,
    flip_row as flip_row,
    gate_words as gate_words,
    headlines as headlines,
    how_it_was_drawn as how_it_was_drawn,
    interval_rows as interval_rows,
    leader_words as leader_words,
    question_rows as question_rows,
    robustness_json as robustness_json,
    shut_words as shut_words,
    standing_rows as standing_rows,
)
from .scores import (
    contribution_rows as contribution_rows,
    evidence_rows as evidence_rows,
    input_rows as input_rows,
    partner_cost_rows as partner_cost_rows,
    score_rows as score_rows,
)
from .sensitivity import (
    line_rows as line_rows,
    margin_rows as margin_rows,
    margin_words as margin_words,
    sensitivity_rows as sensitivity_rows,
)
from .weights import (
    group_weight_rows as group_weight_rows,
    programme_weight_rows as programme_weight_rows,
    weight_rows as weight_rows,
)
from .with_and_without import (
    alternative_rows as alternative_rows,
    alternative_sentence as alternative_sentence,
)
