"""Mirrors that are signed, by keys that OpenSSH makes."""

import shutil
import subprocess
from contextlib import closing

import pytest

from hullmark.advisories import signed
from hullmark.advisories.export import export
from hullmark.advisories.mirror import Folder
from hullmark.advisories.update import update
from hullmark.advisories.web import Web
from hullmark.model import FeedError, StoreError
from hullmark.store.advisory_file import Advisories
from tests.advisories.mirrors import archive, mirror, record
from tests.advisories.served import Server

pytestmark = pytest.mark.skipif(not shutil.which("ssh-keygen"), reason="OpenSSH is not here")


@pytest.fixture
def path(tmp_path):
    return f"{tmp_path}/data/advisories.db"


@pytest.fixture(scope="module")
def keys(tmp_path_factory):
    """Private keys by name; what is public lies beside each."""
    folder = tmp_path_factory.mktemp("keys")
    for name, kind in (("ours", "ed25519"), ("other", "ecdsa")):
        command = ["ssh-keygen", "-q", "-t", kind, "-N", "", "-f", f"{folder}/{name}"]
        subprocess.run(command, check=True)
    return folder


@pytest.fixture
def made(path, tmp_path, keys):
    folder = mirror(tmp_path / "mirror", PyPI=archive(record("X-1")))
    update(path, Folder(str(folder)))
    with Advisories.open(path) as known:
        export(known, str(tmp_path / "signed"), str(keys / "ours"))
    return tmp_path / "signed"


def test_a_signed_mirror_is_imported_by_its_key(path, made, keys):
    update(path, Folder(str(made), f"{keys}/ours.pub"))
    with closing(Server(made)) as server:
        update(path, Web(server.url, f"{path}.parts", key=f"{keys}/ours.pub"))


def test_one_of_several_keys_is_enough(path, made, keys, tmp_path):
    both = tmp_path / "both.pub"
    lines = ["# ours", (keys / "other.pub").read_text(), (keys / "ours.pub").read_text()]
    both.write_text("\n".join(lines))
    update(path, Folder(str(made), str(both)))


def spoil(made, how, keys):
    signature, manifest = made / signed.SIGNATURE, made / "hullmark-manifest.json"
    match how:
        case "changed":
            manifest.write_bytes(manifest.read_bytes() + b"\n")
        case "no signature":
            signature.unlink()
        case "no manifest":
            manifest.unlink()
        case "rubbish":
            signature.write_bytes(b"\0\xff" * 100)
        case "endless":
            signature.write_bytes(b"a" * 100_000)
        case "other purpose":
            signature.unlink()
            command = ["ssh-keygen", "-Y", "sign", "-q", "-n", "file", "-f", f"{keys}/ours"]
            subprocess.run([*command, str(manifest)], check=True)


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ("changed", r"manifest.json: is not signed by .*ours.pub: '.*[Ss]ignature"),
        ("no signature", r"manifest.json.sig: (cannot be read|is not here)"),
        ("no manifest", r"manifest.json: is not here, and a key asks for it"),
        ("rubbish", r"manifest.json: is not signed by"),
        ("endless", r"manifest.json.*more than 65536 bytes"),
        ("other purpose", r"manifest.json: is not signed by"),
    ],
)
def test_what_its_key_did_not_sign_is_refused(path, made, keys, how, why):
    spoil(made, how, keys)
    key = f"{keys}/ours.pub"
    with pytest.raises(FeedError, match=why):
        update(path, Folder(str(made), key))
    with closing(Server(made)) as server, pytest.raises(FeedError, match=why):
        update(path, Web(server.url, f"{path}.parts", key=key))


@pytest.mark.parametrize("scratch", ["", "cache/advisories"])
def test_what_was_signed_is_what_is_imported_whatever_is_written_later(
    made, keys, tmp_path, scratch
):
    found = Folder(str(made), f"{keys}/ours.pub", scratch and f"{tmp_path}/{scratch}")
    found.offered()
    fetched = found.fetch("PyPI/all.zip", None, dict)
    before = (made / "PyPI/all.zip").read_bytes()
    (made / "PyPI/all.zip").write_bytes(b"x" * len(before))
    assert fetched.file.read(0, len(before)) == before
    found.close(imported=True)


def test_another_key_is_refused(path, made, keys):
    with pytest.raises(FeedError, match=r"is not signed by .*other.pub"):
        update(path, Folder(str(made), f"{keys}/other.pub"))


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "holds no public key"),
        ("nothing", "holds no public key"),
        ("a" * 70_000, "bytes of keys"),
        ("hullmark cert-authority ssh-ed25519 AAAA", "holds no public key"),
    ],
)
def test_a_file_without_keys_is_refused(path, made, tmp_path, text, why):
    (tmp_path / "keys.pub").write_text(text)
    with pytest.raises(FeedError, match=f"keys.pub: .*{why}"):
        update(path, Folder(str(made), f"{tmp_path}/keys.pub"))
    with pytest.raises(FeedError, match="cannot be read"):
        update(path, Folder(str(made), f"{tmp_path}/nowhere.pub"))


def test_without_the_program_nothing_counts_as_signed(path, made, keys, monkeypatch):
    monkeypatch.setattr(signed, "FOUND_IN", "/nowhere")
    with pytest.raises(FeedError, match="ssh-keygen: is not on this machine"):
        update(path, Folder(str(made), f"{keys}/ours.pub"))


def test_a_key_that_cannot_sign_is_told(path, made, tmp_path):
    with Advisories.open(path) as known, pytest.raises(StoreError, match="cannot be signed with"):
        export(known, str(tmp_path / "again"), str(tmp_path / "nowhere"))
