from __future__ import annotations

import pytest

from partnerselect.robustness.verdict import verdict, verdict_words


@pytest.mark.parametrize(
    ("share", "word"),
    [
        (1.0, "robust"),
        (0.9, "robust"),
        (0.8999, "sensitive"),
        (0.6, "sensitive"),
        (0.5999, "too close to call"),
    ],
)
def test_the_words_change_at_ninety_and_sixty_per_cent(share: float, word: str) -> None:
    assert verdict(share) == word


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (0.93, "robust 93%"),
        (0.899, "sensitive 89%"),
        (0.5999, "too close to call 59%"),
        (0.001, "too close to call under 1%"),
    ],
)
def test_word_and_share_never_contradict_each_other(share: float, words: str) -> None:
    assert verdict_words(share) == words
