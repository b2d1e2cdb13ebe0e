"""All checks, in the order in which a reader meets what they are about."""

from __future__ import annotations

from partnerselect.guidance.costs import COST_CHECKS
from partnerselect.guidance.evidence import EVIDENCE_CHECKS
from partnerselect.guidance.finding import Check, Finding, Seen
from partnerselect.guidance.options import OPTION_CHECKS
from partnerselect.guidance.papers import PAPER_CHECKS
from partnerselect.guidance.weighing import WEIGHT_CHECKS

CHECKS: tuple[Check, ...] = (
    *OPTION_CHECKS,
    *WEIGHT_CHECKS,
    *EVIDENCE_CHECKS,
    *COST_CHECKS,
    *PAPER_CHECKS,
)


def findings(seen: Seen) -> tuple[Finding, ...]:
    """Run every check; warnings first, each kind in the order of the checks."""
    found = [finding for check in CHECKS for finding in check(seen)]
    return tuple(sorted(found, key=lambda finding: finding.severity != "warning"))
