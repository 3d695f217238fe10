"""Installed Node.js packages."""

from json import dumps

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.npm_package_json import MAX_MANIFEST_BYTES, MAX_NAME_CHARS, npm_package_json

ROOT = "srv/node_modules/demo/package.json"


def parsed(manifest, path=ROOT):
    content = manifest if isinstance(manifest, bytes) else dumps(manifest).encode()
    return list(npm_package_json.parse(File(path=path, content=content)))


def test_a_manifest_with_name_and_version_is_an_installed_package():
    (package,) = parsed({"name": "demo", "version": "1.0.0"})
    assert package.purl == "pkg:npm/demo@1.0.0"
    assert package.path == ROOT
    assert not package.declared


def test_a_scope_is_the_namespace():
    (package,) = parsed({"name": "@oak/tree", "version": "2.1.0-rc.1+b"})
    assert (package.namespace, package.name) == ("@oak", "tree")
    assert package.purl == "pkg:npm/%40oak/tree@2.1.0-rc.1%2Bb"


@pytest.mark.parametrize("path", ["srv/package.json", "package.json", ROOT])
def test_an_application_is_a_package_too(path):
    manifest = {"name": "app", "version": "1.0.0", "private": True}
    assert len(parsed(manifest, path)) == 1


@pytest.mark.parametrize(
    ("fields", "licences"),
    [
        ({}, ()),
        ({"license": "MIT"}, ("MIT",)),
        ({"license": "(MIT OR Apache-2.0)"}, ("MIT OR Apache-2.0",)),
        ({"license": {"type": "MIT", "url": "https://example.org"}}, ("MIT",)),
        ({"license": ["MIT", {"type": "ISC"}]}, ("MIT", "ISC")),
        ({"licenses": [{"type": "MIT"}, {"type": "ISC"}, {"type": "MIT"}]}, ("MIT", "ISC")),
        ({"licenses": "MIT"}, ("MIT",)),
        ({"license": "MIT", "licenses": {"type": "MIT"}}, ("MIT",)),
        ({"license": ""}, ()),
        ({"license": 7, "licenses": [None, ["MIT"], {"type": ["MIT"]}, {}]}, ()),
    ],
)
def test_licences_are_read_in_every_form_that_ever_was(fields, licences):
    (package,) = parsed({"name": "demo", "version": "1.0.0", **fields})
    assert package.licences == licences


@pytest.mark.parametrize(
    "manifest",
    [
        {"type": "module"},
        {"name": "demo"},
        {"version": "1.0.0"},
        {"name": "demo", "version": ""},
        {"name": "demo", "version": " "},
        {"name": "", "version": "1.0.0"},
        {"name": "{{name}}", "version": "1.0.0"},
        {"name": "a/b/c", "version": "1.0.0"},
        {"name": "demo\n", "version": "1.0.0"},
        {"name": "a" * (MAX_NAME_CHARS + 1), "version": "1.0.0"},
        {"name": ["demo"], "version": "1.0.0"},
        {"name": "demo", "version": 1},
        {"name": None, "version": {}},
    ],
)
def test_what_npm_would_not_install_is_no_package(manifest):
    assert parsed(manifest) == []


@pytest.mark.parametrize("content", [b"", b"\0", b"{", b"[]", b"null", b'{"name": "\xff"}'])
@pytest.mark.parametrize(
    "path",
    [
        "package.json",
        "srv/package.json",
        "node_modules/demo/package.json",
        "srv/node_modules/@oak/tree/package.json",
        "srv/node_modules/a/node_modules/b/package.json",
    ],
)
def test_a_package_whose_manifest_cannot_be_read_is_an_error(path, content):
    with pytest.raises(ParseError):
        parsed(content, path)


@pytest.mark.parametrize(
    "path",
    ["node_modules/demo/test/package.json", "srv/node_modules/@oak/tree/test/a/package.json"],
)
def test_a_broken_manifest_inside_a_package_is_nobodys(path):
    assert parsed(b"{", path) == []
    assert len(parsed({"name": "vendored", "version": "1.0.0"}, path)) == 1


def test_a_huge_manifest_is_refused():
    with pytest.raises(ParseError, match="more than"):
        parsed(b"{}" + b" " * MAX_MANIFEST_BYTES)
