"""Characters that look like others, and words that look like numbers (row A23)."""

from __future__ import annotations

import pytest

from tests.unit.files.cases import SCENARIO, VARIANT, Workspace, labels_of, problems_of

BASE = "scenarios/base.yaml"
VARIED = "scenarios/variant.yaml"


@pytest.mark.parametrize(
    ("text", "label", "words"),
    [
        ("limits: {budget\uff1a100}", "3:10", "character 7 is a fullwidth colon (U+FF1A): type :"),
        (
            "limits:\n  budget\uff1a 3\n  methods: 1",
            "5:10",
            "line 4, character 9 is a fullwidth colon",
        ),
        ("limits: {budget:\u3000100}", "3:10", "character 8 is an ideographic space (U+3000)"),
        ("partners: {fi\u200brm: null}", "3:12", "character 3 is a zero width space (U+200B)"),
        ("\u200blimits: {budget: 3}", "3:1", "character 1 is a zero width space (U+200B): delete"),
        ("partners: {firm: {gate: gr\u00adant}}", "3:25", "character 3 is a soft hyphen (U+00AD)"),
        ("rules: {a: {apart: [firm, pe\u00a0er]}}", "3:27", "type an ordinary space"),
        ("limits: {budget: 100\u00a0}", "3:18", "take the quotes away: write 100"),
        ("limits: {budget: 1\u202f000}", "3:18", "a narrow no-break space (U+202F): type"),
        ("limits: {budget: 1\u202f000}", "3:18", "and write 1000"),
        ("limits: {budget: “100”}", "3:18", "a left double quotation mark (U+201C)"),
        ("title: “A: b”", "3:10", "line 3, character 8 is a left double quotation mark"),
        ("partners: {firm: {scores: {value: \u22125}}}", "3:35", "write a number from 0 to 10"),
        ("partners: {firm: {scores: {value: \uff17}}}", "3:35", "type 7, and write 7"),
        ("limits: {\u0441ost: 3}", "3:10", "cyrillic small letter es (U+0441): type a plain"),
        ("analysis: {gap: 5\uff05}", "3:17", "fullwidth percent sign (U+FF05): type %"),
        ('limits: {budget: "5000"}', "3:18", "take the quotes away: write 5000"),
        ("limits: {budget: £5000}", "3:18", "write the number alone"),
        ("limits: {budget: 5 000}", "3:18", "; write 5000"),
        ("limits: {budget: 5,000}", "3:20", "write 16000 for 16,000"),
        ("partners: {firm: {scores: {value: 7,5}}}", "3:37", "7.5 for 7,5"),
        ("partners: {firm: {scores: {value: '7,5'}}}", "3:35", "write 7.5, with a decimal point"),
        ("criteria: {criteria: {value: {weight: 80%}}}", "3:39", "write 80, without the percent"),
        ("programmes: {culture: {needs: [coaching]}}", "3:31", "such as {coaching: …}"),
        ("partners: {firm: {offers: coaching}}", "3:27", "; write [coaching]"),
        ("partners: {firm: {offers: {coaching: 3}}}", "3:27", "; write [coaching]"),
        ("title: 2024", "3:8", 'put it in quotes: "2024"'),
        ("limits:\n\tbudget: 3", "4:1", "a tab cannot indent YAML; use spaces"),
    ],
)
def test_what_was_mistyped_is_named_with_what_to_type(
    workspace: Workspace, text: str, label: str, words: str
) -> None:
    variant = VARIANT.replace("title: A variant\n", "#\n")
    problems = problems_of(workspace({VARIED: f"{variant}{text}\n"}))
    assert labels_of(problems) == [f"{VARIED}:{label}"]
    assert words in problems[0].message


def test_what_is_no_slip_is_left_alone(workspace: Workspace) -> None:
    text = SCENARIO.replace(
        "Peer trust", "“Peer” – the trust\u00a0of’s 50\uff05 £5,000: no"
    ).replace("title: “", 'title: "“')
    quoted = text.replace(": no", ': no"')
    assert problems_of(workspace({BASE: quoted + "limits: {budgt: 3}\n"}))[0].message == (
        'unknown key; did you mean "budget"?'
    )


def test_a_scenario_without_format_is_reported_the_line_to_write(workspace: Workspace) -> None:
    (problem,) = problems_of(workspace({BASE: SCENARIO.replace("format: 1\n", "")}))
    assert str(problem).startswith(f'{BASE}:1:1 format: is missing; write "format: 1"')


def test_a_number_in_a_message_keeps_every_digit(workspace: Workspace) -> None:
    text = "partners: {firm: {scores: {value: 1234567.25}}}\n"
    (problem,) = problems_of(workspace({VARIED: VARIANT + text}))
    assert "found 1234567.25" in problem.message


@pytest.mark.parametrize(
    ("right", "misspelt"),
    [("programmes:", "programs:"), ("{value: 7", "{valeu: 7"), ("    needs:", "    neeeds:")],
)
def test_a_misspelt_key_is_not_said_to_be_missing_too(
    right: str, misspelt: str, workspace: Workspace
) -> None:
    (problem,) = problems_of(
        workspace({"scenarios/base.yaml": SCENARIO.replace(right, misspelt, 1)})
    )
    assert "did you mean" in problem.message
