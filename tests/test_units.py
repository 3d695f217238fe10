"""Every unit keeps its promises. A new unit file is tested here without touching this file."""

import pkgutil
import random
import sys
from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from typing import get_args

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

import hullmark
import hullmark.feeds
import hullmark.formats
import hullmark.menders
import hullmark.parsers
import hullmark.sources
from hullmark.advisories.documents import Document
from hullmark.advisories.taking import told as brought
from hullmark.menders import Mender
from hullmark.model import Artifact, ArtifactKind, Fact, FeedError, File, ParseError, Report
from hullmark.model.advisory import Advisory
from hullmark.sandbox import OF_PARSERS, Zygote
from hullmark.scan.dispatch import Claim, Dispatch
from hullmark.scan.facts import Contents
from hullmark.scan.jobs import LayerJob
from hullmark.scan.worker import claim, load
from hullmark.unit import Feed, Format, Parser, Source, discover
from tests.formats.samples import FULL
from tests.images.build import member, named, tar

PARSERS = discover(hullmark.parsers, Parser)
FORMATS = discover(hullmark.formats, Format)
SOURCES = discover(hullmark.sources, Source)
FEEDS = discover(hullmark.feeds, Feed)
MENDERS = discover(hullmark.menders, Mender)
ROOMS = (
    (hullmark.parsers, Parser, PARSERS),
    (hullmark.formats, Format, FORMATS),
    (hullmark.sources, Source, SOURCES),
    (hullmark.feeds, Feed, FEEDS),
    (hullmark.menders, Mender, MENDERS),
)
FACTS = get_args(Fact)

WORLD = ("open", "socket.", "subprocess.", "os.", "shutil.", "import", "ctypes.", "mmap.")
watching: list[bool] = []


def guard(event, _):
    if watching and event.startswith(WORLD):
        raise PermissionError(f"a unit touched the world: {event}")


sys.addaudithook(guard)


@contextmanager
def sealed():
    """In this block, opening a file, a socket or a process and importing raise."""
    watching.append(True)
    try:
        yield
    finally:
        watching.clear()


def every(units: Mapping[str, object]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("unit", units.values(), ids=units.keys())


@pytest.fixture(scope="module", autouse=True)
def _warm():
    """What a worker does before its door shuts."""
    load({})


@every(PARSERS)
def test_parser_reads_its_example_and_touches_nothing_else(unit: Parser):
    with sealed():
        facts = list(unit.parse(unit.example))
    assert tuple(named(fact) for fact in facts) == unit.expect


@every(PARSERS)
def test_engine_offers_the_example_and_carries_what_it_tells(unit: Parser, tmp_path):
    """By way of the real worker, jailed, with only this unit on."""
    files = [*unit.example.beside.values(), unit.example]
    layer = tmp_path / "layer.tar"
    layer.write_bytes(example_layer(files))
    zygote = Zygote(lambda: load({unit.id: unit}), OF_PARSERS)
    try:
        with layer.open("rb") as blob, (tmp_path / "spill").open("wb+") as spill:
            job = LayerJob(layer="", offset=0, size=layer.stat().st_size, declared=True)
            started = zygote.start(msgspec.msgpack.encode(job), [blob.fileno(), spill.fileno()])
            contents = msgspec.msgpack.decode(started.result(), type=Contents)
    finally:
        zygote.close()
    assert not contents.gaps
    facts = [fact for each in contents.parsed for fact in each.facts]
    assert tuple(named(fact) for fact in facts) == unit.expect


def example_layer(files: Sequence[File]) -> bytes:
    """A layer of these files, executable: of others the engine does not try the first bytes."""
    archive = b""
    for file in files:
        info, content = member(file.path, file.data)
        info.mode = 0o755
        archive += info.tobuf() + content + bytes(-len(content) % 512)
    return archive + tar([])


def claims(unit: Parser, file: File) -> bool:
    dispatch = Dispatch([claim(unit)])
    return bool(dispatch.units(file.path) or dispatch.by_magic(file.read(0, 4)))


@every(PARSERS)
def test_parser_has_an_example_that_it_claims(unit: Parser):
    assert unit.expect, "an example that yields nothing proves nothing"
    assert claims(unit, unit.example)
    assert set(unit.example.beside) <= set(unit.beside)
    folder = unit.example.path.rpartition("/")[0]
    for name, file in unit.example.beside.items():
        assert file.path == f"{folder}/{name}" if folder else name


RUBBISH = (
    b"",
    b"\0",
    b"\x00\xff",
    b"\xef\xbb\xbf",
    b"{",
    b"[]",
    b"null",
    b"true",
    b"1e999",
    b'"',
    b'{"packages": null, "dependencies": 3, "version": {}, "name": [], "package": 1}',
    b'{"packages": {"": null, "a": 1}, "dependencies": {"a": []}, "lockfileVersion": "x"}',
    b'{"packages": [null, 1, {"name": null}], "packages-dev": {}}',
    b"a: [1",
    b"packages: 3\nlockfileVersion: []\n",
    b"a: &a [*a]\n",
    b"package = 1",
    b"[[package]]\nname = 1",
    b"[[packages]]\nname = []\nversion = 1\n",
    b"package = [{}]\n",
    b"Package: \nVersion\n: x\n\n\n Name\n",
    b"Name: a\nVersion: \xff\xfe\n",
    b"- " * 5000,
    b"[" * 5000,
    b'{"a":' * 5000,
    b"(" * 5000,
    b"\n" * 5000,
    b"a" * 70_000,
    b"\x7fELF" + bytes(60),
    b"\x7fELF\x02\x01\x01" + b"\xff" * 200,
    b"MZ" + b"\xff" * 200,
    b"PK\x03\x04" + b"\xff" * 200,
    b"PK\x05\x06" + bytes(18),
    b"SQLite format 3\0" + b"\xff" * 600,
    b"\x89\x50\x4e\x47\r\n\x1a\n",
    b"\x1f\x8b\x08" + bytes(20),
)


def broken(data: bytes) -> list[bytes]:
    """The example cut short, and with some of its bytes changed; the same in every run."""
    dice = random.Random(1)
    cut = [data[: len(data) * part // 8] for part in range(1, 8)]
    cut += [data[len(data) * part // 8 :] for part in range(1, 8)]
    for _ in range(60):
        changed = bytearray(data)
        for _ in range(dice.choice((1, 2, 8))):
            changed[dice.randrange(len(changed))] = dice.choice(
                (0, 10, 0x22, 0xFF, dice.randrange(256))
            )
        cut.append(bytes(changed))
    return cut


@every(PARSERS)
def test_parser_answers_rubbish_with_facts_or_a_parse_error(unit: Parser):
    example = unit.example
    rubbish = [*RUBBISH, *broken(example.data)]
    files = [replace(example, content=data) for data in rubbish]
    for name, sibling in example.beside.items():
        files += [
            replace(example, beside={**example.beside, name: replace(sibling, content=data)})
            for data in rubbish
        ]
    if example.beside:
        files.append(replace(example, beside={}))
    for file in files:
        facts = told(unit, file)
        assert all(isinstance(fact, FACTS) for fact in facts)
        msgspec.msgpack.decode(msgspec.msgpack.encode(facts), type=list[Fact])


def told(unit: Parser, file: File) -> list[Fact]:
    """What a parser yields before it stops or complains as it may."""
    facts: list[Fact] = []
    try:
        with sealed():
            facts.extend(unit.parse(file))
    except ParseError as error:
        assert error.place.partition("!/")[0] == file.path  # noqa: PT017 - not raising is right too
        assert error.why == error.why.strip().rstrip(".") != ""  # noqa: PT017
    return facts


@every(FEEDS)
def test_feed_reads_its_example_and_touches_nothing_else(unit: Feed):
    with sealed():
        records = list(unit.read(unit.example))
    lines = (f"{each.id} {one.ecosystem} {one.name}" for each in records for one in each.affected)
    assert tuple(lines) == unit.expect
    assert unit.expect, "an example that yields nothing proves nothing"
    document = Document("example", unit.example, "2026-01-02T03:04:05Z")
    assert list(brought(unit, document)) == records, "ids and times are as records have them"
    assert all(address.startswith("https://") for address in unit.addresses)


@every(FEEDS)
def test_feed_answers_rubbish_with_advisories_or_a_feed_error(unit: Feed):
    for data in (*RUBBISH, *broken(unit.example.data)):
        records: list[Advisory] = []
        try:
            with sealed():
                records.extend(unit.read(replace(unit.example, content=data)))
        except FeedError as error:
            assert error.place.startswith(unit.example.path)  # noqa: PT017 - not raising is right too
            assert error.why == error.why.strip().rstrip(".") != ""  # noqa: PT017
        msgspec.msgpack.decode(msgspec.msgpack.encode(records), type=list[Advisory])


@every({**PARSERS, **FORMATS, **SOURCES, **FEEDS})
def test_unit_says_what_it_is(unit: Parser | Format | Source | Feed):
    first = unit.about.partition("\n\n")[0]
    assert first.endswith((".", ":", "``")), "a docstring begins with a sentence"
    functions = (getattr(unit, name, None) for name in ("parse", "render", "open", "read"))
    function = next(filter(None, functions))
    assert (import_module(function.__module__).__doc__ or "").strip()


@pytest.mark.parametrize(
    ("room", "kind", "units"), ROOMS, ids=["parsers", "formats", "sources", "feeds", "menders"]
)
def test_one_file_holds_one_unit_named_alike(room, kind, units):
    names = [info.name for info in pkgutil.walk_packages(room.__path__) if not info.ispkg]
    assert [name.replace("_", "-") for name in names] == [unit.id for unit in units.values()]
    for name in names:
        values = vars(import_module(f"{room.__name__}.{name}")).values()
        assert sum(isinstance(value, kind) for value in values) == 1, name


def test_ids_are_unique_within_a_kind():
    for _, _, units in ROOMS:
        assert len({unit.id for unit in units.values()}) == len(units)


def test_no_module_is_long():
    for path in Path(hullmark.__file__).parent.rglob("*.py"):
        assert len(path.read_text().splitlines()) <= 400, path


@every(FORMATS)
def test_format_renders_the_empty_and_the_full_report(unit: Format):
    empty = Report(artifact=Artifact(kind=ArtifactKind.TREE, name="dir:empty"))
    assert "".join(unit.render(empty))[-1:] in ("", "\n")
    assert "".join(unit.render(FULL)).endswith("\n")
    assert "".join(unit.render(FULL)) == "".join(unit.render(FULL))


@every(SOURCES)
def test_source_recognises_nothing_that_is_not_there(unit: Source, tmp_path):
    assert not unit.recognises(str(tmp_path / "absent"))
    assert not unit.recognises("")
    assert unit.recognises("registry.example/team/shop:1.2") == (unit.id == "registry")


# Dispatch: one look-up however many units there are, and the answer of trying each in turn.

PARTS = st.sampled_from(("a", "b.c", ".c", "lib", "x.so", "Cargo.lock", "b.c.d", "a*b"))
GLOBS = ("*.c", "a*", "*", "lib*.c", "a", "b.c", "Cargo.lock", "*.so", "x*.c")


@st.composite
def names(draw) -> str:
    """A name as units declare them."""
    folders = draw(st.lists(st.sampled_from(("a", "lib", "*", "l*")), max_size=2))
    anywhere = draw(st.sampled_from(("", "**/")))
    return str(anywhere + "/".join([*folders, draw(st.sampled_from(GLOBS))]))


def fits(pattern: str, text: str) -> bool:
    """``*`` for any characters, tried one by one."""
    if not pattern:
        return not text
    if pattern[0] == "*":
        return any(fits(pattern[1:], text[at:]) for at in range(len(text) + 1))
    return text[:1] == pattern[0] and fits(pattern[1:], text[1:])


def wants(name: str, path: str) -> bool:
    """A declared name against a path, part by part."""
    parts = path.split("/")
    if "/" not in name:
        return fits(name, parts[-1])
    anywhere = name.startswith("**/")
    wanted = name.removeprefix("**/").split("/")
    if anywhere:
        parts = parts[-len(wanted) :]
    return len(parts) == len(wanted) and all(map(fits, wanted, parts))


@given(
    st.lists(st.lists(names(), min_size=1, max_size=3), max_size=5),
    st.lists(st.lists(PARTS, min_size=1, max_size=4).map("/".join), max_size=8),
)
def test_dispatch_answers_as_trying_every_name_would(declared, paths):
    units = []
    for number, wanted in enumerate(declared):
        one = Claim(id=str(number), version=1, names=tuple(wanted))
        try:
            Dispatch([one])
        except ValueError:
            continue  # no literal part to look up: refused where it is declared
        units.append(one)
    dispatch = Dispatch(units)
    for path in paths:
        naive = {unit.id for unit in units if any(wants(name, path) for name in unit.names)}
        found = dispatch.units(path)
        assert set(found) == naive
        assert len(found) == len(naive)


def test_a_line_break_in_a_folder_hides_nothing():
    for name in ("**/lib/a.c", "**/*.so/*.c", "**/lib/*.c"):
        dispatch = Dispatch([Claim(id="x", version=1, names=(name,))])
        assert dispatch.units("a\nb/lib/a.c") == (["x"] if wants(name, "a\nb/lib/a.c") else [])


class Counting(dict[str, object]):
    """A table that counts how often it is asked."""

    asked = 0

    def get(self, key, default=None):
        Counting.asked += 1
        return super().get(key, default)


def look_ups(units: int) -> int:
    kinds = ("name-{}", "*.end{}", "folder-{}/*", "**/deep/name-{}", "a/*/b-{}.c")
    dispatch = Dispatch(
        Claim(id=str(number), version=1, names=tuple(kind.format(number) for kind in kinds))
        for number in range(units)
    )
    lookup = dispatch._lookup
    for table in ("_names", "_endings", "_starts", "_folders", "_parents"):
        setattr(lookup, table, Counting(getattr(lookup, table)))
    Counting.asked = 0
    for path in ("usr/bin/python3.11", "folder-0/x", "etc/passwd", "a.end0", "README", "a/x/b-0.c"):
        dispatch.units(path)
    return Counting.asked


def test_a_hundred_units_cost_as_many_look_ups_as_one():
    assert look_ups(100) == look_ups(1) <= 5 * 6


def test_a_name_without_a_literal_part_is_refused():
    for name in ("*", "**/*", "a*", "*/x*"):
        with pytest.raises(ValueError, match="no literal"):
            Dispatch([Claim(id="x", version=1, names=(name,))])
