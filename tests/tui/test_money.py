"""View 5: what another pound buys can be read, walked along, and is what `frontier` prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from partnerselect import files, rows
from partnerselect.analysis import Analysis, analyse, spending
from partnerselect.rows.frontier import frontier_rows, more_money_sentence
from partnerselect.tui.charts.money import HERE, TODAY, Names, frontier_chart, steps
from partnerselect.tui.screens.money import MORE, MoneyView
from partnerselect.tui.widgets.sheet_view import SheetView
from partnerselect.words.wording import amount, difference, points
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words


def analysed(folder: Path, name: str, **changes: object) -> Analysis:
    return analyse(
        files.load(folder / f"{name}.yaml").scenario.with_changes(
            {path.replace("__", "."): value for path, value in changes.items()}
        )
    )


async def test_every_step_of_the_frontier_is_on_the_screen_as_the_command_line_prints_it(
    opening: Opening, folder: Path
) -> None:
    analysis = analysed(folder, "aid-agency")
    found = frontier_rows(spending(analysis))
    app = opening("aid-agency")
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("5")
        await until(
            pilot,
            lambda: (
                isinstance(app.screen, MoneyView)
                and len(app.screen.query_one("#steps", SheetView).sheet.items) > len(found)
            ),
        )
        sheet = app.screen.query_one("#steps", SheetView).sheet
        for item, row in zip(sheet.items, found, strict=False):
            told = item.lines[0].plain
            assert amount(row["own_cost"], "CHF") in told
            assert f"{row['value']:.1f}" in told
            assert told.lstrip().startswith(TODAY) == row["today"]
            text = " ".join(" ".join(line.plain for line in item.lines).split())
            for entry in row["enters"]:
                assert analysis.scenario.partners[entry["partner"]].title in text
        assert f"{TODAY}" in words(app)
        assert "Compared with the previous step" in words(app)
        await pilot.press("up")
        await until(pilot, lambda: HERE in words(app))
        for line in rows.payer_rows(analysis):
            assert amount(line["total"], "CHF") in sheet.text


def test_what_is_paid_adds_up_to_the_whole(folder: Path) -> None:
    analysis = analysed(folder, "shsc-2021")
    account, paid = analysis.allocation.account, rows.payer_rows(analysis)
    assert account is not None
    assert sum(row["total"] for row in paid) == pytest.approx(float(account.cost))
    assert paid[0]["total"] == pytest.approx(float(account.own_cost))
    assert all(sum(row["by_phase"].values()) == pytest.approx(row["total"]) for row in paid)


def test_more_money_is_said_to_buy_what_a_larger_budget_buys(folder: Path) -> None:
    tight = analysed(folder, "aid-agency", limits__budget=60000)
    richer = analysed(folder, "aid-agency", limits__budget=60000 + MORE)
    now, then = tight.allocation.account, richer.allocation.account
    assert now is not None
    assert then is not None
    gained = difference(then.value, now.value)
    told = more_money_sentence(tight, spending(tight), MORE)
    assert (
        (f"would add {points(gained)}" in told) if gained > 0.05 else ("would add nothing" in told)
    )


LINE = [
    {"own_cost": cost, "value": value, "today": n == 2, "efficient": True}
    for n, (cost, value) in enumerate([(0, 20), (100, 40), (5000, 41), (9000, 80), (50000, 81)])
]


@pytest.mark.parametrize("here", range(5))
@pytest.mark.parametrize(("width", "height"), [(30, 6), (76, 9), (116, 15)])
def test_the_points_spoken_of_stand_out_and_are_named(here: int, width: int, height: int) -> None:
    lines = frontier_chart(LINE, here, "GBP", width, height)
    assert {line.cell_length for line in lines} <= set(range(width + 1))
    text = "\n".join(line.plain for line in lines)
    assert "recommended £5,000" in text
    assert text.count(TODAY) == len(("in words", "in the chart"))
    if here != 2:
        assert f"{amount(LINE[here]['own_cost'], 'GBP')}: {LINE[here]['value']:.1f}" in text
        assert text.count(HERE) == len(("in the chart", "in words"))


async def test_what_money_may_come_to_stands_on_the_first_view_and_below_who_pays(
    opening: Opening,
) -> None:
    app = opening("tender")
    async with app.run_test(size=(120, 60)) as pilot:
        await settled(pilot)
        assert app.view_model is not None
        (told,) = rows.amount_sentences(app.view_model.analysis)
        assert told in words(app)
        await pilot.press("5")
        await until(pilot, lambda: told in words(app))
        assert "Not passed in 80% of trials: about £" in words(app)


def test_two_best_value_plans_that_show_the_same_value_are_said_to_differ() -> None:
    """Else a reader would take the dearer one for a mistake: 48.0 for £23,900 and for £24,200."""
    curve = [
        _choice(100, 40.0),
        _choice(200, 47.99),
        _choice(300, 48.01),
        _choice(350, 48.01, efficient=False),
    ]
    assert rows.same_value_words(curve[:2], "GBP") == ""
    assert rows.same_value_words(curve, "GBP") == (
        "Where two show the same value, £300 buys 0.02 points more than £200."
    )
    many = [_choice(n, 48 + n / 1000) for n in range(6)]
    assert rows.same_value_words(many, "GBP").startswith("5 plans are worth a little more")
    _, items = steps(curve, Names({}, {}, "GBP"), 80)
    assert [item.lines[0].plain.split()[2] for item in items[1:]] == ["+8.0", "+0.02", "0.0"]


def _choice(cost: float, value: float, *, efficient: bool = True) -> rows.Row:
    moved = dict.fromkeys(("enters", "leaves"), ())
    return {
        "own_cost": cost,
        "value": value,
        "today": False,
        "efficient": efficient,
        **moved,
    }
