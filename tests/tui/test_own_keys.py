"""A key means one thing on all screens, stands in the help where it leads somewhere, and may be the reader's own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from pkgutil import walk_packages

import pytest
from textual.binding import Binding
from textual.dom import DOMNode

import partnerselect.tui
from partnerselect.tui.app import PartnerselectApp
from partnerselect.tui.dialogs import GuideScreen
from partnerselect.tui.keys import KEYS, OwnKeys, bound, own_keys
from partnerselect.tui.screens.catalogue import VIEWS
from partnerselect.tui.screens.view import View
from tests.tui.conftest import Opening
from tests.tui.reading import settled, until, words

DOCS = Path(__file__).parents[2] / "docs" / "keys.md"
VIM = resources.files("partnerselect.tui") / "keys-vim.yaml"


def spelt(keys: str) -> list[str]:
    return [one.key for one in Binding.make_bindings([Binding(keys, "")])]


def bindings() -> Iterator[Binding]:
    """Yield the bindings of all our screens and widgets."""
    for module in walk_packages(partnerselect.tui.__path__, "partnerselect.tui."):
        __import__(module.name)
    classes = list(DOMNode.__subclasses__())
    while classes:
        one = classes.pop()
        classes += one.__subclasses__()
        if one.__module__.startswith("partnerselect."):
            own = vars(one).get("BINDINGS", ())
            yield from (binding for binding in own if isinstance(binding, Binding))


def test_a_key_means_one_thing_on_all_screens() -> None:
    keys = [key for named in KEYS.values() for key in spelt(named)]
    assert len(keys) == len(set(keys))
    found = list(bindings())
    assert len(found) > len(KEYS) / 2
    for binding in found:
        assert binding.id in KEYS, binding
        assert binding.description, binding


def test_the_page_has_every_name_and_key() -> None:
    rows = re.findall(r"^\| `([a-z0-9-]+)` \| (.*?) \|", DOCS.read_text(), re.MULTILINE)
    told = {name: sorted(spelt(",".join(re.findall("`(.+?)`", keys)))) for name, keys in rows}
    assert told == {name: sorted(spelt(keys)) for name, keys in KEYS.items()}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("down: j\nfitler: ctrl+f\n", ":2:1 fitler: no such name; did you mean filter?"),
        ("down: pagedwon\n", ':1:1 down: "pagedwon" is no key'),
        ("down: {a: b}\n", ":1:1 down: "),
        ("# mine\ndown: w\n", ":2:1 down: w is save already; give save another key"),
        ("down: j\ndown: n\n", ":2:1 down: "),
        ("down: [\n", ":2:1"),
        ("- down\n", ":1:1: expected keys and values"),
        ("", ":1:1: the file is empty"),
    ],
)
def test_a_bad_file_is_told_by_line_and_name_and_changes_nothing(
    text: str, said: str, tmp_path: Path
) -> None:
    path = tmp_path / "keys.yaml"
    path.write_text(text)
    own = own_keys(path)
    assert not own.keys
    assert said in own.problems[0]
    assert own.problems[0].startswith(str(path))


def test_without_a_file_all_keys_stay(tmp_path: Path) -> None:
    assert own_keys(tmp_path / "none.yaml") == OwnKeys({})


def test_the_example_on_the_page_is_read(tmp_path: Path) -> None:
    path = tmp_path / "keys.yaml"
    example = re.search(r"^```yaml\n(.*?)^```$", DOCS.read_text(), re.MULTILINE | re.DOTALL)
    assert example
    path.write_text(example[1])
    assert own_keys(path) == OwnKeys({"down": "j, down", "filter": "ctrl+f", "view-9": "f9"})


def test_names_may_exchange_their_keys(tmp_path: Path) -> None:
    path = tmp_path / "keys.yaml"
    path.write_text("filter: o\nsort: /\n")
    assert own_keys(path) == OwnKeys({"filter": "o", "sort": "/"})


async def test_the_moves_of_vim_move_and_a_bad_file_is_said_at_the_start(
    folder: Path, tmp_path: Path
) -> None:
    vim = own_keys(Path(str(VIM)))
    assert not vim.problems
    app = PartnerselectApp([folder / "aid-agency.yaml"], own=vim)
    async with app.run_test(size=(80, 70)) as pilot:
        await settled(pilot)
        sheet = app.screen.query_one("#programmes")
        await pilot.press("G")
        last = sheet.key  # type: ignore[attr-defined]
        await pilot.press("g")
        assert sheet.key != last  # type: ignore[attr-defined]
        await pilot.press("question_mark")
        await until(pilot, lambda: "m  Go to" in words(app))
    (tmp_path / "keys.yaml").write_text("dwon: j\n")
    app = PartnerselectApp([folder / "aid-agency.yaml"], own=own_keys(tmp_path / "keys.yaml"))
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        assert ["did you mean down?" in said.message for said in app._notifications] == [True]
        await pilot.press("slash", "a")
        await until(pilot, lambda: bool(app.screen.query("#filter")))


async def test_sentences_name_the_key_that_the_reader_gave(folder: Path) -> None:
    own = OwnKeys({"decide": "f6", "stop": "f7"})
    app = PartnerselectApp([folder / "aid-agency.yaml"], own=own)
    async with app.run_test(size=(80, 24)) as pilot:
        await settled(pilot)
        await pilot.press("0", "question_mark")
        assert "Record a decision in view 1 (f6)" in " ".join(words(app).split())
        assert isinstance(app.screen_stack[0], View)
        assert "(f7 to stop)" in app.screen_stack[0]._working


async def test_every_help_has_all_keys_of_its_view(opening: Opening) -> None:
    app = opening("aid-agency")
    async with app.run_test(size=(120, 70)) as pilot:
        await settled(pilot)
        for view in VIEWS:
            await pilot.press(view.key)
            keys = [(shown, one.binding.description) for shown, one in bound(app.screen)]
            assert ("?", "Help") in keys
            assert (view.key, view.label) in keys
            await pilot.press("question_mark")
            await until(pilot, lambda: isinstance(app.screen, GuideScreen))
            help_text = words(app)
            for shown, told in keys:
                assert f"{shown}  {told}" in help_text
            await pilot.press("escape")
