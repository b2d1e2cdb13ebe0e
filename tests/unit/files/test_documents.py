from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, strategies as st

from partnerselect.errors import InputError, Problem
from partnerselect.files.documents import MAX_REPEATED, Document, parse
from partnerselect.files.source import MAX_BYTES, Source, decode, read_bytes
from tests.unit.files.cases import faults

_TEXT = st.text(
    st.characters(
        codec="utf-8",
        exclude_categories=["Cs", "Cc", "Zl", "Zp"],
        exclude_characters="\ufeff\ufffe\uffff",
    ),
    max_size=40,
)  # a longer key than 1,024 characters is beyond YAML
_FINITE = st.floats(allow_nan=False, allow_infinity=False)
_SCALAR = st.one_of(st.none(), st.booleans(), st.integers(-(10**60), 10**60), _FINITE, _TEXT)
_NESTED = st.dictionaries(
    _TEXT,
    st.recursive(
        _SCALAR,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
        max_leaves=20,
    ),
)

_TEXTS = st.dictionaries(
    _TEXT,
    st.recursive(
        _TEXT,
        lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
        max_leaves=10,
    ),
)


def document(text: str, name: str = "file.yaml") -> Document:
    return parse(Source(Path(name), name, text))


def refused(text: str) -> Problem:
    with pytest.raises(InputError) as caught:
        document(text)
    (problem,) = caught.value.problems
    return problem


def label(problem: Problem) -> str:
    assert problem.place is not None
    return problem.place.label


@given(_NESTED)
def test_any_data_written_as_json_comes_back_equal(data: dict[str, Any]) -> None:
    for ascii_only in (True, False):
        read = document(json.dumps(data, ensure_ascii=ascii_only), "file.json")
        assert (read.data, read.problems) == (data, ())


@given(_TEXTS, st.sampled_from(["'", '"']), st.booleans())
def test_any_text_quoted_in_yaml_comes_back_equal(
    data: dict[str, Any],
    quote: str,
    flow: bool,  # noqa: FBT001
) -> None:
    assert (
        document(
            yaml.safe_dump(data, default_style=quote, default_flow_style=flow, allow_unicode=True)
        ).data
        == data
    )


@given(st.dictionaries(_TEXT, _FINITE))
def test_any_number_in_yaml_comes_back_equal(data: dict[str, float]) -> None:
    assert (
        document(
            "".join(
                f"{json.dumps(key, ensure_ascii=False)}: {value!r}\n" for key, value in data.items()
            )
            or "{}"
        ).data
        == data
    )


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a:\n\tb: 1", "file.yaml:2:1", "tab"),
        ("a: 1\n b: 2", "file.yaml:2:3", "indentation"),
        ("title: Care: now", "file.yaml:1:12", "quotes"),
        ("a: 'open\nb: 1", "file.yaml:1:4", "never closed"),
        ("a: [1, 2\nb: 1", "file.yaml:1:4", '"["'),
        ("a: {b: 1\nc: 1", "file.yaml:1:4", '"{"'),
        ("a: @home", "file.yaml:1:4", "quotes"),
        ("a: *b", "file.yaml:1:4", "anchor"),
        ("a: **bold**", "file.yaml:1:5", "quotes"),
        ('a: "c:\\quit"', "file.yaml:1:7", "backslash"),
        ("a: 1\nb\nc: 2", "file.yaml:2:1", "no colon"),
        ("a: 1\n---\nb: 2", "file.yaml:2:1", "more than one document"),
        ("a: 'x' y", "file.yaml:1:8", "quote"),
        ("a: \x01", "file.yaml:1:4", "control character"),
        ("", "file.yaml:1:1", "empty"),
        ("# only a comment", "file.yaml:1:1", "empty"),
        ("- a\n- b", "file.yaml:1:1", "found a list"),
        ("words", "file.yaml:1:1", "found a single value"),
    ],
)
def test_a_mistake_of_syntax_is_named_at_its_place(text: str, place: str, words: str) -> None:
    problem = refused(text)
    assert label(problem) == place
    assert words in problem.message


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        ("a: 1\nb: 2\na: 3", "file.yaml:3:1", 'duplicate key "a"; it is already on line 1'),
        ("a: {b: 1, b: 1}", "file.yaml:1:11", "duplicate"),
        ("1: a", "file.yaml:1:1", "number 1"),
        ("null: a", "file.yaml:1:1", "null"),
        ("[a]: b", "file.yaml:1:1", "a list"),
        ("? {a: 1}\n: b", "file.yaml:1:3", "a mapping"),
        ("b: &x {c: 1}\na:\n  <<: *x", "file.yaml:3:3", "merge key"),
        ("a: !!python/object:os.system x", "file.yaml:1:4", "!!python/object:os.system"),
        ("a: !!int 3", "file.yaml:1:4", "!!int"),
        ("a: !mine [1]", "file.yaml:1:4", "!mine"),
        ("a: [1, .nan]", "file.yaml:1:8", "finite"),
        ("a: -.inf", "file.yaml:1:4", "finite"),
        ("a: 1e999", "file.yaml:1:4", "too large"),
        (f"a: {'9' * 5000}", "file.yaml:1:4", "5000 characters"),
    ],
)
def test_what_the_format_does_not_allow_is_noted_and_the_rest_still_read(
    text: str, place: str, words: str
) -> None:
    read = document(f"{text}\nrest: here")
    (problem,) = read.problems
    assert label(problem) == place
    assert words in problem.message
    assert read.data["rest"] == "here"


def test_quoted_text_is_never_a_number() -> None:
    assert document("a: '1'\nb: \"null\"\n'2': c").data == {"a": "1", "b": "null", "2": "c"}


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "{a: " * 100_000,
        "- " * 100_000,
        "? " * 100_000,
        "a: &x [*x]",
        "a: &x {b: *x}",
    ],
    ids=["[", "{", "-", "?", "list", "mapping"],
)
def test_depth_is_refused_before_it_can_exhaust_the_stack(text: str) -> None:
    assert "60 levels" in refused(text).message


def test_aliases_that_multiply_are_refused() -> None:
    layers = [f"l{at}: &l{at} [{', '.join([f'*l{at - 1}'] * 10)}]" for at in range(1, 20)]
    assert f"{MAX_REPEATED:,}" in refused("\n".join(["l0: &l0 [x, x]", *layers])).message


def test_a_large_file_without_aliases_passes() -> None:
    scores = "\n".join(f"      c{at}: {at}" for at in range(20))
    read = document(
        "partners:\n" + "\n".join(f"  p{at}:\n    scores:\n{scores}" for at in range(500))
    )
    assert len(read.data["partners"]) == 500
    assert read.problems == ()


def test_a_byte_order_mark_is_passed_over() -> None:
    assert parse(decode(Path("file.yaml").resolve(), b"\xef\xbb\xbfa: \xc3\xa9")).data == {"a": "é"}


def test_a_byte_that_is_not_utf_8_is_named_at_its_place() -> None:
    with pytest.raises(InputError) as caught:
        decode(Path("file.yaml").resolve(), b"a: 1\nb: th\xe9\n")
    (problem,) = caught.value.problems
    assert "0xe9" in problem.message
    assert label(problem) == "file.yaml:2:6"


def test_a_file_over_ten_megabytes_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "large.yaml"
    with path.open("wb") as stream:
        stream.truncate(MAX_BYTES + 1)
    with pytest.raises(ValueError, match="10 MB"):
        read_bytes(path)


def test_a_place_shows_the_line_the_line_before_and_a_caret_as_wide_as_the_value() -> None:
    place = document("a: 1\n\nb:\n  c: -40 # no").place(("b", "c"))
    assert place.label == "file.yaml:4:6"
    assert place.excerpt == ((3, "b:"), (4, "  c: -40 # no"))
    assert place.caret == (5, 3)


def test_the_place_of_a_missing_value_is_its_nearest_ancestor() -> None:
    read = document("a:\n  b:\n    c: 1\n  d: {e: [1, 2]}")
    assert read.place(("a", "b", "x")).label == "file.yaml:2:3"
    assert read.place(("a", "d", "e", 1)).label == "file.yaml:4:14"
    assert read.place(("a", "b", "c"), at_key=True).label == "file.yaml:3:5"


def test_an_excerpt_never_carries_what_a_terminal_would_obey() -> None:
    place = document("a: 1\nb: '\t\u202e!'").place(("b",))
    assert place.excerpt[-1] == (2, "b: ' \N{REPLACEMENT CHARACTER}!'")


def test_a_long_line_is_shown_as_a_window_around_the_caret() -> None:
    place = document('{"long": "' + "x" * 5000 + '", "next": 7}').place(("next",))
    assert place.caret is not None
    (_, shown), (start, width) = place.excerpt[-1], place.caret
    assert shown[start : start + width] == "7"
    assert len(shown) <= 140


@given(st.binary(max_size=200))
def test_bytes_are_a_document_or_an_input_error(content: bytes) -> None:
    assert all(
        problem.place
        for problem in faults(lambda: parse(decode(Path("file.yaml").resolve(), content)))
    )


@given(st.text(st.sampled_from("ab:-?[]{},&*!|>'\"%@#\n\t 1.~<"), max_size=60))
def test_any_punctuation_is_a_document_or_an_input_error(text: str) -> None:
    assert all(problem.place for problem in faults(lambda: document(text)))


def test_a_number_that_its_comma_broke_in_two_is_reported_how_to_write_it() -> None:
    (problem,) = document("limits: {budget: 16,000}").problems
    assert label(problem) == "file.yaml:1:21"
    assert (
        problem.message == "a key must be text (found the number 000); put it in quotes or, where a"
        " comma parts it from the number before, write 16000 for 16,000 and 7.5 for 7,5"
    )
