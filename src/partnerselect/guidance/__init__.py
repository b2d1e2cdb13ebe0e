"""The checks that good practice asks for, before anything is chosen: none needs the allocation."""

from partnerselect.guidance.checking import findings
from partnerselect.guidance.finding import Finding, Seen
from partnerselect.guidance.practice import Practice, practice
from partnerselect.guidance.texts import unwritten

__all__ = ["Finding", "Practice", "Seen", "findings", "practice", "unwritten"]
