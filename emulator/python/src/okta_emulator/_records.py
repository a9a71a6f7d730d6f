"""What the control interface answers with, as Python has it.

Not here: asking for it (``_emulator.py``).
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Optional, TypeVar


@dataclass(frozen=True)
class User:
    """A user of the org."""

    id: str
    login: str
    #: ``ACTIVE``, ``LOCKED_OUT`` and so on.
    status: str
    #: Kinds, such as ``okta_sms``.
    factors: list[str]
    activation_token: Optional[str]


@dataclass(frozen=True)
class Code:
    """What an app or a token shows now."""

    login: str
    factor_id: str
    factor_type: str
    provider: str
    #: ``ACTIVE``, ``PENDING_ACTIVATION``, or ``SPARE`` for a token that anyone may enrol.
    status: str
    code: Optional[str]
    #: The code after it, where an enrolment needs two.
    next_code: Optional[str]
    #: Base32.
    secret: Optional[str]


@dataclass(frozen=True)
class Message:
    """A message that the org has sent."""

    at: str
    #: ``sms``, ``call`` or ``email``.
    channel: str
    login: str
    #: A phone number or an e-mail address.
    to: str
    text: str
    code: Optional[str]
    link: Optional[str]
    #: The ``Accept-Language`` of the request.
    language: Optional[str]


@dataclass(frozen=True)
class Request:
    """A request that the org has received."""

    method: str
    path: str
    #: ``None`` where no response was sent.
    status: Optional[int]


@dataclass(frozen=True)
class Push:
    """Something that waits on a user's phone."""

    login: str
    #: ``approve`` for a push, ``setUp`` for an enrolment.
    kind: str
    device: Optional[str]
    #: Three numbers, of which the page shows one.
    numbers: Optional[list[int]]
    correct: Optional[int]


@dataclass(frozen=True)
class Transaction:
    """A transaction in the middle, and the address of the page that goes on with it."""

    url: str
    state_token: str


Record = TypeVar("Record", User, Code, Message, Request, Push, Transaction)


def record(kind: type[Record], answer: Mapping[str, Any]) -> Record:
    """The record of an answer. Members that a newer program adds are left out."""
    values: dict[str, Any] = {field.name: answer.get(_member(field.name)) for field in dataclasses.fields(kind)}
    return kind(**values)


def members(**arguments: object) -> dict[str, object]:
    """Arguments as members of a request, without those that are ``None``."""
    return {_member(name): value for name, value in arguments.items() if value is not None}


def _member(name: str) -> str:
    return re.sub("_([a-z])", lambda found: found[1].upper(), name)
