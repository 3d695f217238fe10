"""Parsers run one after the other, and whatever goes wrong is a gap."""

import signal

import hullmark.parsers
from hullmark.model import File
from hullmark.parsers.cargo_lock import cargo_lock
from hullmark.scan.reading import Reading, Slow
from hullmark.unit import Parser, discover


def test_a_package_without_a_name_is_a_gap_and_the_others_stay():
    parsers = discover(hullmark.parsers, Parser)
    reading = Reading(parsers)
    content = b'{"packages": [{"name": "a/", "version": "1"}, {"name": "a/b", "version": "2"}]}'
    reading.read(File(path="composer.lock", content=content), ["composer-lock"], 1)
    (found,) = reading.parsed()
    assert [fact.purl for fact in found.facts] == ["pkg:composer/a/b@2"]
    assert [gap.unit for gap in reading.gaps] == ["composer-lock"]


def test_a_long_name_that_very_many_packages_require_is_a_gap_and_they_stay():
    """Written out as often as it is required, it would cost the layer its answer."""
    source = 'source = "registry+https://example.org"'
    lock = f'[[package]]\nname = "long"\nversion = "{"1" * 1_000_000}"\n{source}\n'
    for number in range(20):
        lock += f'[[package]]\nname = "a{number}"\nversion = "1"\n{source}\n'
        lock += 'dependencies = ["long"]\n'
    reading = Reading({"cargo-lock": cargo_lock})
    reading.read(File(path="Cargo.lock", content=lock.encode()), ["cargo-lock"], 1)
    (found,) = reading.parsed()
    assert len(found.facts) == 21
    assert not any(fact.requires for fact in found.facts)
    assert "packages require" in reading.gaps[0].why


def test_a_clock_that_rings_again_before_it_is_stopped_disturbs_nobody_else(monkeypatch):
    set_clock, rang = signal.setitimer, []

    def setitimer(which, seconds, interval=0.0):
        if not seconds and not rang:
            rang.append(True)
            raise Slow
        return set_clock(which, seconds, interval)

    monkeypatch.setattr(signal, "setitimer", setitimer)
    reading = Reading({})
    reading.look("content", File(path="long", content=b""), 1, lambda: iter(()))
    assert [gap.why for gap in reading.gaps] == ["not read within 20 s"]
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
