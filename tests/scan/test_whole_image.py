"""Whole images: what checks are told of them, and what becomes of what they say."""

import io
import tarfile

import pytest
from msgspec.structs import replace

from hullmark.apps.cli.target import source_of
from hullmark.checks.image_examples import built, holding, sound
from hullmark.checks.kinds import ImageCheck
from hullmark.model import Evidence, Kind, Rule, Severity
from hullmark.model.image import NO_CONFIG, Image
from hullmark.scan import Scanner, Settings, content, engine, judging
from hullmark.scan.judging import CONFIGURATION, judge, packed, unpacked
from hullmark.scan.reading import Reading
from hullmark.scan.rights import machine_of
from hullmark.sieve.options import Looking
from tests.images.build import OS_RELEASE, Documents, status, tagged, write_layout

PASSWD = b"root:x:0:0::/root:/bin/sh\napp:x:10001:10001::/app:/bin/sh\napp:x:1:1::/:/bin/sh\n"


def elf(machine=62, width=2, order=1, kind=2):
    """The header of a program, and nothing else that a loader would take."""
    little = "little" if order == 1 else "big"
    start = b"\x7fELF" + bytes([width, order, 1, 0]) + bytes(8)
    return start + kind.to_bytes(2, little) + machine.to_bytes(2, little) + bytes(44)


def layer(*members):
    """A layer of (name, mode, uid, what): bytes, ``None`` for a folder, text for a link."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as archive:
        for name, mode, uid, what in members:
            info = tarfile.TarInfo(name)
            info.mode, info.uid = mode, uid
            if what is None:
                info.type = tarfile.DIRTYPE
            elif isinstance(what, str):
                info.type, info.linkname = tarfile.SYMTYPE, what
            else:
                info.size = len(what)
            archive.addfile(info, io.BytesIO(what if isinstance(what, bytes) else b""))
    return buffer.getvalue()


BASE = layer(
    ("usr", 0o755, 0, None),
    ("usr/bin", 0o755, 0, None),
    ("bin", 0o777, 0, "usr/bin"),
    ("usr/bin/sh", 0o755, 0, elf()),
    ("usr/lib/os-release", 0o644, 0, OS_RELEASE.encode()),
    ("etc/passwd", 0o644, 0, PASSWD),
)


@pytest.fixture(scope="module")
def scanner():
    with Scanner(looking=Looking(config=True)) as made:
        yield made


@pytest.fixture
def report(scanner, tmp_path):
    """The report of an image of these layers, whose configuration says so."""

    def scanned(*layers, config=None, cache=False, **said):
        image = Documents([BASE, *layers])
        image.config["config"] = {"User": "10001", "Env": ["PATH=/usr/bin"], **said}
        image.config |= config or {}
        folder = write_layout(tmp_path / "image", image.blobs, image.manifest(**tagged("1")))
        source, rest = source_of(f"oci:{folder}")
        return scanner.scan(source, rest, Settings(folder=str(tmp_path / "c"), use_cache=cache))

    return scanned


def ids(found):
    return {each.rule for each in found.findings}


def of(found, rule):
    return [each for each in found.findings if each.rule == rule]


def test_an_entry_point_that_everybody_may_write_is_told(report):
    (finding,) = of(
        report(layer(("app/server", 0o777, 0, elf())), Entrypoint=["/app/server"]),
        "writable-entrypoint",
    )
    assert finding.subject == finding.evidence.path == "app/server"
    assert finding.evidence.layer.startswith("sha256:")


def test_a_folder_on_the_way_that_everybody_may_write_is_told_unless_sticky(report):
    server = ("opt/app/server", 0o755, 0, elf())
    bad = report(layer(("opt/app", 0o777, 0, None), server), Cmd=["/opt/app/server"])
    assert [each.subject for each in of(bad, "writable-entrypoint")] == ["opt/app"]
    good = report(layer(("opt/app", 0o1777, 0, None), server), Cmd=["/opt/app/server"])
    assert not of(good, "writable-entrypoint")


def test_links_on_the_way_are_followed(report):
    """The root's ``bin`` is a link, and so is the name that is started."""
    top = layer(("usr/bin/start", 0o777, 0, "../../srv/run"), ("srv/run", 0o666, 0, b"#!/bin/sh\n"))
    found = report(top, Entrypoint=["/bin/start"])
    assert [each.subject for each in of(found, "writable-entrypoint")] == ["srv/run"]
    assert [each.subject for each in of(found, "unexecutable-entrypoint")] == ["srv/run"]


def test_a_file_that_a_layer_tells_of_behind_a_link_is_found(report):
    found = report(layer(("bin/server", 0o777, 0, elf())), Entrypoint=["server"])
    assert "missing-entrypoint" not in ids(found)
    (finding,) = of(found, "writable-entrypoint")
    assert finding.subject == "usr/bin/server"


def test_what_a_later_layer_says_of_rights_counts(report):
    below, above = ("app/a", 0o777, 0, elf()), ("app/a", 0o755, 0, elf())
    assert not of(report(layer(below), layer(above), Cmd=["/app/a"]), "writable-entrypoint")
    assert of(report(layer(above), layer(below), Cmd=["/app/a"]), "writable-entrypoint")


def test_an_entry_point_that_nobody_may_execute_is_told(report):
    found = report(layer(("app/server", 0o644, 0, elf())), Entrypoint=["/app/server"])
    assert [each.subject for each in of(found, "unexecutable-entrypoint")] == ["app/server"]


@pytest.mark.parametrize("user", ["app", "10001", "app:app", "10001:0"])
def test_an_entry_point_of_the_user_it_runs_as_is_told(report, user):
    top = layer(("app", 0o755, 10001, None), ("app/run", 0o755, 10001, elf()))
    found = report(top, Entrypoint=["/app/run"], User=user)
    told = of(found, "entrypoint-owned-by-its-user")
    assert {each.subject for each in told} == {"app", "app/run"}


def test_an_entry_point_of_root_is_not(report):
    top = layer(("app/run", 0o755, 0, elf()))
    assert not of(report(top, Entrypoint=["/app/run"], User="app"), "entrypoint-owned-by-its-user")


def test_who_started_counts_for_each_image_of_a_cached_layer(report):
    """A layer is kept for all images, whatever each of them starts."""
    top = layer(("app/a", 0o755, 0, elf()), ("app/b", 0o777, 0, elf()))
    assert not of(report(top, Cmd=["/app/a"], cache=True), "writable-entrypoint")
    assert of(report(top, Cmd=["/app/b"], cache=True), "writable-entrypoint")


def test_programs_of_another_processor_are_told(report):
    other = report(layer(*[(f"app/{each}", 0o755, 0, elf(183)) for each in "abc"]), Cmd=["/app/a"])
    (finding,) = of(other, "foreign-architecture")
    assert finding.subject == CONFIGURATION
    assert "3 of 4 programs are 'arm64'" in finding.evidence.says
    assert "foreign-architecture" not in ids(report(layer(("app/a", 0o755, 0, elf()))))


@pytest.mark.parametrize(
    ("start", "name"),
    [
        (elf(62), "amd64"),
        (elf(3, 1), "386"),
        (elf(183), "arm64"),
        (elf(40, 1), "arm"),
        (elf(21), "ppc64le"),
        (elf(21, order=2), "ppc64"),
        (elf(22, order=2), "s390x"),
        (elf(243), "riscv64"),
        (elf(8, 1), "mipsle"),
        (elf(kind=3), "amd64"),
        (elf(kind=1), ""),
        (elf(247), ""),
        (elf(62, 1), ""),
        (elf(order=3), ""),
        (elf()[:19], ""),
        (b"#!/bin/sh\n" * 4, ""),
    ],
)
def test_processors_are_called_as_go_calls_them(start, name):
    assert machine_of(start) == name


def test_owners_are_those_of_packages_also_behind_links_of_the_root(report):
    """A setuid program that a package brought is no find of ours."""
    lists = layer(
        ("var/lib/dpkg/status", 0o644, 0, status("tool@1").encode()),
        ("var/lib/dpkg/info/tool.list", 0o644, 0, b"/.\n/bin\n/bin/tool\n"),
        ("usr/bin/tool", 0o4755, 0, elf()),
        ("usr/bin/mine", 0o4755, 0, elf()),
    )
    found = report(lists)
    assert [each.subject for each in of(found, "packaged-setuid-program")] == ["usr/bin/tool"]
    unusual = [each for each in found.findings if each.subject == "usr/bin/mine"]
    assert unusual


def test_a_folder_that_a_file_or_link_replaces_is_gone(report):
    below = layer(("srv/app/.env", 0o644, 0, b"A=1\n"), ("srv/app/core.1", 0o644, 0, b"x" * 9000))
    assert of(report(below), "core-dump")
    assert not of(report(below, layer(("srv/app", 0o777, 0, "/tmp"))), "core-dump")


def test_an_image_without_a_configuration_is_a_gap(report, monkeypatch):
    """An archive may have none that can be read: nothing is known of how it runs."""
    assert not [gap for gap in report().gaps if gap.unit == "config"]
    whole = content.of_image

    def without(zygote, image, *more, **options):
        return whole(zygote, replace(image, config=NO_CONFIG), *more, **options)

    monkeypatch.setattr(engine, "of_image", without)
    found = report()
    (gap,) = [gap for gap in found.gaps if gap.unit == "config"]
    assert gap.why == content.UNTOLD
    assert not of(found, "runs-as-root")


def test_an_image_goes_to_the_worker_and_comes_back_the_same():
    image = holding("a/b", "c", size_bytes=7)
    job = packed(image, [Kind.MISCONFIGURATION], complete=True)
    assert not job.image.files
    assert unpacked(job) == image
    assert unpacked(packed(Image(), [], complete=True)) == Image()


def check(judge, id="latest-tag"):
    rule = Rule(
        id=id,
        title="t",
        kind=Kind.MISCONFIGURATION,
        severity=Severity.LOW,
        why="w",
        remediation="r",
        references=(),
    )
    return ImageCheck(rule=rule, bad=lambda: (), good=lambda: (), judge=judge)


def judged(judge_, *, complete=True, id="latest-tag", image=None):
    job = packed(image or sound(), [Kind.MISCONFIGURATION], complete=complete)
    return judge(job, {id: check(judge_, id)}, Reading({}))


def told(contents):
    return [fact for parsed in contents.parsed for fact in parsed.facts]


def test_a_check_that_fails_is_a_gap_that_names_it_and_keeps_what_it_said():
    def failing(_):
        yield Evidence(at="a", says="one")
        raise KeyError("x")

    contents = judged(failing)
    assert [each.says for each in told(contents)] == ["one"]
    (gap,) = contents.gaps
    assert gap.unit == "latest-tag"
    assert gap.subject == CONFIGURATION
    assert "KeyError" in gap.why


def test_a_check_that_takes_too_long_is_a_gap(monkeypatch):
    monkeypatch.setattr("hullmark.scan.reading.FILE_S", 0.01)

    def endless(_):
        while True:
            sum(range(100))
        yield

    (gap,) = judged(endless).gaps
    assert gap.unit == "latest-tag"
    assert "not read within" in gap.why


def test_what_one_check_tells_is_bounded_and_the_rest_counted():
    def talking(_):
        for number in range(judging.MAX_EACH + 5):
            yield Evidence(at=str(number), says="one")

    contents = judged(talking)
    assert len(told(contents)) == judging.MAX_EACH
    assert [gap.why for gap in contents.gaps] == [
        f"5 more than the {judging.MAX_EACH} that are told"
    ]


def test_the_count_of_what_is_not_told_is_bounded_too(monkeypatch):
    monkeypatch.setattr(judging, "MAX_COUNTED", 10)

    def talking(_):
        while True:
            yield Evidence(at="x", says="one")

    (gap,) = judged(talking).gaps
    assert gap.why.startswith("at least 10 more than")


def test_places_of_one_check_differ_from_each_other():
    def repeating(_):
        yield from (Evidence(at="Env A", says=str(number)) for number in range(3))

    assert [each.at for each in told(judged(repeating))] == ["Env A", "Env A (2)", "Env A (3)"]


def test_what_is_missing_from_layers_that_were_not_read_is_not_told():
    def missing(_):
        yield Evidence(at="Entrypoint", says="no such file")

    contents = judged(missing, complete=False, id="missing-entrypoint")
    assert not told(contents)
    assert contents.gaps[0].unit == "missing-entrypoint"
    assert told(judged(missing, id="missing-entrypoint"))


def test_history_and_configuration_have_one_subject(report):
    found = report(config={"history": [{"created_by": "RUN sudo make"}, {"created_by": "x"}]})
    configured = [
        each
        for each in found.findings
        if each.kind is Kind.MISCONFIGURATION and not each.evidence.path
    ]
    assert configured
    assert {each.subject for each in configured} == {CONFIGURATION}
    places = [(each.rule, each.subject, each.evidence.at) for each in found.findings]
    assert len(places) == len(set(places))
    assert built("RUN a").config.history
