"""Parsers run one after the other, and whatever goes wrong is a gap."""

import hullmark.parsers
from hullmark.model import File
from hullmark.scan.reading import Reading
from hullmark.unit import Parser, discover


def test_a_package_without_a_name_is_a_gap_and_the_others_stay():
    parsers = discover(hullmark.parsers, Parser)
    reading = Reading(parsers)
    content = b'{"packages": [{"name": "a/", "version": "1"}, {"name": "a/b", "version": "2"}]}'
    reading.read(File(path="composer.lock", content=content), ["composer-lock"], 1)
    (found,) = reading.parsed()
    assert [fact.purl for fact in found.facts] == ["pkg:composer/a/b@2"]
    assert [gap.unit for gap in reading.gaps] == ["composer-lock"]
