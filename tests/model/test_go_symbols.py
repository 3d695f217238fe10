"""Names of functions in Go programs, real ones and made-up ones."""

from os import environ
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File
from hullmark.model import go_symbols as tables
from hullmark.model.executable import Executable, Span, executable
from hullmark.model.go_symbols import Built, escaped, holds, symbols

GO = which("go")
needs_go = pytest.mark.skipif(GO is None, reason="needs go")
needs_objcopy = pytest.mark.skipif(which("objcopy") is None, reason="needs objcopy")

SOURCE = """package main

import "example.org/app/shapes.v2"

func main() {
	var s shapes.Square
	s.Grow(3)
	println(shapes.Largest([]int{1, 2}), shapes.Twice(int(s)), shapes.Box[string]{}.Open())
}
"""
SHAPES = """package shapes

type Square int

//go:noinline
func (s *Square) Grow(by int) { func() { *s += Square(by) }() }

func (s Square) Unused() int { return int(s) + 41 }

//go:noinline
func Largest[T int | string](all []T) T {
	found := all[0]
	for _, each := range all { if each > found { found = each } }
	return found
}

func Twice(n int) int { if n > 7 { println("much") }; return 2 * n }

type Box[T any] struct{ _ T }

//go:noinline
func (b Box[T]) Open() int { return len(unused) }

var unused []int

func Never() { println("never") }
"""
HERE = [("Square.Grow"), ("Largest"), ("Twice"), ("Box.Open")]


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Build a program with methods, a generic function and one that is inlined."""
    home = tmp_path_factory.mktemp("go")
    (home / "shapes.v2").mkdir()
    (home / "main.go").write_text(SOURCE)
    (home / "shapes.v2/shapes.go").write_text(SHAPES)
    (home / "go.mod").write_text("module example.org/app\n\ngo 1.18\n")

    def build(*flags, **settings):
        more = {"GOTOOLCHAIN": "local", "GOFLAGS": "-mod=mod", "CGO_ENABLED": "0", **settings}
        out = home / "out"
        environment = {**environ, "GOPATH": str(home / "gopath"), **more}
        run([GO, "build", "-o", out, *flags], cwd=home, env=environment, check=True)
        return out.read_bytes()

    return build


def read(content, command="example.org/app", **more):
    file = File(path="usr/bin/app", content=content)
    return symbols(file, executable(file), Built(command=command, replaced=(), **more))


def shown(program):
    within = holds(program)
    assert program.whole
    path = "example.org/app/shapes.v2"
    assert all(within(path, name) for name in HERE)
    assert within(path, "")
    assert within("example.org/app", "main")
    assert within("runtime", "mallocgc")
    assert not within(path, "Never")
    assert not within(path, "Square.Unused")
    assert not within("example.org/app/other", "")
    assert not within("net/http", "Server.Serve")


@needs_go
@pytest.mark.parametrize(
    "settings",
    [{}, {"GOARCH": "s390x"}, {"GOARCH": "386"}, {"GOOS": "windows"}, {"GOOS": "darwin"}],
    ids=lambda settings: "-".join(settings.values()) or "native",
)
def test_functions_of_a_stripped_program_are_known_inlined_ones_too(build, settings):
    shown(read(build("-ldflags=-s -w", **settings)))


@needs_go
def test_functions_of_a_position_independent_program_are_known(build):
    shown(read(build("-buildmode=pie", "-trimpath", "-ldflags=-s -w")))


@needs_go
@needs_objcopy
def test_a_table_without_its_section_is_found_by_its_mark(build, tmp_path):
    (tmp_path / "app").write_bytes(build())
    rename = "--rename-section=.gopclntab=.rodata.more"
    run(["objcopy", rename, tmp_path / "app", tmp_path / "bare"], check=True)
    shown(read((tmp_path / "bare").read_bytes()))


@needs_go
def test_a_damaged_table_is_none_or_shorter_and_no_error(build):
    content = bytearray(build("-ldflags=-s -w"))
    span = executable(File(path="app", content=bytes(content))).section(b".gopclntab")
    for at in range(8, 72, 8):
        damaged = bytearray(content)
        damaged[span.offset + at : span.offset + at + 8] = b"\xff" * 8
        read(bytes(damaged))
    assert read(bytes(content[: span.offset + 64])) is None


def table(names, *, magic, word, big, places):
    """A table whose names begin behind its header, with a function for each name before 1.16."""
    order = "big" if big else "little"
    head = magic.to_bytes(4, order) + bytes((0, 0, 1, word))
    if places is None:
        entries, funcs = b"", b""
        start = 8 + word + 2 * word * len(names) + word + 4
        texts = start + (word + 8) * len(names)
        for index, name in enumerate(names):
            at = start + index * (word + 8)
            entries += index.to_bytes(word, order) + at.to_bytes(word, order)
            funcs += index.to_bytes(word, order) + texts.to_bytes(4, order) + bytes(4)
            texts += len(name) + 1
        data = len(names).to_bytes(word, order) + entries + bytes(word + 4) + funcs
        return head + data + b"".join(name + b"\0" for name in names)
    held = b"".join(name + b"\0" for name in names)
    words = [0] * 8
    start = 8 + word * 8
    words[0], words[places], words[places + 1] = len(names), start, start + len(held)
    return head + b"".join(each.to_bytes(word, order) for each in words) + held


NAMES = [b"runtime.main", b"example.org/Lib/v2.(*Conn).Read", b"main.main", b"main.init.0"]


@pytest.mark.parametrize(
    ("magic", "places", "whole"),
    [
        (0xFFFFFFFB, None, False),
        (0xFFFFFFFA, 2, True),
        (0xFFFFFFF0, 3, True),
        (0xFFFFFFF1, 3, True),
    ],
)
@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("word", [4, 8])
def test_every_form_of_the_table_is_read(magic, places, whole, big, word):
    data = table(NAMES, magic=magic, word=word, big=big, places=places)
    span = Span(b".gopclntab", 0, len(data), 0)
    layout = Executable(big_endian=big, word=word, sections=(span,), segments=())
    program = symbols(
        File(path="app", content=data), layout, Built(command="example.org/cmd/app.x", replaced=())
    )
    within = holds(program)
    assert program.whole is whole
    assert within("example.org/Lib/v2", "Conn.Read")
    assert not within("example.org/Lib/v2", "Conn.Write")
    assert within("example.org/cmd/app.x", "init#1")
    assert not within("example.org/cmd/app.x", "init#2")


def test_a_program_whose_runtime_is_elsewhere_is_not_whole():
    data = table(NAMES[1:], magic=0xFFFFFFF1, word=8, big=False, places=3)
    layout = Executable(
        big_endian=False, word=8, sections=(Span(b".gopclntab", 0, len(data), 0),), segments=()
    )
    assert not symbols(File(path="app", content=data), layout, Built(command="", replaced=())).whole


@pytest.mark.parametrize("bound", ["MAX_NAMES_BYTES", "MAX_FUNCTIONS"])
def test_names_beyond_their_bounds_are_not_read(monkeypatch, bound):
    data = table(NAMES, magic=0xFFFFFFF1, word=8, big=False, places=3)
    layout = Executable(
        big_endian=False, word=8, sections=(Span(b".gopclntab", 0, len(data), 0),), segments=()
    )
    monkeypatch.setattr(tables, bound, 3)
    assert symbols(File(path="app", content=data), layout, Built(command="", replaced=())) is None


def test_functions_of_an_old_table_that_share_their_names_are_read_within_bounds(monkeypatch):
    data = table([b"a.b"] * 4, magic=0xFFFFFFFB, word=8, big=False, places=None)
    layout = Executable(
        big_endian=False, word=8, sections=(Span(b".gopclntab", 0, len(data), 0),), segments=()
    )
    monkeypatch.setattr(tables, "MAX_NAMES_BYTES", len(data))
    found = symbols(File(path="app", content=data), layout, Built(command="x" * 5000, replaced=()))
    assert holds(found)("a", "b")


def test_a_table_is_looked_for_at_few_places(monkeypatch):
    mark = table([], magic=0xFFFFFFF1, word=8, big=False, places=3)
    real = table(NAMES, magic=0xFFFFFFF1, word=8, big=False, places=3)
    data = mark * 10 + real
    layout = Executable(
        big_endian=False, word=8, sections=(), segments=(Span(b"", 0, len(data), 0),)
    )
    assert symbols(File(path="app", content=data), layout, Built(command="", replaced=())).whole
    monkeypatch.setattr(tables, "MAX_MARKS", 5)
    assert symbols(File(path="app", content=data), layout, Built(command="", replaced=())) is None


@pytest.mark.parametrize(
    ("path", "written"),
    [
        ("net/http", "net/http"),
        ("gopkg.in/yaml.v3", "gopkg.in/yaml%2ev3"),
        ("example.org/a.b/c", "example.org/a.b/c"),
        ('x/a"b c', "x/a%22b%20c"),
        ("x/é", "x/%c3%a9"),
    ],
)
def test_import_paths_are_escaped_as_the_linker_does(path, written):
    assert escaped(path) == written
