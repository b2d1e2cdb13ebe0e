"""One YAML or JSON file as plain data, and the nodes that know where every value of it stands.

The nodes are composed by libyaml and kept. Positions are looked up only when a problem needs one,
so a file without fault costs a single walk.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from yaml import CollectionNode, MappingNode, Node, ScalarNode, SequenceNode, YAMLError

# PyYAML's own name for libyaml's parser
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.resolver import BaseResolver

from partnerselect.errors import InputError, Loc, Place, Problem
from partnerselect.files.source import Source
from partnerselect.files.syntax import MAX_DEPTH, TOO_DEEP, Scalar, plain, syntax_problem

EMPTY = "the file is empty; for a scenario to fill in: partnerselect init DIR --blank"
Data = dict[str, Any]

MAX_REPEATED = 200_000  # values that aliases may add to those written out
MAX_PROBLEMS = 1_000
COMMA = (
    "put it in quotes or, where a comma parts it from the number before, write 16000 for 16,000"
    " and 7.5 for 7,5"
)
EXTENDS = "extends"
"""The key whose reader says himself what is missing."""
_PLAIN, _QUOTED, _MAPPING, _SEQUENCE = "plain", "quoted", "mapping", "sequence"
_SURROGATES = re.compile(
    r"(?<!\\)((?:\\\\)*)\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"
)


class _TooDeepError(YAMLError):
    """Raised while composing, before the depth of a file can exhaust the stack."""


class _Composer(CParser, BaseResolver):
    """libyaml's composer; its resolver hooks count nodes, bound their depth and mark quotes."""

    def __init__(self, text: bytes) -> None:
        CParser.__init__(self, text)
        BaseResolver.__init__(self)
        self.depth = 0
        self.count = 0

    def descend_resolver(self, _parent: Node | None, _index: object) -> None:
        self.depth += 1
        self.count += 1
        if self.depth > MAX_DEPTH:
            raise _TooDeepError

    def ascend_resolver(self) -> None:
        self.depth -= 1

    def resolve(self, kind: type[Node], _value: str | None, implicit: Any) -> str:
        if kind is ScalarNode:
            return _PLAIN if implicit[0] else _QUOTED
        return _MAPPING if kind is MappingNode else _SEQUENCE


class Placed(Protocol):
    """Whatever can say where its values stand."""

    def place(self, loc: Loc, *, at_key: bool = False) -> Place:
        """Return the place of the value at `loc`, or of its nearest ancestor."""


class Readable(Placed, Protocol):
    """A file of any kind as plain data that knows where its values stand."""

    @property
    def path(self) -> Path:
        """The file, with symbolic links followed."""

    @property
    def data(self) -> Data:
        """What it says."""

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Those that left a value readable."""

    @property
    def unwritten(self) -> tuple[Loc, ...]:
        """The keys behind which nothing is written, not even `null`; the data leaves them out."""

    @property
    def unreported(self) -> int:
        """Problems beyond those that are reported one by one."""


@dataclass(frozen=True)
class Document:
    """A file whose top level is a mapping: its data, and its nodes for `place`.

    `problems` are those that left a value readable.
    """

    source: Source
    root: MappingNode
    data: Data
    problems: tuple[Problem, ...]
    unwritten: tuple[Loc, ...] = ()
    """The keys behind which nothing is written, not even `null`; the data leaves them out."""
    unreported: int = 0
    """Problems beyond those that are reported one by one."""
    _children: dict[int, dict[str, tuple[Node, Node]]] = field(default_factory=dict, repr=False)
    """The entries of mappings that were searched, by the identity of the mapping's node."""

    @property
    def path(self) -> Path:
        """The file, with symbolic links followed."""
        return self.source.path

    def place(self, loc: Loc, *, at_key: bool = False) -> Place:
        """Return the place of the value at `loc`, or of its nearest ancestor.

        It is the place of the key where `at_key`, or where the value is spread over lines.
        """
        key: Node | None = None
        node: Node = self.root
        for step in loc:
            found = self._child(node, step)
            if found is None:
                at_key = False
                break
            key, node = found
        if key is not None and (at_key or _is_block(node)):
            return _node_place(self.source, key)
        return _node_place(self.source, node)

    def _child(self, node: Node, step: str | int) -> tuple[Node, Node] | None:
        if isinstance(node, MappingNode) and isinstance(step, str):
            if id(node) not in self._children:  # of duplicate keys the first counts
                self._children[id(node)] = {
                    key.value: (key, value)
                    for key, value in reversed(node.value)
                    if isinstance(key, ScalarNode)
                }
            return self._children[id(node)].get(step)
        if isinstance(node, SequenceNode) and isinstance(step, int) and 0 <= step < len(node.value):
            return node.value[step], node.value[step]
        return None


def parse(source: Source) -> Document:
    """Read a file's text as one mapping; raise InputError where nothing below can be read."""
    composer = _Composer(_without_surrogates(source).encode())
    try:
        root = composer.get_single_node()
    except _TooDeepError:
        # there is an event: its depth was refused
        mark: Any = composer.peek_event().start_mark  # type: ignore[union-attr]
        raise InputError(
            [Problem((), TOO_DEEP, place=source.place(mark.line, mark.column))]
        ) from None
    except YAMLError as error:
        raise InputError([syntax_problem(error, source)]) from None
    finally:
        composer.dispose()
    if root is None:
        raise InputError([Problem((), EMPTY, place=source.place(0, 0))])
    if not isinstance(root, MappingNode):
        message = (
            f'expected keys and values ("title: …") at the top level (found {kind_in_words(root)})'
        )
        raise InputError([Problem((), message, place=_node_place(source, root))])
    walk = _Walk(source, composer.count + MAX_REPEATED)
    data = walk.mapping(root, ())
    return Document(
        source, root, data, tuple(walk.problems), tuple(walk.unwritten), walk.unreported
    )


def _without_surrogates(source: Source) -> str:
    """Return JSON text in which a surrogate pair is the one escape that YAML knows."""
    if source.path.suffix.lower() != ".json":
        return source.text
    return _SURROGATES.sub(
        _one_escape,
        source.text,
    )


def _one_escape(pair: re.Match[str]) -> str:
    high, low = (int(half, 16) for half in (pair[2], pair[3]))
    return f"{pair[1]}\\U{0x10000 + (high - 0xD800) * 0x400 + low - 0xDC00:08x}"


class _Walk:
    """One pass over the nodes: plain data out, faults gathered."""

    def __init__(self, source: Source, most: int) -> None:
        self.source = source
        self.most = most
        self.problems: list[Problem] = []
        self.visited = 0
        self.words: set[str] = set()  # plain keys known to be text
        self.unwritten: list[Loc] = []
        self.unreported = 0

    def mapping(self, node: MappingNode, loc: Loc) -> Data:
        self._count(node, loc)
        self._check_tag(node, _MAPPING, loc)
        out: Data = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not (
                type(key_node) is ScalarNode and (key_node.tag == _QUOTED or key in self.words)
            ) and not self._is_text(key_node, loc):
                continue
            if key in out:
                first = next(other for other, _ in node.value if other.value == key)
                self._problem(
                    (*loc, key),
                    f'duplicate key "{key}"; it is already on line {first.start_mark.line + 1}',
                    key_node,
                    at_key=True,
                )
                continue
            if value_node.value == "" and value_node.tag == _PLAIN and key != EXTENDS:
                self.unwritten.append((*loc, key))
            elif type(value_node) is ScalarNode:
                out[key] = (
                    value_node.value
                    if value_node.tag == _QUOTED
                    else self._scalar(value_node, loc, key)
                )
            else:
                out[key] = self._collection(value_node, (*loc, key))
        return out

    def _collection(self, node: Node, loc: Loc) -> Data | list[Any]:
        if len(loc) > MAX_DEPTH:  # only aliases get here: the composer bounds what is written out
            raise InputError(
                [
                    Problem(
                        loc[:1],
                        f"{TOO_DEEP}; an alias (*) may contain itself",
                        place=_node_place(self.source, node),
                    )
                ]
            )
        if isinstance(node, MappingNode):
            return self.mapping(node, loc)
        self._count(node, loc)
        self._check_tag(node, _SEQUENCE, loc)
        return [
            self._scalar(item, loc, at)
            if type(item) is ScalarNode
            else self._collection(item, (*loc, at))
            for at, item in enumerate(node.value)
        ]

    def _scalar(self, node: ScalarNode, loc: Loc, key: str | int) -> Scalar:
        if node.tag == _QUOTED:
            return str(node.value)
        if node.tag != _PLAIN:
            self._check_tag(node, _PLAIN, (*loc, key))
            return str(node.value)
        try:
            return plain(node.value)
        except ValueError as error:
            self._problem((*loc, key), str(error), node)
            return 0

    def _is_text(self, node: Node, loc: Loc) -> bool:
        """Tell whether a key is text, noting the problem where it is not."""
        if not isinstance(node, ScalarNode):
            return self._problem(loc, f"a key must be text (found {kind_in_words(node)})", node)
        if node.tag not in {_PLAIN, _QUOTED}:
            self._check_tag(node, _PLAIN, loc)
            return False
        if node.value == "<<":
            return self._problem(
                (*loc, "<<"),
                "the merge key `<<` is not part of this format; write the keys out, or use"
                " `extends`",
                node,
                at_key=True,
            )
        try:
            value = plain(node.value)
        except ValueError:
            value = None
        if not isinstance(value, str):
            found = (
                f"the number {node.value}"
                if node.value[:1].isdigit() or node.value[:1] in {"-", "+", "."}
                else node.value or "nothing"
            )
            remedy = COMMA if node.value[:1].isdigit() else "put it in quotes"
            return self._problem(
                (*loc, node.value),
                f"a key must be text (found {found}); {remedy}",
                node,
                at_key=True,
            )
        self.words.add(value)
        return True

    def _check_tag(self, node: Node, expected: str, loc: Loc) -> None:
        if node.tag != expected:
            tag = node.tag.replace("tag:yaml.org,2002:", "!!")
            self._problem(
                loc, f"tags are not part of this format (found {tag}); write the plain value", node
            )

    def _count(self, node: Node, loc: Loc) -> None:
        self.visited += len(node.value)
        if self.visited > self.most:
            message = f"aliases (*) repeat more than {MAX_REPEATED:,} values; write less with them"
            raise InputError([Problem(loc[:1], message, place=_node_place(self.source, node))])

    def _problem(self, loc: Loc, message: str, node: Node, *, at_key: bool = False) -> bool:
        if len(self.problems) < MAX_PROBLEMS:
            self.problems.append(Problem(loc, message, at_key, _node_place(self.source, node)))
        else:
            self.unreported += 1
        return False


def kind_in_words(node: Node) -> str:
    """Say what kind of value a node is."""
    match node:
        case SequenceNode():
            return "a list"
        case MappingNode():
            return "a mapping"
        case _:
            return "a single value"


def _is_block(node: Node) -> bool:
    return isinstance(node, CollectionNode) and not node.flow_style


def _node_place(source: Source, node: Node) -> Place:
    start, end = node.start_mark, node.end_mark
    return source.place(
        start.line, start.column, end.column - start.column if end.line == start.line else 1 << 30
    )
