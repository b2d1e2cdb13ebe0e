"""Who delivers what: the choice that is worth most within every limit."""

from partnerselect.allocation.account import NOBODY, Account, DayCost, FixedCost, Gauge, account, delivered_value, runs
from partnerselect.allocation.solve import Allocation, Allocator, TimeIsUpError, Variation

__all__ = ["NOBODY", "Account", "Allocation", "Allocator", "DayCost", "FixedCost", "Gauge", "TimeIsUpError", "Variation", "account", "delivered_value", "runs"]
