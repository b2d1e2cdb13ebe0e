"""Who delivers what: the choice that is worth most within every limit."""

from partnerselect.allocation.account import (
    NOBODY,
    CostBreakdown,
    CostLine,
    DayCost,
    FixedCost,
    account,
    delivered_value,
    runs,
)
from partnerselect.allocation.limits import LimitUsage, limit_usage
from partnerselect.allocation.outcome import Allocation, UnansweredError, Variation
from partnerselect.allocation.solve import Allocator, Resolver
from partnerselect.optimiser.watch import Progress, Watch

__all__ = [
    "NOBODY",
    "Allocation",
    "Allocator",
    "CostBreakdown",
    "CostLine",
    "DayCost",
    "FixedCost",
    "LimitUsage",
    "Progress",
    "Resolver",
    "UnansweredError",
    "Variation",
    "Watch",
    "account",
    "delivered_value",
    "limit_usage",
    "runs",
]
