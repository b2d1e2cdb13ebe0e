"""What people wrote in words, and what of the paper is still to be written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from partnerselect.errors import Loc
from partnerselect.model.paper import Paper
from partnerselect.model.scenario import Scenario

SENTENCE = re.compile(r"(?<=[.!?;])\s+")


@dataclass(frozen=True)
class Written:
    """A sentence and where it stands."""

    loc: Loc
    sentence: str


@dataclass(frozen=True)
class Unwritten:
    """A text that the paper needs and lacks: its place, and what is to be written."""

    loc: Loc
    what: str


def written(scenario: Scenario) -> Iterator[Written]:
    """Yield every sentence of the scenario's and the paper's own texts."""
    for loc, text in _texts(scenario):
        yield from (Written(loc, sentence) for sentence in SENTENCE.split(text.strip()) if sentence)


def _texts(scenario: Scenario) -> Iterator[tuple[Loc, str]]:
    yield ("about",), scenario.about
    paper = scenario.paper
    if paper is None:
        return
    if paper.recommendation:
        yield ("paper", "recommendation", "text"), paper.recommendation.text
    for name in ("background", "opportunities", "challenges"):
        yield ("paper", "text", name), getattr(paper.text, name)
    for kind in ("priorities", "compliance", "considered", "engagement", "implications"):
        yield from (
            (("paper", kind, name, "text"), item.text)
            for name, item in getattr(paper, kind).items()
        )
    yield from (
        (("paper", "risks", name, "mitigation"), risk.mitigation)
        for name, risk in paper.risks.items()
    )


def unwritten(scenario: Scenario) -> tuple[Unwritten, ...]:
    """Return what the paper shows as still to be written, in its order."""
    paper = scenario.paper or Paper()
    wanted = [*_front(paper), *_body(paper)]
    return tuple(Unwritten(("paper", *loc), what) for loc, what, is_there in wanted if not is_there)


def _front(paper: Paper) -> Iterator[tuple[Loc, str, bool]]:
    cover, ask = paper.cover, paper.recommendation
    yield ("cover", "body"), "the body that decides", bool(cover.body.strip())
    yield ("cover", "date"), "the date of the meeting", cover.date is not None
    yield ("cover", "item"), "the agenda item", cover.item is not None
    yield ("cover", "author"), "the author's role", bool(cover.author.strip())
    yield ("cover", "director"), "the accountable director's role", bool(cover.director.strip())
    yield (
        ("recommendation", "text"),
        "what the board is recommended to do",
        bool(ask and ask.text.strip()),
    )
    yield ("priorities",), "the strategic priorities this bears on", bool(paper.priorities)
    yield ("compliance",), "the standards this bears on", bool(paper.compliance)
    yield (
        ("considered",),
        "the areas considered, each with its implications",
        bool(paper.considered),
    )
    for name, area in paper.considered.items():
        yield (
            ("considered", name, "text"),
            f"{area.title}: the implications, or why it was not considered",
            bool(area.text.strip()),
        )


def _body(paper: Paper) -> Iterator[tuple[Loc, str, bool]]:
    for name, what in (
        ("background", "the background"),
        ("opportunities", "the opportunities"),
        ("challenges", "the challenges"),
    ):
        yield ("text", name), what, bool(getattr(paper.text, name).strip())
    yield ("risks",), "the risks of each option, and of doing nothing", bool(paper.risks)
    yield ("measures",), "how success will be measured", bool(paper.measures)
    yield ("engagement",), "who was asked, and when", bool(paper.engagement)
    for name, what in IMPLICATIONS.items():
        stated = paper.implications.get(name)
        yield (
            ("implications", name, "text"),
            f"the implications for {what}",
            bool(stated and (stated.text.strip() or stated.reference.strip())),
        )


IMPLICATIONS = {
    "aims": "the strategic aims",
    "equality": "equality, diversity and inclusion: a reason or a reference",
    "culture": "culture and people",
    "system": "the wider system",
    "legal": "legal and regulatory compliance",
}
"""The implications that a paper speaks of, beside the financial ones, which are computed."""
