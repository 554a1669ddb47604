"""A workshop of bundles for tests: real keys, real files, and every seam open for a forger with a valid key."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from app.sync import archive, bundle, manifest, rows, sshsig
from app.sync.age import Identity, Recipient, open_bytes, seal
from app.sync.bundle import Draft, PartSource
from app.sync.canonical import Json
from app.sync.inflate import deflate
from app.sync.manifest import BundleType, Encoding, Manifest, PartInfo, PartKind
from app.sync.rows import Row, RowState
from app.sync.stream import StreamKey, StreamState
from app.sync.verifier import Reader, Role, Sender, Verified, verify

SPACE = UUID("6ba7b810-9dad-11d1-80b4-00c04fd430c8")
KINDS = frozenset({"person", "service", "case"})


def uid(name: str) -> UUID:
    """A stable UUID for a name."""
    return uuid5(SPACE, name)


@dataclass(frozen=True)
class Party:
    """An installation with all its secrets."""

    name: str
    role: Role = Role.CENTRE
    practice: bool = False

    @property
    def inst(self) -> UUID:
        return uid(self.name)

    @property
    def centre(self) -> UUID:
        return uid("centre of " + self.name)

    @property
    def sign_seed(self) -> bytes:
        return hashlib.sha256(b"sign" + self.name.encode()).digest()

    @property
    def identity(self) -> Identity:
        return Identity(hashlib.sha256(b"recv" + self.name.encode()).digest())

    @property
    def sign(self) -> bytes:
        return sshsig.public_key(self.sign_seed)

    def sender(self) -> Sender:
        """How others have enrolled this party."""
        return Sender(self.inst, self.centre, self.role, self.practice, self.sign, self.identity.recipient.raw)


NURSE = Party("nurse")
OTHER = Party("other")
BOSS = Party("boss", Role.COORDINATOR)
RECOVERY = Identity(bytes(range(32)))
RECIPIENTS = (BOSS.identity.recipient, RECOVERY.recipient)


@dataclass
class Desk:
    """A reading installation whose knowledge a test can set."""

    me: Party = BOSS
    enrolled: Sequence[Sender] = (NURSE.sender(), OTHER.sender())
    state: StreamState = field(default_factory=StreamState)
    schema: int = 1

    def reader(self) -> Reader:
        return Reader(
            inst=self.me.inst,
            centre=self.me.centre,
            role=self.me.role,
            practice=self.me.practice,
            identities=[self.me.identity],
            schema=self.schema,
            senders={sender.sign: sender for sender in self.enrolled},
            stream=self.stream,
            kinds=KINDS,
        )

    def stream(self, _key: StreamKey) -> StreamState:
        return self.state

    def open(self, data: bytes) -> Verified:
        return verify(io.BytesIO(data), self.reader())

    def consume(self, data: bytes) -> tuple[list[Row], list[bytes]]:
        """Verify and read everything, as an importer does."""
        found = self.open(data)
        taken = [row for row, _line in found.rows()]
        files = [b"".join(found.attachment(index)) for index, _part in found.attachments()]
        if found.manifest.type is not BundleType.RECORDS:
            found.json_part(PartKind(found.manifest.type.value))
        return taken, files


def row(number: int = 1, **changes: object) -> Row:
    """An invented row of the nurse."""
    plain = Row(
        kind="service",
        id=uid(f"record {number}"),
        owner=NURSE.inst,
        epoch=0,
        revision=1,
        changed_seq=number,
        changed_at="2026-01-02T03:04:05Z",
        changed_by="staff-1",
        state=RowState.LIVE,
        data={"note": f"Тэст {number}", "amount": "12.50", "codes": ["a", "b"]},
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # tests name the fields they change


def lines_of(*found: Row) -> list[bytes]:
    return [rows.encode(item) for item in found]


def draft(party: Party = NURSE, **changes: object) -> Draft:
    plain = Draft(
        type=BundleType.RECORDS,
        id=uid("bundle"),
        practice=party.practice,
        inst=party.inst,
        centre=party.centre,
        addressee=BOSS.inst,
        seq=1,
        prev=None,
        base=None,
        created="2026-01-02T03:04:05Z",
        app="0.1.0",
        schema=1,
    )
    return replace(plain, **changes)  # type: ignore[arg-type]  # tests name the fields they change


def build(
    the_draft: Draft | None = None,
    parts: Sequence[PartSource] | None = None,
    *,
    party: Party = NURSE,
    recipients: Sequence[Recipient] = RECIPIENTS,
) -> bytes:
    """A bundle by the real writer."""
    return written(the_draft, parts, party=party, recipients=recipients)[0]


def written(
    the_draft: Draft | None = None,
    parts: Sequence[PartSource] | None = None,
    *,
    party: Party = NURSE,
    recipients: Sequence[Recipient] = RECIPIENTS,
) -> tuple[bytes, bundle.Written]:
    sink = io.BytesIO()
    chosen = [bundle.records_part(lines_of(row()))] if parts is None else parts
    result = bundle.write_bundle(sink, the_draft or draft(party), chosen, party.sign_seed, recipients)
    return sink.getvalue(), result


def raw_part(
    stored: bytes, raw: int, count: int, kind: PartKind = PartKind.RECORDS, enc: Encoding = Encoding.GZIP
) -> PartSource:
    """A part whose declarations may lie."""
    digest = hashlib.sha256(stored).hexdigest()
    return PartSource(PartInfo(kind, enc, len(stored), digest, raw, count, None), lambda: [stored])


def packed(data: bytes, *, raw: int | None = None, count: int = 1) -> PartSource:
    """A gzip part of ``data``, with honest or other declarations."""
    return raw_part(b"".join(deflate([data])), len(data) if raw is None else raw, count)


def json_source(value: dict[str, Json], kind: PartKind) -> PartSource:
    return bundle.json_part(kind, value)


def plaintext_of(data: bytes) -> bytes:
    """The inner archive of a bundle, for those who hold the coordinator's key."""
    return open_bytes(data, [BOSS.identity])


def reseal(plaintext: bytes, recipients: Sequence[Recipient] = RECIPIENTS) -> bytes:
    """Any plaintext behind a genuine outer layer: what an enrolled forger can always do."""
    sink = io.BytesIO()
    seal(recipients, [plaintext], sink)
    return sink.getvalue()


def forge(
    data: bytes,
    change: Callable[[bytes], bytes] = lambda text: text,
    *,
    stored: Iterable[bytes] = (),
    sign: Callable[[bytes], bytes] | None = None,
    tail: bytes | None = None,
) -> bytes:
    """A well-built, validly signed archive around the *changed* bytes of manifest ``data`` and ``stored`` parts.

    The size in the manifest is set right again, so that nothing but the change is wrong.
    """
    parts = list(stored)
    changed = change(data)
    size = _size_in(changed)
    while True:
        text = changed.replace(b'"size":%d,"parts"' % size, b'"size":%d,"parts"' % _whole(changed, parts))
        if text == changed:
            break
        changed, size = text, _size_in(text)
    signature = (sign or (lambda message: sshsig.sign(NURSE.sign_seed, message, manifest.NAMESPACE)))(changed)
    out = bytearray()
    named = [(archive.MANIFEST_NAME, changed), (archive.SIGNATURE_NAME, signature)]
    named += [(archive.part_name(number), part) for number, part in enumerate(parts, 1)]
    for name, contents in named:
        out += archive.header(name, len(contents)) + contents + bytes(archive.padding(len(contents)))
    out += bytes(max(0, _whole(changed, parts) - len(out)))
    return reseal(bytes(out) if tail is None else bytes(out) + tail)


def _size_in(text: bytes) -> int:
    start = text.rfind(b'"size":', 0, text.rfind(b',"parts":'))
    digits = text[start + 7 :].split(b",")[0]
    return int(digits) if digits.isdigit() else -1


def _whole(text: bytes, parts: Sequence[bytes]) -> int:
    signature = len(sshsig.sign(NURSE.sign_seed, b"", manifest.NAMESPACE))
    content = archive.content_length(len(text), signature, [len(part) for part in parts])
    return archive.padded_length(content)


def good_manifest() -> tuple[Manifest, bytes, bytes]:
    """A manifest of one part, its bytes, and that part's stored bytes."""
    part = bundle.records_part(lines_of(row()))
    _data, result = written(parts=[part])
    return result.manifest, result.manifest_bytes, b"".join(part.pieces())
