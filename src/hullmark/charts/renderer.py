"""From outside: the process that renders charts, started for the first, replaced when it dies."""

import os
import shutil
import socket
import sys
from time import monotonic
from typing import TYPE_CHECKING, Self

import msgspec

import hullmark
from hullmark.charts.messages import MAX_ANSWER_BYTES, MAX_REQUEST_BYTES, Answer, Hello, Request
from hullmark.charts.wire import TooLong, receive, send

if TYPE_CHECKING:
    import subprocess

START_S = 60.0
"""To load Helm: 0.3 s on an idle machine."""

CHART_S = 30.0
"""For one chart: those of whole platforms take 2 s."""

MAX_S = 300.0
"""For all charts of one scan, and the starts of processes for them, however many are ended: as much
as a thousand charts take where Helm's program renders them. What is begun is let come to its end.
"""

MAX_HELLO_BYTES = 64 * 1024
PROCESSORS = "2"
"""That Go may use: it would start threads for all."""


class Unrendered(Exception):  # noqa: N818 - what happened to a chart, which callers turn into a Gap
    """A chart could not be rendered; the message is one lower-case clause."""


class Renderer:
    """One process for all charts of a scan; none runs before ``start``.

    ``held`` is what its jail holds, as ``sandbox.lock`` tells it, once it has answered.
    """

    def __init__(self) -> None:
        self.held = ""
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._greeted = False
        self._problem = ""
        self._left_s = MAX_S

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def start(self) -> None:
        """Have Helm loaded while the caller does something else."""
        if self._process or self._problem:
            return
        import subprocess  # noqa: PLC0415 - for trees with charts

        ours, theirs = socket.socketpair()
        with theirs:
            try:
                self._process = subprocess.Popen(  # noqa: S603 - our own module, by our own Python
                    [sys.executable, "-P", "-m", "hullmark.charts", str(os.getpid()), _program()],
                    stdin=theirs.fileno(),
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                    env=_environment(),
                    cwd="/",
                )
            except OSError as error:
                ours.close()
                self._problem = f"no process could be started to render charts: {error.strerror}"
                return
        self._channel, self._greeted = ours, False

    def render(self, request: Request) -> Answer:
        """What becomes of a chart; raises ``Unrendered``."""
        if self._left_s <= 0:
            self.close()
            raise Unrendered(f"not rendered: the charts before took the {MAX_S:.0f} s of all")
        begun = monotonic()
        try:
            message = msgspec.msgpack.encode(request)
            if len(message) > MAX_REQUEST_BYTES:
                raise Unrendered(f"not rendered: more than {MAX_REQUEST_BYTES} bytes of files")
            self._greet()
            return self._exchange(message)
        finally:
            self._left_s -= monotonic() - begun

    def close(self) -> None:
        """End the process."""
        if self._channel:
            self._channel.close()
        if self._process:
            self._process.kill()
            self._process.wait()
        self._channel = self._process = None

    def _greet(self) -> None:
        self.start()
        if self._channel and not self._greeted:
            try:
                payload = receive(self._channel, MAX_HELLO_BYTES, seconds=START_S)
                hello = msgspec.msgpack.decode(payload, type=Hello)
                self._problem, self.held = hello.problem, hello.held
            except (OSError, TooLong, msgspec.DecodeError):
                self._problem = "the process that renders charts did not start"
            self._greeted = True
        if self._problem:
            self.close()
            raise Unrendered(self._problem)

    def _exchange(self, message: bytes) -> Answer:
        channel, process = self._channel, self._process
        if channel is None or process is None:
            raise Unrendered("the process that renders charts is gone")
        try:
            channel.settimeout(CHART_S)
            send(channel, message)
            payload = receive(channel, MAX_ANSWER_BYTES, seconds=CHART_S)
            if payload:
                return msgspec.msgpack.decode(payload, type=Answer)
            why = "not rendered: Helm used up its memory or processor time, or crashed"
        except TimeoutError:
            why = f"not rendered within {CHART_S:.0f} s"
        except (OSError, TooLong, msgspec.DecodeError) as error:
            why = f"not rendered: {error}"
        self.close()
        raise Unrendered(why)


def _program() -> str:
    """Helm's program on PATH, by its real path; empty where there is none."""
    found = shutil.which("helm")
    return os.path.realpath(found) if found else ""


def _environment() -> dict[str, str]:
    """Nothing of the user's but where modules lie: no settings of Helm or Go, no proxies."""
    own = os.path.dirname(os.path.dirname(os.path.abspath(hullmark.__file__)))
    inherited = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    paths = [own, *(each for each in inherited if os.path.isabs(each))]
    return {
        "PYTHONPATH": os.pathsep.join(paths),
        "GOMAXPROCS": PROCESSORS,
        "GOTRACEBACK": "none",
        "LC_ALL": "C.UTF-8",
    }
