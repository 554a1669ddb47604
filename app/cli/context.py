"""What every verb gets: the options, the terminal, and the way to the store."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from app.cli.terminal import Terminal
from app.errors import AppError, UserError
from app.i18n import N_, _
from app.store.single import SingleInstance
from app.usecases.access import Access, lock
from app.usecases.desk import Desk

MakeAccess = Callable[[Path], Access]


class CannotOpen(AppError):
    """The store did not open; ``error`` says why."""

    def __init__(self, error: UserError) -> None:
        super().__init__(error.message)
        self.error = error


@dataclass(frozen=True)
class Context:
    """One run of one verb."""

    args: argparse.Namespace
    home: Path
    terminal: Terminal
    make_access: MakeAccess

    def passphrase(self) -> str:
        """From the file that was named, else typed unseen."""
        if self.args.passphrase_file is not None:
            return read_text(self.args.passphrase_file).strip()
        return self.terminal.ask_secret(_("Passphrase:"))

    @contextmanager
    def desk(self) -> Iterator[Desk]:
        """The open store, locked again at the end. Raises CannotOpen where it does not open."""
        with ExitStack() as stack:
            try:
                desk = self._open(stack)
            except UserError as error:
                raise CannotOpen(error) from error
            stack.callback(lock, desk)
            yield desk

    def _open(self, stack: ExitStack) -> Desk:
        access = self.make_access(self.home)
        if not access.exists():
            raise UserError(
                N_("There is no store in this folder. Make one with init, or name another folder with --home.")
            )
        stack.enter_context(SingleInstance(self.home))
        return access.unlock(self.passphrase())


def read_text(path: Path) -> str:
    """A small text file that a person made, with or without a byte order mark. Raises UserError."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(N_("The file {name} cannot be read."), name=path.name) from error


def read_bytes(path: Path, at_most: int) -> bytes:
    """A small file from outside. Raises UserError."""
    try:
        with path.open("rb") as file:
            return file.read(at_most + 1)
    except OSError as error:
        raise UserError(N_("The file {name} cannot be read."), name=path.name) from error


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, for its owner alone; whole, or nothing of it stays. Raises UserError."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except FileExistsError as error:
        raise UserError(N_("The file {name} exists already. Name another one."), name=path.name) from error
    except OSError as error:
        raise UserError(N_("The file {name} cannot be written."), name=path.name) from error
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        with suppress(OSError):
            path.unlink(missing_ok=True)
        raise UserError(N_("The file {name} cannot be written."), name=path.name) from error
