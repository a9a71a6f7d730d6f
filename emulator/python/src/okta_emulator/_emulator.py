"""The org, as a test uses it.

Not here: how the program runs (``_process.py``), and how it is called (``_control.py``).
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Optional, Union
from urllib.parse import quote

from ._control import Control
from ._options import Config, Options, Tls
from ._process import Process
from ._program import program
from ._records import Code, Message, Push, Request, Transaction, User, members, record


class Clock:
    """The org's clock. It only moves forward, until the org is reset."""

    def __init__(self, control: Control) -> None:
        self._control = control

    def now(self) -> datetime:
        """The time in the org."""
        return _time(self._control.call("GET", "clock"))

    def advance(self, seconds: Union[float, timedelta]) -> datetime:
        """Moves it forward, and says what time it is in the org then."""
        by = seconds.total_seconds() if isinstance(seconds, timedelta) else seconds
        return _time(self._control.call("POST", "clock/advance", {"seconds": by}))


def _time(answer: dict[str, str]) -> datetime:
    # Python before 3.11 does not read the letter.
    return datetime.fromisoformat(answer["now"].replace("Z", "+00:00"))


class Emulator:
    """A running org, which ends with the block ``with``, with :meth:`close`, and at the latest with this process.

    :param config: the path of a TOML file, a text of TOML with line breaks, or a mapping with the same keys; the sample
        org if left out
    :param page_origins: the origins of the pages that may call the org: Trusted Origins with CORS and Redirect
    :param port: the port on localhost; 0 takes a free one
    :param host: the host in the org's own addresses, ``localhost`` or below it
    :param base_url: where the org is to its clients, if it is behind a proxy
    :param tls: HTTPS: ``True`` makes a certificate, whose authority is the file :attr:`authority`; or the paths of a
        certificate and its key, as PEM
    :param state: a file that keeps the org over restarts
    :param log: what is logged to standard error: ``error``, ``warn``, ``info``, ``debug`` or ``trace``
    :raises EmulatorError: the program is missing, or ended before it listened; with its own message
    """

    def __init__(
        self,
        config: Config = None,
        page_origins: Sequence[str] = (),
        port: int = 0,
        *,
        host: Optional[str] = None,
        base_url: Optional[str] = None,
        tls: Tls = False,
        state: Optional[Union[str, os.PathLike[str]]] = None,
        log: Optional[str] = None,
    ) -> None:
        options = Options(config, page_origins, port, host, base_url, tls, state, log)
        with options.arguments() as arguments:
            self._process = Process(program(), arguments)
        trusted = os.fspath(tls[0]) if isinstance(tls, tuple) else self._process.authority
        self._control = Control(self._process, trusted)
        #: The org's clock.
        self.clock = Clock(self._control)

    @property
    def url(self) -> str:
        """Where it listens."""
        return self._process.url

    @property
    def authority(self) -> Optional[str]:
        """The file with the certificate of the authority that was made for ``tls=True``, as PEM."""
        return self._process.authority

    def users(self) -> list[User]:
        """All users."""
        return [record(User, one) for one in self.control("GET", "users")]

    def change_user(
        self,
        login: str,
        *,
        sign_on: Optional[str] = None,
        password_policy: Optional[str] = None,
        enroll: Optional[str] = None,
        password_age_days: Optional[int] = None,
        password_expired: Optional[bool] = None,
        locked_out: Optional[bool] = None,
        setup_unfinished: Optional[bool] = None,
        reset_factors: Optional[bool] = None,
    ) -> None:
        """Changes a user's policies, by their names in the configuration, and the user's state."""
        change = members(
            login=login,
            sign_on=sign_on,
            password_policy=password_policy,
            enroll=enroll,
            password_age_days=password_age_days,
            password_expired=password_expired,
            locked_out=locked_out,
            setup_unfinished=setup_unfinished,
            reset_factors=reset_factors,
        )
        self.control("POST", "users", change)

    def codes(self, login: Optional[str] = None) -> list[Code]:
        """What all apps and tokens show now, or one user's."""
        path = "codes" if login is None else f"codes?login={quote(login, safe='')}"
        return [record(Code, one) for one in self.control("GET", path)]

    def outbox(self) -> list[Message]:
        """All messages, the latest at the end."""
        return [record(Message, one) for one in self.control("GET", "outbox")]

    def requests(self) -> list[Request]:
        """What was called, in order."""
        return [record(Request, one) for one in self.control("GET", "requests")]

    def pushes(self) -> list[Push]:
        """What waits on phones."""
        return [record(Push, one) for one in self.control("GET", "push")]

    def push(self, login: str, action: str, number: Optional[int] = None) -> None:
        """What the user does with the phone: ``approve``, ``deny``, ``set-up``, ``number``, ``make-right``."""
        self.control("POST", "push", members(login=login, action=action, number=number))

    def transaction(
        self,
        login: str,
        state: str,
        *,
        factor: Optional[str] = None,
        result: Optional[str] = None,
        app: Optional[str] = None,
        page: Optional[str] = None,
    ) -> Transaction:
        """A transaction in this state, such as ``MFA_REQUIRED``; ``factor`` is a kind, such as ``okta_sms``."""
        wanted = members(login=login, state=state, factor=factor, result=result, app=app, page=page)
        return record(Transaction, self.control("POST", "transactions", wanted))

    def faults(
        self,
        path: str,
        kind: str,
        *,
        method: Optional[str] = None,
        times: int = 1,
        seconds: Optional[float] = None,
        status: Optional[int] = None,
        pointer: Optional[str] = None,
        value: object = None,
        name: Optional[str] = None,
        content_type: Optional[str] = None,
        body: Optional[str] = None,
        levels: Optional[int] = None,
        size: Optional[int] = None,
    ) -> None:
        """Has the next calls of this path fail: ``delay`` and ``drip`` with ``seconds``, ``status`` with ``status``,
        ``answer`` with ``status``, ``content_type`` and ``body``, ``replace`` with ``pointer`` and ``value``, ``remove``
        with ``pointer``, ``header`` with ``name`` and ``value``, ``deep`` with ``levels``, ``large`` with ``size``;
        ``hold``, ``hang``, ``reset``, ``reset-midway``, ``lose``, ``twice``, ``rate-limit``, ``truncate``."""
        fault = members(
            kind=kind,
            seconds=seconds,
            status=status,
            pointer=pointer,
            name=name,
            contentType=content_type,
            body=body,
            levels=levels,
            bytes=size,
        )
        if kind in ("replace", "header"):
            fault["value"] = value
        self.control("POST", "faults", members(method=method, path=path, times=times, fault=fault))

    def clear_faults(self) -> None:
        """Has all calls answered again."""
        self.control("DELETE", "faults")

    def reset(self) -> None:
        """Users, messages, sessions and clock as at the start; no faults."""
        self.control("POST", "reset")

    def control(self, method: str, path: str, body: Optional[object] = None) -> Any:
        """Any call of the control interface, by its path below ``/control/``."""
        return self._control.call(method, path, body)

    def close(self) -> None:
        """Stops it. A second call does nothing."""
        self._process.close()

    def __enter__(self) -> Emulator:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        traceback: Optional[TracebackType],
    ) -> None:
        self.close()
