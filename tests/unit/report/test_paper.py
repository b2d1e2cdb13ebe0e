"""The paper: whole whatever the scenario says, its figures those of the rows, nothing invented."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from importlib.metadata import Distribution, PackageNotFoundError
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from syrupy.assertion import SnapshotAssertion

from partnerselect import files
from partnerselect.advice import examine, findings
from partnerselect.analysis import Analysis, alternatives, analyse
from partnerselect.model.scenario import Scenario
from partnerselect.report.paper.content import (
    Block,
    Bullets,
    Figure,
    Heading,
    PaperContent,
    Paragraph,
    TickBoxes,
)
from partnerselect.report.paper.front import MOST_WORDS
from partnerselect.report.paper.inputs import APPENDICES
from partnerselect.report.render.pages import markdown
from partnerselect.report.render.plain import literal
from partnerselect.rows import (
    allocation_rows,
    approval_rows,
    check_rows,
    fixed_cost_rows,
    practice_rows,
)
from partnerselect.rows.plain import software
from partnerselect.tables import Span, Table
from partnerselect.words.wording import amount
from tests.oracle.plain import partner, programme, scenario
from tests.unit.advice.guidance.test_checks import changed, sound
from tests.unit.report.papers import full

ROOT = Path(__file__).parents[3]
Data = dict[str, Any]


def analysed(data: Data, **changes: Any) -> Analysis:
    return analyse(Scenario.from_data(changed(data, changes)))


def aid_agency(**changes: Any) -> Analysis:
    data = deepcopy(files.load(ROOT / "scenarios/aid-agency.yaml").scenario.data)
    return analysed(data | {"analysis": {"samples": 400}}, **changes)


@pytest.fixture(scope="module")
def agency() -> Analysis:
    return aid_agency()


@pytest.fixture(scope="module")
def paper(agency: Analysis) -> PaperContent:
    return full(agency)


def tables(content: PaperContent) -> Iterator[Table]:
    for block in content.blocks:
        if isinstance(block, Table):
            yield block
        elif isinstance(block, Figure) and block.table:
            yield block.table


def cells(table: Table) -> list[list[str]]:
    return [["".join(span.text for span in cell) for cell in row] for row in table.texts()]


def named(content: PaperContent, id: str) -> Table:  # noqa: A002 - a table's own word
    return next(table for table in tables(content) if table.id == id)


def spans(block: Block) -> list[Span]:
    match block:
        case Paragraph():
            return list(block.text)
        case Bullets():
            return [span for item in block.items for span in item]
        case Table():
            return [span for row in block.texts() for cell in row for span in cell]
        case Figure():
            return spans(block.table) if block.table else []
        case _:
            return []


def words(content: PaperContent) -> str:
    return "\n".join(
        "".join(span.text for span in spans(block))
        if not isinstance(block, Heading)
        else block.text
        for block in content.blocks
    )


def key_points(content: PaperContent) -> str:
    at = next(
        i
        for i, block in enumerate(content.blocks)
        if isinstance(block, Heading) and block.text == "Key points"
    )
    points = content.blocks[at + 1]
    assert isinstance(points, Bullets)
    return " ".join("".join(span.text for span in item) for item in points.items)


def test_the_sections_stand_in_the_order_of_a_board_paper(paper: PaperContent) -> None:
    opened = [
        (block.number, block.text)
        for block in paper.blocks
        if isinstance(block, Heading) and block.level == 1
    ]
    assert opened == [
        ("1", "Analysis"),
        ("2", "Risks"),
        ("3", "Assurance"),
        ("4", "Implications"),
        *((f"Appendix {n}", title) for n, title in enumerate(APPENDICES.values(), 1)),
    ]


def test_paragraphs_are_numbered_through_each_section(paper: PaperContent) -> None:
    numbers = [
        block.number for block in paper.blocks if isinstance(block, Paragraph) and block.number
    ]
    for section in ("1", "2", "3", "4", "A2", "A3", "A5", "A7"):
        own = [number for number in numbers if number.startswith(f"{section}.")]
        assert own == [f"{section}.{i + 1}" for i in range(len(own))]
    assert len(numbers) == len(set(numbers))


def test_every_paragraph_and_table_says_where_it_comes_from(paper: PaperContent) -> None:
    assert all(
        block.sources
        for block in paper.blocks
        if isinstance(block, Paragraph | Bullets | Table | Figure | TickBoxes)
    )


def test_every_row_has_a_cell_for_each_column(paper: PaperContent) -> None:
    assert all({len(row) for row in table.rows} <= {len(table.columns)} for table in tables(paper))


def test_tables_and_figures_are_told_apart(paper: PaperContent) -> None:
    ids = [table.id for table in tables(paper)]
    assert len(ids) == len(set(ids))


def test_the_key_points_say_what_it_costs_how_sure_it_is_on_what_it_hangs_and_who_is_next(
    agency: Analysis, paper: PaperContent
) -> None:
    told = key_points(paper)
    account = agency.allocation.account
    assert account is not None
    assert len(told.split()) <= MOST_WORDS
    for part in (
        f"for {amount(account.own_cost, 'CHF')} of our CHF 48,000",
        "How sure: ",
        "Nearest alternative",
        "It depends on no one else's decision.",
        "3 of 3 programmes",
    ):
        assert part in told


def test_the_sums_of_the_paper_are_those_of_the_rows(agency: Analysis, paper: PaperContent) -> None:
    lines = [*allocation_rows(agency), *fixed_cost_rows(agency)]
    finance = cells(named(paper, "finance"))
    assert finance[0][-1] == amount(sum(line["own_cost"] for line in lines), "CHF")
    assert finance[-1][-1] == amount(sum(line["cost"] for line in lines), "CHF")
    rows = approval_rows(agency)
    assert [row[1] for row in cells(named(paper, "recommendation"))][: len(rows)] == [
        " + ".join(row["partners"]) for row in rows
    ]
    assert [row[2] for row in cells(named(paper, "recommendation"))][: len(rows)] == [
        amount(row["own_cost"], "CHF") for row in rows
    ]


def test_the_appendix_carries_the_checks_and_both_checklists(
    agency: Analysis, paper: PaperContent
) -> None:
    assert [row[1] for row in cells(named(paper, "checks"))] == [
        row["words"] for row in check_rows(agency)
    ]
    assert [row[1:4] for row in cells(named(paper, "practice"))] == [
        [row["item"], row["title"], row["state"]] for row in practice_rows(agency)
    ]


def test_what_nobody_wrote_is_to_be_written_and_told_by_the_checks(
    agency: Analysis, paper: PaperContent
) -> None:
    missing = [span.text for block in paper.blocks for span in spans(block) if span.missing]
    missing += [span.text for _, text in paper.cover.lines for span in text if span.missing]
    told = " ".join(finding.words for finding in findings(examine(agency.scenario)))
    assert "the background" in missing
    assert [text for text in missing if text not in told] == []


def test_nothing_is_to_be_written_where_all_is_written() -> None:
    content = full(analysed(sound()))
    assert [span.text for block in content.blocks for span in spans(block) if span.missing] == []


def test_each_partner_not_chosen_gets_a_summary_fit_to_send(
    agency: Analysis, paper: PaperContent
) -> None:
    chosen = {name for row in approval_rows(agency) for name in row["partners"]}
    others = [
        partner.title
        for partner in agency.scenario.partners.values()
        if partner.title not in chosen
    ]
    at = next(
        i
        for i, block in enumerate(paper.blocks)
        if isinstance(block, Heading) and block.text.startswith("Assessment summaries")
    )
    summaries = [
        block.text for block in paper.blocks[at:] if isinstance(block, Heading) and block.level == 2
    ]
    assert summaries == others != []


STATES: dict[str, Data] = {
    "no draws": {"analysis": {"samples": 0}},
    "no groups": {"stakeholders": None},
    "no paper": {"paper": None},
    "nothing can be chosen": {"programmes.wards.mandatory": True, "limits.budget": 0},
    "nothing is worth running": {"programmes.wards.baseline": 100},
    "nobody is eligible": {"partners.ash.excluded": "Out", "partners.elm.excluded": "Out"},
    "one partner": {"partners.elm": None},
    "no prices": {"partners.ash.cost": None, "partners.elm.cost": None},
    "a gate refused": {"gates.invited.status": "refused"},
    "least cost": {"aim": {"least-cost": {"value-at-least": 20}}},
}


@pytest.mark.parametrize("state", STATES)
def test_a_paper_is_whole_whatever_the_scenario_says(state: str) -> None:
    content = full(analysed(sound(), **STATES[state]))
    told = key_points(content)
    assert len(
        [block for block in content.blocks if isinstance(block, Heading) and block.level == 1]
    ) == 4 + len(APPENDICES)
    assert told
    assert len(told.split()) <= MOST_WORDS
    assert re.findall(r".{0,40}(?:\bNone\b|\bnan\b|\binf\b|\.\.|  ).{0,20}", words(content)) == []


def test_where_there_is_no_answer_the_paper_says_so_and_names_the_conflict() -> None:
    content = full(analysed(sound(), **STATES["nothing can be chosen"]))
    assert key_points(content).startswith(
        "No recommendation: no choice of partners meets every demand."
    )
    assert "table: conflict" in {
        source
        for block in content.blocks
        if isinstance(block, Paragraph)
        for source in block.sources
    }


def test_without_trials_the_key_points_say_that_how_sure_it_is_was_not_worked_out() -> None:
    told = key_points(full(aid_agency(**{"analysis.samples": 0})))
    assert "How sure: This was not worked out: there were no trials." in told


def test_a_paper_never_carries_the_cover_of_an_earlier_meeting() -> None:
    inherited = dict(full(analysed(sound(), **{"as-at": "2021-08-01"})).cover.lines)
    assert [inherited[label][0].missing for label in ("Date", "Agenda item")] == [True, True]
    own = dict(full(analysed(sound())).cover.lines)
    assert not any(span.missing for text in own.values() for span in text)


def test_a_paper_of_figures_that_were_found_bears_no_mark() -> None:
    assert full(analysed(sound())).mark == ""
    assert full(analysed(sound(), illustrative=True)).mark.startswith("Illustrative")


def test_the_same_scenario_gives_the_same_paper() -> None:
    assert full(analysed(sound())) == full(analysed(sound()))


@pytest.mark.parametrize(
    "name",
    ["<b>*A* _b_ | # [x](y) & `c`</b>", "=HYPERLINK(1)", "שלום עולם", "long " + "x" * 10_000],
)
def test_names_come_out_as_they_were_typed(name: str) -> None:
    content = full(
        analysed(
            sound(),
            **{
                "partners.elm.title": name,
                "programmes.wards.title": name,
                "criteria.criteria.value.title": name,
            },
        )
    )
    tokens = MarkdownIt("commonmark").enable(["table", "strikethrough"]).parse(markdown(content))
    inline = [child for token in tokens for child in token.children or []]
    assert {token.type for token in [*tokens, *inline]}.isdisjoint(
        {"html_inline", "html_block", "link_open", "image", "code_inline"}
    )
    assert "".join(child.content for child in inline).count(name) > 10
    assert len(key_points(content).split()) <= MOST_WORDS


def test_the_shipped_paper_lacks_nothing(shipped: PaperContent) -> None:
    assert not [span.text for block in shipped.blocks for span in spans(block) if span.missing]
    assert not any(span.missing for _, text in shipped.cover.lines for span in text)


def test_the_shipped_paper_has_figures_of_every_kind(shipped: PaperContent) -> None:
    assert {block.kind for block in shipped.blocks if isinstance(block, Figure)} == {
        "contributions",
        "frontier",
        "acceptability",
        "sensitivity",
    }


def test_the_key_points_of_the_shipped_paper_fit_and_name_the_condition(
    shipped: PaperContent,
) -> None:
    told = key_points(shipped)
    assert len(told.split()) <= MOST_WORDS
    assert (
        "Condition: If the national intensive-support team judges support appropriate; if not, 5"
        " programmes go ahead, 18.1 points less" in told
    )
    assert "for £73,640 of our £84,000; NHS England and Improvement pays £51,000" in told
    assert "Deferred: Improvement inside the large transformation projects." in told


def test_the_key_points_say_how_many_plans_are_almost_as_good_and_on_how_much_they_agree(
    shipped_analysis: Analysis, shipped: PaperContent
) -> None:
    found = alternatives(shipped_analysis)
    assert found.complete
    teams = [
        {
            name: frozenset(
                (one.component, one.partner) for one in plan.choose if one.programme == name
            )
            for name in shipped_analysis.scenario.programmes
        }
        for plan in found.plans
    ]
    partners = {
        name: {frozenset(partner for _, partner in team[name]) for team in teams}
        for name in shipped_analysis.scenario.programmes
    }
    alike = sum(len(seen) == 1 for seen in partners.values())
    assert (
        f"Alternatives: {len(teams) - 1} other plans within 1"
        f" point; all agree on {alike} of {len(partners)} programmes."
    ) in key_points(shipped)


def test_without_trials_the_key_points_still_say_what_is_almost_as_good() -> None:
    told = key_points(full(aid_agency(**{"analysis.samples": 0})))
    assert "Alternatives: No other plan is within 1 point." in told


def test_no_partner_takes_more_places_than_there_are_draws(shipped: PaperContent) -> None:
    maps = [
        block
        for block in shipped.blocks
        if isinstance(block, Figure) and block.kind == "acceptability"
    ]
    gated = [row for block in maps for row in block.data if row["unavailable"]]
    assert gated
    assert [
        sum(row["ranks"]) + (row["unavailable"] or 0) for block in maps for row in block.data
    ] == pytest.approx([1.0] * sum(len(m.data) for m in maps))
    assert all(
        "decisions of others" in block.title
        for block in maps
        if block.data[0]["unavailable"] is not None
    )


def test_what_moves_the_least_sure_choice_is_drawn_for_few_weights_and_told_for_all(
    shipped: PaperContent,
) -> None:
    (drawn,) = (
        block
        for block in shipped.blocks
        if isinstance(block, Figure) and block.kind == "sensitivity"
    )
    criteria = {row["criterion"] for row in drawn.data}
    assert drawn.table
    assert 1 <= len(criteria) <= 3 < len(drawn.table.rows)
    assert f"for the {len(criteria)} weights with least room" in drawn.title


def test_a_programme_without_an_alternative_is_not_called_the_least_sure() -> None:
    """Nothing was weighed there, as little as where the same is chosen in every trial."""
    scale = {"weight": 1, "scale": {"worst": 0, "best": 100}}
    leaves = {name: {"title": name.title(), **scale} for name in ("worth", "care")}
    criteria = {"title": "All", "criteria": leaves}
    programmes = {
        "x": programme({"teach": 10}, mandatory=True) | {"title": "The only one"},
        "y": programme(mandatory=True) | {"title": "One of two"},
    }

    def drawn(*others: Data) -> list[str]:
        partners = {"ash": partner(80, "work", "teach")}
        partners |= {f"p{n}": partner(70) | {"scores": one} for n, one in enumerate(others)}
        partners["ash"]["scores"] = {"worth": 80, "care": 50}
        case = scenario(partners, programmes, criteria=criteria, analysis={"samples": 200})
        found = full(analyse(Scenario.from_data(case))).blocks
        return [one.title for one in found if isinstance(one, Figure) and one.kind == "sensitivity"]

    near, far = ({"worth": 50, "care": care} for care in (80, 60))
    assert drawn(near)[0].startswith("One of two, the least sure:")
    assert drawn(far)[0].startswith("One of two: between")
    assert not drawn()


def test_no_summary_tells_a_partner_what_another_scores_or_charges(shipped: PaperContent) -> None:
    at = next(
        i
        for i, block in enumerate(shipped.blocks)
        if isinstance(block, Heading) and block.text.startswith("Assessment summaries")
    )
    end = next(
        i
        for i, block in enumerate(shipped.blocks)
        if isinstance(block, Heading) and block.text == "Good practice"
    )
    partner = ""
    for block in shipped.blocks[at + 1 : end]:
        if isinstance(block, Heading):
            partner = block.text
        elif isinstance(block, Bullets):
            told = " ".join("".join(span.text for span in item) for item in block.items)
            assert all(who == partner for who in re.findall(r"If (.+?) (?:scored|charged) ", told))
            assert (
                "£" not in told.replace(partner, "") or f"{partner} charged" in told or "(£" in told
            )


def summaries(content: PaperContent) -> dict[str, str]:
    """Return what is told each partner not chosen, by its title."""
    at = next(
        i
        for i, block in enumerate(content.blocks)
        if isinstance(block, Heading) and block.text.startswith("Assessment summaries")
    )
    end = next(
        i
        for i, block in enumerate(content.blocks)
        if isinstance(block, Heading) and block.text == "Good practice"
    )
    found: dict[str, str] = {}
    partner = ""
    for block in content.blocks[at + 1 : end]:
        partner = block.text if isinstance(block, Heading) else partner
        if partner and isinstance(block, Bullets | Paragraph):
            found[partner] = (
                f"{found.get(partner, '')} {''.join(span.text for span in spans(block))}"
            )
    return found


def test_every_summary_says_what_decided_what_comes_next_and_if_it_was_behind_what_turns_the_order(
    shipped: PaperContent,
) -> None:
    told = summaries(shipped)
    weighed = {name: text for name, text in told.items() if f"{name} was weighed for" in text}
    assert len(weighed) == len(told) - 1 > 4
    parts = ("What decided: ", "What comes next: ")
    assert [
        (name, part) for name, text in weighed.items() for part in parts if part not in text
    ] == []
    behind = {name for name, text in weighed.items() if "not behind on value" not in text}
    turned = {
        name for name, text in weighed.items() if "What would have changed the order: " in text
    }
    assert behind == turned != weighed.keys()
    assert "it would qualify if that were shown" in told["Management consultancy (type)"]


def test_the_summary_of_a_partner_that_is_ahead_on_value_says_by_how_much_and_why_another_was_chosen(
    shipped: PaperContent,
) -> None:
    told = summaries(shipped)["Institute for Healthcare Improvement"]
    assert (
        "It was not behind on value: it is 0.3 points ahead of NHS England and Improvement,"
        " capability-building team there." in told
    )
    assert (
        "Partners are chosen for all programmes together, to be worth most within limits and rules:"
        " with it the whole would be worth less." in told
    )


def test_the_paper_of_a_small_scenario_reads_like_this(
    paper: PaperContent, snapshot: SnapshotAssertion
) -> None:
    written = markdown(paper).replace(literal(paper.footer), "(what reproduces it)")
    assert "partnerselect 0" not in written
    assert written == snapshot


def test_a_checkout_that_is_not_installed_writes_the_paper_all_the_same(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    known = Distribution.from_name

    def not_installed(name: str) -> Distribution:
        if name == "partnerselect":
            raise PackageNotFoundError(name)
        return known(name)

    monkeypatch.setattr(Distribution, "from_name", not_installed)
    software.cache_clear()
    footer = full(aid_agency(**{"analysis.samples": 0})).footer
    software.cache_clear()
    assert "partnerselect (not installed), HiGHS" in footer
