"""A single-threaded process that has everything imported and forks a jailed worker per job.

Wires: a SEQPACKET socket carries each job's descriptors, of which one holds its request; the
worker answers on the job's own stream in frames (length, 4 bytes little endian, then one kind byte
and the payload); the zygote writes the worker's pid and then its wait status to the job's status
pipe, and kills the worker when nobody reads that any more. Beside the request the worker writes
what it is at, for those who ask after its death.
"""

import gc
import os
import select
import signal
import socket
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, suppress
from fcntl import F_ADD_SEALS, F_SEAL_GROW, F_SEAL_SEAL, F_SEAL_SHRINK, fcntl
from struct import pack, unpack, unpack_from

from hullmark.sandbox.jail import Limits, die_with, lock
from hullmark.sandbox.memory import keep_freed

MAX_GREETING_BYTES = 128 * 1024
"""Of one packet of it: below the kernel's default socket buffer."""
MORE, LAST = b"+", b"."
"""What each packet of a hello begins with."""
MAX_FRAME_BYTES = 512 * 1024 * 1024
"""A million paths of 200 bytes twice over; the sender is untrusted."""
MAX_DESCRIPTORS = 250
"""Below the kernel's SCM_MAX_FD of 253; the first three are the job's own."""
SILENCE_S = 120.0
"""A worker that sends no frame for this long is taken for hung: workers report every second."""
MAX_JOB_S = 6 * 3600.0
"""Whatever it sends: 64 GiB from a slow network file system take half of that."""
MAX_DYING_S = 10.0
"""From the end of a worker's stream to the end of the worker."""
MAX_DOING_BYTES = 1024
MAX_ERROR_BYTES = 4096

DOING = b"D"
"""Not sent: kept in case the worker dies."""
PROGRESS = b"P"
PART = b"A"
"""A piece of the answer, for workers that answer as they go."""
CONTENT = b"C"
"""A piece of what the worker reads, for whoever looks at it outside the jail."""
RESULT = b"R"
FAILED = b"F"

Emit = Callable[[bytes, bytes], None]
Work = Callable[[bytes, Sequence[int], Emit], None]
"""Request, its descriptors, and where to send frames of a kind and a payload."""


class Crash(Exception):  # noqa: N818 - what happened to a worker, which callers turn into a Gap
    """A worker ended without a result; the message is one lower-case clause."""


class Zygote:
    """Forks on creation. ``load`` runs in the child: it imports, and returns hello and work.

    Create it before any thread is started.
    """

    def __init__(self, load: Callable[[], tuple[bytes, Work]], limits: Limits) -> None:
        fill_standard_descriptors()
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        for text in filter(None, (sys.stdout, sys.stderr)):
            text.flush()
        parent = os.getpid()
        with theirs, ExitStack() as closing:
            closing.callback(ours.close)
            self.pid = os.fork()
            if self.pid == 0:
                ours.close()
                _child(parent, theirs, load, limits)
            closing.pop_all()
        self._control = ours
        self._greeting: tuple[str, bytes] | None = None

    def greeting(self) -> tuple[str, bytes]:
        """What the jail holds, and the hello of ``load``; waits until that has run.

        Raises ``Crash`` when the process died before.
        """
        if self._greeting is None:
            held, hello = self._control.recv(MAX_GREETING_BYTES), bytearray()
            begins = MORE
            while begins == MORE:
                packet = self._control.recv(MAX_GREETING_BYTES) if held else b""
                if not packet:
                    raise Crash("the process that prepares workers died while starting")
                begins = packet[:1]
                hello += packet[1:]
            self._greeting = held.decode(), bytes(hello)
        return self._greeting

    def start(self, request: bytes, descriptors: Sequence[int], *, niceness: int = 0) -> "Job":
        """Begin a job. The worker gets copies of ``descriptors``, in order.

        ``niceness`` from 0 to 19 makes it give way to others (setpriority(2)).
        """
        with ExitStack() as ours, ExitStack() as theirs:
            try:
                stream, worker = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
                ours.callback(stream.close)
                theirs.callback(worker.close)
                status, reporter = os.pipe()
                ours.callback(os.close, status)
                theirs.callback(os.close, reporter)
                paper = _paper(request)
                ours.callback(os.close, paper)
                own = worker.fileno(), reporter, paper
                socket.send_fds(self._control, [bytes([niceness])], [*own, *descriptors])
            except OSError as error:
                raise Crash(f"no worker could be asked for: {error.strerror}") from error
            return Job(stream, status, paper, ours.pop_all())

    def close(self) -> None:
        """End the zygote and all its workers."""
        try:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        except (ProcessLookupError, ChildProcessError):
            return
        finally:
            self._control.close()


class Job:
    """One worker's life, seen from outside; closing it ends the worker."""

    def __init__(self, stream: socket.socket, status: int, paper: int, closing: ExitStack) -> None:
        self._stream = stream
        self._status = status
        self._paper = paper
        self._closing = closing
        self._ends_at = time.monotonic() + MAX_JOB_S
        self.pid = 0

    def result(
        self,
        progress: Callable[[int], None] = lambda _: None,
        part: Callable[[bytearray], None] = lambda _: None,
        content: Callable[[bytearray], None] = lambda _: None,
    ) -> bytearray:
        """The worker's payload; ``Crash`` when it ended without one."""
        try:
            self.pid = self._number("the worker could not be started")
            for kind, payload in self._frames():
                if kind == RESULT:
                    return payload
                if kind == FAILED:
                    why = repr(payload[:500].decode(errors="replace"))
                    raise Crash(f"the worker failed: {why}{self._doing()}")
                if kind == PART:
                    part(payload)
                if kind == CONTENT:
                    content(payload)
                if kind == PROGRESS:
                    progress(int.from_bytes(payload[:8], "little"))
            raise Crash(f"{self._death()}{self._doing()}")
        finally:
            self.close()

    def close(self) -> None:
        """Let go of the worker; the zygote kills it if it still runs."""
        self._closing.close()

    def _frames(self) -> Iterator[tuple[bytes, bytearray]]:
        while head := self._exactly(5):
            length = unpack_from("<I", head)[0] - 1
            if not 0 <= length < MAX_FRAME_BYTES:
                raise Crash(f"the worker sent a frame of {length} bytes")
            payload = self._exactly(length)
            if len(payload) == length:
                yield bytes(head[4:]), payload

    def _exactly(self, size: int) -> bytearray:
        """``size`` bytes, or nothing when the stream ends before."""
        data = bytearray(size)
        view, got = memoryview(data), 0
        while got < size:
            left = max(0.0, self._ends_at - time.monotonic())
            if not left or not _readable(self._stream.fileno(), min(left, SILENCE_S)):
                why = f"silent for {SILENCE_S:.0f} s"
                if left < SILENCE_S:
                    why = f"not done within {MAX_JOB_S:.0f} s"
                raise Crash(f"the worker was {why} and was killed{self._doing()}")
            try:
                count = self._stream.recv_into(view[got:])
            except ConnectionResetError:
                count = 0
            if count == 0:
                return bytearray()
            got += count
        return data

    def _number(self, otherwise: str) -> int:
        data = os.read(self._status, 4)
        if len(data) < 4:  # noqa: PLR2004 - one number
            raise Crash(otherwise)
        return int(unpack("<i", data)[0])

    def _death(self) -> str:
        if not _readable(self._status, MAX_DYING_S):
            return "the worker stopped answering and was killed"
        status = self._number("the worker and the process that prepares workers died")
        if os.WIFSIGNALED(status):
            name = signal.Signals(os.WTERMSIG(status)).name
            return f"the worker was killed by {name}"
        return f"the worker ended with status {os.waitstatus_to_exitcode(status)}"

    def _doing(self) -> str:
        """What the worker was at, as it wrote itself: empty when it wrote nothing."""
        note = os.pread(self._paper, MAX_DOING_BYTES, 0).partition(b"\0")[0]
        return f" while it read {note.decode(errors='replace')!r}" if note else ""


def _paper(request: bytes) -> int:
    """A file in memory: room for the worker's note, and the request. It cannot be made to grow."""
    paper = os.memfd_create("job", os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING)
    with os.fdopen(paper, "wb", closefd=False) as file:
        file.write(bytes(MAX_DOING_BYTES))
        file.write(request)
    fcntl(paper, F_ADD_SEALS, F_SEAL_GROW | F_SEAL_SHRINK | F_SEAL_SEAL)
    return paper


def _readable(descriptor: int, timeout_s: float) -> bool:
    """Whether there is something to read, or an end, within this time."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(timeout_s * 1000))


def fill_standard_descriptors() -> None:
    """Open what a caller left closed of 0 to 2, so that no pipe and no job gets these numbers."""
    spare = os.open(os.devnull, os.O_RDWR)
    while spare <= 2:  # noqa: PLR2004 - stderr
        spare = os.open(os.devnull, os.O_RDWR)
    os.close(spare)


def _child(
    parent: int, control: socket.socket, load: Callable[[], tuple[bytes, Work]], limits: Limits
) -> None:
    """Serve until the parent goes away; never returns."""
    code = 1
    try:
        die_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        keep_freed()
        held = _probe(limits)
        hello, work = load()
        gc.freeze()
        with suppress(ConnectionError):  # the parent ended, which kills this process a bit later
            control.send(held)
            _say_hello(control, hello)
            _Nursery(control, work, limits).serve()
        code = 0
    except Exception:  # noqa: BLE001 - a forked process must not return into its parent's code
        sys.excepthook(*sys.exc_info())
    finally:
        if sys.stderr:
            sys.stderr.flush()
        os._exit(code)


def _say_hello(control: socket.socket, hello: bytes) -> None:
    """In as many packets as it takes."""
    room = MAX_GREETING_BYTES - 1
    while len(hello) > room:
        control.send(MORE + hello[:room])
        hello = hello[room:]
    control.send(LAST + hello)


def _probe(limits: Limits) -> bytes:
    """What ``lock`` holds on this machine, told by a process that is then thrown away."""
    reader, writer = os.pipe()
    zygote = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.write(writer, lock(limits, zygote).encode())
        os._exit(0)
    os.close(writer)
    held = os.read(reader, MAX_GREETING_BYTES)
    os.close(reader)
    os.waitpid(pid, 0)
    return held or b"nothing; without a jail"


class _Nursery:
    """Forks a worker for each job, and tells of each death on the job's status pipe."""

    def __init__(self, control: socket.socket, work: Work, limits: Limits) -> None:
        self._control = control
        self._work = work
        self._limits = limits
        self._pid = os.getpid()
        self._poll = select.poll()
        self._poll.register(control, select.POLLIN)
        self._deaths: dict[int, tuple[int, int]] = {}
        self._hang_ups: dict[int, int] = {}

    def serve(self) -> None:
        """Until the other end of the control socket is closed."""
        while True:
            for descriptor, _ in self._poll.poll():
                if descriptor in self._deaths:
                    self._bury(descriptor)
                elif descriptor in self._hang_ups:
                    self._poll.unregister(descriptor)
                    os.kill(self._hang_ups[descriptor], signal.SIGKILL)
                elif descriptor == self._control.fileno() and not self._begin():
                    return

    def _begin(self) -> bool:
        """Fork the next worker; one that cannot be is an end of its status pipe, no more."""
        request, descriptors, _, _ = socket.recv_fds(self._control, 64, MAX_DESCRIPTORS)
        if not request:
            return False
        stream, reporter, *others = descriptors
        try:
            pid = os.fork()
        except OSError:
            os.close(reporter)
        else:
            if pid == 0:
                self._work_as_child(stream, others, request[0])
            self._watch(pid, reporter)
        for spare in (stream, *others):
            os.close(spare)
        return True

    def _work_as_child(self, channel: int, descriptors: Sequence[int], niceness: int) -> None:
        """Jail this process, work, and leave without running anything of the parent's."""
        code = 1
        stream = socket.socket(fileno=channel)
        paper = descriptors[0]

        def emit(kind: bytes, payload: bytes) -> None:
            if kind == DOING:
                os.pwrite(paper, payload[: MAX_DOING_BYTES - 1] + b"\0", 0)
                return
            stream.sendall(pack("<I", len(payload) + 1) + kind)
            stream.sendall(payload)

        try:
            _keep_only([channel, *descriptors])
            request = os.pread(paper, os.fstat(paper).st_size, MAX_DOING_BYTES)
            os.nice(niceness)
            lock(self._limits, self._pid)
            self._work(request, descriptors[1:], emit)
            code = 0
        except Exception as error:  # noqa: BLE001 - told to the parent, which makes it a gap
            said = f"{type(error).__name__}: {error}".encode(errors="replace")
            emit(FAILED, said[:MAX_ERROR_BYTES])
        finally:
            os._exit(code)

    def _watch(self, pid: int, reporter: int) -> None:
        _tell(reporter, pid)
        watch = os.pidfd_open(pid)
        self._deaths[watch] = pid, reporter
        self._hang_ups[reporter] = pid
        self._poll.register(watch, select.POLLIN)
        self._poll.register(reporter, 0)

    def _bury(self, watch: int) -> None:
        pid, reporter = self._deaths.pop(watch)
        del self._hang_ups[reporter]
        _tell(reporter, os.waitpid(pid, 0)[1])
        for descriptor in (watch, reporter):
            with suppress(KeyError):  # a reporter whose reader left is out already
                self._poll.unregister(descriptor)
            os.close(descriptor)


def _tell(pipe: int, number: int) -> None:
    """Write a number to a status pipe, whose reader may have left."""
    with suppress(BrokenPipeError):
        os.write(pipe, pack("<i", number))


def _keep_only(descriptors: Sequence[int]) -> None:
    """Close all but the given descriptors; nothing is read from a terminal or said to it."""
    low = 3
    for keep in sorted(descriptors):
        os.closerange(low, keep)
        low = keep + 1
    os.closerange(low, os.sysconf("SC_OPEN_MAX"))
    null = os.open(os.devnull, os.O_RDWR)
    for standard in range(3):
        os.dup2(null, standard)
    os.close(null)
