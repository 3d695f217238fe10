"""Names under which advisories are kept."""

import pytest

from hullmark.model.advisory import Affected, Range
from hullmark.model.ecosystems import kept, kept_name


@pytest.mark.parametrize(
    ("ecosystem", "name"),
    [
        ("Red Hat:enterprise_linux:9::appstream", "Red Hat:enterprise_linux:9"),
        ("Red Hat:enterprise_linux:9", "Red Hat:enterprise_linux:9"),
        ("Red Hat:enterprise_linux:10.1", "Red Hat:enterprise_linux:10"),
        ("Red Hat:rhel_eus:9.2::appstream", "Red Hat:rhel_eus:9.2::appstream"),
        ("SUSE:Linux Enterprise Module for A B 15 SP5", "SUSE:Linux Enterprise Server 15 SP5"),
        ("SUSE:Linux Enterprise Module for A 15", "SUSE:Linux Enterprise Server 15"),
        ("SUSE:Linux Enterprise Server 15 SP4-LTSS", "SUSE:Linux Enterprise Server 15 SP4-LTSS"),
        ("openSUSE:Leap 15.6", "openSUSE:Leap 15.6"),
        ("PyPI", "PyPI"),
    ],
)
def test_repositories_of_a_release_are_kept_as_one(ecosystem, name):
    assert kept(ecosystem) == name


@pytest.mark.parametrize(
    ("ecosystem", "name", "fixed", "stored"),
    [
        ("Red Hat:enterprise_linux:8::appstream", "npm", "1-1.module+el8.9.0+1+abc", "*::npm"),
        ("Red Hat:enterprise_linux:8::appstream", "npm", "1-1.el8", "npm"),
        ("Red Hat:enterprise_linux:8", "nodejs:18::npm", "1-1.module+el8", "nodejs:18::npm"),
        ("AlmaLinux:8", "npm", "1-1.module+el8", "npm"),
    ],
)
def test_packages_of_an_unknown_module_are_kept_apart(ecosystem, name, fixed, stored):
    events = (("introduced", "0"), ("fixed", fixed))
    entry = Affected(ecosystem, name, ranges=(Range("ECOSYSTEM", events),))
    assert kept_name(entry) == stored
