"""The checks that good practice asks for, before anything is chosen: none needs the allocation."""

from partnerselect.advice.guidance.finding import Examination, Finding, examine, unwritten
from partnerselect.advice.guidance.practice import Practice, findings, practice

__all__ = ["Examination", "Finding", "Practice", "examine", "findings", "practice", "unwritten"]
