"""The program as a process: started, waited for until it listens, and stopped.

Its standard input is a pipe that this process holds and never writes to. It ends with this process, however that ends,
and the program stops then.

Not here: where the program is (``_program.py``), and what is asked of it while it runs (``_control.py``).
"""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Sequence
from typing import IO, Optional

from ._error import EmulatorError

READY = "emulator listening on "
AUTHORITY = "certificate authority: "

#: Seconds that a start may take. It takes a fraction of one; a broken program must not hold up a test run.
START_WITHIN = 30.0
#: Seconds that a stop may take: longer than the program waits for running requests.
STOP_WITHIN = 10.0


class Process:
    """The running program."""

    def __init__(self, program: str, arguments: Sequence[str]) -> None:
        self._closed = False
        self._said: list[str] = []
        self._ready = False
        #: The file with the certificate of the authority that the program made, if it made one.
        self.authority: Optional[str] = None
        try:
            self._child = subprocess.Popen(
                [program, *arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                encoding="utf-8",
                errors="replace",
            )
        except OSError as error:
            raise EmulatorError(f"{program} could not be started: {error.strerror}.") from error
        self._errors = threading.Thread(target=self._hear, args=(self._child.stderr,), daemon=True)
        self._errors.start()
        #: Where it listens.
        self.url = self._wait_until_it_listens()

    def _hear(self, stderr: Optional[IO[str]]) -> None:
        """Keeps what the program says before it listens; it is the reason if it never does. Passes on the rest."""
        for line in stderr or ():
            if self._ready:
                print(line, end="", file=sys.stderr)
            else:
                self._said.append(line)

    def _wait_until_it_listens(self) -> str:
        overdue = threading.Timer(START_WITHIN, self._child.kill)
        overdue.start()
        try:
            for line in self._child.stdout or ():
                if line.startswith(AUTHORITY):
                    self.authority = line[len(AUTHORITY) :].strip()
                if line.startswith(READY):
                    self._ready = True
                    print("".join(self._said), end="", file=sys.stderr)
                    return line[len(READY) :].split()[0]
        finally:
            overdue.cancel()
        self._release()
        self._errors.join()
        raise EmulatorError("".join(self._said).strip() or f"okta-emulator {self._end()}.")

    def _end(self) -> str:
        code = self._child.wait()
        return f"ended (exit code {code})" if code >= 0 else f"ended (signal {-code})"

    def must_run(self, cause: Optional[BaseException] = None) -> None:
        """An error if it is not running."""
        if self._closed:
            raise EmulatorError("This org was closed. Start another one.") from cause
        if self._child.poll() is not None:
            raise EmulatorError(f"okta-emulator {self._end()}. Start another one.") from cause

    def settle(self) -> None:
        """Gives the end of the process, if it has come, the time to be known."""
        try:
            self._child.wait(0.2)
        except subprocess.TimeoutExpired:
            pass

    def close(self) -> None:
        """Stops it; a second call does nothing."""
        if not self._closed:
            self._closed = True
            self._release()

    def _release(self) -> None:
        for pipe in (self._child.stdin, self._child.stdout):
            if pipe is not None:
                pipe.close()
        try:
            self._child.wait(STOP_WITHIN)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._errors.join()
        if self._child.stderr is not None:
            self._child.stderr.close()
