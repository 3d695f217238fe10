"""What scans had no advisories of, and updates bring."""

import os

import pytest

from hullmark.advisories import UNIT, needed
from hullmark.advisories.match import NO_DATA
from hullmark.advisories.needed import met, remember, remembered
from hullmark.model import Artifact, Distribution, Gap, Package, Report


@pytest.fixture
def path(tmp_path):
    return f"{tmp_path}/home/advisories.db"


def report(*gaps, packages=()):
    artifact = Artifact(kind="folder", name="srv")
    told = tuple(Gap(unit=unit, subject=subject, why=why) for unit, subject, why in gaps)
    distribution = Distribution(id="debian", version="12")
    return Report(artifact=artifact, gaps=told, packages=packages, distribution=distribution)


def test_ecosystems_without_data_are_met_by_the_names_of_their_folders():
    told = report(
        (UNIT, "Debian:12", NO_DATA),
        (UNIT, "Debian:13", NO_DATA),
        (UNIT, "npm", NO_DATA),
        (UNIT, "PyPI", "the newest advisory on hand is old"),
        ("dpkg", "Go", NO_DATA),
        (UNIT, "../etc", NO_DATA),
    )
    assert met(told) == ["Debian", "npm"]
    assert met(report()) == []


def test_without_any_advisories_all_packages_tell_what_is_needed():
    packages = (
        Package(type="pypi", name="oak", version="1", path="a"),
        Package(type="deb", name="elm", version="1", path="b"),
        Package(type="no-such", name="ash", version="1", path="c"),
    )
    gap = (UNIT, "advisories", "no advisories are on hand")
    assert met(report(gap, packages=packages)) == ["PyPI", "Debian"]


def test_what_is_remembered_grows_to_a_bound(path, monkeypatch):
    assert remembered(path) == []
    remember(path, [])
    assert not os.path.exists(os.path.dirname(path))
    remember(path, ["npm", "PyPI"])
    before = os.stat(f"{os.path.dirname(path)}/{needed.NAME}")
    remember(path, ["PyPI"])
    assert os.stat(f"{os.path.dirname(path)}/{needed.NAME}") == before
    monkeypatch.setattr(needed, "MAX_NAMES", 3)
    remember(path, ["Go", "Hex"])
    assert remembered(path) == ["npm", "PyPI", "Go"]
    assert os.listdir(os.path.dirname(path)) == [needed.NAME]


def test_what_somebody_else_wrote_there_is_read_with_care(path):
    os.makedirs(os.path.dirname(path))
    with open(f"{os.path.dirname(path)}/{needed.NAME}", "wb") as file:
        file.write(b"npm\n../..\n\xff\x00\nnpm\n" + b"a" * 200 + b"\n" * 20_000)
    assert remembered(path) == ["npm"]


def test_a_folder_that_cannot_be_written_to_fails_nothing(tmp_path):
    (tmp_path / "file").write_text("")
    remember(f"{tmp_path}/file/advisories.db", ["npm"])
    assert remembered(f"{tmp_path}/file/advisories.db") == []
