"""The error of this package."""

from __future__ import annotations


class EmulatorError(Exception):
    """The program could not be started or has ended, or the org refused a call. The message says what to do."""
