"""The shape of assignment.yaml as it is written: one source for checking it and for editors."""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    TypeAdapter,
    WithJsonSchema,
)

from grader.course_file import CHECKS
from grader.questions import Returns

_UNITS = {"B": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}
_SIZE = re.compile(r"([0-9]+) ?(B|KiB|MiB|GiB)")
_ANSWERS = ("value", "array", "held")
_FUNCTION_PATTERN = r"^[A-Za-z_*?][A-Za-z0-9_*?]*$"
_NAME = "[A-Za-z_][A-Za-z0-9_]*"
_FORBIDDEN = rf"^({_NAME}(\.{_NAME})*|\.{_NAME})$"


def parse_size(value: Any) -> int:
    """A number of bytes from `64 KiB`, `1 GiB` or a plain number.

    Raises: ValueError saying how to write it.
    """
    size = _SIZE.fullmatch(value) if isinstance(value, str) else None
    if size:
        return int(size[1]) * _UNITS[size[2]]
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    raise ValueError("write a size such as 64 KiB, 512 MiB or 1 GiB")


def _parse_returns(value: Any) -> Returns:
    if isinstance(value, list) and value:
        return tuple(_parse_returns(part) for part in value)
    if value in _ANSWERS:
        return str(value)
    raise ValueError("write value, array, held, or a list of these")


def _refuse_checks(name: str) -> str:
    if CHECKS.fullmatch(name):
        raise ValueError("files of checks are called so; rename this one")
    return name


def _parse_forbidden(value: Any) -> str:
    if isinstance(value, str) and re.fullmatch(_FORBIDDEN, value):
        return value
    raise ValueError(
        "write a dotted name such as torch.autograd, or .backward for an attribute of that name"
    )


Size = Annotated[
    int,
    BeforeValidator(parse_size),
    Field(gt=0),
    WithJsonSchema(
        {"anyOf": [{"type": "integer", "minimum": 1}, {"type": "string", "pattern": _SIZE.pattern}]}
    ),
]
Asked = Annotated[
    Any,
    BeforeValidator(_parse_returns),
    WithJsonSchema({"anyOf": [{"enum": list(_ANSWERS)}, {"type": "array", "minItems": 1}]}),
]
Forbidden = Annotated[
    str,
    BeforeValidator(_parse_forbidden),
    WithJsonSchema({"type": "string", "pattern": _FORBIDDEN}),
]
Seconds = Annotated[float, Field(gt=0, le=86_400, strict=True)]
Flag = Annotated[bool, Field(strict=True)]
Source = Annotated[
    str, Field(pattern=r"^[A-Za-z_][A-Za-z0-9_]*\.py$"), AfterValidator(_refuse_checks)
]
Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*(\.[a-z0-9_]+)*$")]


class _Entry(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class TitleEntry(_Entry):
    """A text in English and, if the course has it, in Russian."""

    en: Annotated[str, Field(min_length=1)]
    ru: Annotated[str, Field(min_length=1)] | None = None


class LimitsEntry(_Entry):
    """What a box allows; what is left out comes from the assignment, else from the engine."""

    seconds: Seconds | None = Field(None, description="CPU seconds of one check's questions")
    load: Seconds | None = Field(None, description="CPU seconds of loading the submission")
    memory: Size | None = Field(None, description="such as 1 GiB")
    output: Size | None = Field(None, description="captured output, such as 64 KiB")


class PolicyEntry(_Entry):
    """What graded functions must not use, and what becomes of it where they do."""

    forbid: tuple[Forbidden, ...] = Field(
        description="dotted names with all under them, or .name for an attribute of anything"
    )
    action: Literal["flag", "fail"] = Field(
        "flag", description="flag: a person is told; fail: the items that reach it earn nothing"
    )


class ItemEntry(_Entry):
    """One line of the rubric."""

    id: Id
    title: TitleEntry
    points: Annotated[float, Field(ge=0, allow_inf_nan=False, strict=True)]
    needs: tuple[str, ...] = Field((), description="items above; without their answer: blocked")
    bonus: Flag = Field(False, description="adds to points, not to out_of")
    kind: Literal["code", "answer", "manual"] = "code"
    device: Literal["cpu", "accelerator"] = "cpu"
    limits: LimitsEntry | None = None
    policy: PolicyEntry | None = Field(None, description="in place of the assignment's")


class AssignmentFile(_Entry):
    """An assignment.yaml."""

    number: Literal[1] = Field(alias="schema", description="the version of this format")
    title: TitleEntry
    arrays: Literal["torch", "numpy"] = "torch"
    files: Annotated[tuple[Source, ...], Field(min_length=1)]
    given: tuple[Source, ...] = Field((), description="modules that every box gets")
    returns: dict[Annotated[str, Field(pattern=_FUNCTION_PATTERN)], Asked] = Field(
        default_factory=dict, description="what functions return, by name pattern"
    )
    limits: LimitsEntry | None = None
    policy: PolicyEntry | None = Field(None, description="what graded functions must not use")
    feedback: Literal["full", "hints", "outcome"] = "full"
    notebook: Literal["definitions", "execute"] = Field(
        "definitions",
        description="of a NAME.ipynb in place of NAME.py, load its definitions alone, or run its "
        "cells from top to bottom; magics and shell lines never run",
    )
    items: Annotated[tuple[ItemEntry, ...], Field(min_length=1)]


DESCRIPTION: TypeAdapter[AssignmentFile] = TypeAdapter(AssignmentFile)


def schema() -> dict[str, Any]:
    """The JSON Schema of assignment.yaml, for editors."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **DESCRIPTION.json_schema(by_alias=True),
    }
