import pytest

from hullmark.feeds.oracle_oval import oracle_oval
from hullmark.model import FeedError, File


def that(*comments, inside=""):
    tests = "".join(f'<criterion comment="{each}"/>' for each in comments)
    return f"<criteria>{tests}{inside}</criteria>"


def read(criteria, id="ELSA-2026-1000"):
    data = f"""<o:oval_definitions xmlns:o="x"><o:definitions><o:definition class="patch">
    <o:metadata><o:title>oaks</o:title><o:reference ref_id="{id}"/>
    <o:reference ref_id="CVE-2026-1000"/><o:advisory><o:severity>N/A</o:severity>
    <o:issued date="2026-02-03"/><o:cve>CVE-2026-1001</o:cve></o:advisory></o:metadata>
    {criteria}</o:definition></o:definitions></o:oval_definitions>"""
    [record] = oracle_oval.read(File(path="elsa.xml", content=data.encode()))
    return record


def told(criteria):
    return [(each.ecosystem, each.name, each.ranges[0].events) for each in read(criteria).affected]


def fixed(version, start="0"):
    return (("introduced", start), ("fixed", version))


def test_a_test_counts_for_the_release_around_it():
    nine = that("Oracle Linux 9 is installed", "oak is earlier than 0:1-1.el9")
    eight = that(
        "Oracle Linux 8 is installed",
        inside=that("Oracle Linux arch is x86_64", "oak is earlier than 0:1-1.el8"),
    )
    assert told(that(inside=nine + eight)) == [
        ("Oracle Linux:8", "oak", fixed("0:1-1.el8")),
        ("Oracle Linux:9", "oak", fixed("0:1-1.el9")),
    ]


def test_a_package_of_a_module_and_one_built_for_something_are_others():
    inside = that("Module nodejs:18 is enabled", "npm is earlier than 1:9-1.module+el8")
    inside += that("glibc is earlier than 2:2.34-100.ksplice1.el9")
    inside += that("gnutls is earlier than 10:3.8-4.el9_fips")
    inside += that("kernel-uek is earlier than 0:5.15.0-3.el9uek")
    assert told(that("Oracle Linux 9 is installed", inside=inside)) == [
        ("Oracle Linux:9", "glibc::ksplice", fixed("2:2.34-100.ksplice1.el9")),
        ("Oracle Linux:9", "gnutls::fips", fixed("10:3.8-4.el9_fips")),
        ("Oracle Linux:9", "kernel-uek", fixed("0:5.15.0-3.el9uek", "0:5.15")),
        ("Oracle Linux:9", "nodejs:18::npm", fixed("1:9-1.module+el8")),
    ]


def test_names_and_times_are_read_and_no_severity_is_none():
    record = read(that("Oracle Linux 9 is installed"))
    assert record.upstream == ("CVE-2026-1000", "CVE-2026-1001")
    assert (record.modified, record.severities) == ("2026-02-03T00:00:00Z", ())


def test_what_is_not_understood_is_refused():
    with pytest.raises(FeedError, match="does not say of which release oak is"):
        read(that("oak is earlier than 0:1-1"))
    with pytest.raises(FeedError, match="does not name its advisory"):
        read(that(), id="x")
    deep = "<criteria>" * 200 + "</criteria>" * 200
    with pytest.raises(FeedError, match="nest more than"):
        read(deep)
