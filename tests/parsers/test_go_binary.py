"""Programs built by the Go toolchain, and programs that were not."""

from os import environ
from shutil import which
from subprocess import run
from zipfile import ZipFile

import pytest

from hullmark.binaries import stamps
from hullmark.model import File, Package, ParseError
from hullmark.model.executable import Executable, Span
from hullmark.parsers.go_binary import BUILD_INFO, go_binary

GO = which("go")
needs_go = pytest.mark.skipif(GO is None, reason="needs go")
needs_objcopy = pytest.mark.skipif(which("objcopy") is None, reason="needs objcopy")

MAIN = 'package main\n\nimport "example.org/Lib/v2"\n\nfunc main() { println(lib.Name) }\n'


@pytest.fixture(scope="module")
def build(tmp_path_factory):
    """Build a program whose one dependency is a module served from a folder."""
    home = tmp_path_factory.mktemp("go")
    modules = home / "proxy/example.org/!lib/v2/@v"
    modules.mkdir(parents=True)
    (modules / "list").write_text("v2.1.0\n")
    (modules / "v2.1.0.info").write_text('{"Version": "v2.1.0"}')
    (modules / "v2.1.0.mod").write_text("module example.org/Lib/v2\n")
    source = home / "src/example.org/Lib/v2@v2.1.0"
    source.mkdir(parents=True)
    (source / "go.mod").write_text("module example.org/Lib/v2\n")
    (source / "lib.go").write_text('package lib\n\nconst Name = "lib"\n')
    _zip(modules / "v2.1.0.zip", home / "src")
    (home / "local").mkdir()
    for name in ("go.mod", "lib.go"):
        (home / "local" / name).write_bytes((source / name).read_bytes())
    app = home / "app"
    app.mkdir()
    (app / "main.go").write_text(MAIN)

    def build(*flags, replace="", **settings):
        (app / "go.mod").write_text(
            f"module example.org/app\n\ngo 1.18\n\nrequire example.org/Lib/v2 v2.1.0\n{replace}"
        )
        environment = {
            **environ,
            "GOPATH": str(home / "gopath"),
            "GOPROXY": (home / "proxy").as_uri(),
            "GOFLAGS": "-mod=mod -modcacherw",
            "GONOSUMDB": "*",
            "GOTOOLCHAIN": "local",
            "CGO_ENABLED": "0",
            **settings,
        }
        target = home / "app.out"
        run([GO, "build", "-o", target, *flags], cwd=app, env=environment, check=True)
        return target

    return build


def _zip(path, root):
    with ZipFile(path, "w") as archive:
        for each in root.rglob("*.*"):
            if each.is_file():
                archive.write(each, each.relative_to(root))


def purls(content):
    facts = go_binary.parse(File(path="app", content=content))
    return [fact.purl for fact in facts if isinstance(fact, Package)]


def parse(target):
    found = purls(target.read_bytes())
    assert found[0].startswith("pkg:golang/stdlib@1.")
    return found[1:]


APP = ["pkg:golang/example.org/app", "pkg:golang/example.org/Lib/v2@v2.1.0"]


@needs_go
@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"GOARCH": "s390x"},
        {"GOOS": "windows"},
        {"GOOS": "darwin", "GOARCH": "arm64"},
    ],
    ids=lambda settings: "-".join(settings.values()) or "native",
)
def test_modules_of_a_program_are_found_on_every_platform(build, settings):
    assert parse(build(**settings)) == APP
    assert parse(build("-ldflags=-s -w", **settings)) == APP


@needs_go
def test_position_independent_programs_without_paths_are_read(build):
    assert parse(build("-buildmode=pie", "-trimpath", "-ldflags=-s -w")) == APP


@needs_go
def test_a_replaced_module_is_named_as_its_replacement(build):
    replaced = parse(build(replace="replace example.org/Lib/v2 => ../local\n"))
    assert replaced == ["pkg:golang/example.org/app", "pkg:golang/example.org/Lib/v2"]


@needs_go
@pytest.mark.parametrize(
    ("flags", "version"),
    [
        ("-X main.version=v1.2.3", "@v1.2.3"),
        ("-s -w -X 'main.Version=1.2.3'", "@v1.2.3"),
        ("-X example.org/app/internal/version.version=1.2.3-rc.1", "@v1.2.3-rc.1"),
        ("-X main.version=1.0.0 -X example.org/other.version=2.0.0", "@v1.0.0"),
        ("-X main.version=1.0.0 -X main.Version=2.0.0", ""),
        ("-X main.conversion=1.0.0 -X main.commit=1234567", ""),
    ],
)
def test_the_stamped_version_is_the_main_modules(build, flags, version):
    assert parse(build(f"-ldflags={flags}"))[0] == f"pkg:golang/example.org/app{version}"


@needs_go
@needs_objcopy
def test_build_information_is_found_without_its_section(build, tmp_path):
    bare = tmp_path / "bare"
    rename = "--rename-section=.go.buildinfo=.data.first"
    run(["objcopy", rename, build(), bare], check=True)
    assert parse(bare) == APP
    content = bytearray(bare.read_bytes())
    content[40:48] = bytes(8)
    content[58:64] = bytes(6)
    assert purls(bytes(content))[1:] == APP


@needs_go
@needs_objcopy
def test_detached_debug_information_is_no_program(build, tmp_path):
    debug = tmp_path / "app.debug"
    run(["objcopy", "--only-keep-debug", build(), debug], check=True)
    assert purls(debug.read_bytes()) == []


@needs_go
def test_a_go_program_without_build_information_is_an_error(build):
    content = build().read_bytes()
    with pytest.raises(ParseError, match="without build information"):
        purls(content.replace(BUILD_INFO, b"x" * len(BUILD_INFO)))


@needs_go
def test_damaged_build_information_is_an_error_of_ours(build):
    content = build().read_bytes()
    at = content.index(BUILD_INFO)
    for damage in (b"\xff" * 64, b"\0" * 64, b"\x80" * 64):
        with pytest.raises(ParseError):
            purls(content[: at + 15] + damage + content[at + 79 :])
    with pytest.raises(ParseError):
        purls(content[: at + 40])


def program(*, big, word, pie=False):
    """A program with pointers to its texts, as Go wrote them before 1.18."""
    order = "big" if big else "little"

    def number(value, size=word):
        return value.to_bytes(size, order)

    base, wide = 0x10000, word == 8
    text = b"g" * 16 + b"path\tx\nmod\texample.org/old\tv1.0.0\th1:\n" + b"g" * 16
    header_at, strings_at, texts_at = 256, 320, 384
    strings = number(base + texts_at) + number(8)
    strings += number(base + texts_at + 8) + number(len(text))
    header = BUILD_INFO + bytes((word, int(big)))
    header += number(base + strings_at) + number(base + strings_at + 2 * word)
    size = texts_at + 8 + len(text)
    ident = b"\x7fELF" + bytes((2 if wide else 1, 2 if big else 1, 1)).ljust(12, b"\0")
    head = ident + number(2, 2) + number(21, 2) + number(1, 4) + number(0)
    tables = 64 if wide else 52
    head += number(tables) + number(0) + number(0, 4) + number(tables, 2)
    head += number(56 if wide else 32, 2) + number(1, 2) + bytes(6)
    if wide:
        head += number(1, 4) + number(6, 4) + number(0) + number(base) * 2 + number(size) * 2
    else:
        head += number(1) + number(0) + number(base) * 2 + number(size) * 2 + number(6)
    content = head.ljust(header_at, b"\0") + header.ljust(64, b"\0")
    return content + strings.ljust(64, b"\0") + b"go1.16.5" + text


@pytest.mark.parametrize("big", [False, True])
@pytest.mark.parametrize("word", [4, 8])
def test_pointers_to_the_texts_are_followed(big, word):
    expected = ["pkg:golang/stdlib@1.16.5", "pkg:golang/example.org/old@v1.0.0"]
    assert purls(program(big=big, word=word)) == expected


def test_pointers_outside_the_file_are_an_error():
    content = program(big=False, word=8)
    with pytest.raises(ParseError, match="outside the file"):
        purls(content.replace((0x10000 + 384).to_bytes(8, "little"), b"\xff" * 8))


@pytest.mark.parametrize(
    ("toolchain", "version"),
    [
        ("go1.22.1", "1.22.1"),
        ("go1.22.1 X:boringcrypto", "1.22.1"),
        ("go1.21.5 (Red Hat 1.21.5-1.el9)", "1.21.5"),
        ("devel go1.23-2b4f1a Tue Mar 5", "1.23-2b4f1a"),
        ("devel +2b4f1a", ""),
    ],
)
def test_the_standard_library_has_the_toolchains_version(toolchain, version):
    text = toolchain.encode()
    content = go_binary.example.content.replace(b"\x08go1.22.1", bytes((len(text),)) + text)
    first, *_ = go_binary.parse(File(path="app", content=content))
    assert isinstance(first, Package)
    assert (first.name, first.version) == ("stdlib", version)


def test_programs_of_other_languages_yield_nothing():
    for content in (b"", b"\x7fELF", b"\x7fELF" + bytes(60), b"MZ" + bytes(90), b"MZ"):
        assert purls(content) == []
    with open("/bin/sh", "rb") as shell:
        assert purls(shell.read()) == []


@needs_go
def test_a_program_built_outside_of_module_mode_is_named_by_its_path(tmp_path):
    folder = tmp_path / "src/example.org/old/cmd/tool"
    folder.mkdir(parents=True)
    (folder / "main.go").write_text("package main\n\nfunc main() {}\n")
    place = {**environ, "GOPATH": str(tmp_path), "GO111MODULE": "off", "CGO_ENABLED": "0"}
    command = [GO, "build", "-ldflags=-X main.version=1.5.0", "-o", tmp_path / "tool"]
    run(command, cwd=folder, env=place, check=True)
    assert parse(tmp_path / "tool") == ["pkg:golang/example.org/old@v1.5.0"]


def _named(module):
    """A program of this main module that tells no version, nor its flags."""
    section = go_binary.example.content.replace(
        b"mod\texample.org/app\tv1.4.0\th1:\n", f"mod\t{module}\t(devel)\t\n".encode()
    )
    length = go_binary.example.content.index(b"\xb1\x01")
    text = section[length + 2 :]
    return section[:length] + bytes((len(text) & 0x7F | 0x80, len(text) >> 7)) + text


def test_a_known_program_has_the_one_version_among_its_texts(monkeypatch):
    file = File(path="runc", content=_named("github.com/opencontainers/runc"))
    assert "pkg:golang/github.com/opencontainers/runc" in purls(file.content)
    for texts, version in (
        (b"\0v1.1.5\0text\0", "v1.1.5"),
        (b"\x001.1.5+ds1\x001.1.5+ds1-1+b2\0", "v1.1.5+ds1"),
        (b"\x001.1.5\x003.40.1\0", ""),
        (b"\x001.1.5x", ""),
        (b"", ""),
    ):
        span = Span(b".rodata", 64, len(texts), 0)
        layout = Executable(big_endian=False, word=8, sections=(span,), segments=())
        monkeypatch.setattr(stamps, "executable", lambda _, layout=layout: layout)
        program = File(path="runc", content=bytes(64) + texts)
        assert stamps.stamped(program, "github.com/opencontainers/runc") == version
        assert stamps.stamped(program, "go.etcd.io/etcd/v3") == version
        assert stamps.stamped(program, "example.org/app") == ""
