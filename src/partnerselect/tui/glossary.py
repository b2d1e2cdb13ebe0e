"""What the words on the screens mean; docs/glossary.md has the same words, and more."""

from __future__ import annotations

import re
from typing import Final

from partnerselect.words import NEAR_CAPACITY, share

GLOSSARY: Final = {
    "at or near capacity": f"A limit of which at least {share(NEAR_CAPACITY)} is used: it decides"
    " what else could be done.",
    "baseline": "The value of doing nothing in a programme. A deferred programme counts with it.",
    "choice share": "The share of trials in which a programme gets the same partners.",
    "committed": "Decided earlier: it goes ahead, with this partner.",
    "contribution": "The part of a value that one criterion gives.",
    "criterion": "Something that matters to the choice, with a scale and a weight.",
    "decision of others": "A condition that somebody else decides: confirmed, expected, refused or"
    " unknown. In files it is called a gate.",
    "deferred": "Of a programme: it does not go ahead for now.",
    "dominated": "Of a partner: another is no worse on any criterion and better on one.",
    "eligible": "May be chosen: offers something that is needed, meets each minimum, is not left"
    " out, and no refused decision stands in the way.",
    "frontier": "The plans that no other betters in both value and cost.",
    "gate": "The word in files for a decision of others.",
    "illustrative": "With made-up figures, and marked so everywhere.",
    "importance": "How much a programme counts against the others.",
    "limit": "What must not be exceeded: money, days, partners, programmes per partner.",
    "main alternative": "The best partner not chosen that could be, for the need with most days"
    " that is not committed.",
    "next step": "The least raise of a limit that changes the best choice, and what it adds.",
    "payer": "Who pays a share of a partner's prices.",
    "points": "Of value: 0 is worst on every criterion, 100 is best.",
    "portfolio value": "The values of all programmes, weighted by their importance.",
    "protected days": "The time our own team has for the programmes.",
    "regret": "How far a choice falls below the best possible in a trial.",
    "robust": "The same partners would be chosen again in at least 90% of trials.",
    "score": "What a partner is given on a criterion, in its own unit.",
    "sensitive": "The same partners would be chosen again in 60% to 90% of trials.",
    "stability interval": "How far one weight may move before another partner leads.",
    "swing weight": "How much going from worst to best on a criterion matters, against the others.",
    "too close to call": "The same partners would be chosen again in fewer than 60% of trials.",
    "trial": "One draw of weights, uncertain scores and decisions of others, from which everything"
    " is worked out again.",
    "value": "From 0 to 100: a score on its scale, or the weighted sum of them.",
    "variant": "A scenario that extends another and holds only what differs.",
    "what-if": "Changes tried on a scenario; your file stays as it is until you save them beside"
    " it.",
    "worth finding out": "What an unknown score or decision could change.",
}
"""Each word with its meaning, in alphabetical order."""


_WORDS = re.compile(rf"\b({'|'.join(sorted(GLOSSARY, key=len, reverse=True))})\b", re.IGNORECASE)
"""Any of them, the longer first."""


def explained(line: str, x: int) -> str | None:
    """Return what the word at a cell of a line means, where it has a meaning of its own."""
    for found in _WORDS.finditer(line):
        if found.start() <= x < found.end():
            word = found[0].lower()
            return f"{word.capitalize()}: {GLOSSARY[word]}"
    return None
