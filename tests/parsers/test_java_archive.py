"""Archives that the JDK's tools build, and archives made to mislead."""

from io import BytesIO
from shutil import which
from subprocess import run
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers import java_archive as unit
from hullmark.parsers.java_archive import java_archive

needs_jdk = pytest.mark.skipif(
    which("jar") is None or which("javac") is None, reason="needs a JDK (jar and javac)"
)


def record(group, artifact, version):
    """The two files that Maven packs."""
    folder = f"META-INF/maven/{group}/{artifact}"
    values = f"artifactId={artifact}\ngroupId={group}\nversion={version}\n"
    project = "<project><licenses><license><name>MIT</name></license></licenses></project>"
    return {f"{folder}/pom.properties": values, f"{folder}/pom.xml": project}


def archive(files, method=ZIP_DEFLATED):
    target = BytesIO()
    with ZipFile(target, "w", method) as opened:
        for name, data in files.items():
            opened.writestr(name, data)
    return target.getvalue()


def parse(content, path="app.jar"):
    found = []
    try:
        found.extend(java_archive.parse(File(path=path, content=content)))
    except ParseError as error:
        return found, str(error)
    return found, ""


def purls(content, path="app.jar"):
    found, problem = parse(content, path)
    assert problem == ""
    return [fact.purl for fact in found]


@pytest.fixture
def jar(tmp_path):
    """Pack a class and these files with the JDK's own tools."""
    (tmp_path / "A.java").write_text("class A {}\n")
    run(["javac", "A.java"], cwd=tmp_path, check=True)

    def jar(name, files, *options, manifest=""):
        folder = tmp_path / f"{name}.d"
        for path, data in files.items():
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data if isinstance(data, bytes) else data.encode())
        folder.mkdir(exist_ok=True)
        (folder / "A.class").write_bytes((tmp_path / "A.class").read_bytes())
        (tmp_path / "manifest").write_text(manifest)
        flags = "cfm" + "".join(options)
        run(["jar", flags, name, "manifest", "-C", folder, "."], cwd=tmp_path, check=True)
        return (tmp_path / name).read_bytes()

    return jar


@needs_jdk
def test_a_jar_is_named_by_its_file_and_manifest(jar):
    manifest = "Implementation-Vendor-Id: org.example\nBundle-License: Apache-2.0\n"
    content = jar("tool-1.2.3.jar", {}, manifest=manifest)
    (package,), problem = parse(content, "opt/tool-1.2.3.jar")
    assert problem == ""
    assert (package.purl, package.path) == (
        "pkg:maven/org.example/tool@1.2.3",
        "opt/tool-1.2.3.jar",
    )
    assert package.licences == ("Apache-2.0",)


@needs_jdk
def test_a_shaded_jar_yields_itself_and_what_was_shaded_in(jar):
    files = {**record("org.example", "tool", "1.0"), **record("com.other", "shaded", "2.0")}
    (own, other), problem = parse(jar("tool-1.0.jar", files), "tool-1.0.jar")
    assert problem == ""
    assert own.purl == "pkg:maven/org.example/tool@1.0"
    assert other.purl == "pkg:maven/com.other/shaded@2.0"
    assert own.licences == other.licences == ("MIT",)


@needs_jdk
@pytest.mark.parametrize("options", ["", "0"])
def test_archives_nested_in_archives_are_read(jar, options):
    lib = jar("lib-2.0.jar", record("org.example", "lib", "2.0"))
    war = jar("web.war", {"WEB-INF/lib/lib-2.0.jar": lib}, options)
    ear = jar("all-3.0.ear", {"web.war": war, "lib/other-4.0.jar": jar("o.jar", {})}, options)
    found, problem = parse(ear, "srv/all-3.0.ear")
    assert problem == ""
    assert {(fact.purl, fact.path) for fact in found} == {
        ("pkg:maven/all@3.0", "srv/all-3.0.ear"),
        ("pkg:maven/web", "srv/all-3.0.ear!/web.war"),
        ("pkg:maven/org.example/lib@2.0", "srv/all-3.0.ear!/web.war!/WEB-INF/lib/lib-2.0.jar"),
        ("pkg:maven/other@4.0", "srv/all-3.0.ear!/lib/other-4.0.jar"),
    }


@needs_jdk
def test_an_executable_jar_behind_a_script_is_read(jar):
    script = b'#!/bin/sh\nexec java -jar "$0"\n'
    assert purls(script + jar("run-1.0.jar", {}), "run-1.0.jar") == ["pkg:maven/run@1.0"]


@needs_jdk
def test_records_inside_an_applications_classes_are_found(jar):
    files = {f"BOOT-INF/classes/{n}": d for n, d in record("org.example", "x", "1").items()}
    assert "pkg:maven/org.example/x@1" in purls(jar("app-9.jar", files), "app-9.jar")


def test_an_archive_that_tells_nothing_is_named_and_told_of():
    found, problem = parse(archive({"a/B.class": b""}), "opt/thing.jar")
    assert [package.purl for package in found] == ["pkg:maven/thing"]
    assert problem == "opt/thing.jar: has classes, and nothing tells of which version"
    unfilled = record("g", "thing", "${revision}")
    found, problem = parse(archive({"B.class": b"", **unfilled}), "opt/thing.jar")
    assert [package.purl for package in found] == ["pkg:maven/g/thing"]
    assert "nothing tells of which version" in problem


def test_what_tells_nothing_and_holds_no_library_is_only_named():
    for files in ({"a.txt": b""}, {"B.class": b"", "lib/x-1.0.jar": archive({})}):
        assert "pkg:maven/thing" in purls(archive(files), "opt/thing.jar")


def test_a_renamed_archive_is_named_by_its_record_and_manifest():
    files = {"B.class": b"", **record("org.example", "real", "1.0")}
    assert purls(archive(files), "opt/renamed2.jar") == ["pkg:maven/org.example/real@1.0"]
    manifest = "Implementation-Vendor-Id: org.example\nImplementation-Version: 2.0\n"
    files = {"B.class": b"", "META-INF/MANIFEST.MF": manifest}
    assert purls(archive(files), "opt/renamed.jar") == ["pkg:maven/org.example/renamed@2.0"]


def test_a_plugin_of_jenkins_is_named_by_its_manifest():
    stated = "Group-Id: org.jenkins-ci.plugins\nShort-Name: git\nPlugin-Version: 5.2.2 (private)\n"
    content = archive({"META-INF/MANIFEST.MF": f"{stated}Plugin-License-Name: MIT License\n"})
    for path in ("plugins/git.jpi", "plugins/git-latest.hpi", "plugins/renamed.hpi"):
        (plugin,), problem = parse(content, path)
        assert problem == ""
        assert plugin.purl == "pkg:maven/org.jenkins-ci.plugins/git@5.2.2"
        assert plugin.licences == ("MIT",)


def test_an_unnamed_archive_of_recorded_libraries_is_not_yielded_itself():
    files = {**record("g", "one", "1"), **record("g", "two", "2")}
    assert purls(archive(files)) == ["pkg:maven/g/one@1", "pkg:maven/g/two@2"]


MIT = b"""Permission is hereby granted, free of charge, to any person obtaining a copy of this
software. The above copyright notice and this permission notice shall be included."""


@pytest.mark.parametrize("name", ["META-INF/LICENSE", "META-INF/LICENSE.txt", "license.md"])
def test_a_licence_text_counts_where_nothing_names_a_licence(name):
    (package,) = parse(archive({name: MIT, "META-INF/MANIFEST.MF": b""}), "a-1.0.jar")[0]
    assert package.licences == ("MIT",)
    stated = b"Bundle-License: Apache-2.0\n"
    (package,) = parse(archive({name: MIT, "META-INF/MANIFEST.MF": stated}), "a-1.0.jar")[0]
    assert package.licences == ("Apache-2.0",)


def test_the_licence_text_of_an_archive_is_not_that_of_what_was_shaded_in():
    files = {
        "META-INF/LICENSE": MIT,
        "META-INF/MANIFEST.MF": b"Implementation-Version: 1\n",
        "META-INF/maven/g/other/pom.properties": "groupId=g\nartifactId=other\nversion=2\n",
    }
    found, _ = parse(archive(files), "a-1.jar")
    assert {each.name: each.licences for each in found} == {"a": ("MIT",), "other": ()}


def test_the_same_library_recorded_twice_is_yielded_once():
    files = record("g", "one", "1")
    twice = {**files, **{f"classes/{name}": data for name, data in files.items()}}
    assert purls(archive(twice)) == ["pkg:maven/g/one@1"]


def test_a_file_that_is_no_archive_is_an_error():
    for content in (b"", b"version https://git-lfs.example\n", b"\0" * 100):
        assert parse(content) == ([], "app.jar: not a zip archive")


def test_what_cannot_be_read_is_named_after_all_else_was_yielded():
    files = {
        "lib/broken.jar": b"no archive",
        "lib/worse.jar": b"",
        "lib/good-1.0.jar": archive(record("g", "good", "1.0")),
    }
    found, problem = parse(archive(files), "app-2.jar")
    assert [fact.purl for fact in found] == ["pkg:maven/app@2", "pkg:maven/g/good@1.0"]
    assert problem == "app-2.jar!/lib/broken.jar: not a zip archive (and 1 more problems)"


def test_an_encrypted_record_is_an_error():
    content = bytearray(archive({"a.txt": b"", **record("g", "good", "1.0")}))
    at = content.index(b"PK\x01\x02", content.index(b"PK\x01\x02") + 1)
    content[at + 8] |= 1
    found, problem = parse(bytes(content), "good-1.0.jar")
    assert "is encrypted" in problem
    assert [fact.purl for fact in found] == ["pkg:maven/good@1.0"]


def test_nesting_ends_at_a_depth():
    content = archive({})
    for _ in range(unit.MAX_DEPTH + 2):
        content = archive({"x.jar": content})
    found, problem = parse(content)
    assert len(found) == unit.MAX_DEPTH + 1
    assert f"nested more than {unit.MAX_DEPTH} deep" in problem


def overlapping(name, data, count):
    """One stored file that ``count`` entries of the directory share."""
    content = archive({name: data}, ZIP_DEFLATED)
    at, end = content.index(b"PK\x01\x02"), content.index(b"PK\x05\x06")
    directory = content[at:end] * count
    sizes = len(directory).to_bytes(4, "little") + at.to_bytes(4, "little")
    counted = (count % 65_535).to_bytes(2, "little") * 2
    return content[:at] + directory + content[end : end + 8] + counted + sizes + b"\0\0"


def test_bombs_of_overlapping_archives_end_at_a_limit(monkeypatch):
    monkeypatch.setattr(unit, "MAX_UNPACKED_BYTES", 10_000_000)
    monkeypatch.setattr(unit, "MAX_ARCHIVES", 100)
    found, problem = parse(overlapping("x.jar", bytes(1_000_000) + archive({}), 90))
    assert len(found) == 10
    assert "10000000 bytes would be unpacked" in problem
    found, problem = parse(overlapping("x.jar", archive({}), 200))
    assert len(found) == 101
    assert "more than 100 archives are nested" in problem


def test_bombs_of_texts_end_at_a_limit(monkeypatch):
    monkeypatch.setattr(unit, "MAX_TEXTS", 50)
    bomb = overlapping("META-INF/maven/g/a/pom.xml", b"<licenses>" * 100_000, 60)
    _, problem = parse(bomb)
    assert "more than 50 entries tell of libraries (and 9 more problems)" in problem


def test_a_compressed_archive_larger_than_memory_allows_is_an_error(monkeypatch):
    monkeypatch.setattr(unit, "MAX_HELD_BYTES", 1000)
    _, problem = parse(archive({"x.jar": bytes(1001)}))
    assert "more than the 1000 bytes" in problem


class Stream:
    """Random access that never gives much at once."""

    def __init__(self, data):
        self.data = data
        self.size = len(data)
        self.most = 0

    def read(self, offset, size):
        self.most = max(self.most, size)
        return self.data[offset : offset + size]


def test_a_large_archive_is_read_in_small_pieces():
    inner = archive({**record("g", "lib", "1.0"), "big.bin": bytes(9_000_000)}, ZIP_STORED)
    stream = Stream(archive({"lib/lib-1.0.jar": inner}, ZIP_STORED))
    assert "pkg:maven/g/lib@1.0" in purls(stream)
    assert stream.most < 70_000
