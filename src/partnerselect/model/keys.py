"""Nested mappings: what stands at a key, and which keys a mapping may have by the models."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo

from partnerselect.errors import Loc
from partnerselect.model.base import Id
from partnerselect.model.estimate import Estimate


def value_at(data: Any, loc: Loc) -> Any:
    """Return what stands at these keys, None where nothing does."""
    for key in loc:
        if isinstance(data, list):
            data = data[key] if isinstance(key, int) and key < len(data) else None
        else:
            data = data.get(key) if isinstance(data, dict) else None
    return data


def leaves_of(tree: Any, above: str = "") -> Iterator[tuple[str, Any]]:
    """Yield the criteria of plain data that have none below them, by dotted path."""
    for name, one in tree.items() if isinstance(tree, dict) else ():
        below = value_at(one, ("criteria",))
        if isinstance(below, dict):
            yield from leaves_of(below, f"{above}{name}.")
        elif isinstance(name, str):
            yield f"{above}{name}", one


def replaced(data: Any, loc: Loc, value: Any) -> Any:
    """Return a copy of nested mappings with one value replaced; None removes the key."""
    if not loc:
        return value
    copy = dict(data) if isinstance(data, dict) else {}
    key = str(loc[0])
    if len(loc) == 1 and value is None:
        copy.pop(key, None)
    else:
        copy[key] = replaced(copy.get(key), loc[1:], value)
    return copy


@dataclass(frozen=True)
class Keys:
    """The keys that a mapping may have; those of all its forms where it has several."""

    fields: dict[str, FieldInfo]
    takes_ids: bool
    """Whether its author names the keys, as those of `partners` or of its `scores`."""
    defines_ids: bool
    """Whether the keys are ids that are defined there, as those of `partners`."""

    def may_hold(self, key: str) -> bool:
        """Tell whether a key may stand there; anything may where no mapping is expected."""
        return self.takes_ids or not self.fields or key in self.fields


def keys_at(model: type[BaseModel], loc: Loc) -> Keys:
    """Return the keys of the mapping at `loc`; none where no mapping may stand."""
    forms = list(_forms(model))
    for key in loc:
        forms = [form for one in forms for below in _below(one, key) for form in _forms(below)]
    fields = {key: field for form in reversed(forms) for key, field in _fields(form).items()}
    ids = [get_args(form)[0] for form in forms if get_origin(form) is dict]
    return Keys(fields, bool(ids), Id in ids)


def accepts(model: type[BaseModel], loc: Loc, value: object, ids: object) -> bool:
    """Tell whether a value may stand at `loc`, whatever stands beside it; `ids` may be named."""
    forms = list(_forms(model))
    for key in loc[:-1]:
        forms = [form for one in forms for below in _below(one, key) for form in _forms(below)]
    return any(_takes(below, value, ids) for form in forms for below in _below(form, loc[-1]))


def _takes(annotation: Any, value: object, ids: object) -> bool:
    try:
        TypeAdapter(annotation).validate_python(value, context=ids)
    except ValidationError:
        return False
    return True


def _forms(annotation: Any) -> Iterator[Any]:
    """Yield what an annotation may be, without `Annotated` and `Union`."""
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    if get_origin(annotation) in {Union, types.UnionType}:
        for member in get_args(annotation):
            yield from _forms(member)
    else:
        yield annotation


def _below(form: Any, key: str | int) -> Iterator[Any]:
    if key in (fields := _fields(form)):
        field = fields[str(key)]
        yield Annotated[field.annotation, *field.metadata] if field.metadata else field.annotation
    elif get_origin(form) is (list if isinstance(key, int) else dict):
        yield get_args(form)[-1]


def _fields(form: Any) -> dict[str, FieldInfo]:
    form = form.form if isinstance(form, type) and issubclass(form, Estimate) else form
    if not (isinstance(form, type) and issubclass(form, BaseModel)):
        return {}
    return {field.alias or name: field for name, field in form.model_fields.items()}
