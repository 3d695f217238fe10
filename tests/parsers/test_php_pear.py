"""The registry of PEAR and PECL, and the serialisation that it is written in."""

from pathlib import Path
from shutil import which
from subprocess import run

import pytest

from hullmark.model import File, ParseError
from hullmark.model.php_serialised import (
    MAX_DEPTH,
    MAX_SERIALISED_BYTES,
    MAX_VALUES,
    SerialisedError,
    unserialised,
)
from hullmark.parsers.pear_registry import pear_registry

PACKAGE = """\
<?xml version="1.0"?>
<package version="2.0" xmlns="http://pear.php.net/dtd/package-2.0">
 <name>Tool</name><channel>{channel}</channel><summary>s</summary><description>d</description>
 <lead><name>A</name><user>a</user><email>a@example.org</email><active>yes</active></lead>
 <date>2026-01-01</date><version><release>1.2.3</release><api>1.0.0</api></version>
 <stability><release>stable</release><api>stable</api></stability>
 <license uri="http://example.org/licence">MIT</license><notes>n</notes>
 <contents><dir name="/"><file name="Tool.php" role="php"/></dir></contents>
 <dependencies><required><php><min>5.4</min></php>
  <pearinstaller><min>1.4</min></pearinstaller></required></dependencies>
 <phprelease/>
</package>
"""


def parse(content):
    return list(pear_registry.parse(File(path="x", content=content)))


@pytest.mark.skipif(which("pear") is None, reason="needs pear")
@pytest.mark.parametrize("channel", ["pear.php.net", "pecl.php.net"])
def test_a_package_installed_by_pear_is_found(tmp_path, channel):
    (tmp_path / "package.xml").write_text(PACKAGE.replace("{channel}", channel))
    (tmp_path / "Tool.php").write_text("<?php\n")
    pear = ["pear", "-c", str(tmp_path / "pearrc")]
    commands = (
        [*pear[:1], "config-create", str(tmp_path), str(tmp_path / "pearrc")],
        [*pear, "package", "package.xml"],
        [*pear, "install", "--offline", "--nodeps", "Tool-1.2.3.tgz"],
    )
    for command in commands:
        run(command, cwd=tmp_path, check=True, capture_output=True)
    (written,) = tmp_path.glob("**/.registry/**/tool.reg")
    (package,) = parse(written.read_bytes())
    assert package.purl == f"pkg:pear/{channel}/Tool@1.2.3"
    assert package.licences == ("MIT",)


@pytest.mark.skipif(which("pear") is None, reason="needs pear")
def test_every_package_that_came_with_pear_is_found():
    place = run(["pear", "config-get", "php_dir"], check=True, capture_output=True, text=True)
    paths = list(Path(place.stdout.strip(), ".registry").glob("*.reg"))
    assert paths
    for path in paths:
        (package,) = parse(path.read_bytes())
        assert package.name.lower() == path.stem
        assert package.version
        assert package.licences


def test_a_package_of_the_first_form_has_no_channel():
    old = b's:7:"package";s:3:"Old";s:7:"version";s:3:"1.1";s:15:"release_license";s:3:"PHP";'
    (package,) = parse(b"a:3:{%b}" % old)
    assert package.purl == "pkg:pear/pear.php.net/Old@1.1"
    assert package.licences


@pytest.mark.parametrize(
    "content", [b"", b"N;", b"a:0:{}", b'a:1:{s:4:"name";s:1:"a";}', b'a:1:{s:4:"name";i:1;}']
)
def test_an_entry_without_a_package_is_an_error(content):
    with pytest.raises(ParseError):
        parse(content)


@pytest.mark.skipif(which("php") is None, reason="needs php")
def test_what_php_serialises_is_read_back():
    value = '["a" => [1, -2, 3.5, true, false, null], 7 => "h\\u{e9}\\";", "" => []]'
    written = run(["php", "-r", f"echo serialize({value});"], check=True, capture_output=True)
    inner = dict(enumerate([1, -2, 3.5, True, False, None]))
    assert unserialised(written.stdout) == {"a": inner, 7: 'hé";', "": {}}


@pytest.mark.parametrize(
    "content",
    [
        b'O:1:"A":0:{}',
        b"a:1:{i:0;R:1;}",
        b"a:1:{a:0:{}i:1;}",
        b"a:2:{i:0;i:1;}",
        b"a:-1:{",
        b's:-1:"";',
        b's:9:"short";',
        b"i:1_0;",
        b"i:--1;",
        b"i:%b;" % (b"9" * 50),
        b"d:x;",
        b"a:9999999999:{i:0;i:0;",
        b"a:1:{i:0;" * (MAX_DEPTH + 2),
        b"a:600000:{%b}" % (b"i:0;N;" * (MAX_VALUES + 1)),
        bytes(MAX_SERIALISED_BYTES + 1),
    ],
)
def test_what_breaks_the_grammar_or_its_bounds_is_refused(content):
    with pytest.raises(SerialisedError):
        unserialised(content)
