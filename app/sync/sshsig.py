"""Signatures in OpenSSH's SSHSIG format (PROTOCOL.sshsig, version 1), Ed25519 and SHA-512 only.

An auditor checks them with ``ssh-keygen -Y verify``. The armored text has one canonical form: it is rebuilt from
(public key, signature) and compared, never parsed loosely.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from app.errors import AppError

MAX_ARMOR: Final = 4096
_BEGIN: Final = b"-----BEGIN SSH SIGNATURE-----\n"
_END: Final = b"-----END SSH SIGNATURE-----\n"
_COLUMNS: Final = 70
_MAGIC: Final = b"SSHSIG"
_ALGORITHM: Final = b"ssh-ed25519"
_HASH: Final = b"sha512"
_KEY_PLACE: Final = len(_MAGIC) + 4 + 4 + 4 + len(_ALGORITHM) + 4

# Ed25519 (RFC 8032): the field's prime, and the y coordinates of the eight points of small order. Such a "key"
# verifies any message under a suitable signature.
_PRIME: Final = 2**255 - 19
_ORDER_EIGHT_Y: Final = int.from_bytes(
    bytes.fromhex("c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a"), "little"
)
_SMALL_ORDER_Y: Final = frozenset({0, 1, _PRIME - 1, _ORDER_EIGHT_Y, _PRIME - _ORDER_EIGHT_Y})


class SignatureError(AppError):
    """The signature does not hold, or is not in the one canonical form."""


def is_weak_key(public: bytes) -> bool:
    """Whether an Ed25519 public key is of small order, written non-canonically, or of a wrong length."""
    if len(public) != 32:
        return True
    y = int.from_bytes(public, "little") & ((1 << 255) - 1)
    return y >= _PRIME or y in _SMALL_ORDER_Y


def public_key(seed: bytes) -> bytes:
    """The Ed25519 public key (32 bytes) of a 32-byte seed."""
    return Ed25519PrivateKey.from_private_bytes(seed).public_key().public_bytes_raw()


def public_line(public: bytes) -> str:
    """``ssh-ed25519 AAAA…`` as an ``allowed_signers`` file wants it."""
    return "ssh-ed25519 " + base64.b64encode(_public_blob(public)).decode("ascii")


def _string(data: bytes) -> bytes:
    return len(data).to_bytes(4, "big") + data


def _public_blob(public: bytes) -> bytes:
    return _string(_ALGORITHM) + _string(public)


def _signed_data(message: bytes, namespace: str) -> bytes:
    digest = hashlib.sha512(message).digest()
    return _MAGIC + _string(namespace.encode()) + _string(b"") + _string(_HASH) + _string(digest)


def armor(public: bytes, signature: bytes, namespace: str) -> bytes:
    """The canonical armored text of a signature."""
    blob = (
        _MAGIC
        + (1).to_bytes(4, "big")
        + _string(_public_blob(public))
        + _string(namespace.encode())
        + _string(b"")
        + _string(_HASH)
        + _string(_string(_ALGORITHM) + _string(signature))
    )
    text = base64.b64encode(blob)
    lines = (text[start : start + _COLUMNS] + b"\n" for start in range(0, len(text), _COLUMNS))
    return _BEGIN + b"".join(lines) + _END


def sign(seed: bytes, message: bytes, namespace: str) -> bytes:
    """The armored signature of ``message`` by the key of ``seed``."""
    key = Ed25519PrivateKey.from_private_bytes(seed)
    return armor(key.public_key().public_bytes_raw(), key.sign(_signed_data(message, namespace)), namespace)


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature as its armored text has it: whose it says it is. Nothing is proved before ``check``."""

    public: bytes
    namespace: str
    _signature: bytes

    def check(self, message: bytes) -> None:
        """Raise ``SignatureError`` unless the key is sound and has signed ``message`` in this namespace."""
        if is_weak_key(self.public):
            raise SignatureError("small-order key")
        try:
            key = Ed25519PublicKey.from_public_bytes(self.public)
            key.verify(self._signature, _signed_data(message, self.namespace))
        except (InvalidSignature, ValueError):
            raise SignatureError("signature") from None


def read(armored: bytes, namespace: str) -> Signature:
    """The signature of an armored text; raises ``SignatureError`` unless the text is canonical."""
    if len(armored) > MAX_ARMOR or not (armored.startswith(_BEGIN) and armored.endswith(_END)):
        raise SignatureError("armor")
    try:
        blob = base64.b64decode(armored[len(_BEGIN) : -len(_END)])
    except binascii.Error:
        raise SignatureError("armor") from None
    public, signature = blob[_KEY_PLACE : _KEY_PLACE + 32], blob[-64:]
    if len(public) != 32 or len(signature) != 64 or armor(public, signature, namespace) != armored:
        raise SignatureError("armor is not canonical")
    return Signature(public, namespace, signature)


def verify(armored: bytes, message: bytes, namespace: str) -> bytes:
    """The public key that signed ``message`` in ``namespace``; raises ``SignatureError``."""
    signature = read(armored, namespace)
    signature.check(message)
    return signature.public
