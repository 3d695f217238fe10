"""From a publisher's document to what a scan of a small root finds."""

import json
from datetime import UTC, datetime

import pytest

from hullmark.advisories.bringing import Wish
from hullmark.apps.cli.feeds import wishes
from hullmark.feeds.osv import osv
from hullmark.model import FeedError
from tests.apps.test_cli import hullmark
from tests.homes import made

DAY = datetime.now(tz=UTC).strftime("%Y-%m-%d")


def release(id, version):
    return f'ID={id}\nVERSION_ID="{version}"\nNAME="{id}"\n'


def apk(version):
    return f"C:Q1AAAAAAAAAAAAAAAAAAAAAAAAAAA=\nP:liboak\nV:{version}\nA:x86_64\no:oak\n\n"


def deb(version):
    status = "Status: install ok installed\nArchitecture: amd64\nMaintainer: us\nDescription: x\n"
    return f"Package: liboak1\nSource: oak\nVersion: {version}\n{status}\n"


def rpm(version, epoch="0"):
    return f"oak\t{version}\t1\t1\tUs\t(none)\t1\tx86_64\t{epoch}\toak-{version}.src.rpm\n"


MANIFEST = "var/lib/rpmmanifest/container-manifest-2"
SECDB = json.dumps(
    {
        "distroversion": "v3.20",
        "reponame": "main",
        "urlprefix": "https://dl-cdn.alpinelinux.org/alpine",
        "packages": [{"pkg": {"name": "oak", "secfixes": {"1.2-r3": ["CVE-2026-1000"]}}}],
    }
)
TRACKER = json.dumps(
    {"oak": {"CVE-2026-1000": {"releases": {"bookworm": {"status": "open", "urgency": "low"}}}}}
)
UPDATES = f"""<updates><update type="security"><id>ALAS2023-2026-1</id>
<updated date="{DAY} 00:00"/><severity>Important</severity>
<references><reference id="CVE-2026-1000" type="cve"/></references><pkglist><collection>
<package name="oak" epoch="1" version="1.2" release="3.amzn2023"/></collection></pkglist></update>
</updates>"""
OVAL = f"""<oval_definitions><definitions><definition class="patch"><metadata>
<reference ref_id="ELSA-2026-1"/><reference ref_id="CVE-2026-1000"/>
<advisory><severity>LOW</severity><issued date="{DAY}"/></advisory></metadata>
<criteria><criterion comment="Oracle Linux 9 is installed"/>
<criterion comment="oak is earlier than 1:1.2-3.el9"/></criteria></definition></definitions>
</oval_definitions>"""
OURS = json.dumps(
    [
        {
            "id": "CVE-2026-1000",
            "modified": f"{DAY}T00:00:00Z",
            "affected": [{"package": {"ecosystem": "npm", "name": "oak"}, "versions": ["1.0.0"]}],
        }
    ]
)


@pytest.mark.parametrize(
    ("feed", "document", "files", "found"),
    [
        (
            "alpine-secdb",
            SECDB,
            {"etc/os-release": release("alpine", "3.20.3"), "lib/apk/db/installed": apk("1.2-r2")},
            ("1.2-r3", "medium"),
        ),
        (
            "debian-tracker",
            TRACKER,
            {"etc/os-release": release("debian", "12"), "var/lib/dpkg/status": deb("1.2-2")},
            (None, "low"),
        ),
        (
            "amazon-updateinfo",
            UPDATES,
            {"etc/os-release": release("amzn", "2023"), MANIFEST: rpm("1.9-1.amzn2023")},
            ("1:1.2-3.amzn2023", "high"),
        ),
        (
            "oracle-oval",
            OVAL,
            {"etc/os-release": release("ol", "9.4"), MANIFEST: rpm("1.2-2.el9", "1")},
            ("1:1.2-3.el9", "low"),
        ),
        (
            "osv",
            OURS,
            {"srv/node_modules/oak/package.json": '{"name": "oak", "version": "1.0.0"}'},
            (None, "medium"),
        ),
    ],
    ids=["alpine-secdb", "debian-tracker", "amazon-updateinfo", "oracle-oval", "osv"],
)
def test_what_a_feed_tells_a_scan_finds(tmp_path, feed, document, files, found):
    root = tmp_path / "root"
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    file = tmp_path / ("ours.xml" if document.startswith("<") else "ours.json")
    file.write_text(document)
    home = {"HULLMARK_HOME": made(tmp_path / "home")}
    done = hullmark("advisories", "update", "--feed", f"{feed}={file}", **home)
    called = "feed:osv:ours" if feed == "osv" else f"feed:{feed}"
    assert (done.stdout, done.stderr) == (f"{called}  imported\n", "")
    done = hullmark("scan", f"dir:{root}", "--format", "json", **home)
    report = json.loads(done.stdout)
    [finding] = report["findings"]
    assert finding["rule"] == "CVE-2026-1000"
    assert ((finding.get("fix") or {}).get("value"), finding["severity"]) == found
    missing = [gap["subject"] for gap in report["gaps"] if "advisories" in gap["why"]]
    assert missing == (["npm"] if feed == "osv" else [])


def test_a_private_source_is_called_by_its_name_or_where_it_is():
    assert wishes(["osv=/srv/our advisories/", "osv:theirs", "osv=x/a.json.gz"]) == [
        Wish(unit=osv, name="our-advisories", where="/srv/our advisories/"),
        Wish(unit=osv, name="theirs"),
        Wish(unit=osv, name="a", where="x/a.json.gz"),
    ]


@pytest.mark.parametrize(
    ("said", "why"),
    [
        (["oak"], "oak: is no feed: alpine-secdb, amazon-updateinfo"),
        (["osv"], "osv: has no name of letters"),
        (["osv:a/b=x"], "osv:a/b=x: has no name of letters"),
        (["osv=a/x", "osv=b/x"], "feed:osv:x: is asked for twice"),
    ],
)
def test_a_feed_that_cannot_be_told_from_others_is_refused(said, why):
    with pytest.raises(FeedError, match=why):
        wishes(said)
