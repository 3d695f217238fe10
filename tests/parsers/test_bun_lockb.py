"""Binary lock files of Bun, written by it where it is installed."""

from json import dumps, loads

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.bun_lockb import MAX_LOCK_BYTES, MAX_TEXT_BYTES, bun_lockb
from tests.parsers import test_node_locks
from tests.parsers.test_node_locks import (
    DEMO,
    NEW,
    OLD,
    RELEASES,
    TOOL,
    parsed,
    projected,
    relations,
    serving,
    tool,
)

EDGE = "edge-of-a-long-name@4.0.0-candidate.12%2Bbuild.7"
OURS = bun_lockb.example.data
HEAD = len("#!/usr/bin/env bun\nbun-lockfile-format-v0\n")
TABLE = HEAD + 4 + 32 + 8


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """A lock that this machine's Bun writes in its newest binary format."""
    project = projected(tmp_path_factory.mktemp("bun"))
    manifest = loads((project / "package.json").read_text())
    manifest["dependencies"]["edge-of-a-long-name"] = "4.0.0-candidate.12"
    (project / "package.json").write_text(dumps(manifest))
    (project / "bunfig.toml").write_text("[install]\nsaveTextLockfile = false\n")
    edge = {"name": "edge-of-a-long-name", "version": "4.0.0-candidate.12+build.7"}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(test_node_locks, "RELEASES", (*RELEASES, edge))
        with serving() as registry:
            done = tool(
                "bun",
                "install",
                "--lockfile-only",
                "--ignore-scripts",
                "--registry",
                registry,
                cwd=project,
            )
    assert done.returncode == 0, done.stderr
    return (project / "bun.lockb").read_bytes()


LOCKED = {
    OLD: (False, False, []),
    NEW: (True, False, []),
    DEMO: (True, False, [OLD]),
    TOOL: (True, True, [DEMO]),
}


def test_a_lock_of_format_3_is_read(written):
    assert written[HEAD] == 3
    assert relations(bun_lockb, written) == {**LOCKED, EDGE: (True, False, [])}


def test_a_lock_of_format_2_is_read():
    """As Bun 1.1.30 wrote it of the same project."""
    assert OURS[HEAD] == 2
    assert relations(bun_lockb, OURS) == LOCKED


def test_a_lock_inside_an_installed_package_yields_nothing():
    assert parsed(bun_lockb, b"any", "srv/node_modules/demo/bun.lockb") == []


def changed(at, value, size=8):
    return OURS[:at] + value.to_bytes(size, "little") + OURS[at + size :]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "not a binary lock"),
        (b"\0" * MAX_LOCK_BYTES + b"\0", "more than the"),
        (changed(HEAD, 1, 4), "--save-text-lockfile writes bun.lock"),
        (changed(HEAD, 4, 4), "format 4 is not read"),
        (OURS[: HEAD + 50], "ends before"),
        (changed(TABLE, 1 << 60), "packages lie outside"),
        (changed(TABLE + 32, 1 << 60), "packages lie outside"),
        (OURS[:-600], "outside"),
    ],
)
def test_a_lock_that_is_none_or_cut_short_is_an_error(content, why):
    with pytest.raises(ParseError, match=why):
        parsed(bun_lockb, content)


def test_what_would_multiply_is_an_error():
    begin = int.from_bytes(OURS[TABLE + 24 : TABLE + 32], "little")
    long_name = (1 << 63) | (MAX_TEXT_BYTES + 1) << 32
    with pytest.raises(ParseError, match="a text is too long"):
        parsed(bun_lockb, changed(begin, long_name))
    slices = begin + 6 * (16 + 64)
    many = OURS
    for at in (slices, slices + 6 * 8):
        many = many[: at + 4] + (1 << 31).to_bytes(4, "little") + many[at + 8 :]
    with pytest.raises(ParseError, match="require more than"):
        parsed(bun_lockb, many)


def test_an_entry_of_an_unknown_kind_is_an_error_after_the_rest():
    begin = int.from_bytes(OURS[TABLE + 24 : TABLE + 32], "little")
    kinds = [begin + 6 * 16 + index * 64 for index in range(6)]
    at = next(place for place in kinds if OURS[place] == 2)
    found = []
    with pytest.raises(ParseError, match="no package in entry"):
        found.extend(bun_lockb.parse(File(path="bun.lockb", content=changed(at, 99, 1))))
    assert len(found) == 3
