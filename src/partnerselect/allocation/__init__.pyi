from .alternatives import (
    OTHERWISE as OTHERWISE,
    Alternative as Alternative,
    AsFile as AsFile,
    Changes as Changes,
    Kind as Kind,
    choosing_otherwise as choosing_otherwise,
    if_opened as if_opened,
    programme_alternatives as programme_alternatives,
)
from .budget_frontier import Frontier as Frontier, frontier as frontier
from .check import ExactCheck as ExactCheck
from .choices import TrialRegrets as TrialRegrets, portfolio_stability as portfolio_stability
from .conflict import COMMITTED as COMMITTED, Conflict as Conflict, conflicts as conflicts
from .cost_account import (
    AMOUNTS as AMOUNTS,
    HEADLINES as HEADLINES,
    NOBODY as NOBODY,
    CostLine as CostLine,
    DayCost as DayCost,
    account as account,
    amounts_in_all as amounts_in_all,
    amounts_of as amounts_of,
    amounts_of_programme as amounts_of_programme,
    at_worth as at_worth,
    backfill_days as backfill_days,
    delivered_value as delivered_value,
    engagements_of as engagements_of,
    portfolio_values as portfolio_values,
    runs as runs,
    teams_chosen as teams_chosen,
    teams_of as teams_of,
    those_that_count as those_that_count,
)
from .costs_alone import own_costs_alone as own_costs_alone
from .judging import as_written as as_written, judged as judged
from .limit_pricing import LimitPrice as LimitPrice, limit_prices as limit_prices
from .limits import LimitUsage as LimitUsage, limit_usage as limit_usage
from .near_best import chosen_of as chosen_of, nearly_best as nearly_best
from .outcome import Allocation as Allocation
from .overruns import (
    Overrun as Overrun,
    Overruns as Overruns,
    amounts_over_trials as amounts_over_trials,
)
from .plans import (
    Alternatives as Alternatives,
    Broken as Broken,
    FewPlan as FewPlan,
    JudgedPlan as JudgedPlan,
    Judgement as Judgement,
    NearPlan as NearPlan,
    PlanAgreement as PlanAgreement,
    PlanChoice as PlanChoice,
    PlanRegret as PlanRegret,
    PossiblePlan as PossiblePlan,
)
from .portfolio_shares import (
    PortfolioShare as PortfolioShare,
    PortfolioStability as PortfolioStability,
)
from .problem import (
    Formulation as Formulation,
    allowed as allowed,
    closed_phases as closed_phases,
    importance as importance,
)
from .solve import Allocator as Allocator, Resolver as Resolver
from .unlocking import (
    Unlocking as Unlocking,
    UnlockingLimits as UnlockingLimits,
    unlocking_limits as unlocking_limits,
)
from .wish_prices import Wish as Wish, WishPrice as WishPrice, price_wishes as price_wishes
