"""Workers that are at one large file for long still give signs of life."""

import os
import socket

import msgspec

from hullmark.sandbox.zygote import PROGRESS
from hullmark.scan import worker
from hullmark.scan.jobs import Sent, TreeJob
from hullmark.sieve.eyes import BLOCK_BYTES, Eyes
from hullmark.sieve.tools import Tools

BLOCKS = 5


def test_every_block_of_a_large_file_is_a_sign_of_life(monkeypatch, tmp_path):
    monkeypatch.setattr(worker, "PULSE_S", 0)
    with (tmp_path / "hole").open("wb") as hole:
        hole.truncate(BLOCKS * BLOCK_BYTES)
    opened = os.open(tmp_path / "hole", os.O_RDONLY)
    sent = [
        Sent(path="hole", mode=0o644, uid=0, gid=0, size=BLOCKS * BLOCK_BYTES, units=(), look=True)
    ]
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with ours:
        socket.send_fds(ours, [msgspec.msgpack.encode(sent)], [opened])
    os.close(opened)
    told = []
    eyes = Eyes(Tools({}, {}, ""))
    worker.read_tree(TreeJob(), [theirs.detach()], {}, lambda kind, _: told.append(kind), eyes)
    assert told.count(PROGRESS) >= BLOCKS
