"""The cases that the benchmarks measure are scenarios anyone could have written, and always the same ones."""

from __future__ import annotations

from pathlib import Path

from benchmarks import screens
from benchmarks.cases import dosed, many_needs, many_scores, tight, write
from partnerselect.files import load
from partnerselect.tui.charts.scenario_comparison import Matrix


def test_the_same_seed_makes_the_same_case() -> None:
    sizes = {"programmes": 4, "partners": 3, "needs": 2}
    assert many_needs(**sizes, seed=5) == many_needs(**sizes, seed=5) != many_needs(**sizes, seed=6)


def test_a_case_of_many_needs_is_valid_and_of_its_size(tmp_path: Path) -> None:
    scenario = load(
        write(many_needs(programmes=50, partners=20, needs=4, seed=1), tmp_path / "case.yaml")
    ).scenario
    assert (len(scenario.programmes), len(scenario.partners)) == (50, 20)
    assert {len(programme.needs) for programme in scenario.programmes.values()} == {4}


def test_a_case_of_many_scores_is_valid_and_of_its_size(tmp_path: Path) -> None:
    scenario = load(
        write(many_scores(partners=30, criteria=20, seed=1), tmp_path / "case.yaml")
    ).scenario
    assert {len(partner.scores) for partner in scenario.partners.values()} == {20}


def test_in_a_case_where_everything_is_short_no_limit_leaves_room_for_all(tmp_path: Path) -> None:
    scenario = load(
        write(tight(programmes=20, partners=12, needs=4, seed=1), tmp_path / "case.yaml")
    ).scenario
    wanted = sum(
        float(str(days))
        for programme in scenario.programmes.values()
        for days in programme.needs.values()
    )
    cheapest = min(partner.cost.per_day for partner in scenario.partners.values())
    assert (
        sum(float(str(partner.capacity)) for partner in scenario.partners.values()) < 1.3 * wanted
    )
    assert float(str(scenario.limits.budget)) < 2 * wanted * cheapest
    assert scenario.limits.partners is not None
    assert scenario.limits.partners.max < len(scenario.partners)
    assert tight(programmes=20, partners=12, needs=4, seed=1) == tight(
        programmes=20, partners=12, needs=4, seed=1
    )


def test_a_case_of_doses_has_two_levels_for_every_second_programme(tmp_path: Path) -> None:
    made = dosed(programmes=20, partners=12, needs=4, seed=1)
    scenario = load(write(made, tmp_path / "case.yaml")).scenario
    assert (len(scenario.as_written.programmes), len(scenario.programmes)) == (20, 30)
    assert "local" in scenario.limits.groups


def test_the_matrix_that_is_walked_has_all_that_view_7_draws() -> None:
    cells = screens.courses(0)
    text = Matrix(cells, full=False).sheet(1, 120).text
    assert "Partner 0" in text
    assert "≠" in text
