"""Who delivers what: the choice that is worth most within every limit."""

from partnerselect.allocation.account import (
    NOBODY,
    Account,
    CostLine,
    DayCost,
    FixedCost,
    account,
    delivered_value,
    runs,
)
from partnerselect.allocation.gauges import Gauge, gauges
from partnerselect.allocation.outcome import Allocation, UnansweredError, Variation
from partnerselect.allocation.resolve import Resolver
from partnerselect.allocation.solve import Allocator
from partnerselect.optimiser.watch import Progress, Watch

__all__ = [
    "NOBODY",
    "Account",
    "Allocation",
    "Allocator",
    "CostLine",
    "DayCost",
    "FixedCost",
    "Gauge",
    "Progress",
    "Resolver",
    "UnansweredError",
    "Variation",
    "Watch",
    "account",
    "delivered_value",
    "gauges",
    "runs",
]
