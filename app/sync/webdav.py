"""A shared folder spoken to over WebDAV (RFC 4918): the only file of the program that opens a connection.

What it never does: follow a redirect, try again by itself, speak below TLS 1.2 or where a certificate does not hold,
read the environment (proxies, key logs), or take more of an answer than it expects. Each refusal is a ``LineTrouble``
with a sentence; none carries the address, the login or the token.
"""

from __future__ import annotations

import base64
import contextlib
import io
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from typing import Final, NoReturn
from urllib.parse import quote, urljoin, urlsplit

import urllib3
from urllib3.connection import HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, HTTPError, NewConnectionError, ReadTimeoutError
from urllib3.exceptions import SSLError as WrappedSSLError

from app.sync.line_place import Place, safe_host
from app.sync.line_troubles import LineStopped, LineTrouble, Trouble
from app.sync.multistatus import ASK, Entry, NotMultistatus, read_multistatus

_CONNECT_SECONDS: Final = 15.0
_SILENT_SECONDS: Final = 60.0
"""How long the server may say nothing at all."""
_ANSWER_SECONDS: Final = 120.0
"""How long an answer that is no file may take as a whole."""
_LOOK_SECONDS: Final = 0.2
"""How soon a stop is noticed while the server says nothing."""
_MOST_LISTING: Final = 16 << 20
_MOST_WORDS: Final = 1 << 16
_CHUNK: Final = 1 << 14
"""Small, so that a slow line is seen to move, and stopping does not wait."""

_BY_STATUS: Final = {
    401: Trouble.TOKEN,
    403: Trouble.FORBIDDEN,
    404: Trouble.MISSING,
    409: Trouble.MISSING,
    410: Trouble.MISSING,
    413: Trouble.TOO_LARGE,
    423: Trouble.LOCKED,
    429: Trouble.LATER,
    507: Trouble.FULL,
}
_NO_DAV: Final = frozenset({200, 204, 405, 501})
"""What a plain web server answers to PROPFIND."""

# https://docs.openssl.org/3.0/man3/X509_STORE_CTX_get_error/
_BY_CERTIFICATE: Final = {
    9: Trouble.CERT_TIME,
    10: Trouble.CERT_TIME,
    2: Trouble.CERT_UNKNOWN,
    18: Trouble.CERT_UNKNOWN,
    19: Trouble.CERT_UNKNOWN,
    20: Trouble.CERT_UNKNOWN,
    21: Trouble.CERT_UNKNOWN,
    62: Trouble.CERT_NAME,
    64: Trouble.CERT_NAME,
}
_NO_TLS: Final = frozenset(
    {
        "WRONG_VERSION_NUMBER",
        "HTTP_REQUEST",
        "UNSUPPORTED_PROTOCOL",
        "TLSV1_ALERT_PROTOCOL_VERSION",
        "UNEXPECTED_MESSAGE",
    }
    | {"NO_PROTOCOLS_AVAILABLE", "PACKET_LENGTH_TOO_LONG", "RECORD_LAYER_FAILURE"}
)


def never() -> bool:
    """For those whom nobody stops."""
    return False


class WebDav:
    """The shared folder at ``place``. Paths are relative to it, plain text. Close it after use.

    ``stopped`` is asked between two chunks of data, and by a thread of its own while the server keeps us waiting;
    where it says yes, the connection is cut and LineStopped is raised.
    """

    def __init__(self, place: Place, stopped: Callable[[], bool] = never) -> None:
        self._place = place
        self._stopped = stopped
        secret = base64.b64encode(f"{place.login}:{place.token}".encode()).decode("ascii")
        self._headers = {
            "Authorization": f"Basic {secret}",
            "User-Agent": "Apora",
            "X-Requested-With": "XMLHttpRequest",  # Nextcloud: else it may refuse the token of a public share
        }
        self._pool = urllib3.HTTPSConnectionPool(
            place.host,
            place.port,
            timeout=urllib3.Timeout(connect=_CONNECT_SECONDS, read=_SILENT_SECONDS),
            maxsize=1,
            retries=False,
            ssl_context=_context(place.certificate),
            cert_reqs="CERT_REQUIRED",
        )
        self._pool.ConnectionCls = self._connection()
        self._open: socket.socket | None = None
        self._over = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> WebDav:
        self._watcher.start()
        return self

    def __exit__(self, *_why: object) -> None:
        self._over.set()
        self._watcher.join()
        self._pool.close()

    def _connection(self) -> type[HTTPSConnection]:
        line = self

        class Connection(HTTPSConnection):
            """A connection whose socket can be cut from outside."""

            def connect(self) -> None:
                super().connect()
                line._open = self.sock

        return Connection

    def _watch(self) -> None:
        while not self._over.wait(_LOOK_SECONDS):
            if self._stopped() and self._open is not None:
                with contextlib.suppress(OSError):
                    # Below TLS: the other thread still reads through that.
                    socket.socket.shutdown(self._open, socket.SHUT_RDWR)
                return

    def files(self, folder: str) -> dict[str, Entry]:
        """The files in ``folder`` by name, or MISSING."""
        headers = {"Depth": "1", "Content-Type": "application/xml; charset=utf-8"}
        with self._asked("PROPFIND", f"{folder}/" if folder else "", ASK, headers) as answer:
            if answer.status in _NO_DAV:
                raise LineTrouble(Trouble.STRANGE)
            self._expect(answer, 207)
            try:
                entries = read_multistatus(self._all(answer, _MOST_LISTING))
            except NotMultistatus:
                raise LineTrouble(Trouble.STRANGE) from None
        return {entry.name: entry for entry in entries if not entry.is_folder}

    def make_folder(self, folder: str) -> None:
        """Make ``folder`` unless it is there (405)."""
        with self._asked("MKCOL", f"{folder}/") as answer:
            self._expect(answer, 200, 201, 204, 405)
            self._all(answer, _MOST_WORDS)

    def put(self, path: str, data: bytes, moved: Callable[[int], object] | None = None) -> None:
        """Write ``data`` to ``path``. ``moved`` is told how many bytes have gone."""
        headers = {"Content-Length": str(len(data)), "Content-Type": "application/octet-stream"}
        with self._asked("PUT", path, self._chunks(data, moved), headers) as answer:
            self._expect(answer, 200, 201, 204)
            self._all(answer, _MOST_WORDS)

    def move(self, path: str, to: str) -> bool:
        """Rename a file; False where the server cannot."""
        whole = self._place.address + quote(to)
        with self._asked("MOVE", path, headers={"Destination": whole, "Overwrite": "T"}) as answer:
            if answer.status in (403, 405, 412, 501, 502):
                return False
            self._expect(answer, 200, 201, 204)
            self._all(answer, _MOST_WORDS)
        return True

    def delete(self, path: str) -> None:
        """Delete a file; one that is gone already is well."""
        with self._asked("DELETE", path) as answer:
            self._expect(answer, 200, 202, 204, 404)
            self._all(answer, _MOST_WORDS)

    def read(self, path: str, most: int) -> bytes:
        """A small file whole; ENDLESS where it is longer than ``most`` bytes."""
        with self._asked("GET", path) as answer:
            self._expect(answer, 200)
            return self._all(answer, most)

    def stream(self, path: str, start: int, size: int) -> Iterator[bytes]:
        """The bytes of a file of ``size`` bytes from ``start`` on; exactly as many, or LineTrouble."""
        headers = {"Range": f"bytes={start}-"} if start else {}
        with self._asked("GET", path, headers=headers) as answer:
            self._expect(answer, 200, 206)
            skip = start
            if answer.status == 206:
                if answer.headers.get("Content-Range", "").split("-")[0] != f"bytes {start}":
                    raise LineTrouble(Trouble.ODD, status=206)
                skip = 0
            left = size - start
            while data := self._some(answer):
                fresh, skip = data[skip:], max(0, skip - len(data))
                left -= len(fresh)
                if left < 0:
                    raise LineTrouble(Trouble.ENDLESS)
                if fresh:
                    yield fresh
            if left:
                raise LineTrouble(Trouble.BROKEN)

    @contextmanager
    def _asked(
        self,
        method: str,
        path: str,
        body: bytes | Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Iterator[urllib3.BaseHTTPResponse]:
        """One request. What was not read of the answer is thrown away with its connection."""
        if self._stopped():
            raise LineStopped
        try:
            answer = self._pool.urlopen(
                method,
                self._place.path + quote(path),
                body=body,
                headers=self._headers | dict(headers or {}),
                retries=False,
                redirect=False,
                preload_content=False,
                decode_content=False,
            )
            with closing(answer):
                yield answer
        except (HTTPError, OSError) as error:
            if self._stopped():
                raise LineStopped from None
            _in_words(error)

    def _chunks(self, data: bytes, moved: Callable[[int], object] | None) -> Iterator[bytes]:
        # In small pieces: the time limit of a socket is for each piece, and a slow line needs longer for the whole.
        source = io.BytesIO(data)
        while chunk := source.read(_CHUNK):
            if self._stopped():
                raise LineStopped
            yield chunk
            if moved is not None:
                moved(source.tell())

    def _some(self, answer: urllib3.BaseHTTPResponse) -> bytes:
        if self._stopped():
            raise LineStopped
        return answer.read1(_CHUNK, decode_content=False)

    def _all(self, answer: urllib3.BaseHTTPResponse, most: int) -> bytes:
        until = time.monotonic() + _ANSWER_SECONDS
        found = bytearray()
        while data := self._some(answer):
            found += data
            if len(found) > most:
                raise LineTrouble(Trouble.ENDLESS)
            if time.monotonic() > until:
                raise LineTrouble(Trouble.SLOW)
        return bytes(found)

    def _expect(self, answer: urllib3.BaseHTTPResponse, *statuses: int) -> None:
        status = answer.status
        if status in statuses:
            return
        if 300 <= status < 400:
            there = _host_of(urljoin(self._place.address, answer.headers.get("Location", "")))
            raise LineTrouble(Trouble.MOVED, here=self._place.host, there=there)
        trouble = _BY_STATUS.get(status, Trouble.LATER if status >= 500 else Trouble.ODD)
        raise LineTrouble(trouble, status=status)


def _context(certificate: str) -> ssl.SSLContext:
    """TLS 1.2 or newer, name and chain checked. With ``certificate`` nothing else is trusted.

    Made by hand, because ``ssl.create_default_context`` writes the keys down where SSLKEYLOGFILE says so.
    """
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    if certificate:
        context.load_verify_locations(cadata=certificate)
    else:
        context.load_default_certs(ssl.Purpose.SERVER_AUTH)
    return context


def _host_of(address: str) -> str:
    try:
        return safe_host(urlsplit(address).hostname)
    except ValueError:
        return "?"


def _in_words(error: Exception) -> NoReturn:
    # "from None": the exceptions of the library quote the address.
    inner = error.args[0] if isinstance(error, WrappedSSLError) and error.args else error
    if isinstance(inner, ssl.SSLCertVerificationError):
        raise LineTrouble(_BY_CERTIFICATE.get(inner.verify_code, Trouble.CERT_REFUSED)) from None
    if isinstance(inner, ssl.SSLError) and inner.reason in _NO_TLS:
        raise LineTrouble(Trouble.NO_TLS) from None
    if isinstance(error, ReadTimeoutError):
        raise LineTrouble(Trouble.SLOW) from None
    if isinstance(error, NewConnectionError | ConnectTimeoutError):
        raise LineTrouble(Trouble.NO_LINE) from None
    raise LineTrouble(Trouble.BROKEN) from None
