"""Mappings as TOML."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from okta_emulator._toml import document

DOCUMENTS: list[dict[str, Any]] = [
    {},
    {"a": 1, "b": -2.5, "c": True, "d": 'quote " and \\ and \n and \x00 and \x7f and ü and 😀'},
    {"b": {"c": {"d": 1}, "e": 2}, "a": 3},
    {"users": [{"login": "a", "factors": [{"kind": "okta_sms"}]}, {"login": "b"}], "org": {"name": "x"}},
    {"a key": {"with.dots": {"and ü": []}}, "nested": [[1, 2], ["x"]]},
    {"day": date(2026, 1, 2)},
    {"empty": {}},
]


@pytest.mark.parametrize("mapping", DOCUMENTS)
def test_a_parser_reads_the_same(mapping: dict[str, Any]) -> None:
    tomllib = pytest.importorskip("tomllib", reason="this Python has no parser of TOML")
    assert tomllib.loads(document(mapping)) == mapping


def test_none_is_left_out() -> None:
    assert document({"a": None, "b": [{"c": None}]}) == '"b" = [{  }]\n'


@pytest.mark.parametrize("mapping", [{1: 2}, {"a": {1: 2}}, {"a": b"x"}, {"a": float("nan")}, {"a": [{1: 2}]}])
def test_what_toml_does_not_have(mapping: dict[str, Any]) -> None:
    with pytest.raises(TypeError, match="configuration"):
        document(mapping)
