"""Checks in the jail, where nothing can be imported any more."""

import os
from random import Random

import pytest

import hullmark.checks.files
import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.apps.cli.target import source_of
from hullmark.checks.declare_config import BUNDLE
from hullmark.checks.kinds import ConfigCheck, Detector, FileCheck, Signature
from hullmark.scan import Scanner, Settings
from hullmark.scan.config_files import SYSTEMS
from hullmark.sieve.options import Looking
from hullmark.unit import discover
from tests.homes import COMPILED, made

CHECKS = discover(hullmark.checks.files, FileCheck)


@pytest.fixture(scope="module")
def scanner(tmp_path_factory):
    home = made(tmp_path_factory.mktemp("home"))
    folder = f"{home}/cache"
    with Scanner(looking=Looking(secrets=True, malware=True, config=True, folder=folder)) as one:
        yield one


@pytest.mark.parametrize("id", CHECKS)
def test_a_check_fires_in_the_jail(id, scanner, tmp_path):
    assert COMPILED.is_dir()
    for number, file in enumerate(CHECKS[id].bad()):
        root = tmp_path / str(number)
        path = root / file.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file.data)
        os.chmod(path, file.mode)
        report = scanner.scan(*source_of(f"dir:{root}"), Settings(folder=str(tmp_path / "cache")))
        assert id in {each.rule for each in report.findings}, file.path
        assert [each for each in report.gaps if "Error" in each.why] == []


def told(scanner, root, folder):
    """Rules by the first folder below the root, and gaps of what failed."""
    report = scanner.scan(*source_of(f"dir:{root}"), Settings(folder=str(folder)))
    found = {}
    for each in report.findings:
        found.setdefault(each.subject.partition("/")[0], set()).add(each.rule)
    return found, [each for each in report.gaps if "Error" in each.why]


def test_every_detector_finds_its_own_in_the_jail(scanner, tmp_path):
    detectors = discover(hullmark.checks.secret, Detector)
    for id, detector in detectors.items():
        path = tmp_path / "tree" / id / detector.path
        path.parent.mkdir(parents=True)
        path.write_text(detector.bad(Random(id)))
    found, failed = told(scanner, tmp_path / "tree", tmp_path / "cache")
    assert [id for id in detectors if id not in found.get(id, ())] == []
    assert failed == []


def test_every_signature_fires_in_the_jail(scanner, tmp_path):
    signatures = discover(hullmark.checks.malware, Signature)
    for id, signature in signatures.items():
        file = signature.bad()[0]
        path = tmp_path / "tree" / id / file.path
        path.parent.mkdir(parents=True)
        path.write_bytes(file.data)
    found, failed = told(scanner, tmp_path / "tree", tmp_path / "cache")
    assert [id for id in signatures if id not in found.get(id, ())] == []
    assert failed == []


def test_every_check_of_configuration_fires_in_the_jail(scanner, tmp_path):
    checks = {
        id: check for system in SYSTEMS for id, check in discover(system.room, ConfigCheck).items()
    }
    for id, check in checks.items():
        for number, file in enumerate(check.bad()):
            path = tmp_path / "tree" / id / str(number) / file.path
            path.parent.mkdir(parents=True)
            path.write_bytes(file.data)
    found, failed = told(scanner, tmp_path / "tree", tmp_path / "cache")
    alone = [id for id, check in checks.items() if BUNDLE in check.kinds]
    assert [id for id in checks if id not in found.get(id, ()) and id not in alone] == []
    assert failed == []
    for id in alone:  # what others have may be what this one lacks
        (tmp_path / "alone" / id).mkdir(parents=True)
        os.rename(tmp_path / "tree" / id, tmp_path / "alone" / id / id)
        found, failed = told(scanner, tmp_path / "alone" / id, tmp_path / "cache")
        assert (id in found.get(id, ()), failed) == (True, []), id
