"""Globs by look-ups match what the globs match."""

from itertools import product

import pytest

from hullmark.model.globs import matcher
from hullmark.model.lookup import Lookup

GLOBS = (
    *("a.yml", "*.yml", ".env.*", "Dockerfile*", "*compose*.yml", "etc/a.yml", "**/etc/*"),
    *("etc/*", "**/x/**/a.yml", "**/etc/Dock*", "x/etc/*.env", "auto.*"),
)
NAMES = ("a.yml", ".env.x", ".env", "Dockerfile", "Dockerfile.a", "my-compose-a.yml", "auto.x", "")
FOLDERS = ("", "etc/", "x/etc/", "a/x/etc/", "x/", "etc/x/")


@pytest.mark.parametrize("glob", GLOBS)
def test_every_path_that_a_glob_matches_is_found_and_no_other(glob):
    lookup = Lookup[str]()
    lookup.add(glob, "it")
    matches = matcher([glob])
    for folder, name in product(FOLDERS, NAMES):
        path = folder + name
        assert lookup.find(path) == (["it"] if matches(path) else []), path


def test_all_of_several_are_found():
    lookup = Lookup[str]()
    for glob in GLOBS:
        lookup.add(glob, glob)
    assert sorted(lookup.find("etc/a.yml")) == sorted(
        ("a.yml", "*.yml", "etc/a.yml", "**/etc/*", "etc/*")
    )


@pytest.mark.parametrize("glob", ["*", "*a*", "**/*", "a*", "*/b*"])
def test_one_with_nothing_to_look_up_is_refused(glob):
    with pytest.raises(ValueError, match="no literal"):
        Lookup[str]().add(glob, "it")
