"""A saved what-if is a small file that extends the original and gives the same answer."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st

from partnerselect import files
from partnerselect.analysis import analyse_unpriced
from partnerselect.errors import InputError
from partnerselect.files.writing import file_name, variant_text
from partnerselect.what_if.all_levers import levers, moved
from partnerselect.what_if.changes import WhatIf, overlay
from tests.unit.files.cases import CRITERIA, SCENARIO, VARIANT, Workspace, labels_of, problems_of

SHIPPED = Path(__file__).parents[3]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("criteria", "scenarios", "schema"):
        shutil.copytree(SHIPPED / name, tmp_path / name)
    return tmp_path / "scenarios"


def saved(folder: Path, base: str, whatif: WhatIf, title: str = "What if?") -> Path:
    path = folder / "variant.yaml"
    text = variant_text(
        title,
        folder / base,
        overlay(whatif.saved.data, whatif.scenario.data),
        ["Less money."],
        folder=folder,
    )
    files.write_whole(path, text)
    return path


def test_it_reads_as_an_analyst_would_write_it(folder: Path) -> None:
    whatif = WhatIf(files.load(folder / "shsc-2021.yaml").scenario).changed(
        {"limits.budget": 56000, "gates.intensive-support.status": "refused"}
    )
    assert saved(folder, "shsc-2021.yaml", whatif, "A third less: who drops out?").read_text() == (
        "# yaml-language-server: $schema=../schema/scenario.json\n"
        "#\n"
        "# Less money.\n"
        "extends: shsc-2021.yaml\n"
        'title: "A third less: who drops out?"\n'
        "gates:\n"
        "  intensive-support:\n"
        "    status: refused\n"
        "limits:\n"
        "  budget: 56000\n"
    )


def test_it_gives_the_answer_that_was_seen(folder: Path) -> None:
    whatif = WhatIf(
        files.load(folder / "shsc-2021.yaml").scenario.with_change("analysis.samples", 0)
    )
    whatif = whatif.changed(
        {
            "limits.budget": 56000,
            "partners.aqua.for.culture.scores.value": 9,
            "criteria.shared-values.weight": 100,
        }
    )
    again = analyse_unpriced(
        files.load(saved(folder, "shsc-2021.yaml", whatif)).scenario.with_change(
            "analysis.samples", 0
        )
    )
    seen = analyse_unpriced(whatif.scenario)
    assert again.recommendation == seen.recommendation
    assert again.allocation.account == seen.allocation.account


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(data=st.data())
def test_whatever_was_moved_is_read_again(folder: Path, data: st.DataObject) -> None:
    base = data.draw(
        st.sampled_from(["shsc-2021.yaml", "shsc-2021-other-weights.yaml", "aid-agency.yaml"])
    )
    whatif = WhatIf(files.load(folder / base).scenario)
    for _ in range(data.draw(st.integers(1, 4))):
        found = data.draw(
            st.sampled_from(
                levers(whatif.scenario, data.draw(st.sampled_from(sorted(whatif.saved.programmes))))
            )
        )
        try:
            whatif = moved(
                whatif, found, found.scale.moved(found.value, data.draw(st.sampled_from([-2, 1])))
            )
        except InputError:
            continue
    assert files.load(saved(folder, base, whatif, "T")).scenario.data == {
        **whatif.scenario.data,
        "title": "T",
    }


@pytest.mark.parametrize(
    "title",
    [
        "NO",
        "1e5",
        "0x10",
        "012",
        "12:30",
        "null",
        "true",
        "- a",
        "a: b",
        "#x",
        "ünïcode £",
        'say "hi"',
        "a\\b",
        "[b]bold[/b]",
        "=1+1",
        "~",
    ],
)
def test_any_title_is_read_as_it_was_typed(title: str, folder: Path) -> None:
    whatif = WhatIf(files.load(folder / "aid-agency.yaml").scenario).changed(
        {"limits.budget": 1000}
    )
    assert files.load(saved(folder, "aid-agency.yaml", whatif, title)).scenario.title == title


def test_a_block_of_weights_that_took_the_place_of_another_leaves_nothing_of_it(
    folder: Path,
) -> None:
    ranked: dict[str, Any] = {
        f"criteria.{name}.weight": None
        for name in ("value", "cost-effectiveness", "shared-values", "sustainability")
    }
    ranked["criteria.weights"] = {
        "method": "rank",
        "order": ["value", "sustainability", "shared-values", "cost-effectiveness"],
    }
    base = WhatIf(files.load(folder / "shsc-2021.yaml").scenario).changed(ranked)
    path = folder / "ranked.yaml"
    files.write_whole(
        path,
        variant_text(
            "Ranked",
            folder / "shsc-2021.yaml",
            overlay(base.saved.data, base.scenario.data),
            [],
            folder=folder,
        ),
    )
    whatif = WhatIf(files.load(path).scenario)
    lever = next(
        found
        for found in levers(whatif.scenario, "culture")
        if found.key == "criteria.weights.points.value"
    )
    changed = moved(whatif, lever, 30)
    assert files.load(saved(folder, "ranked.yaml", changed, "T")).scenario.data == {
        **changed.scenario.data,
        "title": "T",
    }


def test_files_are_named_after_what_they_show() -> None:
    base = Path("scenarios/shsc-2021.yaml")
    assert file_name("Half of the budget!", base) == "shsc-2021-half-of-the-budget.yaml"
    assert file_name("£££", base) == "shsc-2021-what-if.yaml"
    assert file_name("../../etc/passwd", base) == "shsc-2021-etc-passwd.yaml"


@pytest.mark.parametrize(
    ("variant", "label", "words"),
    [
        ("partners: {pear: {cost: {per-day: 5}}}", "3:12", 'did you mean "peer"? a new entry needs title, offers'),
        ("programmes: {culutre: {importance: 2}}", "3:14", 'did you mean "culture"? a new entry needs title, needs'),
        ("partners: {zebra: {excluded: Out}}", "3:12", "known: peer, firm; a new entry needs title, offers"),
    ],
)  # fmt: skip
def test_an_id_that_the_base_does_not_have_is_said_once_with_what_was_meant(
    variant: str, label: str, words: str, workspace: Workspace
) -> None:
    (problem,) = problems_of(workspace({"scenarios/variant.yaml": f"{VARIANT}{variant}\n"}))
    assert labels_of([problem]) == [f"scenarios/variant.yaml:{label}"]
    assert problem.message.startswith("nothing is called so in what this extends")
    assert problem.message.endswith(words)


def test_a_new_entry_that_has_a_title_is_told_what_else_it_lacks(workspace: Workspace) -> None:
    new = "partners: {pear: {title: Pear, scores: {value: 1, sustainability.handover: 2}}}\n"
    (problem,) = problems_of(workspace({"scenarios/variant.yaml": f"{VARIANT}{new}"}))
    assert problem.loc == ("partners", "pear", "offers")


@pytest.mark.parametrize(
    "others",
    [
        {"scenarios/base.yaml": SCENARIO.replace("    title: Culture\n    needs: {coaching: 10}\n", "    {}\n")},
        {"scenarios/base.yaml": SCENARIO, "criteria/set.yaml": CRITERIA.replace("    title: Value\n", "")},
    ],
)  # fmt: skip
def test_what_extends_nothing_is_told_what_is_missing(
    others: dict[str, str], workspace: Workspace
) -> None:
    assert problems_of(workspace(others))


@pytest.mark.parametrize(
    ("criteria", "words"),
    [
        (
            "{valu: {weight: 10}}",
            'nothing is called so in what this extends; did you mean "value"?',
        ),
        (
            "{sustainability: {criteria: {handovr: {weight: 10}}}}",
            'nothing is called so in what this extends; did you mean "handover"?',
        ),
    ],
)
def test_a_criterion_mistyped_in_a_variant_is_told_as_a_partner_is(
    workspace: Workspace, criteria: str, words: str
) -> None:
    written = f"{VARIANT}criteria: {{criteria: {criteria}}}\n"
    path = workspace({"scenarios/base.yaml": SCENARIO, "scenarios/variant.yaml": written})
    (problem,) = problems_of(path.parent / "variant.yaml")
    assert problem.message.startswith(words)


def test_a_weight_changed_one_level_too_high_in_a_variant_is_told_where_it_belongs(
    workspace: Workspace,
) -> None:
    written = f"{VARIANT}criteria: {{value: {{weight: 10}}}}\n"
    path = workspace({"scenarios/base.yaml": SCENARIO, "scenarios/variant.yaml": written})
    (problem,) = problems_of(path.parent / "variant.yaml")
    assert 'write "criteria: {criteria: {value: …}}"' in problem.message
