"""A mapping as TOML, for a configuration that a test writes in Python.

Not here: which keys there are. The program knows them, and its message names the line.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime, time


def document(config: Mapping[str, object]) -> str:
    """The document: one key per line, and tables inline where they are in a list."""
    return "".join(_lines(config, ()))


def _lines(table: Mapping[str, object], path: tuple[str, ...]) -> list[str]:
    here = {key: value for key, value in table.items() if not isinstance(value, Mapping)}
    below = {key: value for key, value in table.items() if isinstance(value, Mapping)}
    lines = [f"[{'.'.join(_key(part) for part in path)}]\n"] if path else []
    lines += [f"{_key(key)} = {_value(value)}\n" for key, value in here.items() if value is not None]
    for key, value in below.items():
        lines += _lines(value, (*path, key))
    return lines


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise TypeError(f"A key of the configuration is a text, and not {key!r}.")
    return _text(key)


def _text(text: str) -> str:
    # A basic string has the escapes of JSON, except for those of characters beyond 0xFFFF, and DEL is escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, (int, float)) and math.isfinite(value):
        return repr(value)
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, (datetime, date, time)):
        return value.isoformat()
    if isinstance(value, Mapping):
        members = (f"{_key(key)} = {_value(member)}" for key, member in value.items() if member is not None)
        return "{ " + ", ".join(members) + " }"
    if isinstance(value, Sequence) and not isinstance(value, (bytes, bytearray)):
        return "[" + ", ".join(_value(member) for member in value) + "]"
    raise TypeError(f"The configuration cannot have {value!r}: TOML has no such value.")
