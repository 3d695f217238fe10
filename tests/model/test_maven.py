"""Names and manifests that Java archives have, and what they tell."""

import pytest

from hullmark.model.maven import (
    Coordinates,
    from_manifest,
    from_properties,
    itself,
    licence_names,
    main_attributes,
    stated_licences,
)


@pytest.mark.parametrize(
    ("stem", "manifest", "expected"),
    [
        ("lib-1.2.3", {}, (":lib:1.2.3")),
        ("lib-core-1.2.3-SNAPSHOT", {}, ":lib-core:1.2.3-SNAPSHOT"),
        ("lib", {}, ":lib:"),
        ("org.example.bundle_1.2.3.v2020", {}, ":org.example.bundle:1.2.3.v2020"),
        ("lib_2.13-1.0", {}, ":lib_2.13:1.0"),
        ("api-1.2-bridge-2.17.1", {"implementation-version": "2.17.1"}, ":api-1.2-bridge:2.17.1"),
        ("lib-1.0-linux", {"bundle-version": "1.0"}, ":lib:1.0"),
        ("lib", {"implementation-version": "1.0 (r123)"}, ":lib:1.0"),
        ("lib", {"implementation-version": "unknown", "bundle-version": "2.0"}, ":lib:2.0"),
        ("lib", {"bundle-version": "2.0.1", "specification-version": "2"}, ":lib:2.0.1"),
        ("git", {"plugin-version": "4.1", "group-id": "org.jenkins"}, "org.jenkins:git:4.1"),
        ("lib-1.0", {"implementation-vendor-id": "org.example"}, "org.example:lib:1.0"),
        ("lib-1.0", {"implementation-vendor-id": "Example Inc."}, ":lib:1.0"),
        ("lib-1.0", {"bundle-symbolicname": "org.example.lib;x:=y"}, "org.example:lib:1.0"),
        ("lib-1.0", {"bundle-symbolicname": "org.example"}, ":lib:1.0"),
        ("spring-core-5.3.9", {}, "org.springframework:spring-core:5.3.9"),
        ("spring-boot-actuator-2.7.0", {}, "org.springframework.boot:spring-boot-actuator:2.7.0"),
        ("kafka_2.13-3.4.0", {}, "org.apache.kafka:kafka_2.13:3.4.0"),
        ("spring-of-others-1.0", {}, ":spring-of-others:1.0"),
        (
            "catalina",
            {"bundle-symbolicname": "org.apache.tomcat-catalina", "implementation-version": "9.0"},
            "org.apache.tomcat:tomcat-catalina:9.0",
        ),
    ],
)
def test_an_archive_without_record_is_named_by_file_and_manifest(stem, manifest, expected):
    found = from_manifest(stem, manifest)
    assert f"{found.group}:{found.artifact}:{found.version}" == expected


def test_properties_may_have_spaces_and_comments():
    data = b"#Created by Maven\r\ngroupId = g\r\nartifactId=a\r\nversion=1.0\r\n"
    assert from_properties(data) == Coordinates("g", "a", "1.0")
    assert from_properties(b"artifactId=a\nversion=${revision}\n") == Coordinates("", "a", "")
    assert from_properties(b"\0\xff") == Coordinates("", "", "")


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
def test_folded_lines_are_joined_and_later_sections_left_out(end):
    lines = (b"Manifest-Version: 1.0", b"Bundle-Vers", b" ion: 2.0", b"", b"Name: x", b"A: b", b"")
    assert main_attributes(end.join(lines)) == {"manifest-version": "1.0", "bundle-version": "2.0"}


def test_variables_are_no_values():
    assert main_attributes(b"A: %name\nB: ${version}\nC:\nD: d\n") == {"d": "d"}


def test_licences_are_found_by_name_or_url():
    project = (
        b"<licenses>\n<license><name> MIT\n License</name><url>u</url></license>"
        b"<license><url>https://example.org</url></license><license></license></licenses>"
        b"<license><name>no</name></license>"
    )
    assert list(licence_names(project)) == ["MIT License", "https://example.org"]
    assert list(licence_names(b"")) == []


@pytest.mark.parametrize(
    ("header", "names"),
    [
        ("https://a.example, https://b.example;link=x", ["https://a.example", "https://b.example"]),
        ('"Apache License, Version 2.0";link="x"', ["Apache License, Version 2.0"]),
        ("<<EXTERNAL>>", []),
        ("", []),
    ],
)
def test_licences_of_a_bundle_are_split(header, names):
    assert stated_licences({"bundle-license": header}) == names


def test_an_archive_is_the_library_that_has_its_name():
    one, two = Coordinates("g", "one", "1.0"), Coordinates("g", "two", "2.0")

    def found(stem, recorded):
        return itself(stem, from_manifest(stem, {}), recorded)

    assert found("two", [one, two]) == two
    assert found("two-2.0", [one, two]) == two
    assert found("two-2.0-linux-x86_64", [one, two]) == two
    assert found("app-2.0", [one, two]) is None
    assert found("app-2.0", [two]) == two
    assert found("app-1.0", [two]) is None
    assert found("app", [two]) == two
    assert found("app", []) is None


@pytest.mark.parametrize(
    ("main", "sections", "expected"),
    [
        ("A: b", ("Name: x\nImplementation-Version: 1.0", "Name: y\nSealed: true"), "1.0"),
        ("A: b", ("Name: x\nImplementation-Vers\n ion: 1.0",) * 2, "1.0"),
        (
            "A: b",
            ("Name: x\nImplementation-Version: 1", "Name: y\nImplementation-Version: 2"),
            None,
        ),
        ("Implementation-Version: 3", ("Name: x\nImplementation-Version: 1.0",), "3"),
        ("A: b", ("Name: x\nImplementation-Version: ${v}",), None),
    ],
)
def test_a_version_that_all_packages_agree_on_is_the_archives(main, sections, expected):
    manifest = "\n\n".join((main, *sections)).replace("\n", "\r\n").encode()
    assert main_attributes(manifest).get("implementation-version") == expected
