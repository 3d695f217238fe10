"""Files of a tree that cannot be read: each is a gap of its own, the others are looked at."""

import os
import socket

import msgspec
import pytest

import hullmark.parsers
from hullmark.model.spotted import Spotted
from hullmark.sandbox.zygote import PART
from hullmark.scan.facts import CONTENT, Contents
from hullmark.scan.file_checks import opened_eyes
from hullmark.scan.jobs import Sent, TreeJob
from hullmark.scan.worker import WHOLE_BYTES, read_tree
from hullmark.sieve.options import Looking
from hullmark.unit import Parser, load
from tests.images.planting import drawn

BROKEN = "/proc/self/mem"
"""Nothing is mapped at its beginning: reading there is an I/O error."""


@pytest.fixture(scope="module")
def eyes(tmp_path_factory):
    """What looks for secrets."""
    looking = Looking(secrets=True, folder=str(tmp_path_factory.mktemp("kept")))
    return opened_eyes(looking)[0]


@pytest.mark.parametrize("size", [100, WHOLE_BYTES + 100])
@pytest.mark.parametrize("units", [(), ("os-release",)])
def test_a_file_that_cannot_be_read_costs_itself_alone(size, units, eyes, tmp_path):
    line, value = drawn("github-token", 1)
    (tmp_path / "a").write_text(line)
    names = ("first", "broken", "last")
    paths = (tmp_path / "a", BROKEN, tmp_path / "a")
    opened = [os.open(path, os.O_RDONLY) for path in paths]
    sent = [
        Sent(
            path=name,
            mode=0o644,
            uid=0,
            gid=0,
            size=size if name == "broken" else len(line),
            units=units if name == "broken" else (),
            look=True,
        )
        for name in names
    ]
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        socket.send_fds(ours, [msgspec.msgpack.encode(sent)], opened)
    for descriptor in opened:
        os.close(descriptor)
    parts = []

    def emit(kind, payload):
        if kind == PART:
            parts.append(msgspec.msgpack.decode(payload, type=Contents))

    known = {id: load(hullmark.parsers, Parser, id) for id in units}
    read_tree(TreeJob(), [theirs.detach()], known, emit, eyes)
    [contents] = parts
    told = [fact for each in contents.parsed for fact in each.facts if isinstance(fact, Spotted)]
    assert [(each.rule, each.path) for each in told] == [
        ("github-token", "first"),
        ("github-token", "last"),
    ]
    assert [(each.unit, each.subject) for each in contents.gaps] == [
        (unit, "broken") for unit in (*units, CONTENT)
    ]
    assert contents.gaps[-1].why == "not read: Input/output error"
    assert value not in repr(contents)
