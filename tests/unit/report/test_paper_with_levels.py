"""The paper of a programme that runs at one of several levels: called by its name, counted once."""

from __future__ import annotations

from partnerselect.analysis import analyse
from partnerselect.model import Scenario
from partnerselect.report import Material, markdown
from tests.oracle.plain import PHASES
from tests.unit.advice.guidance.test_checks import sound

LEVELS = {
    "half": {"title": "Half", "worth": "60%", "needs": {"work": 10}, "reach": {"nurses": "40%"}},
    "whole": {"title": "All", "worth": "100%", "needs": {"work": 90}, "reach": {"nurses": "90%"}},
}
"""The second costs more than there is."""


def test_it_says_by_title_and_once_what_concerns_a_programme_whatever_its_levels() -> None:
    data = sound()
    wards = data["programmes"]["wards"]
    del wards["needs"], wards["internal-days"]
    data["programmes"]["wards"] = {**wards, "levels": LEVELS, "phases": ["second"]}
    data["phases"] = PHASES
    data["staff-groups"] = {
        "nurses": {"title": "Nurses", "people": 50},
        "porters": {"title": "Porters", "people": 8},
    }
    data["paper"]["risks"] = {
        "time": {"title": "Time is short", "option": "wards", "likelihood": 4, "impact": 5}
    }
    told = markdown(Material(analyse(Scenario.from_data(data))).paper)
    assert "| Wards | Time is short | 4 × 5 = 20 | — |" in told
    assert "| Staff group | People | first | second | third | By |" in told
    assert "| Nurses | 50 | 0% | 40% | 0% | Wards: Half |" in told
    assert "| Porters | 8 | 0% | 0% | 0% |  |" in told
    assert "of 1 programme every group puts the same partner first" in told
