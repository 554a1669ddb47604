"""The key file: from a passphrase, a recovery sheet or an escrow to the master key of the store.

One random master key of 32 bytes encrypts the database. Each member of staff has a slot that holds that key under
her passphrase (Argon2id, then ChaCha20-Poly1305 with the slot's header as associated data); the recovery sheet has
one; the escrow slot holds a file that only the coordinator's recovery key opens. Salt and parameters are one for all
passphrase slots: a single derivation tries them all, and the unlock window needs no list of names.

This is the only file of the store that imports ``cryptography``. Python's ``str`` cannot be wiped, so a passphrase
is gone from memory only when the process is replaced at lock; derived keys and the master key are bytearrays, wiped.
"""

from __future__ import annotations

import contextlib
import secrets
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from app.errors import UserError
from app.i18n import N_
from app.store import keyformat
from app.store.files import STORE_NAME, sentence_for, write_atomically
from app.store.key import KEY_BYTES, STORE_ID_BYTES, StoreKey, Unlocked, wipe
from app.store.keyformat import STANDARD, Generation, KdfParams, KeyFileDamaged, Slot
from app.store.memory import comfortable
from app.store.recovery import RecoveryCode
from app.store.words import normalise

_NONCE: Final = 12
_SEALED: Final = KEY_BYTES + 16
_LARGEST_FILE: Final = 4 * 1024 * 1024


class WrongPassphrase(UserError):
    """It opens no slot."""


class NotEnoughMemory(UserError):
    """Argon2id could not have the memory it asks for."""


class PhraseTaken(UserError):
    """Another slot opens with it already: the program could not tell the two people apart."""


class KeyFile:
    """The slots of one store. Each change is on the disk, whole, when the method returns.

    ``kdf`` is the cost of new passphrase slots; tests pass a small one with a lower floor.
    """

    def __init__(self, path: Path, generations: tuple[Generation, ...], *, leftovers: bool = False) -> None:
        self._path = path
        self._generations = generations
        self._leftovers = leftovers

    @classmethod
    def make(
        cls,
        path: Path,
        passphrases: Mapping[uuid.UUID, str],
        recovery: RecoveryCode,
        kdf: KdfParams = STANDARD,
    ) -> tuple[KeyFile, Unlocked]:
        """A new master key and its slots. Not written yet: ``create_store`` does that in the right order.

        ``recovery`` has been proved by typing it back. The first of ``passphrases`` is whose slot counts as opened.
        """
        key = StoreKey.random()
        generation = _new_generation(key, passphrases, recovery, kdf)
        return cls(path, (generation,)), Unlocked(key, next(iter(passphrases)))

    @classmethod
    def create(
        cls,
        path: Path,
        passphrases: Mapping[uuid.UUID, str],
        recovery: RecoveryCode,
        kdf: KdfParams = STANDARD,
    ) -> tuple[KeyFile, Unlocked]:
        """``make`` and ``save``."""
        key_file, unlocked = cls.make(path, passphrases, recovery, kdf)
        key_file.save()
        return key_file, unlocked

    @classmethod
    def open(cls, path: Path, kdf: KdfParams = STANDARD) -> KeyFile:
        """Read the file; raises UserError when it is missing, damaged, newer or weakened. It is never re-created."""
        try:
            with path.open("rb") as file:
                data = file.read(_LARGEST_FILE)
        except FileNotFoundError as error:
            raise UserError(
                N_(
                    "The key file is missing, and without it the store cannot be opened. "
                    "Put it back from your latest backup."
                )
            ) from error
        except OSError as error:
            raise sentence_for(error) from error
        generations = keyformat.decode(data, kdf.floor_kib)
        in_force = generations if len(generations) == 1 else _in_force(generations, path)
        return cls(path, in_force, leftovers=len(in_force) < len(generations))

    def save(self) -> None:
        """Write a file that does not exist yet; raises FileExistsError rather than lose the keys of another store."""
        if self._path.exists():
            raise FileExistsError(self._path.name)
        self._write(self._generations)

    @property
    def path(self) -> Path:
        """Where it lies; a backup takes it along."""
        return self._path

    @property
    def slot_ids(self) -> tuple[uuid.UUID, ...]:
        """Whose slots there are."""
        return tuple(slot.slot_id for slot in self._newest.of_kind("passphrase") if slot.slot_id)

    @property
    def kdf(self) -> KdfParams:
        """The cost that is in force."""
        return self._newest.kdf

    @property
    def escrow(self) -> bytes | None:
        """The escrow blob, if one was set."""
        return next((slot.sealed for slot in self._newest.of_kind("escrow")), None)

    def unlock(self, passphrase: str) -> Unlocked:
        """The master key and whose slot it was; raises WrongPassphrase.

        Takes 0.7 to 2 s, in which other threads run.
        """
        for generation in reversed(self._generations):
            wrapping = _derive(passphrase, generation)
            try:
                for slot in generation.of_kind("passphrase"):
                    if (master := _unseal(wrapping, generation, slot)) is not None:
                        return self._opened(master, generation, slot.slot_id)
            finally:
                wipe(wrapping)
        raise WrongPassphrase(
            N_("This passphrase opens nothing. Check the keyboard language and each word, then try again.")
        )

    def unlock_recovery(self, code: RecoveryCode) -> Unlocked:
        """The master key by the recovery sheet; raises WrongPassphrase when the sheet is not of this store."""
        for generation in reversed(self._generations):
            wrapping = _stretch(code, generation)
            try:
                for slot in generation.of_kind("recovery"):
                    if (master := _unseal(wrapping, generation, slot)) is not None:
                        return self._opened(master, generation, None)
            finally:
                wipe(wrapping)
        raise WrongPassphrase(
            N_(
                "This recovery sheet belongs to another store, or a newer sheet has replaced it. "
                "Look for the newest sheet."
            )
        )

    def add_passphrase(self, unlocked: Unlocked, slot_id: uuid.UUID, passphrase: str) -> None:
        """Give ``slot_id`` a passphrase, in the place of the one it had. Raises PhraseTaken."""
        generation = self._generation_of(unlocked)
        self._put(generation, _passphrase_slots(unlocked.key, {slot_id: passphrase}, generation))

    def remove_passphrase(self, unlocked: Unlocked, slot_id: uuid.UUID) -> None:
        """Take the slot of ``slot_id`` away; raises ValueError rather than remove the last one.

        An old copy of this file still opens to its passphrase: only a new master key (``rekey``) ends that.
        """
        generation = self._generation_of(unlocked)
        if not any(slot.slot_id != slot_id for slot in generation.of_kind("passphrase")):
            raise ValueError("the last passphrase")
        self._put(generation, generation.without_slot("passphrase", slot_id))

    def new_recovery(self, unlocked: Unlocked, code: RecoveryCode) -> None:
        """Replace the recovery sheet by one that has been proved by typing it back."""
        self._put(self._generation_of(unlocked), _recovery_slot(unlocked.key, code, self._generation_of(unlocked)))

    def set_escrow(self, blob: bytes) -> None:
        """Keep ``blob`` (an age file of the master key to the coordinator's recovery key)."""
        self._put(self._newest, self._newest.with_slot(Slot("escrow", blob)))

    def begin_replacement(
        self,
        passphrases: Mapping[uuid.UUID, str],
        recovery: RecoveryCode,
        escrow: bytes | None,
        key: StoreKey,
        kdf: KdfParams = STANDARD,
    ) -> None:
        """Put slots for the new master key ``key`` beside the old ones: from now on either key opens its store."""
        generation = _new_generation(key, passphrases, recovery, kdf)
        if escrow is not None:
            generation = generation.with_slot(Slot("escrow", escrow))
        self._write((self._newest, generation))

    def finish_replacement(self, key: StoreKey) -> None:
        """Drop every slot but those of ``key``: the database is under it for good."""
        self._write(tuple(one for one in self._generations if one.store_id == key.store_id))

    @property
    def _newest(self) -> Generation:
        return self._generations[-1]

    def _generation_of(self, unlocked: Unlocked) -> Generation:
        return next(one for one in self._generations if one.store_id == unlocked.key.store_id)

    def _opened(self, master: bytearray, generation: Generation, slot_id: uuid.UUID | None) -> Unlocked:
        if self._leftovers:
            # A rekey was cut short. What remains of the other key is swept out; a read-only disk may keep it.
            with contextlib.suppress(UserError):
                self._write(self._generations)
        return Unlocked(StoreKey(master, generation.store_id), slot_id)

    def _put(self, old: Generation, new: Generation) -> None:
        self._write(tuple(new if one is old else one for one in self._generations))

    def _write(self, generations: tuple[Generation, ...]) -> None:
        write_atomically(self._path, keyformat.encode(generations))
        self._generations = generations
        self._leftovers = False


def _in_force(generations: tuple[Generation, ...], path: Path) -> tuple[Generation, ...]:
    """Of an old and a new generation, the one that the database beside ``path`` is under; all if none is.

    Read only after a rekey was cut short, hence before the database is open: closing a second handle on an open
    SQLite file would drop this process's locks on it.
    """
    try:
        with path.with_name(STORE_NAME).open("rb") as file:
            store_id = file.read(STORE_ID_BYTES)
    except OSError:
        return generations
    return tuple(one for one in generations if one.store_id == store_id) or generations


def _new_generation(
    key: StoreKey, passphrases: Mapping[uuid.UUID, str], recovery: RecoveryCode, kdf: KdfParams
) -> Generation:
    """Slots for ``key``, at the highest cost that this machine can bear: it must bear it at each unlock."""
    if not passphrases:
        raise ValueError("a store needs at least one passphrase")
    choices = kdf.falling()
    bearable = next((one for one in choices if comfortable(one.memory_kib)), choices[-1])
    for params in choices[choices.index(bearable) :]:
        generation = Generation(key.store_id, params, secrets.token_bytes(keyformat.SALT_BYTES))
        try:
            return _recovery_slot(key, recovery, _passphrase_slots(key, passphrases, generation))
        except NotEnoughMemory:
            if params is choices[-1]:
                raise
    raise AssertionError("the loop returns or raises")


def _passphrase_slots(key: StoreKey, passphrases: Mapping[uuid.UUID, str], generation: Generation) -> Generation:
    """``generation`` with a slot for each of ``passphrases``."""
    for slot_id, passphrase in passphrases.items():
        wrapping = _derive(passphrase, generation)
        try:
            others = (slot for slot in generation.of_kind("passphrase") if slot.slot_id != slot_id)
            if any(_unseal(wrapping, generation, slot) is not None for slot in others):
                raise PhraseTaken(N_("This phrase cannot be taken. Choose another one."))
            generation = generation.with_slot(_seal(wrapping, generation, "passphrase", slot_id, key))
        finally:
            wipe(wrapping)
    return generation


def _recovery_slot(key: StoreKey, code: RecoveryCode, generation: Generation) -> Generation:
    """``generation`` with the recovery sheet ``code`` in the place of the one it had."""
    wrapping = _stretch(code, generation)
    try:
        return generation.with_slot(_seal(wrapping, generation, "recovery", None, key))
    finally:
        wipe(wrapping)


def _derive(passphrase: str, generation: Generation) -> bytearray:
    """The key that a passphrase stands for in this generation (Argon2id, RFC 9106)."""
    kdf, wrapping = generation.kdf, bytearray(KEY_BYTES)
    try:
        Argon2id(
            salt=generation.salt,
            length=KEY_BYTES,
            iterations=kdf.passes,
            lanes=kdf.lanes,
            memory_cost=kdf.memory_kib,
        ).derive_into(normalise(passphrase).encode(), wrapping)
    except MemoryError as error:
        raise NotEnoughMemory(
            N_("There is not enough free memory to check the passphrase. Close other programs, then try again.")
        ) from error
    return wrapping


def _stretch(code: RecoveryCode, generation: Generation) -> bytearray:
    """The key that a recovery sheet stands for: 128 random bits need no slow derivation."""
    wrapping = bytearray(KEY_BYTES)
    hkdf = HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=generation.store_id, info=b"apora recovery sheet v1")
    hkdf.derive_into(code.secret, wrapping)
    return wrapping


def _seal(wrapping: bytearray, generation: Generation, kind: str, slot_id: uuid.UUID | None, key: StoreKey) -> Slot:
    nonce = secrets.token_bytes(_NONCE)
    sealed = ChaCha20Poly1305(wrapping).encrypt(nonce, key.master, generation.header(kind, slot_id))
    return Slot(kind, sealed, nonce, slot_id)


def _unseal(wrapping: bytearray, generation: Generation, slot: Slot) -> bytearray | None:
    """The master key in ``slot``, or None when ``wrapping`` is not its key or the slot was changed."""
    if len(slot.sealed) != _SEALED or len(slot.nonce) != _NONCE:
        raise KeyFileDamaged
    master = bytearray(KEY_BYTES)
    try:
        ChaCha20Poly1305(wrapping).decrypt_into(
            slot.nonce, slot.sealed, generation.header(slot.kind, slot.slot_id), master
        )
    except InvalidTag:
        return None
    return master
