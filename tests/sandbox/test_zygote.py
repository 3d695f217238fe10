"""Workers that lie, linger, crash or are killed cost their own job and nothing else."""

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from pathlib import Path
from struct import pack

import pytest

from hullmark.sandbox import Crash, Limits, Zygote
from hullmark.sandbox import zygote as zygote_module
from hullmark.sandbox.zygote import DOING, MAX_FRAME_BYTES, PROGRESS, RESULT

LIMITS = Limits(memory_bytes=1024**3, file_bytes=1024**2, cpu_s=20)
LIBC = ctypes.CDLL(None)


@contextmanager
def made(work, limits=LIMITS):
    zygote = Zygote(lambda: (b"hello", work), limits)
    try:
        zygote.greeting()
        yield zygote
    finally:
        zygote.close()


def by_request(request, descriptors, emit) -> None:
    """Do what the request says; ``None`` is a polite answer."""
    WORKS[request](descriptors, emit)


def write_all(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]


def sockets(known=()) -> list[int]:
    """The descriptors above stderr: the stream, and the paper with the request."""
    found = []
    for descriptor in range(3, 64):
        with suppress(OSError):
            os.write(descriptor, b"")
            if descriptor not in known:
                found.append(descriptor)
    return found


def forge_numbers(_, emit) -> None:
    for descriptor in range(3, 64):
        with suppress(OSError):
            os.write(descriptor, pack("<i", -1))
    time.sleep(60)


def huge_frame(_, emit) -> None:
    write_all(sockets()[0], pack("<I", 0xFFFFFFFF) + b"R")
    time.sleep(60)


def drop_stream(_, emit) -> None:
    os.closerange(3, 64)
    time.sleep(60)


def half_a_frame(_, emit) -> None:
    write_all(sockets()[0], pack("<I", 1000) + b"R" + b"x" * 500)


def progress_without_end(_, emit) -> None:
    while True:
        emit(PROGRESS, b"\0" * 8)
        time.sleep(0.01)


def silent(_, emit) -> None:
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    while True:
        time.sleep(60)


def note_and_die(_, emit) -> None:
    emit(DOING, b"parser \x1b[2J/\xff/file" + b"x" * 5000)
    emit(DOING, b"parser \x1b[2J/\xff/file")
    LIBC.strlen(8)


def grow_paper(_, emit) -> None:
    for descriptor in sockets():
        for size in (1 << 16, 0):
            with suppress(OSError):
                os.ftruncate(descriptor, size)
                emit(RESULT, b"grew or shrank")
                return
        with suppress(OSError):
            os.pwrite(descriptor, b"x", 1 << 16)
            emit(RESULT, b"grew")
            return
    emit(RESULT, b"refused")


def boom(_, emit) -> None:
    raise ValueError("\ud800 no text \x1b")


def leave(code):
    return lambda _, emit: os._exit(code)


def system_exit(_, emit) -> None:
    raise SystemExit(3)


WORKS = {
    b"fine": lambda _, emit: emit(RESULT, b"fine"),
    b"nothing": lambda _, emit: None,
    b"forge": forge_numbers,
    b"huge frame": huge_frame,
    b"empty frame": lambda _, emit: write_all(sockets()[0], pack("<I", 0) + b"R"),
    b"half a frame": half_a_frame,
    b"drop stream": drop_stream,
    b"progress": progress_without_end,
    b"silent": silent,
    b"note": note_and_die,
    b"paper": grow_paper,
    b"boom": boom,
    b"exit 0": leave(0),
    b"exit 7": leave(7),
    b"system exit": system_exit,
    b"segfault": lambda _, emit: LIBC.strlen(8),
    b"abort": lambda _, emit: LIBC.abort(),
    b"memory": lambda _, emit: bytearray(4 * 1024**3),
}

CRASHES = {
    b"nothing": "the worker ended with status 0",
    b"empty frame": "the worker sent a frame of -1 bytes",
    b"half a frame": "the worker ended with status 0",
    b"boom": r"the worker failed: 'ValueError: \? no text \\x1b'",
    b"exit 0": "the worker ended with status 0",
    b"exit 7": "the worker ended with status 7",
    b"system exit": "the worker ended with status 1",
    b"segfault": "the worker was killed by SIGSEGV",
    b"abort": "the worker was killed by SIG(SEGV|ABRT|TRAP)",
    b"memory": "the worker failed: 'MemoryError: '",
}


@pytest.fixture(scope="module")
def zygote():
    with made(by_request) as one:
        yield one


def said(zygote, request: bytes) -> bytes:
    return bytes(zygote.start(request, []).result())


@pytest.mark.parametrize(("request_", "why"), CRASHES.items())
def test_a_worker_that_ends_without_an_answer_is_a_crash_and_the_next_one_works(
    zygote, request_, why
):
    with pytest.raises(Crash, match=f"^{why}$"):
        said(zygote, request_)
    assert said(zygote, b"fine") == b"fine"


def test_a_worker_cannot_make_us_kill_another_process(zygote, monkeypatch):
    """Its pid is told by the zygote alone, and only the zygote kills."""
    monkeypatch.setattr(zygote_module, "SILENCE_S", 0.3)
    killed = []
    monkeypatch.setattr(os, "kill", lambda pid, number: killed.append((pid, number)))
    with pytest.raises(Crash):
        said(zygote, b"forge")
    assert killed == []


@pytest.mark.parametrize(
    ("request_", "why"),
    [
        (b"huge frame", "sent a frame of 4294967294 bytes"),
        (b"drop stream", "stopped answering and was killed"),
        (b"progress", "not done within 0 s and was killed"),
        (b"silent", "was silent for 0 s and was killed"),
    ],
)
def test_a_worker_that_lingers_is_killed(zygote, request_, why, monkeypatch):
    bound = "MAX_JOB_S" if request_ == b"progress" else "SILENCE_S"
    monkeypatch.setattr(zygote_module, bound, 0.4)
    monkeypatch.setattr(zygote_module, "MAX_DYING_S", 0.4)
    job = zygote.start(request_, [])
    with pytest.raises(Crash, match=why):
        job.result()
    wait_until(lambda: not Path(f"/proc/{job.pid}").exists())
    assert said(zygote, b"fine") == b"fine"


def test_a_worker_whose_answer_nobody_waits_for_is_killed(zygote):
    job = zygote.start(b"silent", [])
    pid = job._number("")
    assert Path(f"/proc/{pid}").exists()
    job.close()
    wait_until(lambda: not Path(f"/proc/{pid}").exists())
    assert said(zygote, b"fine") == b"fine"


def test_a_frame_larger_than_the_bound_is_refused_before_it_is_read(monkeypatch):
    def large(_request, _descriptors, emit):
        write_all(sockets()[0], pack("<I", MAX_FRAME_BYTES + 1) + b"R")
        time.sleep(60)

    with made(large) as zygote, pytest.raises(Crash, match="a frame of"):
        said(zygote, b"")


def test_what_the_worker_was_at_is_told_after_its_death(zygote):
    with pytest.raises(Crash) as crash:
        said(zygote, b"note")
    text = r"the worker was killed by SIGSEGV while it read 'parser \x1b[2J/" + "\ufffd/file'"
    assert str(crash.value) == text


def test_the_paper_of_a_job_can_neither_grow_nor_shrink(zygote):
    assert said(zygote, b"paper") == b"refused"


@pytest.mark.parametrize("signal_", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_worker_killed_from_outside_is_a_crash(zygote, signal_):
    job = zygote.start(b"progress", [])
    outcome = []

    def wait() -> None:
        try:
            outcome.append(bytes(job.result()))
        except Crash as crash:
            outcome.append(str(crash))

    thread = threading.Thread(target=wait)
    thread.start()
    wait_until(lambda: job.pid)
    os.kill(job.pid, signal_)
    if signal_ == signal.SIGINT:
        time.sleep(0.1)
        assert outcome == [], "workers do not heed the keyboard"
        os.kill(job.pid, signal.SIGKILL)
    thread.join()
    name = "SIGTERM" if signal_ == signal.SIGTERM else "SIGKILL"
    assert outcome == [f"the worker was killed by {name}"]
    assert said(zygote, b"fine") == b"fine"


def test_a_dead_zygote_is_a_crash_of_every_job():
    with made(by_request) as zygote:
        job = zygote.start(b"silent", [])
        wait_until(lambda: children(zygote.pid))
        os.kill(zygote.pid, signal.SIGKILL)
        with pytest.raises(Crash, match=r"prepares workers died|could not be started"):
            job.result()
        wait_until(lambda: not alive(zygote.pid))
        for _ in range(2):
            with pytest.raises(Crash, match="no worker could be asked for"):
                zygote.start(b"fine", [])


def test_a_zygote_that_cannot_start_says_so(capfd):
    def broken():
        raise ImportError("no such codec")

    zygote = Zygote(broken, LIMITS)
    with pytest.raises(Crash, match="died while starting"):
        zygote.greeting()
    zygote.close()
    assert "no such codec" in capfd.readouterr().err


def test_a_process_that_cannot_be_forked_costs_its_job_alone():
    def load():
        """Runs in the zygote, where the next fork fails."""
        fork = os.fork

        def refuse() -> int:
            os.fork = fork
            raise BlockingIOError(11, "Resource temporarily unavailable")

        os.fork = refuse
        return b"hello", by_request

    zygote = Zygote(load, LIMITS)
    with pytest.raises(Crash, match="could not be started"):
        said(zygote, b"fine")
    assert said(zygote, b"fine") == b"fine"
    zygote.close()


def test_a_request_may_be_as_large_as_memory_allows(zygote):
    def size(request, _descriptors, emit):
        emit(RESULT, f"{len(request)} {request[:3]!r} {request[-3:]!r}".encode())

    with made(size) as large:
        assert said(large, b"abc" * 10_000_000) == b"30000000 b'abc' b'abc'"
        assert said(large, b"") == b"0 b'' b''"


def test_nothing_is_left_behind(zygote):
    wait_until(lambda: not children(zygote.pid))
    before = resources(zygote)
    for request in [*CRASHES, b"fine"] * 3:
        with suppress(Crash):
            said(zygote, request)
    wait_until(lambda: resources(zygote) == before)


def test_a_closed_zygote_leaves_neither_processes_nor_descriptors():
    before = len(os.listdir("/proc/self/fd")), children(os.getpid())
    with made(by_request) as zygote:
        job = zygote.start(b"silent", [])
        pid = job._number("")
        of_zygote = zygote.pid
        job.close()
    wait_until(lambda: not alive(pid))
    assert not Path(f"/proc/{of_zygote}").exists()
    assert (len(os.listdir("/proc/self/fd")), children(os.getpid())) == before


def test_a_zygote_that_was_never_greeted_is_closed_without_a_word(capfd):
    for _ in range(5):
        zygote = Zygote(lambda: (b"hello" * 1000, by_request), LIMITS)
        time.sleep(0.02)
        zygote.close()
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("is_greeted", [False, True])
def test_a_parent_that_ended_is_no_fault_of_the_zygote(is_greeted, capfd):
    reader, writer = os.pipe()

    def load():
        os.read(reader, 1)
        return b"hello", lambda *_: None

    zygote = Zygote(load, Limits(memory_bytes=2**30, file_bytes=0, cpu_s=9))
    if is_greeted:  # and has not read it, which is a reset for who waits for more
        os.write(writer, b".")
        assert zygote._control.recv(1, socket.MSG_PEEK)
    zygote._control.close()
    os.write(writer, b".")
    assert os.waitpid(zygote.pid, 0)[1] == 0
    assert capfd.readouterr().err == ""
    os.close(reader)
    os.close(writer)


def test_many_open_descriptors_are_no_obstacle(zygote):
    """select() ends at 1024; an image of a thousand layers holds more."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if hard < 3000:
        pytest.skip("needs 3000 descriptors")
    resource.setrlimit(resource.RLIMIT_NOFILE, (3000, hard))
    spare = [os.open(os.devnull, os.O_RDONLY) for _ in range(1500)]
    try:
        assert said(zygote, b"fine") == b"fine"
    finally:
        for descriptor in spare:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def test_no_more_descriptors_is_a_crash_of_the_job_alone(zygote):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    used = len(os.listdir("/proc/self/fd"))
    spare = []
    resource.setrlimit(resource.RLIMIT_NOFILE, (used + 200, hard))
    try:
        with suppress(OSError):
            while True:
                spare.append(os.open(os.devnull, os.O_RDONLY))
        for _ in range(4):
            with pytest.raises(Crash, match="could be asked for: Too many open files"):
                zygote.start(b"fine", [])
            os.close(spare.pop())
        for descriptor in spare[:2]:
            os.close(descriptor)
        del spare[:2]
        assert said(zygote, b"fine") == b"fine"
    finally:
        for descriptor in spare:
            os.close(descriptor)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


CLOSED = """
import os, sys
from hullmark.sandbox import Limits, Zygote
for each in map(int, sys.argv[1].split(",")):
    os.close(each)
work = lambda request, descriptors, emit: emit(b"R", os.pread(descriptors[0], 4, 0))
zygote = Zygote(lambda: (b"hello", work), Limits(memory_bytes=2**30, file_bytes=0, cpu_s=9))
with open(sys.executable, "rb") as file:
    answer = zygote.start(b"", [file.fileno()]).result()
zygote.close()
os._exit(0 if answer == b"\\x7fELF" else 1)
"""


@pytest.mark.parametrize("closed", ["0", "1", "2", "0,1,2"])
def test_standard_descriptors_may_be_closed(closed):
    assert subprocess.run([sys.executable, "-c", CLOSED, closed], check=False).returncode == 0


def wait_until(holds, timeout_s: float = 10) -> None:
    end = time.monotonic() + timeout_s
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.01)


def alive(pid: int) -> bool:
    """Not gone, and not dead and waiting for whoever adopted it."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


def children(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


def resources(zygote) -> tuple[int, int, list[str]]:
    """Descriptors here and in the zygote, and the zygote's children."""
    ours = len(os.listdir("/proc/self/fd"))
    return ours, len(os.listdir(f"/proc/{zygote.pid}/fd")), children(zygote.pid)
