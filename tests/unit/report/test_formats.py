"""Papers by the suffix of their file."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files
from partnerselect.allocation import Alternative, Kind
from partnerselect.analysis import Analysis, analyse, with_and_without
from partnerselect.errors import InputError
from partnerselect.report import formats
from partnerselect.report.formats import PAPER_FORMATS, Material, suffix_of
from partnerselect.report.paper import inputs

AGENCY = Path(__file__).parents[3] / "scenarios/aid-agency.yaml"


@pytest.mark.parametrize("name", ["paper", "paper.pdf", "paper.md.exe"])
def test_an_unknown_suffix_is_told_with_those_there_are(name: str) -> None:
    with pytest.raises(InputError, match=r"ends in \.md"):
        suffix_of(name)


def test_the_suffix_may_be_in_capitals() -> None:
    assert [suffix_of(f"board.paper{suffix.upper()}") for suffix in PAPER_FORMATS] == list(
        PAPER_FORMATS
    )


def test_a_paper_asks_what_it_shows_once_for_all_its_forms(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    scenario, asked = files.load(AGENCY).scenario, list[tuple[Kind, ...]]()

    def recorded(analysis: Analysis, kinds: tuple[Kind, ...]) -> tuple[Alternative, ...]:
        asked.append(kinds)
        return with_and_without(analysis, kinds)

    monkeypatch.setattr(inputs, "with_and_without", recorded)
    material = Material(analyse(scenario.with_change("analysis.samples", 0)))
    assert material.paper is material.paper
    assert asked == [("gate", "payer")]
    assert material.full.blocks[: len(material.paper.blocks) - 1] == material.paper.blocks[:-1]
    assert asked == [("gate", "payer"), ("partner", "commitment")]


@pytest.mark.parametrize(("installed", "suffix"), [("docx", ".docx"), (None, ".html")])
def test_a_paper_is_offered_as_word_where_word_can_be_written_and_else_for_a_browser(
    installed: str | None, suffix: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda _: installed)
    assert formats.usual_suffix() == suffix
