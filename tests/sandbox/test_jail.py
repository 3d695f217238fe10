"""What a jailed process can still do: little, and each refusal is the kernel's."""

import ctypes
import errno
import mmap
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from re import findall
from struct import iter_unpack

import pytest

from hullmark.sandbox import Crash, Limits, Zygote
from hullmark.sandbox import jail as jail_module
from hullmark.sandbox.jail import program
from hullmark.sandbox.syscalls import _CALLS, ALLOWED, AUDIT_ARCH, CLONE, CLONE3, FCNTL, LANDLOCK
from hullmark.sandbox.zygote import RESULT

LIMITS = Limits(memory_bytes=1024**3, file_bytes=1024**2, cpu_s=20)
LIBC = ctypes.CDLL(None, use_errno=True)
NEWFSTATAT, MEMBARRIER, PTRACE, KILL, AT_EMPTY_PATH = 262, 324, 101, 62, 0x1000

needs_x86 = pytest.mark.skipif(os.uname().machine != "x86_64", reason="needs x86_64")


def call(number: int, *arguments: object) -> None:
    """A system call without libc in between."""
    if LIBC.syscall(number, *arguments) < 0:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def look_by_path() -> None:
    room = ctypes.create_string_buffer(256)
    call(NEWFSTATAT, -100, b"/etc/passwd", room, AT_EMPTY_PATH)


DEEDS = {
    "open a file": lambda: open("/etc/passwd", "rb").close(),
    "make a file": lambda: open("/tmp/hullmark-was-here", "wb").close(),
    "make a folder": lambda: os.mkdir("/tmp/hullmark-was-here"),
    "list a folder": lambda: os.listdir("/"),
    "read a link": lambda: os.readlink("/proc/self/exe"),
    "look at a path": lambda: os.stat("/etc/passwd"),
    "access a path": lambda: call(21, b"/etc/passwd", 0),
    "change folder": lambda: os.chdir("/"),
    "change root": lambda: os.chroot("/"),
    "remove a file": lambda: os.unlink("/tmp/hullmark-was-here"),
    "make a socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
    "make a pair of sockets": socket.socketpair,
    "make a pipe": os.pipe,
    "fork": os.fork,
    "fork by vfork": lambda: call(58),
    "execute": lambda: os.execv("/bin/true", ["true"]),
    "start a process": lambda: os.posix_spawn("/bin/true", ["true"], {}),
    "kill": lambda: os.kill(1, 0),
    "trace": lambda: call(PTRACE, 16, os.getpid(), 0, 0),
    "read memory of others": lambda: call(310, 1, 0, 0, 0, 0, 0),
    "become root": lambda: os.setuid(0),
    "ask or set a limit": lambda: call(302, 0, 0, 0, 0),
    "mount": lambda: call(165, 0, b"/mnt", b"tmpfs", 0, 0),
    "make a namespace": lambda: call(272, 0x10000000),
    "talk to the kernel's tracer": lambda: call(321, 0, 0, 0),
    "use io_uring": lambda: call(425, 1, 0),
    "make a file in memory": lambda: os.memfd_create("x"),
    "get a descriptor of another process": lambda: os.pidfd_open(1),
    "control a terminal": lambda: call(16, 0, 0x5412, b"x"),
    "change a descriptor's flags": lambda: call(FCNTL["x86_64"], 0, 4, 0),
    "undo the death signal": lambda: call(157, 1, 0, 0, 0, 0),
    "use keys": lambda: call(250, 0, 0),
    "reboot": lambda: call(169, 0, 0, 0, 0),
    "pass by an old name of a call": lambda: call(0x40000000 | 2, b"/etc/passwd", 0),
}


def ask(work, limits=LIMITS, descriptors=()) -> bytes:
    """What ``work(descriptors)`` answers, in a jail of its own."""

    def answer(_request, given, emit) -> None:
        emit(RESULT, repr(work(given)).encode())

    zygote = Zygote(lambda: (b"test", answer), limits)
    try:
        return bytes(zygote.start(b"", descriptors).result())
    finally:
        zygote.close()


def refusal(deed) -> str:
    try:
        deed()
    except OSError as error:
        return errno.errorcode[error.errno or 0]
    return "done"


@needs_x86
def test_the_kernel_refuses_every_deed_that_reaches_outside():
    said = ask(lambda _: {name: refusal(deed) for name, deed in DEEDS.items()}).decode()
    answers = eval(said)
    assert {name: what for name, what in answers.items() if what not in ("EPERM", "ENOSYS")} == {}
    assert not Path("/tmp/hullmark-was-here").exists()


@needs_x86
def test_a_path_cannot_be_looked_at_by_calling_it_empty():
    assert ask(lambda _: refusal(look_by_path)) == b"'EPERM'"


def counted() -> int:
    done: list[int] = []
    threads = [threading.Thread(target=done.append, args=[number]) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(done)


def test_threads_clocks_memory_and_random_numbers_are_there():
    assert ask(lambda _: counted()) == b"4"
    assert ask(lambda _: len(os.urandom(8))) == b"8"
    assert ask(lambda _: time.sleep(0.001)) == b"None"
    assert ask(lambda _: len(bytearray(50 * 1024**2))) == str(50 * 1024**2).encode()
    assert ask(lambda _: len(mmap.mmap(-1, 4096))) == b"4096"


def test_only_the_given_descriptors_are_open(tmp_path, capfd):
    path = tmp_path / "given"
    path.write_bytes(b"0123456789")
    secret = os.open(path, os.O_RDONLY)
    secret_high = os.dup2(secret, 700)

    def open_ones(given):
        """Descriptors that answer, of the first thousand: lseek tells without opening anything."""
        found = []
        for descriptor in range(1000):
            try:
                os.lseek(descriptor, 0, os.SEEK_CUR)
                found.append(descriptor)
            except OSError as error:
                if error.errno == errno.ESPIPE:
                    found.append(descriptor)
        stream_and_paper = len([each for each in found if each > 2 and each not in given])
        null = [os.read(standard, 10) for standard in range(3)]
        wrote = os.write(2, b"\x1b[2J")
        return stream_and_paper, len(given), null, wrote, os.pread(given[0], 4, 2)

    with path.open("rb") as file:
        said = ask(open_ones, descriptors=[file.fileno()])
    os.close(secret)
    os.close(secret_high)
    assert said == repr((2, 1, [b"", b"", b""], 4, b"2345")).encode()
    assert capfd.readouterr().err == ""


def test_a_given_descriptor_stays_read_only(tmp_path):
    path = tmp_path / "given"
    path.write_bytes(b"0123456789")
    with path.open("rb") as file:
        given = [file.fileno()]
        assert ask(lambda ours: refusal(lambda: os.pwrite(ours[0], b"x", 0)), LIMITS, given) == (
            b"'EBADF'"
        )
        assert ask(lambda ours: refusal(lambda: os.ftruncate(ours[0], 0)), LIMITS, given) == (
            b"'EINVAL'"
        )
    assert path.read_bytes() == b"0123456789"


def test_memory_and_file_size_end_at_their_limits(tmp_path):
    def grow(given):
        try:
            bytearray(2 * 1024**3)
        except MemoryError:
            return refusal(lambda: os.pwrite(given[0], b"x" * 10, LIMITS.file_bytes))
        return "grew"

    with (tmp_path / "spill").open("wb+") as spill:
        assert ask(grow, descriptors=[spill.fileno()]) == b"'EFBIG'"


def test_the_processor_time_ends_at_its_limit():
    def spin(_):
        while True:
            pass

    with pytest.raises(Crash, match=r"killed by SIG(KILL|XCPU)"):
        ask(spin, Limits(memory_bytes=1024**3, file_bytes=0, cpu_s=1))


def test_a_worker_of_root_is_nobody():
    if os.geteuid() != 0:
        pytest.skip("needs root")
    said = ask(lambda _: refusal(lambda: os.kill(os.getppid(), 0)))
    assert said == b"'EPERM'"
    zygote = Zygote(lambda: (b"", sleeper), LIMITS)
    job = zygote.start(b"", [])
    job.pid = job._number("")
    status = wait_for(lambda: Path(f"/proc/{job.pid}/status").read_text(), "Seccomp:\t2")
    assert "Uid:\t65534\t65534\t65534\t65534" in status
    assert "Gid:\t65534\t65534\t65534\t65534" in status
    assert "Groups:\t \n" in status
    assert "CapEff:\t0000000000000000" in status
    assert "CapPrm:\t0000000000000000" in status
    assert "NoNewPrivs:\t1" in status
    zygote.close()
    job.close()


def sleeper(_request, _descriptors, _emit) -> None:
    time.sleep(60)


def wait_for(ask_again: Callable[[], str], wanted: str, timeout_s: float = 10) -> str:
    end = time.monotonic() + timeout_s
    while wanted not in (said := ask_again()):
        assert time.monotonic() < end, said
        time.sleep(0.01)
    return said


def test_a_worker_dies_with_its_zygote():
    """Also as root, whose change of user makes the kernel forget the death signal."""
    zygote = Zygote(lambda: (b"", sleeper), LIMITS)
    job = zygote.start(b"", [])
    job.pid = job._number("")
    wait_for(lambda: Path(f"/proc/{job.pid}/status").read_text(), "Seccomp:\t2")
    zygote.close()
    wait_for(lambda: "gone" if ended(job.pid) else "", "gone")
    job.close()


def ended(pid: int) -> bool:
    try:
        return "State:\tZ" in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return True


# The filter's numbers, and what its code does with them.


def table(text: str, pattern: str) -> dict[str, int]:
    return {name: int(number) for name, number in findall(pattern, text)}


def headers(*names: str) -> str:
    for folder in ("/usr/include/x86_64-linux-gnu", "/usr/include"):
        for name in names:
            path = Path(folder, name)
            if path.exists():
                return path.read_text()
    pytest.skip("needs linux-libc-dev")


def test_numbers_of_x86_64_are_those_of_linux():
    known = table(headers("asm/unistd_64.h"), r"#define __NR_(\w+) (\d+)\n")
    assert {name: known[name] for name in _CALLS} == {name: x for name, (x, _) in _CALLS.items()}
    assert (CLONE["x86_64"], CLONE3["x86_64"]) == (known["clone"], known["clone3"])
    assert FCNTL["x86_64"] == known["fcntl"]
    landlock = ("landlock_create_ruleset", "landlock_add_rule", "landlock_restrict_self")
    assert tuple(known[name] for name in landlock) == LANDLOCK


def test_numbers_of_aarch64_are_those_of_linux():
    text = headers("asm-generic/unistd.h")
    known = table(text, r"#define __NR_(\w+) (\d+)\n")
    known |= table(text, r"#define __NR3264_(\w+) (\d+)\n")
    assert {name: known[name] for name, (_, a) in _CALLS.items() if a is not None} == {
        name: a for name, (_, a) in _CALLS.items() if a is not None
    }
    assert {name for name, (_, a) in _CALLS.items() if a is None}.isdisjoint(known)
    assert (CLONE["aarch64"], CLONE3["aarch64"]) == (known["clone"], known["clone3"])
    assert FCNTL["aarch64"] == known["fcntl"]


def test_machines_are_told_apart_as_audit_h_does():
    text = headers("linux/audit.h")
    machines = table(headers("linux/elf-em.h"), r"#define EM_(\w+)\s+(\d+)")
    assert "#define AUDIT_ARCH_X86_64\t(EM_X86_64|__AUDIT_ARCH_64BIT|__AUDIT_ARCH_LE)" in text
    assert "#define AUDIT_ARCH_AARCH64\t(EM_AARCH64|__AUDIT_ARCH_64BIT|__AUDIT_ARCH_LE)" in text
    little_64 = 0xC0000000
    expected = {name: machines[name.upper()] | little_64 for name in AUDIT_ARCH}
    assert expected == AUDIT_ARCH


ALLOW, DENY, ABSENT, KILLED = 0x7FFF0000, 0x00050001, 0x00050026, 0x80000000


def judged(machine: str, number: int, *arguments: int, arch: int | None = None) -> int:
    """Run the filter's code as the kernel would, on one call."""
    words = {0: number, 4: AUDIT_ARCH[machine] if arch is None else arch}
    for place, argument in enumerate(arguments):
        words[16 + 8 * place] = argument & 0xFFFFFFFF
    code = list(iter_unpack("=HBBI", program(machine)))
    at = held = value = 0
    while True:
        operation, yes, no, value = code[at]
        at += 1
        if operation == 0x20:
            held = words.get(value, 0)
        elif operation == 0x15:
            at += yes if held == value else no
        elif operation == 0x45:
            at += yes if held & value else no
        elif operation == 0x06:
            return int(value)
        else:
            raise AssertionError(f"unknown operation {operation:#x}")


THREAD = 0x00010000 | 0x00000800 | 0x00000100


@pytest.mark.parametrize("machine", AUDIT_ARCH)
def test_the_filter_lets_the_listed_calls_pass_and_no_other(machine):
    special = {CLONE[machine], CLONE3[machine], FCNTL[machine]}
    allowed = {number for number in range(1024) if judged(machine, number) == ALLOW}
    assert allowed == set(ALLOWED[machine]) - special
    assert all(judged(machine, number) == DENY for number in {*range(1024)} - allowed - special)
    assert judged(machine, 0x40000000) == DENY, "the x32 calls of x86_64"
    assert judged(machine, 0xFFFFFFFF) == DENY
    assert judged(machine, CLONE3[machine]) == ABSENT
    assert judged(machine, CLONE[machine], THREAD) == ALLOW
    assert judged(machine, CLONE[machine], 17) == DENY
    assert judged(machine, CLONE[machine], 0x00004111) == DENY
    assert judged(machine, FCNTL[machine], 3, 1030) == ALLOW
    assert {judged(machine, FCNTL[machine], 3, what) for what in range(1030)} == {DENY}


@pytest.mark.parametrize("machine", AUDIT_ARCH)
def test_a_process_of_another_architecture_is_killed(machine):
    for arch in {0x40000003, 0x40000028, *AUDIT_ARCH.values()} - {AUDIT_ARCH[machine]}:
        assert judged(machine, 0, arch=arch) == KILLED


@pytest.mark.parametrize("machine", AUDIT_ARCH)
def test_no_jump_leaves_the_filter_and_it_fits_the_kernel(machine):
    code = list(iter_unpack("=HBBI", program(machine)))
    assert len(code) <= 4096
    assert code[-1][0] == 0x06
    for at, (_, yes, no, _) in enumerate(code):
        assert at + 1 + max(yes, no) < len(code) + (at == len(code) - 1)


def test_a_kernel_without_landlock_and_seccomp_is_told(monkeypatch):
    monkeypatch.setattr(jail_module, "_landlock", lambda _: 0)
    monkeypatch.setattr(jail_module, "_seccomp", lambda _: False)
    zygote = Zygote(lambda: (b"hello", sleeper), LIMITS)
    held, _ = zygote.greeting()
    zygote.close()
    assert held.endswith("; without landlock, seccomp")
    assert "rlimits" in held


def test_an_unknown_machine_has_no_filter(monkeypatch):
    name = os.uname()
    monkeypatch.setattr(os, "uname", lambda: type(name)((*name[:4], "riscv64")))
    assert jail_module._seccomp(LIBC) is False


def test_landlock_answers_without_a_kernel_for_it_are_none():
    class Old:
        @staticmethod
        def syscall(*_):
            return -1

    class Refusing:
        def __init__(self):
            self.answers = [7, 3, -1]

        def syscall(self, *_):
            return self.answers.pop(0)

    assert jail_module._landlock(Old()) == 0
    spare = os.open(os.devnull, os.O_RDONLY)
    refusing = Refusing()
    refusing.answers[1] = os.dup(spare)
    os.close(spare)
    assert jail_module._landlock(refusing) == 0


def test_the_signals_of_a_keyboard_do_not_end_workers():
    def interrupted(_):
        return signal.getsignal(signal.SIGINT) is signal.SIG_IGN

    assert ask(interrupted) == b"True"
    assert sys.stderr is not None
