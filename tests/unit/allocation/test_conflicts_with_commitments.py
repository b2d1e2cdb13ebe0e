"""A decision of an earlier review point that can no longer be kept is named, and why."""

from __future__ import annotations

from partnerselect.allocation.conflict import Remedy
from partnerselect.analysis import analyse
from partnerselect.errors import dotted
from partnerselect.model import Scenario
from partnerselect.rows.demands import demand_rows
from tests.oracle.plain import partner, programme, scenario
from tests.oracle.scores import Data

KEPT = {"x": {"work": "elm"}}


def conflict(data: Data) -> list[tuple[str, str]]:
    analysis = analyse(Scenario.from_data(data))
    assert analysis.allocation.state == "infeasible"
    return [(found["path"], found["words"]) for found in demand_rows(analysis)]


def test_a_commitment_is_part_of_the_conflict_not_a_mandate_that_nobody_wrote() -> None:
    """Elm has no days left; the programme is not mandatory, it is the commitment that makes it run."""
    found = conflict(
        scenario(
            {"elm": partner(70, capacity=0), "oak": partner(60)}, {"x": programme()}, committed=KEPT
        )
    )
    assert [path for path, _ in found] == ["partners.elm.capacity", "committed.x.work"]
    assert found[1][1] == "“A programme” already has work delivered by A partner"


def test_a_mandate_that_another_partner_could_meet_is_no_part_of_it() -> None:
    found = conflict(
        scenario(
            {"elm": partner(70, capacity=0), "oak": partner(60)},
            {"x": programme(mandatory=True)},
            committed=KEPT,
        )
    )
    assert [path for path, _ in found] == ["partners.elm.capacity", "committed.x.work"]


def test_of_a_committed_need_only_the_partner_it_is_committed_to_is_told_of() -> None:
    """Oak could deliver, but is not asked: no word of a phase that is over."""
    partners = {"elm": partner(70) | {"title": "Elm"}, "oak": partner(60) | {"title": "Oak"}}
    found = conflict(
        scenario(
            partners, {"x": programme()}, committed=KEPT, rules={"no": {"forbid": {"x": "elm"}}}
        )
    )
    ((_, words),) = found
    assert words.endswith("Elm: A rule forbids it here.")
    assert "Oak" not in words


def test_what_a_commitment_gives_leave_for_is_told_with_what_it_breaks() -> None:
    """Elm's gate is refused: but for the commitments it might not serve at all (A40)."""
    partners = {"elm": partner(50, "coach", "plan", gate="door", capacity=5)}
    case = scenario(
        partners,
        {"x": programme({"coach": 10, "plan": 10})},
        gates={"door": {"title": "Door", "status": "refused"}},
        committed={"x": {"coach": "elm", "plan": "elm"}},
    )
    found = analyse(Scenario.from_data(case)).conflicts
    assert [(dotted(one.loc), one.remedy, one.least) for one in found] == [
        ("partners.elm.capacity", Remedy.LEVEL, 20.0),
        ("committed.x.plan", Remedy.NONE, None),
    ]
