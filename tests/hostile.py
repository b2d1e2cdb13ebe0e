"""A scenario in which whatever people write freely is hostile, and what harm would look like."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

from partnerselect import files
from partnerselect.errors import InputError
from partnerselect.model.scenario import Scenario

ROOT = Path(__file__).parents[1]
OPENINGS = ("=1+1", "@SUM(1)", "-1", "+1", "\t=1", "\r=1", "＝1", "# ", "1. ", "| ", "<b>")  # noqa: RUF001
"""How each text begins, in turn: as a formula, a heading, a list, a table, an element."""
BODY = (
    "\x1b]0;owned\x07 \x1b[31m \x9b31m \u202elive \u2066 \u2028 \ufffe \r\n |"
    " <script>alert(1)</script> <img src=x onerror=alert(1)> &lt; [red]x[/red] [x](javascript:y)"
    " `z` *i* _j_ ~k~ {{7*7}} {% raw %}"
)
STEERING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufff9-\ufffb\ufffe]")
"""What no file and no terminal may be given; blanks and ends of lines aside."""
FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")  # noqa: RUF001
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")
REFERENCES = frozenset({"href", "src", "Target", "action"})
PAPER_FROM = "shsc-2021"


def scenario() -> dict[str, Any]:
    """Return the data of a scenario in which every text that may be anything is hostile."""
    data = files.load(ROOT / "scenarios" / "aid-agency.yaml").scenario.data
    fuller = files.load(ROOT / "scenarios" / f"{PAPER_FROM}.yaml").scenario.data
    weights = {"method": "rank", "order": list(data["criteria"]["criteria"])}
    data = json.loads(json.dumps(data, default=str)) | {
        "paper": json.loads(json.dumps(fuller["paper"], default=str)),
        "gates": {"door": {"title": "A door", "status": "expected", "likelihood": 0.5}},
        "stakeholders": {
            name: {"title": name, "voice": 1, "weights": weights} for name in ("one", "two")
        },
        "plans": {
            "proposed": {
                "title": "A plan",
                "by": "Somebody",
                "choose": {"mobile-clinic": "deferred"},
            }
        },
        "illustrative": True,
    }
    first, last, *_ = data["partners"].values()
    first["gate"], last["excluded"] = "door", "A conflict of interest"
    data["analysis"] = {"samples": 200, "choice-samples": 20, "seed": 1}
    return _hostile(data)


def _hostile(data: dict[str, Any]) -> dict[str, Any]:
    for number, loc in enumerate(list(_texts(data, ()))):
        within = data
        for key in loc[:-1]:
            within = within[key]
        before = within[loc[-1]]
        within[loc[-1]] = f"{OPENINGS[number % len(OPENINGS)]} {number} {BODY}"
        try:
            Scenario.from_data(json.loads(json.dumps(data)), id="hostile")
        except InputError:
            within[loc[-1]] = before
    return data


def _texts(value: Any, loc: tuple[Any, ...]) -> Iterator[tuple[Any, ...]]:
    items: Any = value.items() if isinstance(value, dict) else enumerate(value)
    for key, item in items:
        if isinstance(item, dict | list):
            yield from _texts(item, (*loc, key))
        elif isinstance(item, str):
            yield (*loc, key)


def assert_steers_nothing(text: str, where: str) -> None:
    found = STEERING.search(text)
    assert not found, f"{where}: {text[max(0, found.start() - 40) : found.end() + 40]!r}"


def assert_csv_is_harmless(text: str, where: str) -> None:
    assert_steers_nothing(text, where)
    head, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    for row in (head, *rows):
        assert len(row) == len(head), where
        for cell in row:
            assert not FORMULA.match(cell) or NUMBER.fullmatch(cell), f"{where}: {cell!r}"


def assert_markdown_is_harmless(text: str, where: str) -> None:
    assert_steers_nothing(text, where)
    found = re.search(r"(?<!\\)(<|`|\[x\]|\[red|\{\{\*)", text.replace("\\\\", ""))
    assert not found, f"{where}: {text[max(0, found.start() - 60) : found.end() + 60]!r}"
    for table in re.findall(r"(?:^\|.*\n)+", text, re.MULTILINE):
        cells = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(cells) == 1, f"{where}: {table[:300]}"


def assert_html_is_harmless(text: str, where: str) -> None:
    assert_steers_nothing(text, where)
    assert "alert(1)" in text, where
    assert "{{7*7}}" in text, where
    _Elements(where).feed(text)


class _Elements(HTMLParser):
    """Looks for what a page must not hold: a script, what is done on an event, another host."""

    def __init__(self, where: str) -> None:
        super().__init__()
        self._where = where

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        assert tag not in {"script", "img", "iframe", "object"}, self._where
        for name, value in attrs:
            assert not name.startswith("on"), self._where
            assert name not in REFERENCES or str(value).startswith("#"), self._where


def assert_xml_is_harmless(content: bytes, where: str) -> None:
    """See that XML is whole, holds no script, and asks nothing of another host."""
    root = ET.fromstring(content)  # noqa: S314 - our own output
    assert_steers_nothing(content.decode("utf-8"), where)
    for element in root.iter():
        assert not element.tag.endswith("}script"), where
        for name, value in element.attrib.items():
            reference = name.partition("}")[2] or name
            assert reference not in REFERENCES or "javascript:" not in value, where
