"""Parsers that misbehave: each costs what it read, and the rest of the scan is complete."""

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path

import pytest

from hullmark.apps.cli.target import source_of
from hullmark.model import File, Package, ParseError
from hullmark.sandbox import jail
from hullmark.sandbox import zygote as zygote_module
from hullmark.scan import Scanner, Settings, reading, trees, worker
from hullmark.unit import parser
from tests.images.build import make_image

LIBC = ctypes.CDLL(None, use_errno=True)
GOOD = 12
"""Well-behaved files on each side of the one that is read by a parser that is not."""


def package(file: File, name: str) -> Package:
    return Package(type="generic", name=name, version="1", path=file.path)


def made(id: str, deed):
    """A parser that yields one package, then does this."""

    @parser(id=id, names=(f"{id}.deed",), example=File(path=id, content=b""), expect=())
    def parse(file: File):
        """Yield, then misbehave."""
        yield package(file, id)
        yield from deed(file) or ()

    return parse


def plain(deed):
    """A deed that yields nothing."""

    def do(_file):
        deed()
        return ()

    return do


def recurse():
    return recurse() + 1


def spin():
    while True:
        pass


def spin_on():
    """Takes the clock's ring for an error of its own, twice."""
    for _ in range(2):
        with suppress(Exception):
            spin()
    spin()


def spin_in_a_regular_expression():
    import re  # noqa: PLC0415 - imported long ago

    re.compile(r"(a|a)*b").match("a" * 40)


def endless(file):
    while True:
        yield package(file, "again")


def write_everywhere():
    for descriptor in range(3, 64):
        with suppress(OSError):
            os.pwrite(descriptor, b"x", 0)
            os.write(descriptor, b"x")


def thread():
    done = []
    each = threading.Thread(target=done.append, args=[1])
    each.start()
    each.join()
    assert done == [1]
    raise ParseError("thread.deed", "a thread ran")


class Mute(Exception):  # noqa: N818 - no error but a fault
    def __str__(self):
        raise ValueError("no words")


def raises(error):
    def do():
        raise error

    return do


def connect():
    if LIBC.connect(3, b"\2\0\0\x09\x7f\0\0\1" + bytes(8), 16):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def exchange(number):
    def do():
        os.kill(os.getppid(), number)

    return do


def hang():
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    spin()


DENIED = "PermissionError: [Errno 1] Operation not permitted"
SURVIVES = {
    "opens": (plain(lambda: os.open("/etc/passwd", os.O_RDONLY)), f"{DENIED}: '/etc/passwd'"),
    "makes-a-file": (
        plain(lambda: os.open("/tmp/x", os.O_RDWR | os.O_CREAT)),
        f"{DENIED}: '/tmp/x'",
    ),
    "makes-a-socket": (plain(socket.socket), DENIED),
    "connects": (plain(connect), DENIED),
    "forks": (plain(os.fork), DENIED),
    "executes": (plain(lambda: os.execv("/bin/true", ["true"])), f"{DENIED}"),
    "starts-a-program": (
        plain(lambda: subprocess.run(["/bin/true"], check=True)),
        "PermissionError",
    ),
    "kills-its-parent": (plain(exchange(9)), DENIED),
    "kills-init": (plain(lambda: os.kill(1, 9)), DENIED),
    "stats": (plain(lambda: os.stat("/etc/passwd")), f"{DENIED}: '/etc/passwd'"),
    "lists": (plain(lambda: os.listdir("/")), f"{DENIED}: '/'"),
    "imports": (plain(lambda: __import__("antigravity")), "ModuleNotFoundError: "),
    "raises-its-limits": (
        plain(lambda: resource.setrlimit(resource.RLIMIT_AS, (-1, -1))),
        "ValueError: not allowed to raise maximum limit",
    ),
    "starts-a-thread": (plain(thread), "a thread ran"),
    "allocates": (plain(lambda: bytearray(2**40)), "needs more memory than a parser may use"),
    "grows": (plain(lambda: [bytes(2**26) for _ in range(99)]), "needs more memory than a "),
    "recurses": (plain(recurse), "nested too deeply"),
    "loops": (plain(spin), "not read within 1 s"),
    "loops-on": (plain(spin_on), "not read within 1 s"),
    "matches-for-ever": (plain(spin_in_a_regular_expression), "not read within 1 s"),
    "sleeps": (plain(lambda: time.sleep(600)), "not read within 1 s"),
    "yields-for-ever": (endless, "more than 1000 facts in one file"),
    "yields-no-fact": (lambda _: iter([b"\xff", object()]), "facts that cannot be written down"),
    "yields-no-text": (
        lambda file: iter([package(file, "\ud800")]),
        "facts that cannot be written down: UnicodeEncodeError",
    ),
    "raises-oddly": (plain(raises(Mute)), "Mute: "),
    "raises-no-text": (plain(raises(ValueError("\ud800"))), r"ValueError: \ud800"),
    "raises-much": (plain(raises(ValueError("x" * 10**6))), f"ValueError: {'x' * 200}"),
    "raises-exit": (plain(sys.exit), "SystemExit: "),
    "raises-interrupt": (plain(raises(KeyboardInterrupt)), "KeyboardInterrupt: "),
    "raises-a-group": (plain(raises(BaseExceptionGroup("g", [SystemExit()]))), "BaseExceptionG"),
    "raises-stop": (plain(raises(StopIteration)), "RuntimeError: generator raised StopIteration"),
    "writes-everywhere": (plain(write_everywhere), ""),
}

DIES = {
    "exits": (plain(lambda: os._exit(0)), "ended with status 0"),
    "crashes": (plain(lambda: LIBC.strlen(8)), "was killed by SIGSEGV"),
    "aborts": (plain(LIBC.abort), "was killed by SIG"),
    "hangs": (plain(hang), "was silent for 2 s and was killed"),
    "closes-all": (plain(lambda: os.closerange(3, 64)), "the worker "),
}


@parser(id="good", names=("*.good",), example=File(path="a.good", content=b""), expect=())
def good(file: File):
    """Yield the file's name."""
    yield package(file, file.name.removesuffix(".good"))


PARSERS = {"good": good} | {id: made(id, deed) for id, (deed, _) in {**SURVIVES, **DIES}.items()}


@pytest.fixture(scope="module")
def shared():
    """One scanner for all: what one parser does must not reach the next scan."""
    patch = pytest.MonkeyPatch()
    patch.setattr(reading, "FILE_S", 0.6)
    patch.setattr(reading, "RING_AGAIN_S", 0.1)
    patch.setattr(reading, "MAX_FACTS", 1000)
    patch.setattr(worker, "PULSE_S", 0.2)
    patch.setattr(zygote_module, "MAX_DYING_S", 2.0)
    patch.setattr(zygote_module, "SILENCE_S", 2.0)
    with Scanner(PARSERS) as scanner:
        yield scanner
    patch.undo()


def scanned(scanner, target, tmp_path, **settings):
    source, rest = source_of(str(target))
    given = Settings(folder=str(tmp_path / "cache"), use_cache=False, **settings)
    return scanner.scan(source, rest, given)


def layer(number: int, *deeds: str):
    files = [f"l{number}/{side}{each:02}.good" for side in "az" for each in range(GOOD)]
    named = {**dict.fromkeys(files, "good"), **{f"l{number}/m/{id}.deed": "x" for id in deeds}}
    return [(name, named[name]) for name in sorted(named)]


def goods(report, number: int) -> int:
    return sum(
        each.path.startswith(f"l{number}/") for each in report.packages if each.name[1:2].isdigit()
    )


@pytest.mark.parametrize("compression", ["none", "gzip"])
def test_a_parser_that_fails_costs_its_file_alone(shared, tmp_path, compression):
    deeds = [each for each in SURVIVES if each != "writes-everywhere"]
    image = make_image(tmp_path, [layer(0), layer(1, *deeds), layer(2)], compression=compression)
    report = scanned(shared, f"oci:{image}", tmp_path)
    assert [goods(report, number) for number in range(3)] == [2 * GOOD] * 3
    said = {gap.unit: gap for gap in report.gaps}
    assert len(report.gaps) == len(deeds)
    for id in deeds:
        assert said[id].subject == f"l1/m/{id}.deed"
        assert said[id].layer == report.artifact.layers[1].diff_id
        assert said[id].why.startswith(SURVIVES[id][1]), said[id]
        assert len(said[id].why) <= 300
    kept = {each.name for each in report.packages} & set(deeds)
    assert kept == {id for id in deeds if not id.startswith("yields-no")}
    assert all(each.state.value == "self-consistent only" for each in report.artifact.layers)


def test_a_parser_that_fails_on_a_tree_costs_its_file_alone(shared, tmp_path):
    deeds = [each for each in SURVIVES if each != "writes-everywhere"]
    root = tree(tmp_path, *deeds)
    report = scanned(shared, f"dir:{root}", tmp_path, jobs=2)
    assert goods(report, 1) == 2 * GOOD
    assert sorted((gap.unit, gap.subject) for gap in report.gaps) == sorted(
        (id, f"l1/m/{id}.deed") for id in deeds
    )


def tree(tmp_path, *deeds: str, number: int = 1) -> Path:
    root = Path(tmp_path, "root")
    for name, content in layer(number, *deeds):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return root


@pytest.mark.parametrize("id", DIES)
def test_a_worker_that_dies_costs_its_layer_and_names_the_file(shared, tmp_path, id):
    image = make_image(tmp_path, [layer(0), layer(1, id), layer(2)])
    report = scanned(shared, f"oci:{image}", tmp_path)
    assert [goods(report, number) for number in range(3)] == [2 * GOOD, 0, 2 * GOOD]
    [gap] = report.gaps
    label = report.artifact.layers[1].diff_id
    assert (gap.unit, gap.subject, gap.layer) == ("layer", label, label)
    assert DIES[id][1] in gap.why
    if id != "closes-all":
        assert gap.why.endswith(f" while it read '{id} l1/m/{id}.deed'")


@pytest.mark.parametrize("id", ["exits", "crashes"])
def test_a_worker_that_dies_on_a_tree_costs_what_was_on_its_way(shared, tmp_path, id, monkeypatch):
    monkeypatch.setattr(trees, "AHEAD_BATCHES", 1)
    root = tree(tmp_path, id)
    for number in range(400):
        (root / f"l1/m/{number:04}.good").write_text("")
    report = scanned(shared, f"dir:{root}", tmp_path, jobs=1)
    lost = [gap for gap in report.gaps if gap.unit == "tree"]
    assert report.gaps == tuple(lost)
    assert {f"while it read '{id} l1/m/{id}.deed'" in gap.why for gap in lost} == {True}
    assert f"l1/m/{id}.deed" in {gap.subject for gap in lost}
    read = {each.path for each in report.packages}
    assert len(read) + len(lost) == 2 * GOOD + 400 + 1
    assert read.isdisjoint({gap.subject for gap in lost})
    assert len(lost) <= 2 * 64


def test_every_worker_of_a_tree_may_die_and_each_is_replaced(shared, tmp_path):
    root = tmp_path / "root"
    for number in range(20):
        folder = root / f"l{number:02}"
        folder.mkdir(parents=True)
        (folder / "crashes.deed").write_text("x")
        for each in range(120):
            (folder / f"{each:03}.good").write_text("")
    report = scanned(shared, f"dir:{root}", tmp_path, jobs=2)
    assert len(report.packages) + len(report.gaps) == 20 * 121
    assert report.packages, "what was read before a worker died, or by the next one, counts"


def test_what_a_parser_writes_reaches_neither_the_target_nor_the_answer(shared, tmp_path):
    """The worker's own stream is open to it, so its layer may be lost; others are not."""
    image = make_image(tmp_path, [layer(0), layer(1, "writes-everywhere"), layer(2)])
    before = {path: path.read_bytes() for path in image.rglob("*") if path.is_file()}
    report = scanned(shared, f"oci:{image}", tmp_path)
    assert [goods(report, number) for number in (0, 2)] == [2 * GOOD] * 2
    assert goods(report, 1) in (0, 2 * GOOD)
    assert goods(report, 1) or report.gaps
    assert {path: path.read_bytes() for path in image.rglob("*") if path.is_file()} == before


def test_a_worker_killed_from_outside_is_a_gap(shared, tmp_path):
    image = make_image(tmp_path, [layer(0), layer(1, "sleeps")])
    reports = []
    scan = threading.Thread(
        target=lambda: reports.append(scanned(shared, f"oci:{image}", tmp_path))
    )
    scan.start()
    victim = wait_for(lambda: [pid for pid in workers(shared) if asleep(pid)])[0]
    os.kill(int(victim), signal.SIGKILL)
    scan.join()
    [gap] = reports[0].gaps
    assert "was killed by SIGKILL while it read 'sleeps l1/m/sleeps.deed'" in gap.why
    assert goods(reports[0], 0) == 2 * GOOD


def workers(scanner) -> list[str]:
    pid = scanner._zygote.pid
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def asleep(pid: str) -> bool:
    with suppress(FileNotFoundError, ProcessLookupError):
        return "nanosleep" in Path(f"/proc/{pid}/wchan").read_text()
    return False


def wait_for(ask_again, timeout_s: float = 10):
    end = time.monotonic() + timeout_s
    while not (found := ask_again()):
        assert time.monotonic() < end
        time.sleep(0.005)
    return found


def test_a_dead_zygote_leaves_gaps_and_no_traceback(tmp_path):
    image = make_image(tmp_path, [layer(0), layer(1)])
    root = tree(tmp_path)
    with Scanner(PARSERS) as scanner:
        assert goods(scanned(scanner, f"dir:{root}", tmp_path), 1) == 2 * GOOD
        os.kill(scanner._zygote.pid, signal.SIGKILL)
        report = scanned(scanner, f"oci:{image}", tmp_path)
        assert {gap.unit for gap in report.gaps} == {"layer"}
        assert len(report.gaps) == 2
        report = scanned(scanner, f"dir:{root}", tmp_path)
        assert len(report.gaps) == 2 * GOOD
        assert {gap.unit for gap in report.gaps} == {"tree"}


def test_a_search_longer_than_the_silence_that_is_borne_costs_nothing(
    shared, tmp_path, monkeypatch
):
    """Workers that wait for files are not taken for hung."""
    root = tree(tmp_path)
    walk = trees.Trees._offer

    def slow(self, file, batch, gaps):
        if file.path.endswith("a05.good"):
            time.sleep(2.6)
        return walk(self, file, batch, gaps)

    monkeypatch.setattr(trees.Trees, "_offer", slow)
    report = scanned(shared, f"dir:{root}", tmp_path)
    assert goods(report, 1) == 2 * GOOD
    assert report.gaps == ()


def test_many_slow_files_of_one_layer_are_no_silence(shared, tmp_path):
    members = [(f"l1/{number}/sleeps.deed", "x") for number in range(4)]
    image = make_image(tmp_path, [[*members, *layer(1)]])
    report = scanned(shared, f"oci:{image}", tmp_path)
    assert len(report.gaps) == 4
    assert goods(report, 1) == 2 * GOOD


def test_the_next_scan_finds_everything_again_and_nothing_is_left_behind(shared, tmp_path):
    """After all of the above, in the same scanner."""
    image = make_image(tmp_path, [layer(0), layer(1)])
    for _ in range(2):
        report = scanned(shared, f"oci:{image}", tmp_path)
        assert report.gaps == ()
        assert goods(report, 0) + goods(report, 1) == 4 * GOOD
    pid = shared._zygote.pid
    wait_for(lambda: not workers(shared))
    time.sleep(0.05)
    zygote_fds = len(os.listdir(f"/proc/{pid}/fd"))
    ours = len(os.listdir("/proc/self/fd"))
    scanned(shared, f"oci:{make_image(tmp_path, [layer(0, 'crashes')], name='b')}", tmp_path)
    scanned(shared, f"dir:{tree(tmp_path, 'crashes')}", tmp_path)
    wait_for(lambda: not workers(shared))
    wait_for(lambda: len(os.listdir(f"/proc/{pid}/fd")) == zygote_fds)
    assert len(os.listdir("/proc/self/fd")) == ours
    assert list((tmp_path / "cache").rglob("*")) == []


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"_landlock": 0}, "this kernel has no landlock"),
        ({"_seccomp": False}, "this kernel has no seccomp"),
        ({"_landlock": 0, "_seccomp": False}, "this kernel has no landlock, seccomp"),
    ],
)
def test_a_weak_kernel_is_told_in_the_report(tmp_path, monkeypatch, missing, why):
    for name, answer in missing.items():
        monkeypatch.setattr(jail, name, lambda _, answer=answer: answer)
    image = make_image(tmp_path, [layer(0)])
    with Scanner({"good": good}) as scanner:
        report = scanned(scanner, f"oci:{image}", tmp_path)
        assert scanned(scanner, f"dir:{tree(tmp_path)}", tmp_path).sandbox == report.sandbox
    [gap] = report.gaps
    assert (gap.unit, gap.subject, gap.why) == ("sandbox", "worker", why)
    assert report.sandbox.endswith(f"; without {why.removeprefix('this kernel has no ')}")
    assert goods(report, 0) == 2 * GOOD
