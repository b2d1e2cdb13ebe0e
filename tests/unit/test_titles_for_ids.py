"""What people read names everything by its title: no sentence, heading or cell holds an id."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from partnerselect.cli import main

ODD = """
format: 1
title: Every id is odd
as-at: 2026-02-01
criteria:
  title: What counts
  criteria:
    zq-quality: {title: Quality, weight: 60, scale: {worst: 0, best: 10, unit: points}}
    zq-lasting:
      title: Lasting
      weight: 40
      at-least: 20
      criteria:
        zq-handover: {title: Handover, weight: 50, scale: {levels: {low: 0, middle: 50, high: 100}}}
        zq-record: {title: Record, weight: 50, at-least: 1, scale: {worst: 0, best: 10}}
phases:
  zq-winter: {starts: 2025-10-01, title: Winter}
  zq-spring: {starts: 2026-01-01, title: Spring}
  zq-summer: {starts: 2026-04-01, title: Summer}
payers: {zq-fund: {title: National fund}}
components:
  zq-training: {title: Training}
  zq-coaching: {title: Coaching}
  zq-audit: {title: Audit}
  zq-law: {title: Law}
staff-groups: {zq-nurses: {title: Ward staff, people: 900}}
gates:
  zq-board: {title: The board agrees, status: expected, likelihood: 0.8}
  zq-region: {title: The region agrees, status: unknown}
partners:
  zq-ash:
    title: Ash
    offers: [zq-training, zq-coaching]
    tags: [regional]
    capacity: {zq-winter: 0, zq-spring: 20, zq-summer: 15}
    cost: {per-day: 500, once: 1000}
    scores: {zq-quality: 8, zq-lasting.zq-handover: high, zq-lasting.zq-record: 7}
  zq-elm:
    title: Elm
    offers: [zq-training]
    tags: [regional]
    gate: zq-board
    capacity: 30
    cost: {per-day: 300}
    funding: {payer: zq-fund, covers: 50%}
    scores:
      zq-quality: 9
      zq-lasting.zq-handover: low
      zq-lasting.zq-record: {low: 4, likely: 6, high: 9}
  zq-oak:
    title: Oak
    offers: [zq-coaching, zq-audit]
    cost: {per-day: 700, per-programme: 400}
    engagement: {min-days: 5}
    scores: {zq-quality: 5, zq-lasting.zq-handover: middle, zq-lasting.zq-record: unknown}
  zq-yew:
    title: Yew
    offers: [zq-training, zq-coaching, zq-audit, zq-law]
    gate: zq-region
    cost: {per-day: 900}
    scores: {zq-quality: 10, zq-lasting.zq-handover: high, zq-lasting.zq-record: 9}
  zq-fir:
    title: Fir
    offers: [zq-training, zq-coaching, zq-audit]
    cost: {per-day: 650}
    scores: {zq-quality: 7, zq-lasting.zq-handover: high, zq-lasting.zq-record: 5}
programmes:
  zq-wards:
    title: Wards
    importance: 100
    phases: [zq-spring, zq-summer]
    needs: {zq-training: 10, zq-coaching: {zq-spring: 4, zq-summer: 6}}
    internal-days: 10
    today: zq-ash
    change: {cost: 500, internal-days: 1}
  zq-clinics:
    {title: Clinics, importance: 60, phases: [zq-spring], needs: {zq-training: 12}, internal-days: 8}
  zq-theatres:
    title: Theatres
    importance: 50
    phases: [zq-summer]
    needs: {zq-coaching: 8, zq-audit: 4}
    internal-days: 8
  zq-kitchens:
    {title: Kitchens, importance: 20, phases: [zq-summer], needs: {zq-audit: 6}, internal-days: 5}
  zq-leaders:
    title: Leaders
    importance: 40
    phases: [zq-summer]
    levels:
      zq-small: {title: a pilot, worth: 40%, needs: {zq-coaching: 4}, reach: {zq-nurses: 10%}}
      zq-large: {title: everybody, worth: 100%, needs: {zq-coaching: 14}, reach: {zq-nurses: 80%}}
  zq-contracts: {title: Contracts, phases: [zq-summer], needs: {zq-law: 5}}
  zq-past: {title: Past, phases: [zq-winter], needs: {zq-audit: 5}}
limits:
  budget: {in-all: 16000, zq-spring: 9000}
  funds: {zq-fund: 1500}
  internal-days: {zq-winter: 0, zq-spring: 15, zq-summer: 20}
  backfill: {per-day: 250, max-days: 4}
  partners: {max: 4}
  programmes-per-partner: 2
  share-per-partner: 70%
  changes: 1
  groups: {local-share: {tag: regional, days: {min: 20%}}}
rules:
  zq-clash: {apart: [zq-ash, zq-fir]}
  zq-first: {before: [zq-wards, zq-kitchens]}
  zq-either: {only-one: [zq-theatres, zq-kitchens]}
  zq-barred: {forbid: {zq-clinics: zq-fir}}
plans:
  zq-proposed:
    title: As the director proposes
    choose: {zq-wards: zq-fir, zq-theatres: {zq-coaching: zq-oak, zq-audit: zq-oak}}
stakeholders:
  zq-trustees:
    title: Trustees
    voice: 2
    weights:
      method: direct
      points: {zq-quality: 50, zq-lasting: 50}
      branches: {zq-lasting: {method: direct, points: {zq-handover: 1, zq-record: 1}}}
  zq-users:
    title: Users
    voice: 1
    weights:
      method: rank
      order: [zq-lasting, zq-quality]
      branches: {zq-lasting: {method: rank, order: [zq-handover, zq-record]}}
analysis: {samples: 50, choice-samples: 20}
"""
PROGRAMMES = ("wards", "clinics", "theatres", "kitchens", "leaders", "contracts", "past")
ASKED = (
    ("check", "--allow-warnings"),
    ("rank", "--second-opinions"),
    ("robustness",),
    ("frontier",),
    ("judge",),
    ("alternatives", "--within", "5"),
    *(("explain", f"zq-{name}", f"zq-{one}") for name in PROGRAMMES for one in ("ash", "fir")),
    ("explain", "zq-theatres", "zq-oak"),
)
PATH = re.compile(r"[a-z-]+(\.[a-z0-9-]+)+")


@pytest.fixture(scope="module")
def paths(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return a scenario with an answer and one without."""
    folder = tmp_path_factory.mktemp("odd")
    impossible = ODD.replace("importance: 50", "mandatory: true").replace(
        "importance: 20", "mandatory: true"
    )
    found = {"answer": ODD, "none": impossible}
    for name, text in found.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return {name: str(folder / f"{name}.yaml") for name in found}


def assert_no_id(text: str) -> None:
    """Look for an id anywhere but in a cell that is a path of the scenario and nothing else."""
    cells = [cell.strip() for line in text.splitlines() for cell in re.split(r"(?<!\\)\|", line)]
    found = [cell for cell in cells if "zq-" in cell and not PATH.fullmatch(cell)]
    assert not found, found[:5]


@pytest.mark.parametrize("words", ASKED, ids=" ".join)
def test_no_answer_names_anything_by_its_id(words: tuple[str, ...], paths: dict[str, str]) -> None:
    command, *rest = words
    asked = [command, paths["answer"], *rest, "--format", "markdown"]
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.stderr
    assert_no_id(result.stdout)


@pytest.mark.parametrize("name", ["answer", "none"])
def test_no_paper_names_anything_by_its_id(
    name: str, paths: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "paper.md"
    result = CliRunner().invoke(main, ["paper", paths[name], "--out", str(file)])
    assert result.exit_code == (0 if name == "answer" else 3), result.stderr
    assert_no_id(file.read_text(encoding="utf-8"))


def test_a_rule_in_a_reason_is_said_in_its_own_words(paths: dict[str, str]) -> None:
    told = CliRunner().invoke(main, ["rank", paths["answer"], "--format", "json"]).stdout
    assert "the rule “At most one of Ash and Fir in any one programme” stands in the way" in told
