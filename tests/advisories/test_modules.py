"""Packages of modules and of none, and advisories that are about the one or the other."""

import pytest

from hullmark.advisories.match import matched
from hullmark.advisories.modules import is_of_other, is_of_other_stream, module_of
from hullmark.model import Distribution, Package
from hullmark.model.advisory import Affected, Head, Range
from tests.advisories.test_match import NOW, Known, about
from tests.advisories.test_match import record as told

MODULAR = "1:18.20.4-1.module_el8.10.0+3894+f6b4b2d3"


def rpm(version=MODULAR, **qualifiers):
    return Package(type="rpm", name="nodejs", version=version, qualifiers=qualifiers)


def fixed(*versions):
    events = tuple(event for each in versions for event in (("introduced", "0"), ("fixed", each)))
    return Affected("AlmaLinux:8", "nodejs", (Range("ECOSYSTEM", events),))


def record(summary):
    return Head(id="ALSA-2024:1", modified="2026-11-22T00:00:00Z", summary=summary)


@pytest.mark.parametrize(
    ("package", "module"),
    [
        (rpm(rpmmod="nodejs:18:8100020240807161023:489197e6"), "nodejs:18"),
        (rpm("1-1.el8", modularitylabel="nodejs:20:1:2"), "nodejs:20"),
        (rpm(), "*"),
        (rpm("1-1.module+el8.4.0+1+2"), "*"),
        (rpm("1-1.el8"), ""),
        (Package(type="deb", name="x", version=MODULAR), ""),
    ],
)
def test_a_package_tells_its_stream_by_label_or_that_it_has_one_by_release(package, module):
    assert module_of(package) == module


@pytest.mark.parametrize("module", ["nodejs:18", "*"])
def test_advisories_of_modules_judge_packages_of_modules_alone(module):
    assert not is_of_other(module, fixed(MODULAR))
    assert is_of_other("", fixed(MODULAR))
    assert is_of_other(module, fixed("1:18.2-1.el8"))
    assert not is_of_other("", fixed("1:18.2-1.el8"))


def test_an_advisory_without_a_fix_is_about_both():
    endless = Affected("AlmaLinux:8", "x", (Range("ECOSYSTEM", (("introduced", "0"),)),))
    assert not is_of_other("", endless)
    assert not is_of_other("nodejs:18", endless)


@pytest.mark.parametrize(
    ("summary", "module", "other"),
    [
        ("Important: nodejs:18 security update", "nodejs:18", False),
        ("Important: nodejs:18 security update", "nodejs:20", True),
        ("Important: nodejs:18 security update", "*", False),
        ("Important: nodejs:18 security update", "", False),
        ("virt:rhel and virt-devel:rhel bug fix update", "virt-devel:rhel", False),
        ("389-ds:1.4 bug fix update", "389-ds:1.4", False),
        ("Low: criu bug fix update", "criu:rhel8", False),
        ("idm:DL1 and idm:client update", "idm:other", True),
    ],
)
def test_an_advisory_names_the_streams_it_is_about(summary, module, other):
    assert is_of_other_stream(module, record(summary)) is other


def test_findings_are_of_the_packages_own_stream():
    alma = Distribution(id="almalinux", version="8.10")
    old, new = "1:18.1-1.module_el8.4.0+1+aa", "1:20.1-1.module_el8.9.0+1+bb"
    known = Known(
        of("ALSA-2024:18", old, "Important: nodejs:18 security update", "CVE-2024-0018"),
        of("ALSA-2024:20", new, "Important: nodejs:20 security update", "CVE-2024-0020"),
        of("ALSA-2024:99", "1:99-1.el8", "Important: nodejs security update", "CVE-2024-0099"),
    )

    def found(version, **qualifiers):
        packages = [rpm(version, epoch="1", **qualifiers)]
        return [each.rule for each in matched(packages, alma, known, now=NOW).findings]

    assert found("16-1.module_el8.4.0+1+aa", rpmmod="nodejs:18:1:a") == ["CVE-2024-0018"]
    assert found("16-1.module_el8.4.0+1+aa", rpmmod="nodejs:20:1:a") == ["CVE-2024-0020"]
    assert found("16-1.module_el8.4.0+1+aa") == ["CVE-2024-0018", "CVE-2024-0020"]
    assert found("16-1.el8") == ["CVE-2024-0099"]


def of(id, fix, summary, cve):
    fixed = about("AlmaLinux:8", "nodejs", "introduced 0", f"fixed {fix}")
    return told(id, fixed, summary=summary, related=(cve,))
