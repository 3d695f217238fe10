"""Extensions of browsers and editors."""

from io import BytesIO
from json import dumps
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from packageurl import PackageURL

from hullmark.model import File, ParseError
from hullmark.parsers.chrome_extension import chrome_extension
from hullmark.parsers.firefox_extensions import firefox_extensions
from hullmark.parsers.firefox_xpi import MAX_MANIFEST_BYTES, firefox_xpi
from hullmark.parsers.vscode_extension import vscode_extension
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.worker import claim

ID = "abcdefgh" * 4
CHROME = f"home/a/.config/chromium/Default/Extensions/{ID}/1.2.3_0/manifest.json"
VSCODE = "home/a/.vscode/extensions/example.weir-1.2.3/package.json"


def parsed(unit, manifest, path):
    content = manifest if isinstance(manifest, bytes) else dumps(manifest).encode()
    return list(unit.parse(File(path=path, content=content)))


def test_an_extension_of_chrome_is_named_by_its_id():
    (found,) = parsed(chrome_extension, {"version": "1.2.3", "name": "__MSG_x__"}, CHROME)
    assert found.purl == f"pkg:chrome-extension/{ID}@1.2.3"
    assert not found.declared
    other = CHROME.replace(ID, "weir")
    assert parsed(chrome_extension, {"version": "1.2.3"}, other) == []


@pytest.mark.parametrize("manifest", [b"", b"[]", b"{}", b'{"version": 1}'])
def test_a_manifest_without_a_version_is_an_error(manifest):
    with pytest.raises(ParseError):
        parsed(chrome_extension, manifest, CHROME)


def test_addons_of_firefox_are_those_that_it_did_not_bring():
    addons = [
        {"id": "weir@example.org", "version": "1.2", "location": "app-profile", "extra": []},
        {"id": "{5ca1ab1e-0000-4000-8000-000000000000}", "version": "2", "location": "app-global"},
        {"id": "nothing@example.org", "version": None},
        {"id": "builtin@mozilla.org", "version": "1", "location": "app-builtin"},
        {"id": "default@mozilla.org", "version": "1", "location": "app-system-defaults"},
    ]
    found = parsed(firefox_extensions, {"schemaVersion": 37, "addons": addons}, "extensions.json")
    assert [addon.purl for addon in found] == [
        "pkg:firefox-extension/weir%40example.org@1.2",
        "pkg:firefox-extension/%7B5ca1ab1e-0000-4000-8000-000000000000%7D@2",
        "pkg:firefox-extension/nothing%40example.org",
    ]
    for addon in found:
        assert PackageURL.from_string(addon.purl).name == addon.name


def test_lists_of_extensions_of_other_programs_yield_nothing():
    assert parsed(firefox_extensions, [{"identifier": {"id": "a.b"}}], "extensions.json") == []


def test_a_damaged_profile_is_an_error():
    with pytest.raises(ParseError):
        parsed(firefox_extensions, b'{"addons": [{}]}', "extensions.json")


def packed(**files):
    archive = BytesIO()
    with ZipFile(archive, "w", ZIP_DEFLATED) as made:
        made.writestr("sub/manifest.json", "{}")
        for name, text in files.items():
            made.writestr(f"{name}.json", text)
    return archive.getvalue()


@pytest.mark.parametrize(
    ("place", "name"),
    [
        ({"browser_specific_settings": {"gecko": {"id": "a@example.org"}}}, "a%40example.org"),
        ({"applications": {"gecko": {"id": "b@example.org"}}}, "b%40example.org"),
        ({"applications": {"gecko": {"id": 1}}}, "c%40example.org"),
        ({}, "c%40example.org"),
    ],
)
def test_a_packed_addon_is_named_by_its_manifest_or_else_its_file(place, name):
    content = packed(manifest=dumps({"version": "1.2", "license": "MIT", **place}))
    (found,) = parsed(firefox_xpi, content, "usr/lib/x/c@example.org.xpi")
    assert (found.purl, found.licences) == (f"pkg:firefox-extension/{name}@1.2", ("MIT",))


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"text", "zip"),
        (packed(), "without a manifest"),
        (packed(manifest="{}"), "JSON"),
        (packed(manifest=" " * (MAX_MANIFEST_BYTES + 1)), "more than"),
    ],
)
def test_a_damaged_addon_is_an_error(content, why):
    with pytest.raises(ParseError, match=why):
        parsed(firefox_xpi, content, "a.xpi")


MANIFEST = {"name": "Weir", "publisher": "Example", "version": "1.2.3", "engines": {"vscode": "*"}}


@pytest.mark.parametrize(
    ("added", "purl"),
    [
        ({}, "pkg:vscode-extension/example/weir@1.2.3"),
        ({"targetPlatform": "undefined"}, "pkg:vscode-extension/example/weir@1.2.3"),
        (
            {"targetPlatform": "linux-arm64"},
            "pkg:vscode-extension/example/weir@1.2.3?platform=linux-arm64",
        ),
    ],
)
def test_an_extension_of_an_editor_has_a_publisher_and_perhaps_a_platform(added, purl):
    manifest = {**MANIFEST, "__metadata": added, "license": "MIT"}
    (found,) = parsed(vscode_extension, manifest, VSCODE)
    assert (found.purl, found.licences) == (purl, ("MIT",))
    assert PackageURL.from_string(purl).to_string() == purl


@pytest.mark.parametrize(
    "lacking",
    [{"engines": {"node": "*"}}, {"engines": "vscode"}, {"publisher": None}, {"version": 1}],
)
def test_other_packages_in_a_folder_of_that_name_yield_nothing(lacking):
    assert parsed(vscode_extension, {**MANIFEST, **lacking}, VSCODE) == []
    assert parsed(vscode_extension, b'{"name": "a"}', VSCODE) == []


def test_editors_and_browsers_keep_extensions_in_these_places():
    dispatch = Dispatch(map(claim, (chrome_extension, vscode_extension)))
    editors = (".vscode-server", ".cursor", ".local/share/code-server")
    for folder in editors:
        path = f"root/{folder}/extensions/a.b-1.0.0/package.json"
        assert dispatch.units(path) == ["vscode-extension"]
    assert dispatch.units("root/.vscode/extensions/a.b-1.0.0/node_modules/c/package.json") == []
    assert dispatch.units(f"opt/x/Extensions/{ID}/1_0/manifest.json") == ["chrome-extension"]
    assert dispatch.units(f"opt/x/Extensions/{ID}/1_0/web/manifest.json") == []
