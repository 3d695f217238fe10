"""Joomla, by the manifest of its files."""

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.joomla_core import joomla_core


def purls(content):
    return [fact.purl for fact in joomla_core.parse(File(path="joomla.xml", content=content))]


def test_the_version_of_joomla_is_read():
    text = b"<extension version='3.6' type='file'>\n<version> 3.10.12 </version></extension>"
    assert purls(text) == ["pkg:composer/joomla/joomla-cms@3.10.12"]


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"<install/>", b"<extension/>", b"<extension><version/></extension>"],
)
def test_a_manifest_without_a_version_is_an_error(content):
    with pytest.raises(ParseError):
        purls(content)
