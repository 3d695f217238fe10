import pytest

from hullmark.feeds.amazon_updateinfo import amazon_updateinfo
from hullmark.model import FeedError, File

PACKAGE = '<package name="oak" epoch="0" version="5.10.1" release="2.amzn2" arch="x86_64"/>'


def read(id="ALAS2-2026-1", package=PACKAGE, kind="security", more=""):
    data = f"""<updates><update type="{kind}"><id>{id}</id><title>oaks</title>{more}
    <pkglist><collection>{package}</collection></pkglist></update></updates>"""
    return list(amazon_updateinfo.read(File(path="updateinfo.xml", content=data.encode())))


@pytest.mark.parametrize(
    ("id", "release", "start"),
    [
        ("ALAS-2018-1000", "1", "0"),
        ("ALAS2-2026-3000", "2", "0"),
        ("ALAS2022-2022-001", "2022", "0"),
        ("ALAS2023-2026-1234", "2023", "0"),
        ("ALAS2DOCKER-2026-012", "2", "0"),
        ("ALAS2KERNEL-5.10-2026-012", "2", "0:5.10"),
        ("ALASKERNEL-5.10-2026-012", "2", "0:5.10"),
        ("ALAS2KERNEL-5.1-2026-012", "2", "0"),
        ("ALAS2CORRETTO8-2026-002", "2", "0"),
    ],
)
def test_the_id_tells_the_release_and_the_branch_of_an_extra(id, release, start):
    [affected] = read(id)[0].affected
    assert affected.ecosystem == f"Amazon Linux:{release}"
    assert affected.ranges[0].events == (("introduced", start), ("fixed", "0:5.10.1-2.amzn2"))


def test_architectures_are_one_package_and_times_are_in_utc():
    more = '<issued date="2026-02-03 04:05"/><updated date="2026-02-04 04:05:06"/>'
    [record] = read(package=PACKAGE + PACKAGE.replace("x86_64", "aarch64"), more=more)
    assert len(record.affected[0].ranges) == 1
    assert (record.published, record.modified) == ("2026-02-03T04:05:00Z", "2026-02-04T04:05:06Z")


def test_what_is_no_security_update_is_passed_over():
    assert read(kind="bugfix") == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"id": "RHSA-2026:1"}, "none of Amazon's"),
        ({"package": '<package name="oak" epoch="0" release="1"/>'}, "without a version"),
        ({"package": PACKAGE.replace('"0"', '"x"')}, "without a version"),
        ({"more": "&boom;<"}, "not the XML expected"),
    ],
)
def test_what_is_not_understood_is_refused(change, why):
    with pytest.raises(FeedError, match=why):
        read(**change)
