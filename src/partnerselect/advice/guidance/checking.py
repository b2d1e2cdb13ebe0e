"""All checks, in the order in which a reader meets what they are about."""

from __future__ import annotations

from partnerselect.advice.guidance.costs import COST_CHECKS
from partnerselect.advice.guidance.evidence import EVIDENCE_CHECKS
from partnerselect.advice.guidance.finding import Check, Finding, Seen
from partnerselect.advice.guidance.options import OPTION_CHECKS
from partnerselect.advice.guidance.papers import PAPER_CHECKS
from partnerselect.advice.guidance.weighing import WEIGHT_CHECKS

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
