"""WordPress, its plugins and its themes."""

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.wordpress_core import wordpress_core
from hullmark.parsers.wordpress_plugin import wordpress_plugin
from hullmark.parsers.wordpress_theme import wordpress_theme

CONTENT = "srv/wp-content"


def parse(unit, content, path="x/y/style.css"):
    return list(unit.parse(File(path=path, content=content)))


@pytest.mark.parametrize(
    ("line", "version"),
    [
        (b"$wp_version = '6.1.9';", "6.1.9"),
        (b'$wp_version="2.0";', "2.0"),
        (b"\t$wp_version = '6.7-RC1-59123';\r", "6.7-RC1-59123"),
    ],
)
def test_the_version_of_wordpress_is_read(line, version):
    text = b"<?php\n/**\n * @global string $wp_version\n */\n" + line + b"\n$wp_db_version = 1;\n"
    (package,) = parse(wordpress_core, text)
    assert package.purl == f"pkg:generic/wordpress@{version}"


@pytest.mark.parametrize("content", [b"", b"\0", b"<?php\n$version = '1';\n", b"$wp_version = V;"])
def test_a_version_file_of_something_else_is_an_error(content):
    with pytest.raises(ParseError):
        parse(wordpress_core, content)


@pytest.mark.parametrize(
    "content",
    [
        b"<?php\n/*\nPlugin Name: A: b\nVersion: 5.0.2\nLicense: MIT\n*/\n",
        b"<?php\r\n/**\r\n * Plugin Name: A\r\n * Version: 5.0.2\r\n * License: MIT\r\n */\r\n",
        b"<?php\n# PLUGIN NAME: A\n# version: 5.0.2\n// License: MIT ?>\n// Version: 6\n",
        b"<?php // Plugin Name: A\n//\tVersion:5.0.2 */\n//@License: MIT\n",
    ],
)
def test_a_plugin_is_named_by_its_folder(content):
    (package,) = parse(wordpress_plugin, content, f"{CONTENT}/plugins/tool/main.php")
    assert package.purl == "pkg:wordpress-plugin/tool@5.0.2"
    assert package.licences == ("MIT",)


@pytest.mark.parametrize("folder", ["plugins", "mu-plugins"])
def test_a_plugin_of_one_file_is_named_by_it(folder):
    text = b"<?php\n/*\nPlugin Name: Hello\n*/\n"
    (package,) = parse(wordpress_plugin, text, f"{CONTENT}/{folder}/hello.php")
    assert package.purl == "pkg:wordpress-plugin/hello"
    assert package.licences == ()


@pytest.mark.parametrize("content", [b"", b"\0\xff", b"<?php\n// Version: 1\n", b"Plugin Name:\n"])
def test_other_files_of_a_plugin_tell_nothing(content):
    assert parse(wordpress_plugin, content, f"{CONTENT}/plugins/tool/part.php") == []


def test_a_comment_after_what_wordpress_looks_at_tells_nothing():
    text = b"<?php\n" + b" " * 8192 + b"\n// Plugin Name: A\n"
    assert parse(wordpress_plugin, text, f"{CONTENT}/plugins/tool/part.php") == []


def test_a_theme_is_named_by_its_folder():
    text = (
        b"/*\nTheme Name: Plain\nVersion: 1.4\nLicense: GNU General Public License v2 or later\n*/"
    )
    (package,) = parse(wordpress_theme, text, f"{CONTENT}/themes/plain/style.css")
    assert package.purl == "pkg:wordpress-theme/plain@1.4"
    assert package.licences == ("GPL-2.0-or-later",)
    assert parse(wordpress_theme, b"body { margin: 0 }\n") == []
