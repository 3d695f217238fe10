"""A single-threaded process that has everything imported and forks a jailed worker per job.

Wires: a SEQPACKET socket carries each job's request with its descriptors; the worker answers
on the job's own stream in frames (length, 4 bytes little endian, then one kind byte and the
payload); the zygote writes the worker's pid and then its wait status to the job's status pipe.
"""

import gc
import os
import select
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from struct import pack, unpack

from hullmark.sandbox.jail import Limits, die_with_parent, lock

MAX_REQUEST_BYTES = 128 * 1024
"""Below the kernel's default socket buffer, since a request is one packet."""
MAX_FRAME_BYTES = 512 * 1024 * 1024
"""A million paths of 200 bytes twice over; the sender is untrusted."""
MAX_DESCRIPTORS = 250
"""Below the kernel's SCM_MAX_FD of 253."""
SILENCE_S = 120.0
"""A worker that sends no frame for this long is taken for hung: workers report every second."""

PROGRESS = b"P"
RESULT = b"R"
FAILED = b"F"

Emit = Callable[[bytes, bytes], None]
Work = Callable[[bytes, Sequence[int], Emit], None]
"""Request, its descriptors, and where to send frames of a kind and a payload."""


class Crash(Exception):  # noqa: N818 - what happened to a worker, which callers turn into a Gap
    """A worker ended without a result; the message is one lower-case clause."""


class Zygote:
    """Forks on creation. ``load`` runs in the child: it imports, and returns hello and work.

    ``held`` says what the jail of this machine holds. Create it before any thread is started.
    """

    def __init__(self, load: Callable[[], tuple[bytes, Work]], limits: Limits) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        sys.stdout.flush()
        sys.stderr.flush()
        self.pid = os.fork()
        if self.pid == 0:
            ours.close()
            _child(theirs, load, limits)
        theirs.close()
        self._control = ours
        self._greeting: tuple[str, bytes] | None = None

    def greeting(self) -> tuple[str, bytes]:
        """What the jail holds, and the hello of ``load``; waits until that has run.

        Raises ``Crash`` when the process died before.
        """
        if self._greeting is None:
            held = self._control.recv(MAX_REQUEST_BYTES)
            hello = self._control.recv(MAX_REQUEST_BYTES) if held else b""
            if not hello:
                raise Crash("the process that prepares workers died while starting")
            self._greeting = held.decode(), hello
        return self._greeting

    def start(self, request: bytes, descriptors: Sequence[int]) -> "Job":
        """Begin a job. The worker gets copies of ``descriptors``, in order."""
        stream, worker = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        status, reporter = os.pipe()
        try:
            socket.send_fds(self._control, [request], [worker.fileno(), reporter, *descriptors])
        except OSError as error:
            stream.close()
            os.close(status)
            raise Crash("the process that prepares workers died") from error
        finally:
            worker.close()
            os.close(reporter)
        return Job(stream, status)

    def close(self) -> None:
        """End the zygote and all its workers."""
        self._control.close()
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return


class Job:
    """One worker's life, seen from outside."""

    def __init__(self, stream: socket.socket, status: int) -> None:
        self._stream = stream
        self._status = status
        self.pid = 0

    def result(self, progress: Callable[[int], None] = lambda _: None) -> bytes:
        """The worker's payload; ``Crash`` when it ended without one."""
        try:
            self.pid = self._number("the worker could not be started")
            for kind, payload in self._frames():
                if kind == RESULT:
                    return payload
                if kind == FAILED:
                    raise Crash(f"the worker failed: {payload.decode(errors='replace')[:500]!r}")
                if kind == PROGRESS:
                    progress(int.from_bytes(payload[:8], "little"))
            raise Crash(self._death())
        finally:
            self._stream.close()
            os.close(self._status)

    def _frames(self) -> Iterator[tuple[bytes, bytes]]:
        while head := self._exactly(4):
            length = unpack("<I", head)[0]
            if not 1 <= length <= MAX_FRAME_BYTES:
                self._kill()
                raise Crash(f"the worker sent a frame of {length} bytes")
            payload = self._exactly(length)
            if len(payload) == length:
                yield payload[:1], payload[1:]

    def _exactly(self, size: int) -> bytes:
        """``size`` bytes, or nothing when the stream ends before."""
        data = bytearray(size)
        view, got = memoryview(data), 0
        while got < size:
            if not select.select([self._stream], [], [], SILENCE_S)[0]:
                self._kill()
                raise Crash(f"the worker was silent for {SILENCE_S:.0f} s and was killed")
            try:
                count = self._stream.recv_into(view[got:])
            except ConnectionResetError:
                count = 0
            if count == 0:
                return b""
            got += count
        return bytes(data)

    def _kill(self) -> None:
        os.kill(self.pid, signal.SIGKILL)

    def _number(self, otherwise: str) -> int:
        data = os.read(self._status, 4)
        if len(data) < 4:  # noqa: PLR2004 - one number
            raise Crash(otherwise)
        return int(unpack("<i", data)[0])

    def _death(self) -> str:
        status = self._number("the worker and the process that prepares workers died")
        if os.WIFSIGNALED(status):
            name = signal.Signals(os.WTERMSIG(status)).name
            return f"the worker was killed by {name}"
        return f"the worker ended with status {os.waitstatus_to_exitcode(status)}"


def _child(control: socket.socket, load: Callable[[], tuple[bytes, Work]], limits: Limits) -> None:
    """Serve until the parent goes away; never returns."""
    code = 1
    try:
        die_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        held = _probe(limits)
        hello, work = load()
        gc.freeze()
        control.send(held)
        control.send(hello)
        _serve(control, work, limits)
        code = 0
    except Exception:  # noqa: BLE001 - a forked process must not return into its parent's code
        sys.excepthook(*sys.exc_info())
    finally:
        sys.stderr.flush()
        os._exit(code)


def _probe(limits: Limits) -> bytes:
    """What ``lock`` holds on this machine, told by a process that is then thrown away."""
    reader, writer = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.write(writer, lock(limits).encode())
        os._exit(0)
    os.close(writer)
    held = os.read(reader, MAX_REQUEST_BYTES)
    os.close(reader)
    os.waitpid(pid, 0)
    return held or b"nothing; without a jail"


def _serve(control: socket.socket, work: Work, limits: Limits) -> None:
    """Fork a worker for each request; tell of each death on its status pipe."""
    reporters: dict[int, tuple[int, int]] = {}
    poll = select.poll()
    poll.register(control, select.POLLIN)
    while True:
        for descriptor, _ in poll.poll():
            if descriptor == control.fileno():
                request, descriptors, _, _ = socket.recv_fds(
                    control, MAX_REQUEST_BYTES, MAX_DESCRIPTORS
                )
                if not request:
                    return
                pid = os.fork()
                if pid == 0:
                    _worker(work, limits, request, descriptors)
                _tell(descriptors[1], pid)
                watch = os.pidfd_open(pid)
                reporters[watch] = (pid, descriptors[1])
                poll.register(watch, select.POLLIN)
                for spare in (descriptors[0], *descriptors[2:]):
                    os.close(spare)
            else:
                pid, reporter = reporters.pop(descriptor)
                _tell(reporter, os.waitpid(pid, 0)[1])
                poll.unregister(descriptor)
                os.close(descriptor)
                os.close(reporter)


def _tell(pipe: int, number: int) -> None:
    """Write a number to a status pipe, whose reader may have left."""
    try:
        os.write(pipe, pack("<i", number))
    except BrokenPipeError:
        return


def _worker(work: Work, limits: Limits, request: bytes, descriptors: list[int]) -> None:
    """Jail this process, work, and leave without running anything of the parent's."""
    code = 1
    stream = socket.socket(fileno=descriptors[0])

    def emit(kind: bytes, payload: bytes) -> None:
        stream.sendall(pack("<I", len(payload) + 1) + kind)
        stream.sendall(payload)

    try:
        die_with_parent()
        _keep_only(descriptors)
        lock(limits)
        work(request, descriptors[2:], emit)
        code = 0
    except Exception as error:  # noqa: BLE001 - told to the parent, which makes it a gap
        emit(FAILED, f"{type(error).__name__}: {error}".encode()[:MAX_REQUEST_BYTES])
    finally:
        os._exit(code)


def _keep_only(descriptors: list[int]) -> None:
    """Close all but the given descriptors and stderr."""
    low = 3
    for keep in sorted(descriptors):
        os.closerange(low, keep)
        low = keep + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))
    null = os.open("/dev/null", os.O_RDWR)
    os.dup2(null, 0)
    os.dup2(null, 1)
    os.close(null)
