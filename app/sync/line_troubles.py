"""What can go wrong on the line: stable codes, and for each a sentence that says what to do next.

Why one table: a nurse reads the sentence, a test walks over all. No address, login or token ever stands in one; of
another server only its name.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from app.errors import UserError
from app.i18n import N_


class Trouble(StrEnum):
    """Why the shared folder could not be used."""

    ADDRESS = "ADDRESS"
    NOT_SECURE = "NOT_SECURE"
    LOGIN_IN_ADDRESS = "LOGIN_IN_ADDRESS"
    BAD_CERTIFICATE_FILE = "BAD_CERTIFICATE_FILE"
    NO_LINE = "NO_LINE"
    BROKEN = "BROKEN"
    SLOW = "SLOW"
    NO_TLS = "NO_TLS"
    CERT_NAME = "CERT_NAME"
    CERT_UNKNOWN = "CERT_UNKNOWN"
    CERT_TIME = "CERT_TIME"
    CERT_REFUSED = "CERT_REFUSED"
    MOVED = "MOVED"
    TOKEN = "TOKEN"  # noqa: S105 - the name of a trouble
    FORBIDDEN = "FORBIDDEN"
    MISSING = "MISSING"
    LOCKED = "LOCKED"
    FULL = "FULL"
    TOO_LARGE = "TOO_LARGE"
    LATER = "LATER"
    STRANGE = "STRANGE"
    ENDLESS = "ENDLESS"
    NOT_KEPT = "NOT_KEPT"
    SPOILT = "SPOILT"
    ODD = "ODD"


SENTENCES: Final[dict[Trouble, str]] = {
    Trouble.ADDRESS: N_(
        "This is not an address of a shared folder. It begins with https:// and the name of the server. "
        "Copy it again from where the coordinator gave it."
    ),
    Trouble.NOT_SECURE: N_(
        "The address must begin with https://. Without it everybody on the way could read the token. "
        "Ask the coordinator for the secure address."
    ),
    Trouble.LOGIN_IN_ADDRESS: N_(
        "A login or a token stands inside the address. Type the address without it, "
        "and the login and the token in their own fields."
    ),
    Trouble.BAD_CERTIFICATE_FILE: N_(
        "This file holds no certificate that can be used, or it holds more than certificates. "
        "Ask the coordinator for the certificate of the server as a PEM file."
    ),
    Trouble.NO_LINE: N_(
        "The server cannot be reached. Check that this laptop is connected to the internet, then try again. "
        "If other pages open, ask the coordinator whether the address is right."
    ),
    Trouble.BROKEN: N_(
        "The line broke. What has arrived stays there; when the line is back, go on and only the rest is carried."
    ),
    Trouble.SLOW: N_("The server does not answer in time. Try again later; what has arrived stays there."),
    Trouble.NO_TLS: N_(
        "The server does not speak securely, or a page of the network stands before it (a hotel, a station). "
        "Nothing was sent. Open the network's own page first, or use another network."
    ),
    Trouble.CERT_NAME: N_(
        "The certificate belongs to another server than the one in the address. Nothing was sent. "
        "Use another network; if it stays so, call the coordinator."
    ),
    Trouble.CERT_UNKNOWN: N_(
        "Nobody whom this laptop trusts has vouched for the certificate of the server. Nothing was sent. "
        "Use another network; if the server has a certificate of its own, ask the coordinator for its file."
    ),
    Trouble.CERT_TIME: N_(
        "The certificate of the server is not valid at the time that this laptop shows. Nothing was sent. "
        "Check the date and the clock of this laptop first; if they are right, call the coordinator."
    ),
    Trouble.CERT_REFUSED: N_(
        "The certificate of the server does not hold. Nothing was sent. Use another network; "
        "if it stays so, call the coordinator."
    ),
    Trouble.MOVED: N_(
        "The server {here} wants to lead to another place: {there}. It was not followed, and nothing was sent there. "
        "If you are in a network with its own page (a hotel, a station), open that page first; "
        "otherwise ask the coordinator whether the address has changed."
    ),
    Trouble.TOKEN: N_(
        "The server does not accept the login and the token. Type them again, or ask the coordinator for new ones."
    ),
    Trouble.FORBIDDEN: N_(
        "The server does not allow this with the present token. Ask the coordinator for a token "
        "that may read, write and delete in the shared folder."
    ),
    Trouble.MISSING: N_(
        "The shared folder is not at this address. Check the address, "
        "or ask the coordinator whether the folder has moved."
    ),
    Trouble.LOCKED: N_("Another program holds the file on the server. Wait a minute, then try again."),
    Trouble.FULL: N_("The shared folder is full. Tell the coordinator, or carry the bundle on a stick meanwhile."),
    Trouble.TOO_LARGE: N_(
        "The server does not take files of this size. Tell the coordinator, or carry the bundle on a stick."
    ),
    Trouble.LATER: N_(
        "The server has a fault of its own ({status}). Nothing is lost here. Try again later; "
        "if it stays so, tell the coordinator."
    ),
    Trouble.STRANGE: N_(
        "What answers is no shared folder. The address may be wrong, or a page of the network stands before it "
        "(a hotel, a station). Open that page first, or check the address."
    ),
    Trouble.ENDLESS: N_(
        "The server answers with far more than it should. It was stopped. "
        "Tell the coordinator; use a stick meanwhile."
    ),
    Trouble.NOT_KEPT: N_(
        "The server did not keep what was sent: its file has another size. It does not count as sent. "
        "Go on once more; if it stays so, tell the coordinator and use a stick."
    ),
    Trouble.SPOILT: N_(
        "A file on the server is not what its sender put there. It was not taken. "
        "Fetch once more; if it stays so, ask the sender to send again or to use a stick."
    ),
    Trouble.ODD: N_(
        "The server answered with something unexpected ({status}). It does not count as done. Try again later; "
        "if it stays so, tell the coordinator this number."
    ),
}


class LineTrouble(UserError):
    """The line or the server failed. What was carried until then stays carried."""

    def __init__(self, trouble: Trouble, **values: object) -> None:
        super().__init__(SENTENCES[trouble], **values)
        self.trouble = trouble


class LineStopped(Exception):
    """The person asked to stop, or the program locks: raised between two pieces of the network's data."""
