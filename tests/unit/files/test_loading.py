from __future__ import annotations

import json
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings, strategies as st

from partnerselect import files
from partnerselect.errors import InputError, Problem
from tests.unit.files.cases import (
    CRITERIA,
    SCENARIO,
    VARIANT,
    Workspace,
    faults,
    labels_of,
    problems_of,
)

BASE = "scenarios/base.yaml"


def test_a_scenario_is_loaded_with_the_criteria_it_names(workspace: Workspace) -> None:
    loaded = files.load(workspace())
    assert loaded.scenario.id == "base"
    assert list(loaded.scenario.criteria.leaves) == ["value", "sustainability.handover"]
    assert [source.name for source in loaded.sources] == ["base.yaml", "set.yaml"]


def test_a_criteria_set_given_for_a_scenario_is_called_so(workspace: Workspace) -> None:
    (problem,) = problems_of(workspace({"criteria/set.yaml": CRITERIA}))
    assert labels_of([problem]) == ["criteria/set.yaml"]
    assert problem.message.startswith("is a criteria set; name a scenario")
    begun = SCENARIO.partition("partners:")[0].replace("format: 1\n", "")
    (*_, last) = problems_of(workspace({BASE: begun}))
    assert "is missing" in last.message


def test_the_same_content_has_the_same_hash_however_it_is_spread_over_files(
    workspace: Workspace,
) -> None:
    inline = yaml.safe_load(SCENARIO) | {"criteria": yaml.safe_load(CRITERIA)}
    whole = files.load(workspace({"scenarios/whole.json": json.dumps(inline)}))
    by_mapping = files.load(
        workspace(
            {
                "scenarios/other.yaml": SCENARIO.replace(
                    "criteria: ../criteria/set.yaml", "criteria: {extends: ../criteria/set.yaml}"
                )
            }
        )
    )
    assert (
        files.load(workspace()).scenario.sha256
        == whole.scenario.sha256
        == by_mapping.scenario.sha256
    )


def test_a_variant_overrides_by_key_and_null_deletes(workspace: Workspace) -> None:
    text = (
        VARIANT
        + "partners:\n  firm: {cost: {once: 5}, gate: null}\n  peer: null\ncriteria: {criteria:"
        " {value: {weight: 30}}}\n"
    )
    scenario = files.load(workspace({"scenarios/variant.yaml": text})).scenario
    assert scenario.title == "A variant"
    assert list(scenario.partners) == ["firm"]
    assert (scenario.partners["firm"].cost.once, scenario.partners["firm"].cost.per_day) == (5, 900)
    assert scenario.criteria.criteria["value"].weight == 30


def test_variants_of_variants_and_of_criteria_resolve_in_order(workspace: Workspace) -> None:
    scenario = files.load(
        workspace(
            {
                "scenarios/third.yaml": (
                    "extends: second.yaml\ncriteria: {extends: ../criteria/own.yaml, criteria:"
                    " {value: {title: Worth}}}\n"
                ),
                "scenarios/second.yaml": VARIANT + "programmes: {culture: {importance: 3}}\n",
                "criteria/own.yaml": (
                    "extends: set.yaml\ncriteria: {value: {weight: 9, title: hidden}}\n"
                ),
            }
        )
    ).scenario
    assert (scenario.title, scenario.programmes["culture"].importance) == ("A variant", 3)
    assert (
        scenario.criteria.criteria["value"].title,
        scenario.criteria.criteria["value"].weight,
    ) == ("Worth", 9)


def test_naming_another_criteria_set_replaces_the_extended_one(workspace: Workspace) -> None:
    other = (
        "title: Other\ncriteria: {value: {title: Value, weight: 1, scale: {worst: 0, best: 10}}}\n"
    )
    text = (
        VARIANT
        + "criteria: ../criteria/other.yaml\npartners: {peer: {scores: {sustainability.handover:"
        " null}}, firm: {scores: {sustainability.handover: null}}}\n"
    )
    scenario = files.load(
        workspace({"scenarios/variant.yaml": text, "criteria/other.yaml": other})
    ).scenario
    assert list(scenario.criteria.leaves) == ["value"]


def test_an_error_lies_in_the_file_that_wrote_the_value(workspace: Workspace) -> None:
    problems = problems_of(
        workspace(
            {
                "scenarios/variant.yaml": VARIANT
                + "partners: {firm: {cost: {once: -1}}}\nlimts: {}\n",
                BASE: SCENARIO.replace("per-day: 900", "per-day: -900"),
                "criteria/set.yaml": CRITERIA.replace("weight: 60", "weight: -60"),
            }
        )
    )
    assert labels_of(problems) == [
        "criteria/set.yaml:5:13",
        "scenarios/base.yaml:12:21",
        "scenarios/variant.yaml:3:32",
        "scenarios/variant.yaml:4:1",
    ]
    assert 'did you mean "limits"?' in problems[-1].message


def test_a_missing_key_is_shown_at_what_lacks_it(workspace: Workspace) -> None:
    (problem,) = problems_of(workspace({BASE: SCENARIO.replace("title: Peer trust, ", "")}))
    assert labels_of([problem]) == ["scenarios/base.yaml:5:9"]
    assert problem.path == "partners.peer.title"


def test_an_error_reads_as_place_path_message_source_line_and_caret(workspace: Workspace) -> None:
    (problem,) = problems_of(workspace({BASE: SCENARIO.replace("per-day: 900", "per-day: -4")}))
    assert str(problem).splitlines() == [
        "scenarios/base.yaml:12:21 partners.firm.cost.per-day: must be 0 or more (found -4)",
        "    11 |     offers: [coaching]",
        "    12 |     cost: {per-day: -4}",
        "       |                     ^^",
    ]


def test_a_value_put_together_from_two_files_names_both(workspace: Workspace) -> None:
    text = VARIANT + "criteria: {criteria: {value: {scale: {levels: {low: 0, high: 100}}}}}\n"
    messages = " ".join(
        str(problem) for problem in problems_of(workspace({"scenarios/variant.yaml": text}))
    )
    assert "levels" in messages
    assert "worst" in messages
    assert "criteria/set.yaml:6" in messages


def test_every_problem_of_every_file_is_reported_at_once(workspace: Workspace) -> None:
    problems = problems_of(
        workspace(
            {
                BASE: SCENARIO + "title: Again\nlimits: {budget: .inf}\nphases: {soon: tomorrow}\n",
                "criteria/set.yaml": CRITERIA + "title: Again\n",
            }
        )
    )
    assert labels_of(problems) == [
        "criteria/set.yaml:12:1",
        "scenarios/base.yaml:20:1",
        "scenarios/base.yaml:21:18",
        "scenarios/base.yaml:22:16",
    ]


def test_what_follows_from_an_unreadable_file_is_not_reported(workspace: Workspace) -> None:
    problems = problems_of(
        workspace(
            {
                BASE: SCENARIO.replace("per-day: 900", "per-day: -900"),
                "criteria/set.yaml": "title: [open",
            }
        )
    )
    assert labels_of(problems) == ["criteria/set.yaml:1:8", "scenarios/base.yaml:12:21"]


def test_a_file_that_is_not_there_is_not_taken_for_another_whose_name_only_ends_alike(
    workspace: Workspace,
) -> None:
    (problem,) = problems_of(workspace({BASE: "extends: nowhere.yaml\n"}))
    assert problem.message == 'there is no file "nowhere.yaml"'


def test_a_key_without_a_value_is_refused_where_nothing_is_extended(workspace: Workspace) -> None:
    (problem,) = problems_of(workspace({BASE: SCENARIO + "limits:\n"}))
    assert labels_of([problem]) == ["scenarios/base.yaml:20:1"]
    assert "leave the key out" in problem.message


@pytest.mark.parametrize("value", ["", " null"])
def test_a_key_that_must_be_there_is_not_advised_away(value: str, workspace: Workspace) -> None:
    text = SCENARIO.replace("title: Culture", f"title:{value}")
    (problem,) = problems_of(workspace({BASE: text}))
    assert problem.message.endswith("; write a value")


def test_a_partner_without_a_price_is_told_of_until_it_says_that_it_is_free(
    workspace: Workspace,
) -> None:
    silent = SCENARIO.replace("    cost: {per-day: 900}\n", "")
    (warning,) = files.load(workspace({BASE: silent})).warnings
    assert warning.loc == ("partners", "firm", "cost", "per-day")
    assert (
        warning.message == "no price: A firm counts as free; write a price, or 0 where that is so"
    )
    for said in ("cost: {per-day: 0}", "cost: {once: 0}", "excluded: Out"):
        free = SCENARIO.replace("cost: {per-day: 900}", said)
        assert files.load(workspace({BASE: free})).warnings == ()


@pytest.mark.parametrize(
    ("others", "label", "words"),
    [
        ({BASE: "extends: base.yaml\n"}, "scenarios/base.yaml:1:10", "round in a circle"),
        (
            {"scenarios/a.yaml": "extends: b.yaml\n", "scenarios/b.yaml": "extends: a.yaml\n"},
            "scenarios/b.yaml:1:10",
            "a.yaml → scenarios/b.yaml → scenarios/a.yaml",
        ),
        (
            {BASE: SCENARIO, "criteria/set.yaml": "extends: set.yaml\n"},
            "criteria/set.yaml:1:10",
            "round in a circle",
        ),
        (
            {BASE: SCENARIO, "criteria/set.yaml": "extends: ../scenarios/base.yaml\n"},
            "criteria/set.yaml:1:10",
            "round in a circle",
        ),
        (
            {BASE: SCENARIO.replace("set.yaml", "sett.yaml")},
            "scenarios/base.yaml:3:11",
            'did you mean "set.yaml"?',
        ),
        (
            {BASE: SCENARIO.replace("../criteria/set.yaml", "../criteria")},
            "scenarios/base.yaml:3:11",
            '"../criteria" is a folder',
        ),
        (
            {BASE: SCENARIO, "criteria/set.yaml": "title: A\n".encode("utf-16-le")},
            "criteria/set.yaml:1:1",
            "the text is UTF-16",
        ),
        (
            {BASE: SCENARIO.replace("../criteria/set.yaml", "../../set.yaml")},
            "scenarios/base.yaml:3:11",
            "leaves the workspace",
        ),
        (
            {BASE: SCENARIO.replace("../criteria/set.yaml", "/etc/passwd")},
            "scenarios/base.yaml:3:11",
            "leaves the workspace",
        ),
        (
            {BASE: SCENARIO.replace("../criteria/set.yaml", "{extends: 3}")},
            "scenarios/base.yaml:3:21",
            "expected the path of a file",
        ),
        (
            {BASE: SCENARIO.replace("../criteria/set.yaml", '"a\\0b"')},
            "scenarios/base.yaml:3:11",
            "expected the path of a file",
        ),
        ({BASE: "extends:\n"}, "scenarios/base.yaml:1:9", "expected the path of a file"),
        ({BASE: "extends: " + "x" * 5000}, "scenarios/base.yaml:1:10", ""),
        ({BASE: SCENARIO, "criteria/set.yaml": b"title: \xff"}, "criteria/set.yaml:1:8", "UTF-8"),
    ],
    ids=[
        "self",
        "two files",
        "criteria",
        "through criteria",
        "misspelt",
        "folder",
        "wide characters",
        "outside",
        "absolute",
        "number",
        "nul",
        "empty",
        "too long",
        "bytes",
    ],
)
def test_a_reference_that_cannot_be_followed_is_named(
    workspace: Workspace, others: dict[str, str | bytes], label: str, words: str
) -> None:
    problem = problems_of(workspace(others))[0]
    assert labels_of([problem]) == [label]
    assert words in problem.message


def test_of_files_alike_the_one_written_otherwise_is_suggested(workspace: Workspace) -> None:
    path = workspace(
        {BASE: SCENARIO.replace("set.yaml", "SET.yaml"), "criteria/SETS.yaml": "title: Others\n"}
    )
    if (path.parents[1] / "criteria" / "SET.yaml").exists():
        pytest.skip("this file system takes capitals for small letters")
    assert 'did you mean "set.yaml"?' in problems_of(path)[0].message


def test_a_chain_that_never_ends_is_refused(workspace: Workspace) -> None:
    chain: dict[str, str | bytes] = {
        f"scenarios/v{at}.yaml": f"extends: v{at + 1}.yaml\n" for at in range(100)
    }
    assert "more than 30 files" in problems_of(workspace(chain))[0].message


def test_a_missing_or_unusable_scenario_is_named(workspace: Workspace, tmp_path: Path) -> None:
    workspace()
    assert labels_of(problems_of(tmp_path / "scenarios/none.yaml")) == ["scenarios/none.yaml"]
    assert "folder" in problems_of(tmp_path / "scenarios")[0].message


def test_a_symbolic_link_leads_no_way_out(
    workspace: Workspace, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "set.yaml").write_text(CRITERIA)
    path = workspace()
    (path.parent / "link.yaml").symlink_to(outside / "set.yaml")
    path.write_text(SCENARIO.replace("../criteria/set.yaml", "link.yaml"))
    assert "leaves the workspace" in problems_of(path)[0].message
    assert files.load(path, root=outside).scenario.id == "base"


@pytest.mark.parametrize("text", [None, "extends: loop.yaml\n"], ids=["given", "extended"])
def test_a_link_that_leads_to_itself_is_a_file_that_cannot_be_read(
    workspace: Workspace, text: str | None
) -> None:
    path = workspace()
    loop = path.parent / "loop.yaml"
    loop.symlink_to("loop.yaml")
    if text:
        path.write_text(text)
    (problem,) = problems_of(path if text else loop)
    expected = 'there is no file "loop.yaml"' if text else "Too many levels of symbolic links"
    assert expected in problem.message
    assert labels_of([problem]) == [f"{BASE}:1:10" if text else "scenarios/loop.yaml"]


def test_without_the_two_folders_the_workspace_is_the_scenarios_own_folder(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    folder.mkdir()
    (tmp_path / "set.yaml").write_text(CRITERIA)
    path = folder / "base.yaml"
    path.write_text(SCENARIO.replace("../criteria/set.yaml", "../set.yaml"))
    assert "leaves the workspace" in problems_of(path)[0].message
    assert files.load(path, root=tmp_path).scenario.id == "base"
    (folder / "set.yaml").write_text(CRITERIA)
    path.write_text(SCENARIO.replace("../criteria/set.yaml", "set.yaml"))
    assert files.load(path).scenario.id == "base"


def test_a_criteria_set_is_reported_from_a_scenario(workspace: Workspace) -> None:
    scenario = workspace(
        {
            "scenarios/variant.yaml": VARIANT,
            "criteria/own.yaml": "extends: set.yaml\ncriteria: {value: {weight: 3}}\n",
        }
    )
    assert isinstance(files.load_either(scenario), files.Loaded)
    own = files.load_either(scenario.parent.parent / "criteria/own.yaml")
    assert isinstance(own, files.LoadedCriteria)
    assert own.criteria.criteria["value"].weight == 3


def test_a_faulty_criteria_set_on_its_own_is_located(workspace: Workspace) -> None:
    path = workspace({"criteria/set.yaml": CRITERIA.replace("weight: 60", "weightt: 60")})
    with pytest.raises(InputError) as caught:
        files.load_either(path)
    assert "criteria/set.yaml:5:5" in labels_of(list(caught.value.problems))


def test_a_warning_has_its_place(workspace: Workspace) -> None:
    loaded = files.load(
        workspace({BASE: SCENARIO.replace("offers: [coaching]", "offers: [coaching, other]", 1)})
    )
    assert labels_of(list(loaded.warnings)) == ["scenarios/base.yaml:7:24"]


def test_a_problem_found_later_is_located_too(workspace: Workspace) -> None:
    places = files.load(workspace()).places
    assert labels_of([places.locate(Problem(("programmes", "culture", "needs"), "too much"))]) == [
        "scenarios/base.yaml:19:12"
    ]
    assert labels_of(
        [places.locate(Problem(("criteria", "criteria", "value", "scale"), "too short"))]
    ) == ["criteria/set.yaml:6:12"]
    assert labels_of([places.locate(Problem(("limits", "budget"), "too small"))]) == [
        "scenarios/base.yaml:1:1"
    ]


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_mutated_file_is_a_scenario_or_an_input_error_with_places(
    workspace: Workspace, data: st.DataObject
) -> None:
    lines = SCENARIO.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = data.draw(
            st.sampled_from(
                [
                    lines[at - 1],
                    "",
                    lines[at][2:],
                    lines[at].replace(":", ""),
                    f"{lines[at]} [",
                    "  " + lines[at],
                    "~: *x",
                ]
            )
            | st.text()
        )
    path = workspace({BASE: "\n".join(lines).encode(errors="ignore")})
    assert all(problem.place for problem in faults(lambda: files.load(path)))


@given(st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_scenario_with_any_value_replaced_is_a_scenario_or_an_input_error(
    workspace: Workspace, data: st.DataObject
) -> None:
    content = yaml.safe_load(SCENARIO)
    strange: st.SearchStrategy[object] = st.sampled_from(
        [
            None,
            True,
            0,
            -1,
            1e300,
            10**299,
            "",
            "x",
            [],
            {},
            [[]],
            {"": {}},
            {"extends": 1},
            {"a": None},
            "unlimited",
            [None],
        ]
    )
    node = content
    while isinstance(node, dict) and node:
        key = data.draw(st.sampled_from(sorted(node)))
        if not isinstance(node[key], dict) or data.draw(st.booleans()):
            node[key] = data.draw(strange)
            break
        node = node[key]
    path = workspace({"scenarios/base.json": json.dumps(content)})
    assert all(problem.place for problem in faults(lambda: files.load(path)))


def test_a_list_where_a_score_belongs_is_located(workspace: Workspace) -> None:
    (problem,) = problems_of(workspace({BASE: SCENARIO.replace("value: 7", "value: [7]")}))
    assert labels_of([problem]) == ["scenarios/base.yaml:8:21"]


@pytest.mark.parametrize(
    ("written", "words"),
    [("60%", "; write 60, without the percent sign"), ("101", "(found 101)"), ("known", "")],
)
def test_a_minimum_of_a_branch_is_in_points_of_its_own_value(
    workspace: Workspace, written: str, words: str
) -> None:
    criteria = (
        "criteria:\n  title: T\n  criteria:\n"
        "    value: {title: V, weight: 1, scale: {worst: 0, best: 10}}\n"
        f"    sustainability: {{title: S, weight: 1, at-least: {written}, criteria:"
        " {handover: {title: H, weight: 1, scale: {worst: 0, best: 10}}}}\n"
    )
    text = SCENARIO.replace("criteria: ../criteria/set.yaml\n", criteria)
    (problem,) = problems_of(workspace({BASE: text}))
    assert labels_of([problem]) == ["scenarios/base.yaml:7:53"]
    assert "must be a number from 0 to 100, points of the branch's own value" in problem.message
    assert words in problem.message


def test_marks_in_proportion_need_scores_and_prices_above_nothing(workspace: Workspace) -> None:
    criteria = (
        "criteria:\n  title: T\n  criteria:\n"
        "    value: {title: V, weight: 1, scale: {ratio: highest}}\n"
        "    sustainability: {title: S, weight: 1, criteria: {handover: {title: H, weight: 1,"
        " scale: {ratio: lowest}, at-least: 0}}}\n"
        "    price: {title: P, weight: 1, from: own-cost, scale: {ratio: lowest}}\n"
    )
    text = (
        SCENARIO.replace("criteria: ../criteria/set.yaml\n", criteria)
        .replace("value: 7", "value: 0")
        .replace(
            "cost: {per-day: 900}", "funding: {payer: city, covers: 100%}\n    cost: {once: 9}"
        )
    )
    problems = problems_of(workspace({BASE: text}))
    assert {".".join(map(str, problem.loc)) for problem in problems} == {
        "criteria.criteria.sustainability.criteria.handover.at-least",
        "partners.peer.cost.per-day",
        "partners.peer.scores.value",
        "partners.firm.cost.per-day",
        "partners.firm.funding.covers",
    }
    assert all("ratio" in problem.message for problem in problems)


def test_a_faulty_phase_hides_no_other_problem_and_breaks_no_check(workspace: Workspace) -> None:
    text = (
        SCENARIO
        + "  second: {title: Second, needs: {coaching: 1}, phases: [soon]}\nphases: {soon: 0,"
        " later: 2022-01-01}\nrules: {first: {before: [culture, second]}}\n"
    )
    assert labels_of(problems_of(workspace({BASE: text}))) == ["scenarios/base.yaml:21:16"]


def test_rules_about_what_is_itself_at_fault_are_not_checked(workspace: Workspace) -> None:
    text = (
        SCENARIO.replace("title: A firm", "title: 3")
        + "committed: {culture: {coaching: firm}}\nrules: {fixed: {require: {culture: firm}}}\n"
    )
    assert labels_of(problems_of(workspace({BASE: text}))) == ["scenarios/base.yaml:10:12"]


def test_a_flood_of_problems_is_cut_and_counted(workspace: Workspace) -> None:
    problems = problems_of(
        workspace({BASE: SCENARIO + "".join(f"k{at}: 1\n" for at in range(1_500))})
    )
    assert len(problems) == 1_001
    assert problems[-1].message == "and 500 more problems"
