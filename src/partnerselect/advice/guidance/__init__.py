"""The checks that good practice asks for, before anything is chosen: none needs the allocation."""

from partnerselect.advice.guidance.finding import Finding, Seen, unwritten
from partnerselect.advice.guidance.practice import Practice, findings, practice

__all__ = ["Finding", "Practice", "Seen", "findings", "practice", "unwritten"]
