"""Checks of files in the jail, where nothing can be imported any more."""

import os

import pytest

import hullmark.checks.files
from hullmark.apps.cli.target import source_of
from hullmark.checks.kinds import FileCheck
from hullmark.scan import Scanner, Settings
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
