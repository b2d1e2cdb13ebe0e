from .base import read_day as read_day
from .content import Role as Role, keys_for as keys_for
from .criteria import (
    UNKNOWN as UNKNOWN,
    CriteriaSet as CriteriaSet,
    Criterion as Criterion,
    LevelsScale as LevelsScale,
    LinearScale as LinearScale,
    LocalScale as LocalScale,
    PointsScale as PointsScale,
    RatioScale as RatioScale,
    RelativeScale as RelativeScale,
    Score as Score,
    TypedScore as TypedScore,
)
from .entries import entry_at as entry_at, parts_of as parts_of, programme_of as programme_of
from .estimate import (
    ENDS as ENDS,
    Estimate as Estimate,
    holds_a_range as holds_a_range,
    is_range as is_range,
)
from .finding import Names as Names, named as named, normal as normal
from .keys import (
    keys_at as keys_at,
    leaves_of as leaves_of,
    replaced as replaced,
    value_at as value_at,
)
from .levels import LEVEL as LEVEL, Dose as Dose
from .limits import (
    BACKFILL_DAYS as BACKFILL_DAYS,
    BUDGET as BUDGET,
    CAPACITY as CAPACITY,
    EXTRA_DAY_PRICE as EXTRA_DAY_PRICE,
    FUND as FUND,
    IN_ALL as IN_ALL,
    INTERNAL_DAYS as INTERNAL_DAYS,
    LEAST_DAYS as LEAST_DAYS,
    LIMIT_KINDS as LIMIT_KINDS,
    LIMITS_BY_ID as LIMITS_BY_ID,
    MOST_PARTNERS as MOST_PARTNERS,
    UNLIMITED as UNLIMITED,
    VALUE_TO_REACH as VALUE_TO_REACH,
    Backfill as Backfill,
    Limit as Limit,
    LimitKind as LimitKind,
    Stated as Stated,
    Unit as Unit,
    by_phase_of as by_phase_of,
    kind_at as kind_at,
    stated_limits as stated_limits,
    subject_of as subject_of,
    total_of as total_of,
)
from .messages import (
    did_you_mean as did_you_mean,
    key_meant as key_meant,
    nearest as nearest,
    number_meant as number_meant,
    odd_character as odd_character,
    run_together as run_together,
    unknown_key as unknown_key,
)
from .options import (
    Design as Design,
    LeastCost as LeastCost,
    Span as Span,
    WeightSet as WeightSet,
    Within as Within,
)
from .paper import (
    Engagement as Engagement,
    Implication as Implication,
    Measure as Measure,
    Paper as Paper,
    Priority as Priority,
    Risk as Risk,
)
from .partner import Funding as Funding, Gate as Gate, Partner as Partner
from .paths import plain as plain, unknown_swept as unknown_swept
from .plans import DEFERRED as DEFERRED, RESERVED_PARTNERS as RESERVED_PARTNERS, Plan as Plan
from .prices import (
    PRICE_KINDS as PRICE_KINDS,
    PROGRAMME_PRICES as PROGRAMME_PRICES,
    Cost as Cost,
    PaidFor as PaidFor,
    PriceKind as PriceKind,
)
from .programme import Baseline as Baseline, Programme as Programme
from .rules import (
    RULE_KINDS as RULE_KINDS,
    Apart as Apart,
    AtLeastRun as AtLeastRun,
    Before as Before,
    Forbid as Forbid,
    OnlyOne as OnlyOne,
    Require as Require,
    Rule as Rule,
    Together as Together,
)
from .scenario import Scenario as Scenario
from .score_checks import criterion_loc as criterion_loc, scale_ends as scale_ends
from .validation import validated as validated
from .weight_checks import (
    criterion_path as criterion_path,
    own_weights as own_weights,
    set_weight_problems as set_weight_problems,
    siblings as siblings,
)
from .weights import (
    BestWorstWeights as BestWorstWeights,
    PairwiseWeights as PairwiseWeights,
    PointWeights as PointWeights,
    RankWeights as RankWeights,
    Weights as Weights,
)
from .without_effect import (
    check_weight_has_effect as check_weight_has_effect,
    no_effect_warnings as no_effect_warnings,
    price_warnings as price_warnings,
)
