"""The card: the public face of an installation, signed by itself, and the 20 digits that two people compare.

A card file is the card's canonical JSON, one newline, and the armored SSHSIG (namespace ``card.v1@apora``) over the
JSON without that newline. So ``head -n 1 | tr -d '\\n'`` and ``ssh-keygen -Y verify`` check it without our code.
The signature proves only that the card belongs to its own key; *whose* it is, the digits read by phone decide.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from app.errors import UserError
from app.i18n import N_
from app.sync import canonical, sshsig
from app.sync.age import Recipient
from app.sync.canonical import Json, NotCanonical
from app.sync.verifier import Role

FORMAT: Final = "apora-card"
VERSION: Final = 1
NAMESPACE: Final = "card.v1@apora"
MAX_CARD: Final = 16 * 1024
MAX_NAME: Final = 120
GROUPS: Final = 4
GROUP_LENGTH: Final = 5
_SALT: Final = b"apora card v1"
_KEYS: Final = (
    "format", "v", "practice", "role", "inst", "centre", "name", "sign", "recv", "recovery", "created",
)  # fmt: skip
_BEGINNING: Final = re.compile(rb'\{"format":"apora-card","v":([1-9][0-9]{0,8}),')
_HEX_KEY: Final = re.compile(r"[0-9a-f]{64}\Z")
# Cc, Cf (marks that turn the direction of writing, zero width), Cs, Co, Cn, and line or paragraph separators.
_INVISIBLE: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_FILE_LETTERS: Final = re.compile(r"[^\w-]+")
_RESERVED: Final = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)\Z", re.IGNORECASE)
_SEPARATORS: Final = re.compile(r"[\s.,\-–—]+")


class CardRefused(UserError):
    """A file is not a card that may be taken."""


NOT_A_CARD: Final = N_("This file is not a card of this program. Ask for the card again and choose that file.")
CARD_FORGED: Final = N_(
    "The signature of this card does not hold: it was changed after it was made. Ask for the card again."
)
CARD_NEWER: Final = N_("This card was made by a newer program. Update the program, then open the card again.")


@dataclass(frozen=True, slots=True)
class Card:
    """What an installation tells of itself. ``sign``: Ed25519 key; ``recovery``: the coordinator's offline key."""

    practice: bool
    role: Role
    inst: UUID
    centre: UUID
    name: str
    sign: bytes
    recv: Recipient
    recovery: Recipient | None
    created: str


@dataclass(frozen=True, slots=True)
class SignedCard:
    """A card whose own signature holds. ``data`` are the signed bytes: the digits cover them."""

    card: Card
    data: bytes


@dataclass(frozen=True, slots=True)
class DigitParams:
    """Cost of the digits: fixed by the format (Argon2id, 64 MiB, t=3); smaller in tests alone."""

    memory_kib: int = 64 * 1024
    iterations: int = 3
    lanes: int = 1


def is_safe_name(name: str) -> bool:
    """Whether a display name is what it looks like: visible, in NFC, of sensible length, no direction marks."""
    return (
        0 < len(name) <= MAX_NAME
        and name == name.strip()
        and unicodedata.is_normalized("NFC", name)
        and not any(unicodedata.category(letter) in _INVISIBLE for letter in name)
    )


def file_stem(name: str) -> str:
    """A display name made safe for a file: letters, digits, ``_`` and ``-``; never a path, never a device."""
    stem = _FILE_LETTERS.sub("_", name).strip("_-")[:40].rstrip("_-")
    return f"card_{stem}" if not stem or _RESERVED.match(stem) else stem


def encode_card(card: Card, sign_seed: bytes) -> bytes:
    """The card file: canonical JSON, newline, signature by the card's own key; raises ValueError."""
    if sshsig.public_key(sign_seed) != card.sign:
        raise ValueError("a card is signed by its own key")
    data = canonical.encode(
        {
            "format": FORMAT,
            "v": VERSION,
            "practice": card.practice,
            "role": card.role.value,
            "inst": str(card.inst),
            "centre": str(card.centre),
            "name": card.name,
            "sign": card.sign.hex(),
            "recv": card.recv.to_text(),
            "recovery": None if card.recovery is None else card.recovery.to_text(),
            "created": card.created,
        }
    )
    file = data + b"\n" + sshsig.sign(sign_seed, data, NAMESPACE)
    # The writer obeys the reader: an unsafe name or a weak key is noticed here, not on the other side.
    decode_card(file)
    return file


def decode_card(file: bytes) -> SignedCard:
    """The card of a card file; raises ``CardRefused``. Nothing but its beginning is parsed before the signature."""
    data, newline, signature = file.partition(b"\n")
    beginning = _BEGINNING.match(data)
    if len(file) > MAX_CARD or not newline or beginning is None:
        raise CardRefused(NOT_A_CARD)
    if int(beginning[1]) > VERSION:
        raise CardRefused(CARD_NEWER)
    try:
        signer = sshsig.verify(signature, data, NAMESPACE)
    except sshsig.SignatureError:
        raise CardRefused(CARD_FORGED) from None
    try:
        card = _from_fields(canonical.decode_object(data))
    except (NotCanonical, ValueError):
        raise CardRefused(NOT_A_CARD) from None
    if card.sign != signer:
        raise CardRefused(CARD_FORGED)
    return SignedCard(card, data)


def _text(value: Json) -> str:
    if not isinstance(value, str):
        raise NotCanonical("text")
    return value


def _uuid(value: Json) -> UUID:
    found = UUID(_text(value))
    if str(found) != value:
        raise ValueError("UUID")
    return found


def _recipient(value: Json) -> Recipient:
    found = Recipient.from_text(_text(value))
    # A key of low order passes the parser and fails here: nobody could ever seal for it.
    found.wrap(bytes(16))
    return found


def _from_fields(fields: dict[str, Json]) -> Card:
    practice, name, sign = fields.get("practice"), _text(fields.get("name")), _text(fields.get("sign"))
    if tuple(fields) != _KEYS or not isinstance(practice, bool):
        raise ValueError("fields")
    if not is_safe_name(name) or not _HEX_KEY.match(sign) or len(_text(fields["created"])) > MAX_NAME:
        raise ValueError("name, key or date")
    role = Role(_text(fields["role"]))
    recovery = None if fields["recovery"] is None else _recipient(fields["recovery"])
    if (role is Role.COORDINATOR) != (recovery is not None):
        raise ValueError("recovery key")
    recv = _recipient(fields["recv"])
    if recv == recovery:
        raise ValueError("recovery key is the daily key")
    return Card(
        practice=practice,
        role=role,
        inst=_uuid(fields["inst"]),
        centre=_uuid(fields["centre"]),
        name=name,
        sign=bytes.fromhex(sign),
        recv=recv,
        recovery=recovery,
        created=_text(fields["created"]),
    )


def digits(data: bytes, params: DigitParams | None = None) -> str:
    """The 20 digits of a card (``SignedCard.data``): ``12345 67890 12345 67890``; slow on purpose (about 0.2 s)."""
    cost = params or DigitParams()
    derived = Argon2id(
        salt=_SALT, length=32, iterations=cost.iterations, lanes=cost.lanes, memory_cost=cost.memory_kib
    ).derive(data)
    number = f"{int.from_bytes(derived, 'big') % 10 ** (GROUPS * GROUP_LENGTH):0{GROUPS * GROUP_LENGTH}d}"
    return " ".join(number[start : start + GROUP_LENGTH] for start in range(0, len(number), GROUP_LENGTH))


def compare_digits(typed: str, expected: str) -> tuple[int, ...]:
    """The numbers (1 to 4) of the groups that differ; empty means that all 20 digits are right.

    ``typed`` may have any spaces, dots or dashes. Where its groups are told apart by them, a slip in one group does
    not make the following ones wrong.
    """
    wanted = expected.split()
    parts = [part for part in _SEPARATORS.split(typed) if part]
    if len(parts) != GROUPS:
        whole = "".join(parts)
        parts = [whole[place : place + GROUP_LENGTH] for place in range(0, GROUPS * GROUP_LENGTH, GROUP_LENGTH)]
        parts[-1] += whole[GROUPS * GROUP_LENGTH :]
    return tuple(number for number, (got, want) in enumerate(zip(parts, wanted, strict=True), 1) if got != want)
