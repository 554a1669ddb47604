"""Servers on loopback for tests of the line: a real WebDAV server over TLS, a proxy that cuts, servers that lie.

The certificates are made here, by a CA of our own; the program is given that CA's certificate as a person would.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from cheroot.ssl.builtin import BuiltinSSLAdapter
from cheroot.wsgi import Server
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from wsgidav.fs_dav_provider import FilesystemProvider
from wsgidav.wsgidav_app import WsgiDAVApp

LOGIN, TOKEN = "centre", "t0ken-of-the-test"
FOLDER = "/share/"


@dataclass(frozen=True)
class Papers:
    """A server's certificate with its key in one PEM, and the certificate of the CA that signed it."""

    server: bytes
    ca: str


@cache
def papers(name: str = "localhost", *, days: int = 2, begins: int = -1) -> Papers:
    """A CA and a certificate for ``name``, valid from ``begins`` days from now for ``days`` days."""
    now = dt.datetime.now(dt.UTC)
    start, end = now + dt.timedelta(days=begins), now + dt.timedelta(days=begins + days)
    ca_key, key = ec.generate_private_key(ec.SECP256R1()), ec.generate_private_key(ec.SECP256R1())
    ca_name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "A CA of the test")])

    def begun(subject: x509.Name, public: ec.EllipticCurvePublicKey) -> x509.CertificateBuilder:
        builder = x509.CertificateBuilder(subject_name=subject, issuer_name=ca_name, public_key=public)
        builder = builder.serial_number(x509.random_serial_number())
        return builder.add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_public_key(ca_key.public_key()), critical=False
        ).add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)

    usage = x509.KeyUsage(True, False, False, False, False, True, True, False, False)
    ca = begun(ca_name, ca_key.public_key())
    ca = ca.not_valid_before(now - dt.timedelta(days=400)).not_valid_after(now + dt.timedelta(days=400))
    ca = ca.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
    root = ca.add_extension(usage, critical=True).sign(ca_key, hashes.SHA256())
    names: list[x509.GeneralName] = [x509.DNSName(name)]
    if name == "localhost":
        names.append(x509.IPAddress(ipaddress.ip_address("127.0.0.1")))
    leaf = begun(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]), key.public_key())
    leaf = leaf.not_valid_before(start).not_valid_after(end)
    leaf = leaf.add_extension(x509.SubjectAlternativeName(names), critical=False)
    leaf = leaf.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
    made = leaf.sign(ca_key, hashes.SHA256())
    pem = serialization.Encoding.PEM
    secret = key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return Papers(secret + made.public_bytes(pem), root.public_bytes(pem).decode())


@dataclass
class Asked:
    """What a server was asked: methods with paths, in order."""

    requests: list[tuple[str, str]] = field(default_factory=list)


@dataclass
class DavServer:
    """A real WebDAV server. ``root`` is its folder on this disk; ``port`` on loopback."""

    root: Path
    port: int
    ca: str
    asked: Asked
    deny: dict[str, str] = field(default_factory=dict)
    """Method → status line with which it is answered instead."""

    def address(self, port: int = 0) -> str:
        return f"https://localhost:{port or self.port}{FOLDER}"


@contextmanager
def dav_server(folder: Path) -> Iterator[DavServer]:
    """A WebDAV server over ``folder``/share with one login."""
    (folder / "share").mkdir(parents=True)
    config = {
        "provider_mapping": {"/": FilesystemProvider(str(folder))},
        "http_authenticator": {"domain_controller": None, "accept_basic": True, "accept_digest": False},
        "simple_dc": {"user_mapping": {"*": {LOGIN: {"password": TOKEN}}}},
        "logging": {"enable": False},
        "verbose": 0,
    }
    dav = WsgiDAVApp(config)
    asked = Asked()
    deny: dict[str, str] = {}

    def app(environ: dict[str, Any], start: Callable[..., Any]) -> Any:
        method = environ["REQUEST_METHOD"]
        asked.requests.append((method, environ["PATH_INFO"]))
        if method in deny:
            start(deny[method], [("Content-Length", "0")])
            return [b""]
        return dav(environ, start)

    with tls_file(folder, papers()) as pem:
        server = Server(("127.0.0.1", 0), app, numthreads=4, timeout=5)
        server.ssl_adapter = BuiltinSSLAdapter(str(pem), str(pem))
        server.error_log = lambda *_a, **_k: None  # type: ignore[method-assign]
        server.prepare()
        thread = threading.Thread(target=server.serve)
        thread.start()
        try:
            yield DavServer(folder / "share", server.bind_addr[1], papers().ca, asked, deny)
        finally:
            server.stop()
            thread.join(10)


@contextmanager
def tls_file(folder: Path, held: Papers) -> Iterator[Path]:
    """The papers as a file, as servers want them."""
    file = folder / "server.pem"
    file.write_bytes(held.server)
    yield file
    file.unlink(missing_ok=True)


class Cut:
    """A proxy that closes both sides after ``up`` bytes from the program or ``down`` from the server (0: never)."""

    def __init__(self, port: int) -> None:
        self._to = port
        self.up = self.down = 0
        self.carried_up = self.carried_down = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._threads = [threading.Thread(target=self._serve)]
        self._threads[0].start()

    def begin(self, up: int = 0, down: int = 0) -> None:
        """Count from zero, and cut after as many bytes."""
        self.up, self.down, self.carried_up, self.carried_down = up, down, 0, 0

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                here, _from = self._listener.accept()
            except OSError:
                return
            there = socket.create_connection(("127.0.0.1", self._to))
            for one, other, is_up in ((here, there, True), (there, here, False)):
                thread = threading.Thread(target=self._pump, args=(one, other, is_up))
                self._threads.append(thread)
                thread.start()

    def _pump(self, one: socket.socket, other: socket.socket, is_up: bool) -> None:
        with suppress(OSError):
            while data := one.recv(8192):
                if is_up:
                    self.carried_up += len(data)
                else:
                    self.carried_down += len(data)
                if (self.up and self.carried_up > self.up) or (self.down and self.carried_down > self.down):
                    break
                other.sendall(data)
        for each in (one, other):
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        if not is_up:
            one.close()
            other.close()


@contextmanager
def cutting(port: int) -> Iterator[Cut]:
    """A proxy before ``port``."""
    made = Cut(port)
    try:
        yield made
    finally:
        made.close()


class Rude:
    """A TLS server that answers every request with the same bytes, as often as ``endless`` says, and counts."""

    def __init__(
        self,
        answer: bytes,
        held: Papers,
        folder: Path,
        *,
        endless: bool = False,
        tls: bool = True,
        holding: float = 0,
    ) -> None:
        self._answer = answer
        self._endless = endless
        self._holding = holding
        self._tls = tls
        self.connections = 0
        self.requests: list[bytes] = []
        folder.mkdir(parents=True, exist_ok=True)
        with tls_file(folder, held) as pem:
            self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._context.load_cert_chain(pem)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                raw, _from = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            raw.settimeout(5)
            with suppress(OSError), closing(raw):
                if not self._tls:
                    raw.recv(100)
                    raw.sendall(self._answer)
                    continue
                with self._context.wrap_socket(raw, server_side=True) as spoken:
                    self._talk(spoken)

    def _talk(self, spoken: ssl.SSLSocket) -> None:
        data = b""
        while b"\r\n\r\n" not in data:
            if not (more := spoken.recv(4096)):
                return
            data += more
        head, _, body = data.partition(b"\r\n\r\n")
        length = re.search(rb"(?i)content-length: (\d+)", head)
        while length and len(body) < int(length[1]) and (more := spoken.recv(4096)):
            body += more
        self.requests.append(data)
        spoken.sendall(self._answer)
        if self._holding:
            spoken.settimeout(self._holding)
            spoken.recv(1)  # says no more, and waits until the other hangs up
        while self._endless:
            spoken.sendall(b"x" * 65536)


@contextmanager
def rude(
    folder: Path,
    answer: bytes,
    held: Papers | None = None,
    *,
    endless: bool = False,
    tls: bool = True,
    holding: float = 0,
) -> Iterator[Rude]:
    """A server that misbehaves; ``holding`` seconds it keeps the line open in silence."""
    made = Rude(answer, held or papers(), folder, endless=endless, tls=tls, holding=holding)
    try:
        yield made
    finally:
        made.close()
