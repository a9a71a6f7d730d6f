"""An Okta classic org for tests: starts it, and drives what the people of a test would do.

>>> with Emulator() as org:
...     org.users()[0].login
'ada.byron@example.com'

Not here: how the program runs (``_process.py``), and how the org is called (``_control.py``).
"""

from ._emulator import Clock, Emulator
from ._error import EmulatorError
from ._records import Code, Message, Push, Request, Transaction, User

__all__ = [
    "Clock",
    "Code",
    "Emulator",
    "EmulatorError",
    "Message",
    "Push",
    "Request",
    "Transaction",
    "User",
]
