"""Where the shared folder is: kept in the encrypted store alone, and shown without what lets one in."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from sqlalchemy.orm import Session

from app.models import Setting
from app.sync.line_place import MOST_CERTIFICATE, Place, certificate_mark, check_certificate, read_place
from app.sync.line_troubles import LineTrouble, Trouble

_NAME: Final = "line"


@dataclass(frozen=True, slots=True)
class LineSettings:
    """What may be shown. ``login`` is empty for a public share, whose login is its secret token."""

    address: str
    host: str
    login: str
    certificate: str
    """PEM, empty where what the system trusts is enough."""


@dataclass(frozen=True, slots=True)
class LineWish:
    """What was typed. An empty ``token`` keeps the present one, as long as server and login stay the same."""

    address: str
    login: str
    token: str = field(repr=False)
    certificate: str = field(default="", repr=False)


def shown(place: Place) -> LineSettings:
    """The settings without secrets."""
    return LineSettings(place.address, place.host, place.login if place.token else "", place.certificate)


def mark_of(pem: str) -> str:
    """The beginning of a certificate's fingerprint, to be compared by phone."""
    return certificate_mark(pem)


def kept_place(session: Session) -> Place | None:
    """The shared folder that is set, or None."""
    row = session.get(Setting, _NAME)
    if row is None or not row.value:
        return None
    kept = json.loads(row.value)
    return read_place(kept["address"], kept["login"], kept["token"], kept["certificate"])


def keep_place(session: Session, place: Place | None) -> None:
    """Remember ``place``, or none."""
    values = (
        {"address": place.address, "login": place.login, "token": place.token, "certificate": place.certificate}
        if place
        else {}
    )
    session.merge(Setting(name=_NAME, value=json.dumps(values) if values else ""))


def wished_place(wish: LineWish, kept: Place | None) -> Place:
    """What was typed, as a place. Raises LineTrouble.

    A kept token goes to the server it was given for and to no other: whoever changes the address must type it again.
    """
    login, token = wish.login, wish.token
    if kept is not None and not token and login.strip() == shown(kept).login:
        there = read_place(wish.address, "-", "-")
        if (there.host, there.port) == (kept.host, kept.port):
            login, token = kept.login, kept.token
    return read_place(wish.address, login, token, wish.certificate)


def read_certificate(file: Path) -> str:
    """The certificates in a PEM file. Raises LineTrouble for anything else."""
    try:
        with file.open("rb") as source:
            pem = source.read(MOST_CERTIFICATE + 1).decode("ascii")
    except (OSError, UnicodeError):
        raise LineTrouble(Trouble.BAD_CERTIFICATE_FILE) from None
    check_certificate(pem)
    return pem
