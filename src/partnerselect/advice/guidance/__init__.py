"""The checks that good practice asks for, before anything is chosen: none needs the allocation."""

from partnerselect.advice.guidance.checking import findings
from partnerselect.advice.guidance.finding import Finding, Seen
from partnerselect.advice.guidance.practice import Practice, practice
from partnerselect.advice.guidance.texts import unwritten

__all__ = ["Finding", "Practice", "Seen", "findings", "practice", "unwritten"]
