"""What stands behind a key when nothing does: an error, or a null that deletes (row A3)."""

from __future__ import annotations

import pytest

from partnerselect import files
from partnerselect.errors import InputError
from partnerselect.files.loading import load_criteria
from tests.unit.files.cases import SCENARIO, VARIANT, Workspace, labels_of, problems_of

BASE = "scenarios/base.yaml"
VARIED = "scenarios/variant.yaml"
LIMITED = SCENARIO + "limits: {budget: 5000}\n"
SPACE = 'a space is missing after the colon: write "{}"'


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("limits: {budget:100}", "3:10", SPACE.format("budget: 100")),
        ("limits: {budget:\u00a0100}", "3:10", "character 8 is a no-break space (U+00A0)"),
        ("limits: {budget:\u00a0100}", "3:10", SPACE.format("budget: 100")),
        ("gates: {x: {title: X, status:refused}}", "3:23", SPACE.format("status: refused")),
        ("partners: {firm: {excluded:Reason}}", "3:19", SPACE.format("excluded: Reason")),
        ("limts:", "3:1", 'unknown key; did you mean "limits"?'),
        ("limits: {bugdet: null}", "3:10", 'unknown key; did you mean "budget"?'),
        ("limits: {bugdet: ~}", "3:10", 'unknown key; did you mean "budget"?'),
        ("partners: {firm: {cost: {perday: null}}}", "3:26", 'did you mean "per-day"?'),
        ("criteria: {criteria: {value: {scale: {wurst: null}}}}", "3:39", 'mean "worst"?'),
        ("limits:\n  # budget: 100", "3:1", "nothing is written behind this key"),
        ("partners: {firm: {cost: }}", "3:19", "write a value, or null to delete it"),
        ("partners:\n  firm:\n", "4:3", "write a value, or null to delete it"),
        ("scores:", "3:1", "write a value, or null to delete it"),
        ("limits:\n  budget:100", "4:3", SPACE.format("budget: 100")),
        ("limits:\n  budget:100\n  methods: 2", "5:10", SPACE.format("budget: 100")),
    ],
)
def test_what_is_not_written_never_deletes_in_silence(
    workspace: Workspace, text: str, label: str, words: str
) -> None:
    problems = problems_of(workspace({VARIED: f"{VARIANT}{text}\n", BASE: LIMITED}))
    assert labels_of(problems) == [f"{VARIED}:{label}"]
    assert words in problems[0].message


def test_a_key_with_nothing_behind_it_hides_no_fault_of_another(workspace: Workspace) -> None:
    text = "criteria:\npartners: {firm: {cost: {once: -1}}}\n"
    problems = problems_of(workspace({VARIED: VARIANT + text}))
    assert labels_of(problems) == [f"{VARIED}:3:1", f"{VARIED}:4:32"]


@pytest.mark.parametrize("null", ["null", "~", "Null", "NULL"])
def test_a_written_null_deletes(workspace: Workspace, null: str) -> None:
    path = workspace({VARIED: f"{VARIANT}limits: {{budget: {null}}}\n", BASE: LIMITED})
    loaded = files.load(path)
    assert loaded.scenario.limits.budget is None
    assert not loaded.warnings


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("partners: {frim: null}", "3:12", 'there is no "frim"; did you mean "firm"?'),
        ("partners: {firm: {scores: {valeu: null}}}", "3:28", 'did you mean "value"?'),
        ("rules: {pair: null}", "3:9", 'null deletes nothing here: there is no "pair"'),
        ("criteria: {criteria: {valeu: null}}", "3:23", 'did you mean "value"?'),
    ],
)
def test_a_null_for_an_id_that_is_not_there_is_a_warning(
    workspace: Workspace, text: str, label: str, words: str
) -> None:
    (warning,) = files.load(workspace({VARIED: f"{VARIANT}{text}\n"})).warnings
    assert labels_of([warning]) == [f"{VARIED}:{label}"]
    assert words in warning.message


def test_a_key_of_the_format_may_be_deleted_though_it_is_not_there(workspace: Workspace) -> None:
    text = "criteria: {criteria: {value: {at-least: null, scale: {unit: null}}}}\n"
    assert not files.load(workspace({VARIED: VARIANT + text})).warnings


def test_a_criteria_set_that_extends_another_is_checked_alike(workspace: Workspace) -> None:
    own = "extends: set.yaml\ncriteria: {value: {wieght: null}, handover: null}\n"
    path = workspace({"criteria/own.yaml": own})
    (problem,) = problems_of_set(path)
    assert problem == ("criteria/own.yaml:2:20", 'unknown key; did you mean "weight"?')
    warned = workspace({"criteria/own.yaml": own.replace("{wieght: null}", "{weight: 3}")})
    (warning,) = load_criteria(warned).warnings
    assert "known: value, sustainability" in warning.message


def problems_of_set(path: object) -> list[tuple[str, str]]:
    with pytest.raises(InputError) as caught:
        load_criteria(str(path))
    problems = caught.value.problems
    return [(problem.place.label, problem.message) for problem in problems if problem.place]


def test_the_list_of_criteria_that_a_set_lacks_is_named_and_not_the_set(
    workspace: Workspace,
) -> None:
    text = SCENARIO.replace("../criteria/set.yaml", "{title: What matters}")
    problems = problems_of(workspace({VARIED: VARIANT, BASE: text}))
    assert [one.path for one in problems][:1] == ["criteria.criteria"]
