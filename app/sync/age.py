"""age v1 files for post-quantum hybrid recipients (``mlkem768x25519``), reader and writer side by side.

Source: C2SP age, "The MLKEM768-X25519 hybrid recipient type" and "Payload". The file key is wrapped by HPKE
(base mode; MLKEM768-X25519, HKDF-SHA256, ChaCha20-Poly1305); the payload is ChaCha20-Poly1305 in chunks of 64 KiB.
Our profile is stricter than age's: *every* stanza is of this one kind, so that no weaker door stands beside it.
Memory is bounded whatever the size; nothing here ever writes plaintext anywhere.
"""

from __future__ import annotations

import hashlib
import hmac
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.mlkem import MLKEM768PrivateKey, MLKEM768PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.hpke import (
    AEAD,
    KDF,
    KEM,
    MLKEM768X25519PrivateKey,
    MLKEM768X25519PublicKey,
    Suite,
)
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.sync import bech32
from app.sync.ageheader import (
    MAX_STANZAS,
    AgeError,
    Header,
    HeaderError,
    Stanza,
    decode64,
    encode64,
    format_stanzas,
    read_header,
)

STANZA_KIND: Final = "mlkem768x25519"
CHUNK: Final = 64 * 1024
SEED_LENGTH: Final = 32
_X25519: Final = "X25519"
_WEAKER: Final = frozenset({_X25519, "scrypt", "ssh-ed25519", "ssh-rsa", "piv-p256"})
_INFO: Final = b"age-encryption.org/mlkem768x25519"
_TAG: Final = 16
_FILE_KEY: Final = 16
_NONCE: Final = 16
_ENCAPSULATED: Final = 1120
_WRAPPED: Final = _FILE_KEY + _TAG
_MLKEM_PUBLIC: Final = 1184
_RECIPIENT_PREFIX: Final = "age1pq"
_IDENTITY_PREFIX: Final = "age-secret-key-pq-"
_SUITE: Final = Suite(KEM.MLKEM768_X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class NotPostQuantumError(AgeError):
    """A stanza of another kind than ours stands in the header."""


class NoMatchError(AgeError):
    """None of the given identities opens the file."""


class HmacError(AgeError):
    """The header was altered after it was made."""


class PayloadError(AgeError):
    """The payload was cut, extended or altered."""


class Recipient:
    """A public key to seal for."""

    def __init__(self, raw: bytes) -> None:
        """``raw``: 1184 bytes of ML-KEM-768 and 32 of X25519; raises ValueError when it is no usable key."""
        if len(raw) != _MLKEM_PUBLIC + 32:
            raise ValueError("recipient length")
        self.raw = raw
        self._key = MLKEM768X25519PublicKey(
            MLKEM768PublicKey.from_public_bytes(raw[:_MLKEM_PUBLIC]),
            X25519PublicKey.from_public_bytes(raw[_MLKEM_PUBLIC:]),
        )

    @classmethod
    def from_text(cls, text: str) -> Recipient:
        """From age's own form ``age1pq1…``; raises ValueError."""
        if text != text.lower():
            raise ValueError("recipient case")
        return cls(bech32.decode(_RECIPIENT_PREFIX, text))

    def to_text(self) -> str:
        """age's own form ``age1pq1…`` (1959 characters)."""
        return bech32.encode(_RECIPIENT_PREFIX, self.raw)

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the key in hex: how a manifest names its recipients."""
        return hashlib.sha256(self.raw).hexdigest()

    def wrap(self, file_key: bytes) -> Stanza:
        """The stanza that carries ``file_key``; raises ValueError for a low-order X25519 key."""
        sealed = _SUITE.encrypt(file_key, self._key, info=_INFO)
        argument = encode64(sealed[:_ENCAPSULATED]).decode("ascii")
        return Stanza(STANZA_KIND, (argument,), sealed[_ENCAPSULATED:])

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Recipient) and other.raw == self.raw

    def __hash__(self) -> int:
        return hash(self.raw)


class Identity:
    """A private key, made from a 32-byte seed as X-Wing expands it (SHAKE-256)."""

    def __init__(self, seed: bytes) -> None:
        if len(seed) != SEED_LENGTH:
            raise ValueError("identity length")
        self.seed = seed
        expanded = hashlib.shake_256(seed).digest(96)
        lattice = MLKEM768PrivateKey.from_seed_bytes(expanded[:64])
        curve = X25519PrivateKey.from_private_bytes(expanded[64:])
        self._key = MLKEM768X25519PrivateKey(lattice, curve)
        self.recipient = Recipient(lattice.public_key().public_bytes_raw() + curve.public_key().public_bytes_raw())

    @classmethod
    def from_text(cls, text: str) -> Identity:
        """From age's own form ``AGE-SECRET-KEY-PQ-1…``; raises ValueError."""
        if text != text.upper():
            raise ValueError("identity case")
        return cls(bech32.decode(_IDENTITY_PREFIX, text))

    def to_text(self) -> str:
        """age's own form ``AGE-SECRET-KEY-PQ-1…``: the secret itself, for the recovery sheet alone."""
        return bech32.encode(_IDENTITY_PREFIX, self.seed).upper()

    def unwrap(self, stanza: Stanza) -> bytes | None:
        """The file key, or None when the stanza is for another key; ``HeaderError`` when it is malformed."""
        try:
            return _SUITE.decrypt(_sealed(stanza), self._key, info=_INFO)
        except (InvalidTag, ValueError):
            return None

    def __repr__(self) -> str:
        return "Identity(…)"


def _sealed(stanza: Stanza) -> bytes:
    """What a stanza holds for its key; raises ``HeaderError`` when it is malformed."""
    if len(stanza.arguments) != 1:
        raise HeaderError("stanza arguments")
    encapsulated = decode64(stanza.arguments[0].encode("ascii"))
    if len(encapsulated) != _ENCAPSULATED or len(stanza.body) != _WRAPPED:
        raise HeaderError("stanza lengths")
    return encapsulated + stanza.body


def _hkdf(key: bytes, salt: bytes | None, info: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=salt, info=info).derive(key)


def _mac(file_key: bytes, signed: bytes) -> bytes:
    return hmac.digest(_hkdf(file_key, None, b"header"), signed, "sha256")


def check_mac(header: Header, file_key: bytes) -> None:
    """Raise ``HmacError`` unless the header is the one that the holder of ``file_key`` made."""
    if not hmac.compare_digest(_mac(file_key, header.signed), header.mac):
        raise HmacError("header MAC")


def _chunk_nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def seal(recipients: Sequence[Recipient], plaintext: Iterable[bytes], sink: BinaryIO) -> None:
    """Write an age file of ``plaintext`` (pieces of any length) for ``recipients`` (1 to 16) into ``sink``."""
    if not 1 <= len(recipients) <= MAX_STANZAS:
        raise ValueError("number of recipients")
    file_key = os.urandom(_FILE_KEY)
    signed = format_stanzas(tuple(recipient.wrap(file_key) for recipient in recipients))
    nonce = os.urandom(_NONCE)
    sink.write(signed + b" " + encode64(_mac(file_key, signed)) + b"\n" + nonce)
    cipher = ChaCha20Poly1305(_hkdf(file_key, nonce, b"payload"))
    buffer = bytearray()
    number = 0
    for piece in plaintext:
        buffer += piece
        start = 0
        # One byte more than a chunk must be there: the last chunk is full or partial, never an empty extra one.
        while len(buffer) - start > CHUNK:
            chunk = bytes(buffer[start : start + CHUNK])
            sink.write(cipher.encrypt(_chunk_nonce(number, last=False), chunk, None))
            number += 1
            start += CHUNK
        del buffer[:start]
    sink.write(cipher.encrypt(_chunk_nonce(number, last=True), bytes(buffer), None))


class PayloadReader:
    """The plaintext of an age file, any range of it, one chunk in memory at a time.

    The file must not change meanwhile (the verifier reads its own local copy). Where the last chunk lies is known
    from the length of the file, so each chunk is opened under the nonce it must have, and a file that was cut
    at a chunk's boundary fails at its now last chunk.
    """

    def __init__(self, file: BinaryIO, start: int, file_key: bytes) -> None:
        """``start``: where the header ends. Raises ``HeaderError`` or ``PayloadError`` on impossible lengths."""
        file.seek(start)
        nonce = file.read(_NONCE)
        if len(nonce) != _NONCE:
            raise HeaderError("payload nonce")
        self._cipher = ChaCha20Poly1305(_hkdf(file_key, nonce, b"payload"))
        self._file = file
        self._read: tuple[int, bytes] = -1, b""
        """The chunk that was read last: what is small lies in one, and is asked for in pieces."""
        self._start = start + _NONCE
        length = file.seek(0, io.SEEK_END) - self._start
        self._count = max(1, -(-length // (CHUNK + _TAG)))
        last = length - (self._count - 1) * (CHUNK + _TAG) - _TAG
        if last < 0 or (last == 0 and self._count > 1):
            raise PayloadError("payload length")
        self.size = (self._count - 1) * CHUNK + last

    def _chunk(self, number: int) -> bytes:
        if self._read[0] != number:
            self._file.seek(self._start + number * (CHUNK + _TAG))
            sealed = self._file.read(CHUNK + _TAG)
            nonce = _chunk_nonce(number, last=number == self._count - 1)
            try:
                self._read = number, self._cipher.decrypt(nonce, sealed, None)
            except InvalidTag:
                raise PayloadError("payload chunk") from None
        return self._read[1]

    def pieces(self, start: int = 0, size: int | None = None) -> Iterator[bytes]:
        """The bytes from ``start``, ``size`` of them (None: to the end), in pieces of at most 64 KiB.

        Raises ``PayloadError`` where a chunk was altered, or where the payload ends before ``size`` bytes.
        """
        end = self.size if size is None else start + size
        if end > self.size:
            raise PayloadError("payload is shorter")
        if start == end == 0:
            # An empty payload, too, has a chunk whose tag must hold.
            self._chunk(0)
        while start < end:
            number, skip = divmod(start, CHUNK)
            piece = self._chunk(number)[skip : skip + end - start]
            start += len(piece)
            yield piece

    def read(self, start: int, size: int) -> bytes:
        """Exactly ``size`` bytes from ``start``: for small things only."""
        return b"".join(self.pieces(start, size))


@dataclass(frozen=True, slots=True)
class Unlocked:
    """What a genuine header gave. It holds for any file that begins with the same bytes, and for no other."""

    length: int
    digest: bytes
    """SHA-256 of the header's bytes, ``length`` of them."""
    stanza_count: int
    identity: Identity
    file_key: bytes = field(repr=False)

    def opens(self, file: BinaryIO, identities: Sequence[Identity]) -> bool:
        """Whether ``file`` begins with this very header, and the identity is still one of ours."""
        file.seek(0)
        return self.identity in identities and hashlib.sha256(file.read(self.length)).digest() == self.digest


@dataclass(frozen=True, slots=True)
class Opened:
    """An age file whose header is genuine, and its payload."""

    header: Unlocked
    payload: PayloadReader


def _check_profile(stanzas: Sequence[Stanza]) -> None:
    """All stanzas are ours. A weaker kind, or a stranger beside ours, is not post-quantum; strangers alone (the
    official vector ``hybrid_uppercase``) are simply for somebody else.
    """
    kinds = {stanza.kind for stanza in stanzas}
    if len(stanzas) > MAX_STANZAS:
        raise HeaderError("too many recipients")
    if kinds == {STANZA_KIND}:
        return
    for stanza in stanzas:
        if stanza.kind == _X25519:
            # Never used here, but the official vectors call a malformed one a broken header.
            _check_x25519(stanza)
    if kinds & (_WEAKER | {STANZA_KIND}):
        raise NotPostQuantumError("another kind of recipient")
    raise NoMatchError("unknown kinds of recipient")


def _check_x25519(stanza: Stanza) -> None:
    if len(stanza.arguments) != 1 or len(stanza.body) != _WRAPPED:
        raise HeaderError("X25519 stanza")
    if len(decode64(stanza.arguments[0].encode("ascii"))) != 32:
        raise HeaderError("X25519 share")


def _unwrap(header: Header, identities: Sequence[Identity]) -> tuple[Identity, bytes]:
    if identities:
        # All stanzas are looked at, so that a malformed one is noticed wherever it stands.
        for stanza in header.stanzas:
            _sealed(stanza)
    for identity in identities:
        for stanza in header.stanzas:
            file_key = identity.unwrap(stanza)
            if file_key is not None:
                return identity, file_key
    raise NoMatchError("no identity matches")


def open_age(file: BinaryIO, identities: Sequence[Identity], known: Unlocked | None = None) -> Opened:
    """Read header, profile, file key and MAC of a seekable ``file``; the payload is read lazily and repeatedly.

    ``known``: what an earlier reading of the header gave. Where the file begins with the same bytes it is not
    unwrapped again.
    Raises ``HeaderError``, ``NotPostQuantumError``, ``NoMatchError``, ``HmacError`` or ``PayloadError``.
    """
    header = known if known and known.opens(file, identities) else _unlock(file, identities)
    return Opened(header, PayloadReader(file, header.length, header.file_key))


def _unlock(file: BinaryIO, identities: Sequence[Identity]) -> Unlocked:
    header = read_header(file)
    _check_profile(header.stanzas)
    identity, file_key = _unwrap(header, identities)
    check_mac(header, file_key)
    file.seek(0)
    digest = hashlib.sha256(file.read(header.length)).digest()
    return Unlocked(header.length, digest, len(header.stanzas), identity, file_key)


def seal_bytes(recipients: Sequence[Recipient], data: bytes) -> bytes:
    """A small age file in memory: the escrow of a master key, the test word of an enrolment."""
    sink = io.BytesIO()
    seal(recipients, [data], sink)
    return sink.getvalue()


def open_bytes(data: bytes, identities: Sequence[Identity]) -> bytes:
    """The plaintext of a small age file in memory; raises as ``open_age`` does."""
    return b"".join(open_age(io.BytesIO(data), identities).payload.pieces())
