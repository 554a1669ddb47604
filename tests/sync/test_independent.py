"""An auditor needs none of our code: tar, ssh-keygen and sha256sum, and another program's age.

The other age is npm's ``age-encryption`` (0.3.1 or newer): set ``APORA_AGE_NODE`` to a folder whose ``node_modules``
holds it. Debian's own ``age`` is too old for post-quantum recipients.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from app.sync import bundle, manifest, sshsig
from app.sync.age import Identity, open_bytes, seal_bytes
from app.sync.card import NAMESPACE, decode_card
from tests.sync.crafting import BOSS, NURSE, RECOVERY, Desk, lines_of, plaintext_of, row, uid, written
from tests.sync.test_card import file_of

NODE_FOLDER = Path(os.environ.get("APORA_AGE_NODE", ""))
HAS_NODE = (
    bool(os.environ.get("APORA_AGE_NODE"))
    and shutil.which("node") is not None
    and (NODE_FOLDER / "node_modules" / "age-encryption").is_dir()
)
needs_node = pytest.mark.skipif(
    not HAS_NODE, reason="APORA_AGE_NODE names no folder with npm's age-encryption, or there is no node"
)


def needs(*tools: str) -> pytest.MarkDecorator:
    missing = [tool for tool in tools if shutil.which(tool) is None]
    return pytest.mark.skipif(bool(missing), reason=f"not on this machine: {', '.join(missing)}")


def run(*command: str, stdin: bytes = b"", folder: Path) -> bytes:
    return subprocess.run(command, input=stdin, cwd=folder, check=True, capture_output=True).stdout


def example() -> tuple[bytes, bundle.Written, bytes]:
    photo = bytes(range(256)) * 9
    parts = [bundle.records_part(lines_of(row(1), row(2))), bundle.attachment_part(uid("p"), lambda: [photo])]
    data, result = written(parts=parts)
    return data, result, photo


@needs("tar", "sha256sum", "gzip")
def test_tar_and_sha256sum(tmp_path: Path) -> None:
    data, result, photo = example()
    run("tar", "xf", "-", stdin=plaintext_of(data), folder=tmp_path)
    assert (tmp_path / "manifest.json").read_bytes() == result.manifest_bytes
    assert (tmp_path / "manifest.json.sig").read_bytes() == result.signature
    assert (tmp_path / "p" / "000002").read_bytes() == photo
    sums = "".join(f"{part.sha256}  p/{n:06d}\n" for n, part in enumerate(result.manifest.parts, 1))
    run("sha256sum", "--check", "--strict", stdin=sums.encode(), folder=tmp_path)
    rows = run("gzip", "-dc", stdin=(tmp_path / "p" / "000001").read_bytes(), folder=tmp_path)
    assert rows.splitlines() == lines_of(row(1), row(2))
    listing = run("tar", "tvf", "-", stdin=plaintext_of(data), folder=tmp_path).decode().splitlines()
    assert len(listing) == 4
    assert all(line.startswith("-rw------- 0/0") for line in listing)


def ssh_verify(folder: Path, message: bytes, signature: bytes, public: bytes, namespace: str) -> bool:
    (folder / "signers").write_text(f"sender {sshsig.public_line(public)}\n")
    (folder / "signature").write_bytes(signature)
    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", "signers", "-I", "sender", "-n", namespace, "-s", "signature"],
        input=message, cwd=folder, check=False, capture_output=True,
    )  # fmt: skip
    return done.returncode == 0


@needs("ssh-keygen")
def test_ssh_keygen_verifies_bundle_and_card(tmp_path: Path) -> None:
    _data, result, _photo = example()
    space = manifest.NAMESPACE
    assert ssh_verify(tmp_path, result.manifest_bytes, result.signature, NURSE.sign, space)
    assert not ssh_verify(tmp_path, result.manifest_bytes + b" ", result.signature, NURSE.sign, space)
    file = file_of()
    data, _newline, signature = file.partition(b"\n")
    assert decode_card(file).data == data
    assert ssh_verify(tmp_path, data, signature, NURSE.sign, NAMESPACE)


@needs("ssh-keygen")
def test_a_signature_of_ssh_keygen_is_ours_byte_for_byte(tmp_path: Path) -> None:
    run("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "", "-f", "key", folder=tmp_path)
    armored = run(
        "ssh-keygen", "-q", "-Y", "sign", "-f", "key", "-n", "bundle.v1@apora", stdin=b"hello", folder=tmp_path
    )
    public = sshsig.verify(armored, b"hello", "bundle.v1@apora")
    assert sshsig.public_line(public) == (tmp_path / "key.pub").read_text().strip()


DECRYPT = """
import {Decrypter} from 'age-encryption'; import {readFileSync, writeFileSync} from 'node:fs';
const d = new Decrypter(); d.addIdentity(process.argv[3]);
writeFileSync(process.argv[4], await d.decrypt(readFileSync(process.argv[2])));
"""
ENCRYPT = """
import {Encrypter} from 'age-encryption'; import {readFileSync, writeFileSync} from 'node:fs';
const e = new Encrypter(); for (const r of process.argv.slice(4)) e.addRecipient(r);
writeFileSync(process.argv[3], await e.encrypt(readFileSync(process.argv[2])));
"""
KEYGEN = """
import {generateHybridIdentity, identityToRecipient} from 'age-encryption';
const i = await generateHybridIdentity(); console.log(i); console.log(await identityToRecipient(i));
"""


def node(folder: Path, script: str, *arguments: str) -> bytes:
    (folder / "script.mjs").write_text(script)
    if not (folder / "node_modules").exists():
        (folder / "node_modules").symlink_to((NODE_FOLDER / "node_modules").resolve())
    return run("node", "script.mjs", *arguments, folder=folder)


@needs_node
def test_another_age_opens_our_bundle(tmp_path: Path) -> None:
    data, _result, _photo = example()
    (tmp_path / "in.age").write_bytes(data)
    for identity in (BOSS.identity, RECOVERY):
        node(tmp_path, DECRYPT, "in.age", identity.to_text(), "out.tar")
        assert (tmp_path / "out.tar").read_bytes() == plaintext_of(data)


@needs_node
def test_we_open_what_another_age_sealed(tmp_path: Path) -> None:
    data, _result, photo = example()
    (tmp_path / "in.tar").write_bytes(plaintext_of(data))
    recipients = [BOSS.identity.recipient.to_text(), RECOVERY.recipient.to_text()]
    node(tmp_path, ENCRYPT, "in.tar", "out.age", *recipients)
    sealed = (tmp_path / "out.age").read_bytes()
    assert Desk().consume(sealed) == ([row(1), row(2)], [photo])


@needs_node
def test_keys_of_another_age(tmp_path: Path) -> None:
    secret, public = node(tmp_path, KEYGEN).decode().split()
    identity = Identity.from_text(secret)
    assert identity.recipient.to_text() == public
    big = os.urandom(200_000)
    assert open_bytes(seal_bytes([identity.recipient], big), [identity]) == big
    (tmp_path / "in.age").write_bytes(seal_bytes([identity.recipient], big))
    node(tmp_path, DECRYPT, "in.age", secret, "out")
    assert (tmp_path / "out").read_bytes() == big
