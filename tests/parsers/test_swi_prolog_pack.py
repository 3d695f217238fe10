"""Packs of SWI-Prolog."""

import pytest

from hullmark.model import File, ParseError
from hullmark.parsers.swi_prolog_pack import swi_prolog_pack


def purls(content):
    return [fact.purl for fact in swi_prolog_pack.parse(File(path="pack.pl", content=content))]


@pytest.mark.parametrize(
    "content",
    [
        b"name(tool).\nversion('1.2.3').\ntitle('name(other).').\n",
        b"% name(other).\r\nversion( '1.2.3' ).\r\nname('tool').\r\nrequires(prolog >= '9').\r\n",
        b"name(tool).\nversion(\"1.2.3\").\nauthor( 'A', 'a@example.org' ).\n",
    ],
)
def test_a_pack_is_found(content):
    assert purls(content) == ["pkg:swiplpack/tool@1.2.3"]


@pytest.mark.parametrize("content", [b"", b"\0", b"#!/usr/bin/perl\n", b"name(tool).\n"])
def test_a_file_without_name_and_version_is_an_error(content):
    with pytest.raises(ParseError):
        purls(content)
