"""Standard output and standard error, as all commands write to them."""

import os
import sys
from io import BufferedWriter, FileIO, TextIOWrapper
from typing import TYPE_CHECKING, NoReturn

from hullmark.sandbox.zygote import fill_standard_descriptors

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

OUT, ERR = 1, 2
ESCAPES = "backslashreplace"
"""What becomes of letters that a terminal's encoding does not have."""


class Output(FileIO):
    """Standard output, of which everything that cannot be written is an error of ours.

    But a reader who leaves has seen enough: the command goes on, and its exit code stands.
    ``lost`` says why nothing can be written at all.
    """

    def __init__(self, lost: str = "") -> None:
        super().__init__(OUT, "wb", closefd=False)
        self._lost = lost

    def write(self, data: "ReadableBuffer", /) -> int:
        """As of any file, but that a reader who left takes everything."""
        if self._lost:
            self._fail(self._lost)
        try:
            return super().write(data)
        except BrokenPipeError:
            _drop()
            return memoryview(data).nbytes
        except OSError as error:
            self._fail(f"{error.strerror}")

    def _fail(self, why: str) -> NoReturn:
        from hullmark.model import StoreError  # noqa: PLC0415 - not for --version

        self._lost = ""
        _drop()
        raise StoreError("standard output", why)


class Errors(FileIO):
    """Standard error, of which nobody can be told that it takes nothing: exit codes still stand."""

    def __init__(self) -> None:
        super().__init__(ERR, "wb", closefd=False)

    def write(self, data: "ReadableBuffer", /) -> int:
        """As of any file, but that what cannot be written is taken as written."""
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def prepare() -> None:
    """Take the place of Python's own streams; call this before any file is opened."""
    out, err = sys.stdout, sys.stderr
    fill_standard_descriptors()
    if out is None:
        sys.stdout = TextIOWrapper(BufferedWriter(Output("is closed")), errors=ESCAPES)
    elif isinstance(out, TextIOWrapper) and out is sys.__stdout__:
        sys.stdout = TextIOWrapper(
            BufferedWriter(Output()),
            encoding=out.encoding,
            errors=ESCAPES,
            line_buffering=out.line_buffering,
            write_through=out.write_through,
        )
    if err is None or (isinstance(err, TextIOWrapper) and err is sys.__stderr__):
        encoding = err.encoding if err else None  # closed, its texts would go to standard output
        buffer = BufferedWriter(Errors())
        sys.stderr = TextIOWrapper(buffer, encoding, errors=ESCAPES, line_buffering=True)


def _drop() -> None:
    """Write nothing from now on: what is kept to be written fails no second time."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, OUT)
    os.close(nowhere)
