"""From a publisher's document to what is found: brought in, kept, looked up and judged."""

import json
from datetime import UTC, datetime

import pytest
from msgspec.structs import replace

from hullmark.advisories.bringing import Wish, bring
from hullmark.advisories.match import NO_DATA, matched
from hullmark.advisories.places import Place
from hullmark.feeds.csaf_redhat import csaf_redhat
from hullmark.feeds.csaf_suse import csaf_suse
from hullmark.feeds.ghsa import ghsa
from hullmark.feeds.nvd import nvd
from hullmark.feeds.osv import osv
from hullmark.feeds.ubuntu_osv import ubuntu_osv
from hullmark.model import Distribution, Package
from hullmark.store.advisory_file import Advisories
from tests.feeds.csaf import document, joined, product

NOW = datetime(2026, 2, 4, tzinfo=UTC)
RHEL = Distribution(id="rhel", version="9.4")
SLES = Distribution(id="sles", version="15.6")
JAMMY = Distribution(id="ubuntu", version="22.04")
NINE = product("9", cpe="cpe:/o:redhat:enterprise_linux:9")
MODULE = "nodejs:18:9080:abc"
SERVER = "SUSE Linux Enterprise Module for Basesystem 15 SP6"


@pytest.fixture
def on_hand(tmp_path):
    """Bring documents of a feed in; answer what is found of packages."""
    path = str(tmp_path / "advisories.db")
    folder = tmp_path / "documents"
    folder.mkdir()

    def bring_in(unit, *documents):
        for number, data in enumerate(documents):
            (folder / f"{number}.json").write_bytes(data)
        bring(path, [Wish(unit=unit, where=str(folder))])

        def find(package, distribution=None):
            with Advisories.open(path) as known:
                found = matched([package], distribution, known, now=NOW)
            return {each.rule: each.fix and each.fix.value for each in found.findings}

        return find

    return bring_in


def rpm(name, version, *, epoch="", source="", module=""):
    qualifiers = {"epoch": epoch, "rpmmod": module, "arch": "x86_64"}
    return Package(
        type="rpm",
        namespace="redhat",
        name=name,
        version=version,
        qualifiers={key: value for key, value in qualifiers.items() if value},
        source=source or name,
        source_version=version,
        path="var/lib/rpm/rpmdb.sqlite",
    )


def vex(cve, part, whole, **status):
    """A VEX that says one thing of one part of a product."""
    told = {"cve": cve, "product_status": {key: ["x"] for key in status}}
    joins = [joined(part["product_id"], whole["product_id"], "x")]
    return document(whole, part, joins=joins, told=[told])


def part(purl):
    return product(purl, purl=f"pkg:rpm/redhat/{purl}")


def test_rpms_of_red_hat_are_judged_with_their_epoch(on_hand):
    find = on_hand(
        csaf_redhat,
        vex("CVE-2026-0001", part("openssl-libs@3.0.7-25.el9?epoch=1"), NINE, fixed=True),
    )
    old, new = (rpm("openssl-libs", f"3.0.7-{release}.el9", epoch="1") for release in (24, 25))
    assert find(old, RHEL) == {"CVE-2026-0001": "1:3.0.7-25.el9"}
    assert find(old, replace(RHEL, id="centos", version="9")) == {"CVE-2026-0001": "1:3.0.7-25.el9"}
    assert find(new, RHEL) == {}
    assert find(old, replace(RHEL, version="8.10")) == {}
    assert find(old, Distribution(id="almalinux", version="9")) == {}


def test_what_has_no_fix_is_found_and_says_why(on_hand, tmp_path):
    told = {
        "cve": "CVE-2026-0001",
        "product_status": {"known_affected": ["x"]},
        "remediations": [
            {"category": "no_fix_planned", "details": "Will not fix", "product_ids": ["x"]}
        ],
    }
    data = document(NINE, part("oak"), joins=[joined("oak", "9", "x")], told=[told])
    on_hand(csaf_redhat, data)
    with Advisories.open(str(tmp_path / "advisories.db")) as known:
        (found,) = matched([rpm("oak", "1-1.el9")], RHEL, known, now=NOW).findings
    assert "will-not-fix" in found.evidence.says
    assert found.fix is None


def test_all_that_was_built_of_a_source_counts_whatever_its_epoch(on_hand):
    find = on_hand(csaf_redhat, vex("CVE-2026-0001", part("perl?arch=src"), NINE, known_affected=1))
    assert find(rpm("perl-Carp", "1.50-1.el9", source="perl"), RHEL) == {"CVE-2026-0001": None}
    fixed = part("perl@5.32-2.el9?arch=src&epoch=4")
    find = on_hand(csaf_redhat, vex("CVE-2026-0002", fixed, NINE, fixed=True))
    carp = replace(rpm("perl-Carp", "1.50-9.el9", source="perl"), source_version="5.32-1.el9")
    assert find(carp, RHEL) == {"CVE-2026-0002": "5.32-2.el9"}
    assert find(replace(carp, source_version="5.32-2.el9"), RHEL) == {}


def test_packages_of_a_module_are_judged_by_their_stream_alone(on_hand):
    fixed = part(f"nodejs@18.20-1.module%2Bel9?epoch=1&rpmmod={MODULE}")
    find = on_hand(csaf_redhat, vex("CVE-2026-0001", fixed, NINE, fixed=True))
    node = rpm("nodejs", "18.19-1.module+el9", epoch="1", module=MODULE)
    assert find(node, RHEL) == {"CVE-2026-0001": "1:18.20-1.module+el9"}
    other = replace(node, qualifiers={**node.qualifiers, "rpmmod": "nodejs:16:9080:abc"})
    assert find(other, RHEL) == {}
    assert find(rpm("nodejs", "16.1-1.el9", epoch="1"), RHEL) == {}


def of_osv(id, ecosystem, name, fixed, **more):
    events = [{"introduced": "0"}, {"fixed": fixed}]
    entry = {
        "package": {"ecosystem": ecosystem, "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": events}],
    }
    record = {"id": id, "modified": "2026-02-03T04:05:06Z", "affected": [entry]}
    return json.dumps(record | more).encode()


@pytest.mark.parametrize(
    ("ecosystem", "distribution"),
    [
        ("Red Hat:enterprise_linux:9::appstream", RHEL),
        ("Red Hat:enterprise_linux:9::baseos", RHEL),
        ("Red Hat:enterprise_linux:10.1", replace(RHEL, version="10.1")),
        ("SUSE:Linux Enterprise Server 15 SP6", SLES),
        ("SUSE:Linux Enterprise Module for Basesystem 15 SP6", SLES),
        ("SUSE:Linux Enterprise Server 15", replace(SLES, version="15")),
        ("SUSE:Linux Enterprise Server 12 SP5", replace(SLES, version="12.5")),
        ("SUSE:Linux Enterprise Server 16.0", replace(SLES, version="16.0")),
        ("SUSE:Linux Enterprise Micro 5.5", Distribution(id="sle-micro", version="5.5")),
        ("SUSE:Linux Micro 6.0", Distribution(id="sl-micro", version="6.0")),
        ("openSUSE:Leap 15.6", Distribution(id="opensuse-leap", version="15.6")),
        ("openSUSE:Tumbleweed", Distribution(id="opensuse-tumbleweed", version="20260101")),
    ],
)
def test_osvs_own_records_of_red_hat_and_suse_match(on_hand, ecosystem, distribution):
    find = on_hand(osv, of_osv("X-1", ecosystem, "oak", "1-2", upstream=["CVE-2026-0001"]))
    assert find(rpm("oak", "1-1"), distribution) == {"CVE-2026-0001": "1-2"}
    assert find(rpm("oak", "1-2"), distribution) == {}


def test_osvs_records_of_modules_judge_packages_of_modules_alone(on_hand):
    record = of_osv("RHSA-1", "Red Hat:enterprise_linux:9::appstream", "npm", "8-2.module+el9")
    find = on_hand(osv, record)
    assert find(rpm("npm", "8-1.module+el9", module=MODULE), RHEL) == {"RHSA-1": "8-2.module+el9"}
    assert find(rpm("npm", "8-1.el9"), RHEL) == {}


def test_records_of_modules_go_when_their_document_goes(on_hand, tmp_path):
    record = of_osv("RHSA-1", "Red Hat:enterprise_linux:9::appstream", "npm", "8-2.module+el9")
    on_hand(osv, record, of_osv("X-1", "npm", "oak", "1"))
    (tmp_path / "documents/0.json").unlink()
    find = on_hand(osv)
    assert find(rpm("npm", "8-1.module+el9", module=MODULE), RHEL) == {}


def test_rpms_of_suse_are_judged(on_hand):
    whole, fixed = product(SERVER), product("oak-1.2-150600.3.1")
    find = on_hand(csaf_suse, vex("CVE-2026-0001", fixed, whole, recommended=True))
    assert find(rpm("oak", "1.2-150600.2.1"), SLES) == {"CVE-2026-0001": "1.2-150600.3.1"}
    assert find(rpm("oak", "1.2-150600.3.1"), SLES) == {}
    find = on_hand(csaf_suse, vex("CVE-2026-0001", product("elm"), whole, known_affected=True))
    assert find(rpm("elm", "1-1"), SLES) == {"CVE-2026-0001": None}


def deb(version):
    return Package(type="deb", namespace="ubuntu", name="oak", version=version, path="status")


def test_records_of_pro_judge_packages_of_pro_alone(on_hand):
    find = on_hand(
        ubuntu_osv,
        of_osv("UBUNTU-CVE-2026-0001", "Ubuntu:Pro:22.04:LTS", "oak", "1-1+esm2"),
        of_osv("UBUNTU-CVE-2026-0002", "Ubuntu:22.04:LTS", "oak", "2-1"),
    )
    assert find(deb("1-1"), JAMMY) == {"UBUNTU-CVE-2026-0002": "2-1"}
    assert find(deb("1-1+esm1"), JAMMY) == {"UBUNTU-CVE-2026-0001": "1-1+esm2"}


def test_packages_are_judged_by_githubs_records(on_hand):
    find = on_hand(ghsa, of_osv("GHSA-1", "npm", "oak", "2.0.1", aliases=["CVE-2026-0001"]))
    assert find(Package(type="npm", name="oak", version="2.0.0")) == {"CVE-2026-0001": "2.0.1"}


def of_nvd(criteria, **ends):
    node = {"cpeMatch": [{"vulnerable": True, "criteria": f"cpe:2.3:a:{criteria}"} | ends]}
    cve = {
        "id": "CVE-2026-0001",
        "published": "2026-02-03T04:05:06.789",
        "lastModified": "2026-02-03T04:05:06.789",
        "configurations": [{"nodes": [node]}],
    }
    page = {"format": "NVD_CVE", "version": "2.0", "vulnerabilities": [{"cve": cve}]}
    return json.dumps(page).encode()


@pytest.mark.parametrize(
    ("criteria", "package", "fixed"),
    [
        ("vsftpd_project:vsftpd:*:*:*:*:*:*:*:*", Package(type="generic", name="vsftpd"), "2.0"),
        (r"erlang:erlang\/otp:*:*:*:*:*:*:*:*", Package(type="generic", name="erlang"), "2.0"),
        ("haxx:libcurl:*:*:*:*:*:*:*:*", Package(type="generic", name="curl"), "2.0"),
        ("wordpress:wordpress:*:*:*:*:*:*:*:*", Package(type="generic", name="wordpress"), "2.0"),
    ],
)
def test_programs_without_a_package_are_judged_by_their_cpe(on_hand, criteria, package, fixed):
    find = on_hand(nvd, of_nvd(criteria, versionEndExcluding=fixed))
    assert find(replace(package, version="1.9")) == {"CVE-2026-0001": fixed}
    assert find(replace(package, version="2.0")) == {}
    assert find(replace(package, type="npm", version="1.9")) == {}


@pytest.mark.parametrize(
    ("criteria", "name", "namespace", "version"),
    [
        ("openbsd:openssh:8.9:*:*:*:*:*:*:*", "openssh", "", "8.9p1"),
        ("oracle:openjdk:17.0.8:*:*:*:*:*:*:*", "openjdk", "oracle", "17.0.8+7"),
    ],
)
def test_versions_are_those_that_the_nvd_writes(on_hand, criteria, name, namespace, version):
    find = on_hand(nvd, of_nvd(criteria))
    package = Package(type="generic", namespace=namespace, name=name, version=version)
    assert find(package) == {"CVE-2026-0001": None}


def gaps(tmp_path, package, distribution=None):
    with Advisories.open(str(tmp_path / "advisories.db")) as known:
        return {
            gap.subject: gap.why for gap in matched([package], distribution, known, now=NOW).gaps
        }


def test_a_gap_names_the_feed_to_bring_in(on_hand, tmp_path):
    on_hand(ghsa, of_osv("GHSA-1", "npm", "oak", "2"))
    vsftpd = Package(type="generic", name="vsftpd", version="1")
    assert gaps(tmp_path, vsftpd) == {"CPE": f"{NO_DATA} --feed nvd"}
    amazon = Distribution(id="amzn", version="2023")
    assert gaps(tmp_path, rpm("oak", "1-1"), amazon) == {
        "Amazon Linux:2023": f"{NO_DATA} --feed amazon-updateinfo"
    }
    found = gaps(tmp_path, rpm("oak", "1-1"), RHEL)
    assert found == {"Red Hat:enterprise_linux:9": NO_DATA}


def test_one_of_those_who_tell_of_a_program_is_enough(on_hand, tmp_path):
    python = Package(type="generic", name="python", version="3.11.1")
    on_hand(osv, of_osv("BIT-1", "Bitnami", "python", "3.11.2"))
    assert gaps(tmp_path, python).keys() == {"Bitnami", "CPE"}
    on_hand(nvd, of_nvd("python:python:*:*:*:*:*:*:*:*"))
    assert gaps(tmp_path, python) == {}


@pytest.mark.parametrize(
    ("ecosystem", "name", "called"),
    [
        ("CPE", "forest:oak", "oak"),
        ("Red Hat:enterprise_linux:9", "nodejs:18::npm", "npm"),
        ("Red Hat:enterprise_linux:9", "nodejs:18::nodejs.src", "nodejs"),
        ("openSUSE:Leap 15.6", "oak.src", "oak"),
        ("Maven", "a::b.src", "a::b.src"),
    ],
)
def test_reports_call_packages_by_their_plain_names(ecosystem, name, called):
    place = Place(ecosystem=ecosystem, name=name, version="1", scheme="rpm")
    assert place.called == called
