"""The paper as HTML: one file, well formed, every word literal, and it fits a telephone."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

pytest.importorskip("jinja2")
pytest.importorskip("matplotlib")

from partnerselect.report.render.pages import html, quoted
from partnerselect.words.literal import visible
from tests.unit.report.browsers import BROWSER, measured
from tests.unit.report.papers import MARK, PARTNER, paper

VOID = {"meta", "br", "link", "img", "input", "hr"}
HOSTILE = (
    "</style><script>alert(1)</script>&amp; \"quoted\" 'single' =SUM(A1) $x_1$ `code` *b*"
    " \u202egpj.\x1b[31m"
)
ARABIC, LONG = "مستشفى الملك فهد (72%)", "x" * 10_000


class Read(HTMLParser):
    """What a browser would make of a page; every tag must be closed where it stands."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.headings: list[tuple[str, str]] = []
        self.feed(page)
        self.close()
        assert not self.open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_startendtag(tag, attrs)
        if tag not in VOID:
            self.open.append(tag)
        if re.fullmatch(r"h\d", tag):
            self.headings.append((tag, ""))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" in self.open:
            return
        self.text += data
        if self.open and self.headings and self.headings[-1][0] in self.open:
            self.headings[-1] = (self.headings[-1][0], self.headings[-1][1] + data)

    def attributes(self, name: str) -> list[str]:
        """Return every value of an attribute."""
        return [held[name] for _, held in self.tags if name in held]

    def count(self, tag: str) -> int:
        """Return how often a tag stands in the page."""
        return sum(found == tag for found, _ in self.tags)


@pytest.fixture(scope="module")
def page() -> str:
    return html(paper())


@pytest.fixture(scope="module")
def read(page: str) -> Read:
    return Read(page)


def test_the_same_content_gives_the_same_bytes(page: str) -> None:
    assert html(paper()) == page


def test_it_asks_nothing_of_any_other_host_or_file(page: str, read: Read) -> None:
    assert not {"script", "link", "img", "iframe", "object", "base", "form"} & {
        tag for tag, _ in read.tags
    }
    assert all(
        target.startswith("#")
        for name in ("href", "xlink:href")
        for target in read.attributes(name)
    )
    assert all(target.startswith("#") for target in re.findall(r"url\(['\"]?([^)'\"]*)", page))
    assert "@import" not in page
    assert "default-src 'none'" in page


def test_headings_descend_step_by_step_and_the_landmarks_are_there(read: Read) -> None:
    levels = [int(tag[1]) for tag, _ in read.headings]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert [read.count(tag) for tag in ("header", "nav", "main", "footer")] == [1, 1, 1, 1]
    assert read.attributes("lang") == ["en-GB"]


def test_every_link_and_label_finds_its_place_and_no_id_stands_twice(read: Read) -> None:
    ids = read.attributes("id")
    assert len(ids) == len(set(ids))
    wanted = [
        target.removeprefix("#")
        for name in ("href", "xlink:href", "aria-labelledby")
        for target in read.attributes(name)
    ]
    assert set(wanted) <= set(ids)


def test_every_cell_of_a_head_has_its_scope_and_every_drawing_its_words(read: Read) -> None:
    assert set(read.attributes("scope")) == {"col", "row"}
    assert len(read.attributes("scope")) == read.count("th")
    drawings = [held for tag, held in read.tags if tag == "svg"]
    assert len(drawings) == 4
    assert all(
        held["role"] == "img" and held["aria-label"].startswith("What a reader would see")
        for held in drawings
    )


def test_the_mark_stands_on_top_at_every_table_and_figure_and_on_every_printed_page(
    page: str, read: Read
) -> None:
    assert sum(held.get("class") == "mark" for _, held in read.tags) == 1 + 3 + 4
    assert f"@top-center {{ content: {quoted(MARK)}; }}" in page
    assert 'class="mark"' not in html(paper(mark=""))


def test_numbers_boxes_captions_and_what_is_still_to_be_written_are_there(read: Read) -> None:
    for text in (
        "1.1 First line",
        "1 Analysis",
        "☑ Approval",
        "☐ Consider",
        "☐ Assurance",
        "Table 2. Who does what",
        "Figure 4.",
        "None.",
    ):
        assert text in read.text
    assert "[to be written: what is to be gained]" in read.text
    assert "paper.text.background" in read.attributes("data-sources")


@pytest.mark.parametrize("name", [HOSTILE, ARABIC, LONG], ids=["hostile", "arabic", "long"])
def test_every_word_is_literal(name: str) -> None:
    page = html(paper(name))
    read = Read(page)
    assert read.text.count(visible(name)) > 60
    assert not read.count("script")
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_string_of_css_holds_anything() -> None:
    assert quoted('a"}\\</style>') == '"a\\000022\\00007d\\00005c\\00003c\\00002fstyle\\00003e"'


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed here")
@pytest.mark.parametrize("name", [PARTNER, LONG], ids=["usual", "long"])
def test_in_a_browser_nothing_runs_out_of_the_page_on_a_telephone_or_a_desk(
    name: str, tmp_path: Path
) -> None:
    (phone, desk), said = measured(html(paper(name)), (390, 1280), tmp_path)
    assert phone["taken"] <= phone["width"] <= 390
    assert desk["taken"] <= desk["width"] <= 1280
    assert phone["boxes"] >= 5, (
        "on a telephone wide tables and drawings scroll inside their own boxes"
    )
    assert not said
