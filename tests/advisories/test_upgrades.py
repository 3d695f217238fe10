"""The way out of a vulnerability: to a version that brings no other known one."""

import pytest

from hullmark.advisories.advice import advised
from hullmark.advisories.upgrades import MAX_LEFT, upgrades
from hullmark.model import Artifact, ArtifactKind, BaseImage, Digest, LayerState, Report
from tests.advisories.test_match import OPENSSL, about, found, pypi, record
from tests.formats.samples import layer

LEAF = pypi("1.0")


def bad(id, *events, **more):
    return record(id, about("PyPI", "leaf", *events), **more)


FIRST = bad("GHSA-1", "introduced 0", "fixed 1.5", aliases=("CVE-2026-1",))


def report_of(package, *records):
    result = found(package, *records)
    artifact = Artifact(kind=ArtifactKind.TREE, name="srv")
    return Report(artifact=artifact, packages=(package,), findings=result.findings)


def fix(*records, package=LEAF):
    """The way out of the first vulnerability of a package."""
    return report_of(package, *records).findings[0].fix


def test_without_others_it_leads_to_the_first_version_that_ends_it():
    assert fix(FIRST).value == "1.5"
    assert fix(FIRST).says == "upgrade leaf to 1.5"


def test_it_goes_on_past_a_version_with_another_vulnerability():
    second = bad("GHSA-2", "introduced 1.3", "fixed 1.7")
    third = bad("GHSA-3", "introduced 1.6", "fixed 2.0")
    assert fix(FIRST, second).value == "1.7"
    assert fix(FIRST, second, third).value == "2.0"
    assert fix(FIRST, second, third).leaves == ()


def test_what_the_present_version_has_too_is_no_reason_to_go_on():
    later = bad("GHSA-2", "introduced 0", "fixed 3.0")
    assert fix(FIRST, later).value == "1.5"


def test_the_same_vulnerability_under_another_id_is_none_of_the_others():
    same = bad("PYSEC-1", "introduced 0", "fixed 1.4", aliases=("CVE-2026-1",))
    assert (fix(FIRST, same).value, fix(FIRST, same).leaves) == ("1.5", ())


def test_what_begins_again_after_its_end_is_passed_over_by_what_ends_another():
    other = bad("GHSA-2", "introduced 0", "fixed 2.0")
    again = bad("PYSEC-1", "introduced 2.0", "fixed 2.1", aliases=("CVE-2026-1",))
    [upgrade] = upgrades(report_of(LEAF, FIRST, other, again))
    assert (upgrade.to, upgrade.ends, upgrade.leaves) == ("2.1", 2, ())
    twice = about("PyPI", "leaf", "introduced 0", "fixed 1.5", "introduced 2.0", "fixed 2.2")
    [upgrade] = upgrades(report_of(LEAF, record("GHSA-3", twice), other))
    assert (upgrade.to, upgrade.leaves) == ("2.2", ())


def test_what_begins_again_for_ever_is_named():
    again = bad("PYSEC-1", "introduced 1.2", aliases=("CVE-2026-1",))
    way = fix(FIRST, again)
    assert (way.value, way.leaves) == ("1.5", ("CVE-2026-1",))
    assert way.says == "upgrade leaf to 1.5, which has CVE-2026-1 again"


def test_where_no_version_is_clean_it_says_what_remains():
    second = bad("GHSA-2", "introduced 1.3", aliases=("CVE-2026-2",))
    way = fix(FIRST, second)
    assert (way.value, way.leaves) == ("1.5", ("CVE-2026-2",))
    assert way.says == "upgrade leaf to 1.5, which has CVE-2026-2 instead"


def test_it_goes_to_the_version_that_leaves_least():
    second = bad("GHSA-2", "introduced 1.3", aliases=("CVE-2026-2",))
    third = bad("GHSA-3", "introduced 1.4", "fixed 1.9")
    way = fix(FIRST, second, third)
    assert (way.value, way.leaves) == ("1.9", ("CVE-2026-2",))


def test_many_that_remain_are_counted():
    others = [bad(f"GHSA-9{number:03}", "introduced 1.3") for number in range(MAX_LEFT + 5)]
    way = fix(FIRST, *others)
    assert len(way.leaves) == MAX_LEFT
    assert "and 5 more instead" in way.says


def test_an_endless_row_of_vulnerabilities_ends_the_search():
    row = [
        bad(f"GHSA-8{number:03}", f"introduced 1.{number}", f"fixed 1.{number + 1}")
        for number in range(5, 60)
    ]
    assert fix(FIRST, *row).value == "1.5"


def test_withdrawn_advisories_hold_nobody_up():
    second = bad("GHSA-2", "introduced 1.3", withdrawn="2026-01-01T00:00:00Z")
    assert fix(FIRST, second).value == "1.5"


def test_a_version_that_is_none_hides_no_way_out():
    second = bad("GHSA-2", "introduced what", "fixed 1.7")
    assert fix(FIRST, second).value == "1.5"


def test_versions_that_are_listed_count_before_ranges_begin():
    listed = about("PyPI", "leaf", "introduced 3.0", "fixed 3.1", versions=("1.5", "3.0"))
    assert fix(FIRST, record("PYSEC-2", listed)).leaves == ("PYSEC-2",)


def test_a_distribution_is_held_to_it_too():
    records = [
        record("DSA-1", about("Debian:12", "openssl", "introduced 0", "fixed 3.0.15-1")),
        record("DSA-2", about("Debian:12", "openssl", "introduced 3.0.14-1", "fixed 3.0.16-1")),
    ]
    assert fix(*records, package=OPENSSL).value == "3.0.16-1"


def test_one_upgrade_for_all_findings_of_a_package_with_what_it_brings():
    second = bad("GHSA-2", "introduced 0", "fixed 2.0")
    third = bad("GHSA-3", "introduced 2.0")
    [upgrade] = upgrades(report_of(LEAF, FIRST, second, third))
    assert (upgrade.to, upgrade.ends, upgrade.leaves) == ("2.0", 2, ("GHSA-3",))


def image(told_by="known layers", layers=1, **base):
    lowest = layer("a", diff_id=Digest("sha256:aa"), state=LayerState.EXTERNAL)
    return Artifact(
        kind=ArtifactKind.IMAGE,
        name="shop",
        layers=(lowest, layer("b")),
        base=BaseImage(layers=layers, told_by=told_by, **base),
    )


def of_image(artifact, *packages):
    records = [FIRST, record("DSA-1", about("Debian:12", "openssl", "introduced 0", "fixed 9"))]
    findings = [each for package in packages for each in found(package, *records).findings]
    return Report(artifact=artifact, packages=packages, findings=tuple(findings))


def test_advice_counts_what_the_base_brought():
    [advice] = advised(of_image(image(name="debian:12"), OPENSSL, LEAF)).advice
    assert (advice.vulnerabilities, advice.brought, advice.fixable) == (2, 1, 1)
    assert advice.says.startswith("rebuild on a newer debian:12: 1 of 2 vulnerabilities are")


def test_advice_names_the_newer_image_that_was_learned():
    [advice] = advised(of_image(image(name="debian:12", newer="debian:13"), OPENSSL)).advice
    assert advice.says.startswith("rebuild on debian:13: 1 of 1 vulnerability is")


@pytest.mark.parametrize(
    "report",
    [
        of_image(image(layers=0), OPENSSL),
        of_image(image(), LEAF),
        of_image(Artifact(kind=ArtifactKind.IMAGE, name="shop"), OPENSSL),
    ],
    ids=["layers unknown", "nothing in the base", "no base"],
)
def test_there_is_no_advice_on_a_base_that_brought_nothing_known(report):
    assert advised(report).advice == ()
