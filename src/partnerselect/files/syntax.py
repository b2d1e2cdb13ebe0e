"""YAML's unquoted words, by the core schema of YAML 1.2, and its mistakes in plain words.

PyYAML follows YAML 1.1, where `NO` is false, `12:30` is 750 and `1e-05` is a word.
Source: YAML 1.2.2, section 10.3.2, https://yaml.org/spec/1.2.2/#1032-tag-resolution.
"""

from __future__ import annotations

import math
import re

from yaml.error import Mark, MarkedYAMLError, YAMLError
from yaml.reader import ReaderError

from partnerselect.errors import Place, Problem
from partnerselect.files.source import Source
from partnerselect.model import odd_character, run_together

Scalar = str | int | float | bool | None

_WORDS: dict[str, Scalar] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER = re.compile(r"[-+]?[0-9]+", re.ASCII)
_BASED = re.compile(r"0o[0-7]+|0x[0-9a-fA-F]+", re.ASCII)
_FLOAT = re.compile(r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?", re.ASCII)
_NOT_FINITE = re.compile(r"[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)", re.ASCII)
_MAY_START_A_NUMBER = frozenset("+-.0123456789")
_LONGEST_NUMBER = 300  # characters; beyond, a number no longer fits a float


def plain(text: str) -> Scalar:
    """Return the value of an unquoted scalar.

    Raise ValueError with a sentence where it is a number nobody can calculate with.
    """
    if text in _WORDS:
        return _WORDS[text]
    return number(text) if text[0] in _MAY_START_A_NUMBER else text


def number(text: str) -> Scalar:
    """Return the number written in `text`, or the text itself where it is a word after all."""
    if _NOT_FINITE.fullmatch(text):
        raise ValueError(f"expected a finite number (found {text})")
    whole = _INTEGER.fullmatch(text) or _BASED.fullmatch(text)
    if not whole and not _FLOAT.fullmatch(text):
        return text
    if len(text) > _LONGEST_NUMBER:
        raise ValueError(
            f"a number of {len(text)} characters is too long; the most is {_LONGEST_NUMBER}"
        )
    if whole:
        return int(text, {"0o": 8, "0x": 16}.get(text[:2], 10))
    value = float(text)
    if not math.isfinite(value):
        raise ValueError(f"the number is too large (found {text})")
    return value


MAX_DEPTH = 60
TOO_DEEP = f"values are nested more than {MAX_DEPTH} levels deep"
_AT_PROBLEM = {
    # libyaml counts open brackets while it reads ahead of us
    "exceeded maximum nesting depth": TOO_DEEP,
    "mapping values are not allowed": (
        'a colon stands where no key can begin; put text that contains ": " in quotes, or check the'
        " indentation"
    ),
    "did not find expected <document start>": (
        "expected the end of the file or a new key; check the indentation and the brackets"
    ),
    "did not find expected key": (
        "expected a key here; check the indentation, and that nothing follows a closing quote"
    ),
    "did not find expected '-' indicator": (
        'expected a list item ("- …") here; check the indentation'
    ),
    "did not find expected node content": (
        "expected a value here; put text that begins with a special character in quotes"
    ),
    "block sequence entries are not allowed": (
        'a list item ("- …") cannot begin here; start it on a line of its own, or put the text in'
        " quotes"
    ),
    "block mapping keys are not allowed": "a key cannot begin here; check the indentation",
    "found undefined alias": (
        "this refers with * to an anchor (&) that is not written above; put text that begins with *"
        " in quotes"
    ),
    "did not find expected alphabetic or numeric character": (
        "a value cannot begin with * or & alone; put it in quotes"
    ),
    "found unknown escape character": (
        "unknown escape after a backslash; write the text in single quotes, or the backslash twice"
    ),
    "found invalid Unicode character escape code": "this escape is no character",
    "found unexpected document indicator": "a quoted text is not closed before the document ends",
    "did not find expected comment or line break": (
        'text after "|" or ">" begins on the next line; put text that begins with one of them in'
        " quotes"
    ),
}
_AT_CONTEXT = {
    "found unexpected end of stream": "a quoted text opens here and is never closed",
    "could not find expected ':'": (
        'expected "key: value" (no colon follows this word); check the indentation'
    ),
    "did not find expected ',' or '}'": (
        'the bracket "{" opens here; expected "," between its entries or "}" at the end'
    ),
    "did not find expected ',' or ']'": (
        'the bracket "[" opens here; expected "," between its entries or "]" at the end'
    ),
    "while scanning a directive": "a line cannot begin with %; put the text in quotes",
}


def syntax_problem(error: YAMLError, source: Source) -> Problem:
    """Return what PyYAML found wrong with a file as a problem with its place."""
    if isinstance(error, ReaderError):
        offset = len(source.text.encode()[: error.position].decode(errors="ignore"))
        return Problem(
            (),
            "the file holds a control character, which YAML does not allow; remove it",
            place=source.place_at_offset(offset),
        )
    if not isinstance(error, MarkedYAMLError):
        return Problem((), "is not valid YAML", place=source.place(0, 0))
    message, place = _explained(error, source)
    mark = error.problem_mark or error.context_mark
    return Problem((), f"{message}{_meant(source, mark.line) if mark else ''}", place=place)


def _meant(source: Source, last: int) -> str:
    """Name what is odd in the line where YAML gave up, or else in the one before it."""
    for line in (last, last - 1):
        text = source.lines[line] if 0 <= line < len(source.lines) else ""
        meant = odd_character(text.expandtabs(1), where=f"line {line + 1}, ") or run_together(
            text.strip()
        )
        if meant:
            return meant
    return ""


def _explained(error: MarkedYAMLError, source: Source) -> tuple[str, Place]:
    words, context = error.problem or "", error.context or ""
    mark = error.problem_mark or error.context_mark
    here = source.place(mark.line, mark.column) if mark else source.place(0, 0)
    if words.startswith("found character that cannot start any token"):
        return _forbidden_start(error, source, here)
    if words.startswith("but found another document"):
        return (
            (
                "the file holds more than one document; remove this `---` and what follows, or move"
                " it to a file of its own"
            ),
            here,
        )
    if context.startswith("found duplicate anchor"):
        return "an anchor (&) of this name was already written above; give it another name", here
    if words.startswith("did not find expected ','") and mark and (inside := _inside(source, mark)):
        return inside, here
    for start, remedy in _AT_CONTEXT.items():
        if error.context_mark and (words.startswith(start) or context.startswith(start)):
            return remedy, source.place(error.context_mark.line, error.context_mark.column)
    remedy = next(
        (remedy for start, remedy in _AT_PROBLEM.items() if words.startswith(start)),
        f"is not valid YAML: {words or context}",
    )
    return remedy, here


def _inside(source: Source, mark: Mark) -> str:
    """Say which sign YAML stumbled over within brackets, "" where it is none that text may hold."""
    line = source.lines[mark.line] if mark.line < len(source.lines) else ""
    entry, found = re.split(r"[,{\[]", line[: mark.column])[-1], line[mark.column :][:1]
    if found == ":" and ":" in entry:
        return (
            'a second colon stands here; expected "," between entries, or quotes around text that'
            ' contains ": "'
        )
    if found and found in "[{" and entry.strip():
        return f'"{found}" stands within text; put text that contains it in quotes'
    return ""


def _forbidden_start(error: MarkedYAMLError, source: Source, here: Place) -> tuple[str, Place]:
    mark = error.problem_mark
    found = source.lines[mark.line][mark.column : mark.column + 1] if mark else ""
    if found == "\t":
        return "a tab cannot indent YAML; use spaces", here
    return f'a value cannot begin with "{found}"; put it in quotes', here
