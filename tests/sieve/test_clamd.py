"""Files held against ClamAV, by a real daemon with signatures of our own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from contextlib import closing, contextmanager
from errno import EIO
from pathlib import Path
from select import select

import pytest

from hullmark.model import Content, File, Severity, SourceError
from hullmark.sandbox.zygote import Crash
from hullmark.scan.facts import REPLACED
from hullmark.scan.relaying import BLOCK_BYTES, UNIT, Relayed, sender
from hullmark.sieve.clamd import Clamd, is_address, severity
from hullmark.sieve.options import Daemon
from tests.images.build import make_image

# In two parts, so that no scanner takes this file for what it tests with.
EICAR = "X5O!P%@AP[4\\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
TOOL, LIKENESS = "unwanted-oak-tool", "likeness-of-oak"
LIMIT = 1024 * 1024
START_S = 60


@pytest.fixture(scope="module")
def daemon(tmp_path_factory):
    """A clamd of the test's own, its socket below a short name."""
    program = shutil.which("clamd")
    if program is None:
        pytest.skip("needs clamd")
    folder = tmp_path_factory.mktemp("c")
    (folder / "db").mkdir()
    names = {"Oak.Test": EICAR, "PUA.Oak.Tool": TOOL, "Heuristics.Oak": LIKENESS}
    signatures = "".join(f"{name}:0:*:{text.encode().hex()}\n" for name, text in names.items())
    (folder / "db" / "own.ndb").write_text(signatures)
    (folder / "clamd.conf").write_text(
        f"LocalSocket {folder}/s\nDatabaseDirectory {folder}/db\nForeground yes\n"
        f"StreamMaxLength {LIMIT}\nMaxThreads 2\n"
    )
    os.chmod(folder, 0o755)
    with (
        open(folder / "log", "wb") as log,
        subprocess.Popen([program, "-c", folder / "clamd.conf"], stdout=log, stderr=log) as running,
    ):
        try:
            for _ in range(START_S * 10):
                if (folder / "s").exists() or running.poll() is not None:
                    break
                select([], [], [], 0.1)
            assert (folder / "s").exists(), (folder / "log").read_text()
            yield Daemon(address=f"{folder}/s", limit_bytes=LIMIT)
        finally:
            running.terminate()


def relayed(daemon: Daemon, *files: tuple[str, bytes | Content]):
    """What is found, and what could not be looked at, when a worker sends these."""
    with closing(Relayed(Clamd(daemon))) as relay:
        for number, (path, content) in enumerate(files):
            frames = sender(lambda _kind, payload: relay.take(bytearray(payload)), LIMIT)
            frames(File(path=path, content=content), number)
        found = {each.path: each.facts[0] for each in relay.parsed()}
        return found, [(each.subject, each.why) for each in relay.gaps()]


def test_a_daemon_tells_its_version(daemon):
    assert Clamd(daemon).version().startswith("ClamAV ")


def test_signatures_fire_by_weight_and_the_rest_passes(daemon):
    text = EICAR.encode()
    found, gaps = relayed(
        daemon,
        ("eicar", text),
        ("tool", b"a " + TOOL.encode()),
        ("like", LIKENESS.encode()),
        ("far", bytes(2 * BLOCK_BYTES - 5) + text),
        ("good", b"acorn"),
        ("empty", b""),
    )
    assert {path: each.severity for path, each in found.items()} == {
        "eicar": Severity.CRITICAL,
        "tool": Severity.MEDIUM,
        "like": Severity.HIGH,
        "far": Severity.CRITICAL,
    }
    assert found["eicar"].says == "ClamAV knows it as Oak.Test.UNOFFICIAL"
    assert not gaps


def test_a_file_of_a_name_that_came_before_replaces_it_and_both_are_told(daemon):
    eicar, large = EICAR.encode(), bytes(LIMIT + 1)
    with closing(Relayed(Clamd(daemon))) as relay:
        for path, content in (
            ("a", eicar),
            ("a", b"acorn"),
            ("b", eicar),
            ("c", eicar),
            ("c", large),
        ):
            frames = sender(lambda _kind, payload: relay.take(bytearray(payload)), LIMIT)
            frames(File(path=path, content=content), 1)
        told = [(each.path, each.unit) for each in relay.parsed()]
        assert told == [("b", UNIT), ("a", REPLACED), ("c", REPLACED)]
        assert not relay.parsed()


class Broken:
    """Content whose second block cannot be read."""

    size = 2 * BLOCK_BYTES

    def read(self, offset: int, size: int) -> bytes:
        if offset:
            raise OSError(EIO, "Input/output error")
        return bytes(size)


def test_a_file_that_cannot_be_read_to_its_end_is_a_gap_and_the_next_is_looked_at(daemon):
    found, gaps = relayed(daemon, ("broken", Broken()), ("eicar", EICAR.encode()))
    assert list(found) == ["eicar"]
    assert gaps == [("broken", f"{BLOCK_BYTES} bytes of it could not be read")]


def test_what_is_larger_than_the_limit_is_a_gap(daemon):
    large = bytes(LIMIT + 1)
    found, gaps = relayed(daemon, ("large", large), ("eicar", EICAR.encode()))
    assert list(found) == ["eicar"]
    assert gaps == [("large", f"{LIMIT + 1} bytes are more than the {LIMIT} that clamd takes")]
    with closing(Relayed(Clamd(Daemon(address=daemon.address, limit_bytes=9 * LIMIT)))) as relay:
        send = sender(lambda _kind, payload: relay.take(bytearray(payload)), 9 * LIMIT)
        send(File(path="large", content=bytes(8 * LIMIT)), 1)
        (gap,) = relay.gaps()
        assert "size limit exceeded" in gap.why


@contextmanager
def answering(folder: Path, *answers: bytes):
    """A daemon that gives these answers, one a connection, and then is gone."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listening:
        listening.bind(f"{folder}/s")
        listening.listen(8)

        def serve():
            for answer in answers:
                connection, _ = listening.accept()
                with connection:
                    data = b""
                    while not data.endswith((b"\0\0\0\0", b"PING\0", b"VERSION\0")):
                        data += connection.recv(65536)
                    connection.sendall(answer)
            os.unlink(f"{folder}/s")

        thread = threading.Thread(target=serve)
        thread.start()
        yield Daemon(address=f"{folder}/s", limit_bytes=LIMIT)
        thread.join()


def test_a_daemon_that_goes_away_leaves_one_gap_for_all_that_follows(tmp_path):
    with answering(tmp_path, b"stream: OK\0", b"", b"stream: OK\0") as daemon:
        found, gaps = relayed(daemon, *((name, b"acorn") for name in "abcd"))
        assert not found
        ((subject, why),) = gaps
        assert subject == "b"
        assert why.startswith("clamd was lost (the connection was closed without an answer)")
        assert why.endswith("as were 2 files after it")
        relayed(daemon, ("e", b"acorn"))


def test_what_clamd_cannot_do_is_a_gap(tmp_path):
    with answering(tmp_path, b"stream: Can't allocate memory ERROR\0") as daemon:
        _, gaps = relayed(daemon, ("a", b"acorn"))
        assert gaps == [("a", 'clamd says "Can\'t allocate memory ERROR"')]


def test_versions_without_a_database_and_what_is_no_clamd(tmp_path):
    with answering(tmp_path, b"PONG\0", b"ClamAV 1.4.6\0") as daemon:
        assert Clamd(daemon).version() == "ClamAV 1.4.6, no daily database"
    date = b"Sun Jan  4 08:00:00 2026"
    with answering(tmp_path, b"PONG\0", b"ClamAV 1.4.6/27000/" + date + b"\0") as daemon:
        said = "ClamAV 1.4.6, database 27000 of Sun Jan  4 08:00:00 2026"
        assert Clamd(daemon).version() == said
    with answering(tmp_path, b"220 mail\0") as daemon, pytest.raises(SourceError, match="no clamd"):
        Clamd(daemon).version()
    with pytest.raises(SourceError, match="no clamd answers"):
        Clamd(daemon).version()


def test_a_worker_that_sends_what_was_not_asked_is_dismissed(tmp_path):
    daemon = Daemon(address=f"{tmp_path}/s", limit_bytes=LIMIT)
    with pytest.raises(Crash, match="nobody asked"):
        Relayed(None).take(bytearray(b"a"))
    with closing(Relayed(Clamd(daemon))) as relay:
        send = sender(lambda _kind, payload: relay.take(bytearray(payload)), LIMIT)
        send(File(path="a", content=b"acorn"), 0)
        frames = []
        sender(lambda _kind, payload: frames.append(payload), LIMIT)(
            File(path="b", content=b"acorn"), 1
        )
        relay.take(bytearray(frames[0]))
        with pytest.raises(Crash, match="more of a file"):
            relay.take(bytearray(b"acorns"))


def test_addresses_and_weights():
    assert all(map(is_address, ("/run/s", "localhost:3310", "[::1]:3310", "10.0.0.1:3310")))
    assert not any(map(is_address, ("image.tar", "oci:image", "host", "a b:1", "")))
    assert severity("Win.Test.EICAR_HDB-1") is Severity.CRITICAL


def hullmark(*arguments: object, home: Path):
    """Run the program as users do."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("HULLMARK_")}
    command = [sys.executable, "-m", "hullmark", *map(str, arguments)]
    env["HULLMARK_HOME"] = str(home)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def found(done: "subprocess.CompletedProcess[str]") -> list[tuple[str, str]]:
    report = json.loads(done.stdout)
    assert report["feeds"]["clamav"].startswith("ClamAV ")
    named = [each for each in report["findings"] if each["rule"] == "clamav-match"]
    return [(each["subject"], each["evidence"]["says"].partition(";")[2]) for each in named]


def test_a_scan_asks_about_every_file_of_an_image_and_a_folder(daemon, tmp_path):
    home = tmp_path / "home"
    arguments = ("--scanners", "malware", "--format", "json", "--clamd", daemon.address)
    base = [("srv/a", EICAR), ("srv/gone", EICAR), ("srv/large", "x" * (LIMIT + 9))]
    image = make_image(tmp_path, [base, [("srv/.wh.gone", "")]], compression="gzip")
    hidden = " deleted or replaced later, but still in this layer"
    for _ in range(2):  # what the cache has of a layer does not stand for its files
        done = hullmark("scan", image, *arguments, home=home)
        assert sorted(found(done)) == [("srv/a", ""), ("srv/gone", hidden)]
        gaps = [each for each in json.loads(done.stdout)["gaps"] if each["unit"] == "clamav"]
        assert [each["subject"] for each in gaps] == ["srv/large"]
    tree = tmp_path / "tree"
    tree.mkdir()
    (tree / "a").write_text(EICAR)
    assert found(hullmark("scan", tree, *arguments, home=home)) == [("a", "")]
    (tmp_path / "settings").write_text(f"clamd: {daemon.address}\n")
    settings = ("--scanners", "malware", "--format", "json", "--config", tmp_path / "settings")
    assert found(hullmark("scan", tree, *settings, home=home)) == [("a", "")]


def test_a_daemon_that_never_answers_or_is_misnamed_ends_the_scan(tmp_path):
    for wrong, said in ((tmp_path / "s", "no clamd answers"), ("oak", "wants a socket's")):
        done = hullmark("scan", tmp_path, "--clamd", wrong, home=tmp_path / "home")
        assert done.returncode == 2
        assert said in done.stderr
    done = hullmark("scan", tmp_path, "--scanners", "config", "--clamd", "/s", home=tmp_path)
    assert done.returncode == 2
    assert "part of the scanner malware" in done.stderr
