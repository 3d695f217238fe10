"""A zygote that is forked before it is known what it is for."""

import os
import subprocess
import sys

import pytest

from hullmark.sandbox import OF_PARSERS, Crash, Zygote
from hullmark.sandbox.early import Early
from hullmark.sandbox.zygote import MAX_GREETING_BYTES, RESULT


def _echo(request, _descriptors, emit):
    emit(RESULT, request)


def test_what_it_is_told_reaches_its_load_after_the_steps():
    reader, writer = os.pipe()
    done = []

    def first():
        done.append(b"first")
        os.write(writer, b".")

    early = Early(
        iter([first]), lambda brief: (brief + b" after " + b",".join(done), _echo), OF_PARSERS
    )
    os.read(reader, 1)
    zygote = early.told(b"brief")
    try:
        assert zygote.greeting()[1] == b"brief after first"
        assert bytes(zygote.start(b"x", []).result()) == b"x"
    finally:
        zygote.close()
        os.close(reader)
        os.close(writer)


def test_no_step_begins_once_it_is_told():
    begun, beginner = os.pipe()
    reader, writer = os.pipe()
    done = []

    def first():
        os.write(beginner, b".")
        os.read(reader, 1)
        done.append(b"first")

    early = Early(
        iter([first, lambda: done.append(b"second")]),
        lambda _: (b",".join(done), _echo),
        OF_PARSERS,
    )
    os.read(begun, 1)
    zygote = early.told(b"brief")
    os.write(writer, b".")
    try:
        assert zygote.greeting()[1] == b"first"
    finally:
        zygote.close()
        for each in (begun, beginner, reader, writer):
            os.close(each)


def test_a_brief_larger_than_a_pipe_comes_whole():
    early = Early(iter(()), lambda brief: (str(len(brief)).encode(), _echo), OF_PARSERS)
    zygote = early.told(bytes(1_000_000))
    try:
        assert zygote.greeting()[1] == b"1000000"
    finally:
        zygote.close()


def test_one_that_died_is_a_crash_of_who_waits_for_it(capfd):
    def fails(_brief):
        raise OSError("no such thing")

    zygote = Early(iter(()), fails, OF_PARSERS).told(b"brief")
    try:
        with pytest.raises(Crash, match="died while starting"):
            zygote.greeting()
    finally:
        zygote.close()
    assert "no such thing" in capfd.readouterr().err


@pytest.mark.parametrize("ending", ["sys.exit(3)", "os._exit(3)"])
def test_one_that_nobody_needs_ends_without_a_word(ending):
    script = (
        "import os, sys, time\n"
        "from hullmark.sandbox import OF_PARSERS\n"
        "from hullmark.sandbox.early import Early\n"
        "early = Early(iter(()), lambda brief: (brief, None), OF_PARSERS)\n"
        "time.sleep(0.2)\n"
        f"{ending}\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, check=False)
    assert (ended.returncode, ended.stdout, ended.stderr) == (3, b"", b"")


@pytest.mark.parametrize("closed", ["0", "1", "2", "0,2", "0,1,2"])
def test_standard_descriptors_may_be_closed(closed):
    script = (
        "import os, sys\n"
        "from hullmark.sandbox import OF_PARSERS\n"
        "from hullmark.sandbox.early import Early\n"
        "for each in map(int, sys.argv[1].split(',')):\n"
        "    os.close(each)\n"
        "work = lambda request, descriptors, emit: emit(b'R', os.pread(descriptors[0], 4, 0))\n"
        "zygote = Early(iter(()), lambda brief: (brief, work), OF_PARSERS).told(b'brief')\n"
        "zygote.greeting()\n"
        "with open(sys.executable, 'rb') as file:\n"
        "    answer = zygote.start(b'', [file.fileno()]).result()\n"
        "zygote.close()\n"
        "os._exit(0 if answer == b'\\x7fELF' else 1)\n"
    )
    assert subprocess.run([sys.executable, "-c", script, closed], check=False).returncode == 0


def test_without_a_process_no_descriptor_stays_open(monkeypatch):
    def refused():
        raise BlockingIOError("no more processes")

    before = os.listdir("/proc/self/fd")
    monkeypatch.setattr(os, "fork", refused)
    with pytest.raises(BlockingIOError):
        Early(iter(()), lambda brief: (brief, _echo), OF_PARSERS)
    assert os.listdir("/proc/self/fd") == before


def test_one_that_is_closed_leaves_neither_process_nor_descriptor():
    before = os.listdir("/proc/self/fd")
    early = Early(iter(()), lambda brief: (brief, _echo), OF_PARSERS)
    early.close()
    assert os.listdir("/proc/self/fd") == before
    with pytest.raises(ChildProcessError):
        os.waitpid(early._zygote.pid, os.WNOHANG)


@pytest.mark.parametrize("extra", [-1, 0, 1, 3 * MAX_GREETING_BYTES])
def test_a_hello_may_take_many_packets(extra):
    hello = os.urandom(MAX_GREETING_BYTES + extra)
    zygote = Zygote(lambda: (hello, _echo), OF_PARSERS)
    try:
        assert zygote.greeting()[1] == hello
    finally:
        zygote.close()
