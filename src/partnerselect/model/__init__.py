"""What the user states: frozen, validated models of both YAML formats."""

from partnerselect.model.criteria import CriteriaSet, Criterion
from partnerselect.model.scenario import Scenario

__all__ = ["CriteriaSet", "Criterion", "Scenario"]
