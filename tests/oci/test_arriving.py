"""Layers that are read while their bytes come."""

import gzip
import os
import threading

import pytest

from hullmark.model import ParseError
from hullmark.oci.arriving import Arriving, Counter, let_go
from hullmark.oci.inflating import Inflating
from hullmark.unit import Blob, Coming


@pytest.fixture
def counter():
    made = Counter()
    yield made
    made.close()


@pytest.fixture
def reader(counter):
    fd = counter.reader()
    yield fd
    os.close(fd)


def test_a_reader_waits_for_what_it_needs(counter, reader):
    arriving = Arriving(reader)
    counter.add(3)
    assert arriving.beyond(0) == arriving.beyond(2) == 3
    later = threading.Timer(0.05, lambda: counter.add(4))
    later.start()
    assert arriving.beyond(3) == 7


def test_a_reader_of_what_stopped_coming_is_told(counter, reader):
    counter.add(3)
    arriving = Arriving(reader)
    assert arriving.beyond(2) == 3
    counter.abandon()
    with pytest.raises(ParseError, match="stopped coming"):
        arriving.beyond(3)


def test_a_reader_that_spoils_the_count_holds_up_nobody(counter, reader):
    os.eventfd_write(reader, 2**64 - 2)
    counter.add(1000)
    counter.abandon()


def test_a_counter_is_let_go_of_once_and_none_is_no_descriptor(counter):
    blob = Blob(fd=-1, offset=0, size=0, digest="", diff_id="")
    fd = counter.reader()
    let_go(Coming(blob=blob, counter=fd))
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(fd)
    let_go(Coming(blob=blob))


@pytest.mark.parametrize("pack", [gzip.compress, bytes])
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_a_layer_inflates_as_it_comes(tmp_path, counter, reader, pack, step):
    content = bytes(range(256)) * 40
    stored = pack(content)
    with open(tmp_path / "file", "w+b", buffering=0) as file:
        file.truncate(10 + len(stored) + 5)
        pipe = Inflating(file.fileno(), 10, len(stored), Arriving(reader))

        def bring():
            for at in range(0, len(stored), step):
                counter.add(os.pwrite(file.fileno(), stored[at : at + step], 10 + at))

        bringing = threading.Thread(target=bring)
        bringing.start()
        assert b"".join(pipe) == content
        bringing.join()
        assert pipe.size_bytes == len(content)


def test_who_waits_for_bytes_is_heard_of_meanwhile(tmp_path, counter, reader, monkeypatch):
    monkeypatch.setattr("hullmark.oci.inflating.IDLE_S", 0.01)
    beats = threading.Semaphore(0)
    with open(tmp_path / "file", "w+b", buffering=0) as file:
        file.write(b"plain")
        pipe = Inflating(file.fileno(), 0, 5, Arriving(reader), beats.release)
        chunks = []
        reading = threading.Thread(target=lambda: chunks.extend(pipe))
        reading.start()
        for _ in range(3):
            assert beats.acquire(timeout=10)
        counter.add(5)
        reading.join()
    assert chunks == [b"plain"]


def test_a_layer_that_stops_coming_is_an_error(tmp_path, counter, reader):
    stored = gzip.compress(os.urandom(5000))
    with open(tmp_path / "file", "w+b", buffering=0) as file:
        file.truncate(len(stored))
        pipe = Inflating(file.fileno(), 0, len(stored), Arriving(reader))
        counter.add(os.pwrite(file.fileno(), stored[:2000], 0))
        counter.abandon()
        with pytest.raises(ParseError, match="stopped coming"):
            list(pipe)
