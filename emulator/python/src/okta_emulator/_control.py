"""Calls the control interface of a running org: JSON over HTTP, or over HTTPS with the authority that the org made.

Always by `localhost`, whatever host the org's own addresses have, and never through a proxy.

Not here: which calls there are (``_emulator.py``).
"""

from __future__ import annotations

import http.client
import json
import ssl
from typing import Any, Optional
from urllib.parse import urlsplit

from ._error import EmulatorError
from ._process import Process

#: Seconds that an answer may take.
ANSWER_WITHIN = 30.0


class Control:
    """The control interface."""

    def __init__(self, process: Process, trusted: Optional[str]) -> None:
        self._process = process
        url = urlsplit(process.url)
        self._port = url.port
        self._tls = ssl.create_default_context(cafile=trusted) if url.scheme == "https" else None

    def call(self, method: str, path: str, body: Optional[object] = None) -> Any:
        """The answer's body, ``None`` if it has none; an error with the org's message where it refuses."""
        self._process.must_run()
        try:
            status, text = self._send(method, f"/control/{path}", body)
        except OSError as error:
            # A connection breaks a moment before the end of the process is known.
            self._process.settle()
            self._process.must_run(error)
            raise EmulatorError(f"{method} /control/{path} was not answered: {error}") from error
        if 200 <= status < 300:
            return json.loads(text) if text else None
        raise EmulatorError(f"{method} /control/{path} was answered with {status}: {_reason(text)}")

    def _send(self, method: str, path: str, body: Optional[object]) -> tuple[int, str]:
        connection = self._connection()
        try:
            content = None if body is None else json.dumps(body)
            headers = {} if body is None else {"Content-Type": "application/json"}
            connection.request(method, path, content, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode("utf-8")
        except http.client.HTTPException as error:
            raise ConnectionError(f"{type(error).__name__} {error}".strip()) from error
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        if self._tls is None:
            return http.client.HTTPConnection("localhost", self._port, timeout=ANSWER_WITHIN)
        return http.client.HTTPSConnection("localhost", self._port, timeout=ANSWER_WITHIN, context=self._tls)


def _reason(text: str) -> str:
    try:
        return str(json.loads(text)["error"])
    except (ValueError, KeyError, TypeError):
        return text
