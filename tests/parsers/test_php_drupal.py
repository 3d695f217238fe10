"""Drupal and what projects add to it."""

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.drupal_core import drupal_core
from hullmark.parsers.drupal_project import MAX_INFO_BYTES, drupal_project


def purls(unit, content, path):
    return [fact.purl for fact in unit.parse(File(path=path, content=content))]


@pytest.mark.parametrize(
    ("path", "content", "version"),
    [
        ("core/lib/Drupal.php", b"<?php\n  const VERSION = '10.3.1';\n", "10.3.1"),
        ("core/lib/Drupal.php", b"  const VERSION = '8.0.0-rc1';\r\n", "8.0.0-rc1"),
        ("includes/bootstrap.inc", b"<?php\ndefine('VERSION', '7.98');\n", "7.98"),
        ("modules/system/system.module", b"define('VERSION', '6.38');\n", "6.38"),
    ],
)
def test_every_age_of_drupal_is_found(path, content, version):
    assert purls(drupal_core, content, path) == [f"pkg:composer/drupal/core@{version}"]


def test_a_file_without_the_constant_tells_nothing():
    assert purls(drupal_core, b"<?php\n// const VERSION = '1';\n", "includes/bootstrap.inc") == []


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("8.x-1.13", "1.13.0"),
        ("7.x-3.0-rc2", "3.0.0-rc2"),
        ("2.0.3", "2.0.3"),
        ("10.x-dev", "10.x-dev"),
    ],
)
def test_versions_are_spelled_as_composer_has_them(version, expected):
    new = f"version: '{version}'\nproject: 'views'\n".encode()
    old = f'name = Views\nversion = "{version}"\r\nproject = "views"\r\n'.encode()
    for content, name in ((new, "views.info.yml"), (old, "views.info")):
        found = purls(drupal_project, content, f"sites/all/modules/views/{name}")
        assert found == [f"pkg:composer/drupal/views@{expected}"]


def test_a_project_may_lie_in_a_folder_or_a_file_of_another_name():
    content = b"version: '1.2.3'\nproject: 'shop'\n"
    one = ["pkg:composer/drupal/shop@1.2.3"]
    assert purls(drupal_project, content, "modules/shop/shop_base.info.yml") == one
    assert purls(drupal_project, content, "modules/renamed/shop.info.yml") == one
    assert purls(drupal_project, content, "modules/shop/modules/cart/cart.info.yml") == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0\xff",
        b"name: Own\ntype: module\nversion: 1.0\n",
        b"project: own\nversion: VERSION of the core\n",
        b"project: 'drupal'\nversion: '10.3.1'\n",
    ],
)
def test_what_no_packager_touched_and_what_is_of_the_core_tell_nothing(content):
    assert purls(drupal_project, content, "modules/drupal/drupal.info.yml") == []


def test_a_description_too_long_is_an_error():
    with pytest.raises(ParseError, match="more than"):
        purls(drupal_project, bytes(MAX_INFO_BYTES + 1), "modules/a/a.info")
