"""Where the shared folder is and how one is let in: read strictly from what a person typed."""

from __future__ import annotations

import hashlib
import re
import ssl
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import quote, unquote, urlsplit

from app.sync.line_troubles import LineTrouble, Trouble

MOST_CERTIFICATE: Final = 200_000
_MARK: Final = 16
_LONGEST: Final = 1000
_HTTPS: Final = 443
_HOST: Final = re.compile(r"(?=.{1,253}\Z)[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_SHARE: Final = re.compile(r"(.*?)(?:/index\.php)?/s/([A-Za-z0-9_-]{4,64})/?")
_BLOCK: Final = re.compile(r"-----BEGIN ([A-Z0-9 ]+)-----")


@dataclass(frozen=True, slots=True)
class Place:
    """A shared folder. ``path`` is percent-encoded, begins and ends with a slash. Login and token never show."""

    host: str
    port: int
    path: str
    login: str = field(repr=False)
    token: str = field(repr=False)
    certificate: str = field(default="", repr=False)
    """PEM: what the server's certificate must chain to. Empty: what the system trusts."""

    @property
    def address(self) -> str:
        """The address as it is shown and kept; no login stands in it."""
        port = "" if self.port == _HTTPS else f":{self.port}"
        return f"https://{self.host}{port}{self.path}"


def read_place(address: str, login: str, token: str, certificate: str = "") -> Place:
    """What was typed, as a place. Raises LineTrouble with what is wrong.

    A link of a Nextcloud share (``https://cloud.example/s/TOKEN``) is understood: the folder is then
    ``public.php/webdav`` and the login is the share's token, so that no token stays in an address.
    """
    host, port, path = _parts(address.strip())
    login, token = login.strip(), token.strip()
    if share := _SHARE.fullmatch(path):
        path, login = f"{share[1]}/public.php/webdav", share[2]
    if not (login or token) or any(ord(sign) < 32 for sign in login + token) or ":" in login:
        raise LineTrouble(Trouble.TOKEN)
    if not login:
        login, token = token, ""  # the token of a public share is its login
    if certificate:
        check_certificate(certificate)
    return Place(host, port, path.rstrip("/") + "/", login, token, certificate)


def check_certificate(pem: str) -> None:
    """Raise LineTrouble unless ``pem`` holds certificates and nothing else (a private key, say)."""
    kinds = _BLOCK.findall(pem)
    if not kinds or set(kinds) != {"CERTIFICATE"} or len(pem) > MOST_CERTIFICATE:
        raise LineTrouble(Trouble.BAD_CERTIFICATE_FILE)
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cadata=pem)
    except (ssl.SSLError, ValueError):
        raise LineTrouble(Trouble.BAD_CERTIFICATE_FILE) from None


def safe_host(host: str | None) -> str:
    """A server's name fit to be shown, or a question mark: it comes from a stranger."""
    name = (host or "").lower()
    return name if _HOST.fullmatch(name) else "?"


def _parts(address: str) -> tuple[str, int, str]:
    if len(address) > _LONGEST or any(ord(sign) <= 32 for sign in address):
        raise LineTrouble(Trouble.ADDRESS)
    if "://" not in address:
        address = f"https://{address}"
    try:
        split = urlsplit(address)
        host, port = (split.hostname or "").encode("idna").decode("ascii"), split.port or _HTTPS
    except ValueError:  # UnicodeError is one
        raise LineTrouble(Trouble.ADDRESS) from None
    if split.scheme == "http":
        raise LineTrouble(Trouble.NOT_SECURE)
    if split.username is not None or split.password is not None:
        raise LineTrouble(Trouble.LOGIN_IN_ADDRESS)
    if split.scheme != "https" or not _HOST.fullmatch(host) or split.query or split.fragment:
        raise LineTrouble(Trouble.ADDRESS)
    segments = [unquote(segment) for segment in split.path.split("/")]
    if any(segment in {".", ".."} or "/" in segment for segment in segments):
        raise LineTrouble(Trouble.ADDRESS)
    return host, port, "/".join(quote(segment, safe="@:+,;=~!$'()*") for segment in segments)


def certificate_mark(pem: str) -> str:
    """The beginning of the SHA-256 fingerprint of the first certificate, to be compared by phone."""
    block = re.search(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----", pem, re.DOTALL)
    digest = hashlib.sha256(ssl.PEM_cert_to_DER_cert(block[0])).hexdigest() if block else ""
    return " ".join(digest[at : at + 4] for at in range(0, _MARK, 4)).strip()
