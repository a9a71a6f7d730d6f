"""How an org is started: options as arguments of the program, and its configuration as a file.

Not here: what the program makes of them.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Optional, Union

from ._toml import document

Config = Union[str, "os.PathLike[str]", Mapping[str, object], None]
Tls = Union[bool, tuple["Union[str, os.PathLike[str]]", "Union[str, os.PathLike[str]]"]]


@dataclass(frozen=True)
class Options:
    """The options of :class:`okta_emulator.Emulator`, where they are explained."""

    config: Config
    page_origins: Sequence[str]
    port: int
    host: Optional[str]
    base_url: Optional[str]
    tls: Tls
    state: Optional[Union[str, os.PathLike[str]]]
    log: Optional[str]

    @contextmanager
    def arguments(self) -> Iterator[list[str]]:
        """The arguments; a file of them exists until the block ends."""
        if isinstance(self.page_origins, str):
            raise TypeError(f"page_origins is a list: [{self.page_origins!r}].")
        arguments = ["--control", "--exit-with-stdin", "--port", str(self.port)]
        for origin in self.page_origins:
            arguments += ["--page-origin", origin]
        for name, value in (("host", self.host), ("base-url", self.base_url), ("state", self.state), ("log", self.log)):
            if value is not None:
                arguments += [f"--{name}", os.fspath(value)]
        if isinstance(self.tls, tuple):
            certificate, key = self.tls
            arguments += ["--tls-cert", os.fspath(certificate), "--tls-key", os.fspath(key)]
        elif self.tls:
            arguments.append("--tls")
        with _file(self.config) as file:
            yield arguments if file is None else [*arguments, "--config", file]


@contextmanager
def _file(config: Config) -> Iterator[Optional[str]]:
    """The configuration as a file: a path as it is; a text with line breaks and a mapping as a file of its own."""
    if isinstance(config, Mapping):
        text = document(config)
    elif isinstance(config, str) and "\n" in config:
        text = config
    else:
        yield None if config is None else os.fspath(config)
        return
    with tempfile.TemporaryDirectory(prefix="okta-emulator-") as folder:
        file = Path(folder, "org.toml")
        file.write_text(text, encoding="utf-8")
        yield str(file)
