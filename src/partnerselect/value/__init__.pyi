from .agreement import (
    NEAR as NEAR,
    Agreement as Agreement,
    CommonGround as CommonGround,
    Difference as Difference,
    ProgrammeAgreement as ProgrammeAgreement,
    stakeholder_agreement as stakeholder_agreement,
)
from .judgements import (
    THE_SET as THE_SET,
    Consistency as Consistency,
    consistencies as consistencies,
    consistencies_of_set as consistencies_of_set,
    require_usable as require_usable,
    stated_weights as stated_weights,
)
from .leaf_weights import (
    base_weights as base_weights,
    elicited as elicited,
    group_weights as group_weights,
    mark_of as mark_of,
    rests_on_groups as rests_on_groups,
    sibling_shares as sibling_shares,
    weights_by_place as weights_by_place,
    weights_changed as weights_changed,
    weights_since_frozen as weights_since_frozen,
    whole_share as whole_share,
)
from .money import US as US, Workload as Workload
from .opinions import (
    METHODS as METHODS,
    ProgrammeOpinions as ProgrammeOpinions,
    SecondOpinion as SecondOpinion,
    second_opinions as second_opinions,
)
from .performance import (
    PerformanceTable as PerformanceTable,
    as_file as as_file,
    have_the_same_table as have_the_same_table,
    measured_anew as measured_anew,
    only_barred_by_gate as only_barred_by_gate,
    performance_table as performance_table,
)
from .scoring import (
    Scores as Scores,
    baseline_values as baseline_values,
    dominates as dominates,
    score as score,
)
from .value_function import (
    TIE as TIE,
    more_is_better as more_is_better,
    nominal as nominal,
    required_value as required_value,
    values_of as values_of,
)
