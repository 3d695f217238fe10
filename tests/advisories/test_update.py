import json
import os
import random
import signal
import subprocess
import sys
import time

import pytest

from hullmark.advisories import overlays
from hullmark.advisories.bringing import bring
from hullmark.advisories.export import export
from hullmark.advisories.mirror import Folder
from hullmark.advisories.update import update
from hullmark.apps.cli.feeds import wishes
from hullmark.model import FeedError, StoreError
from hullmark.model.advisory import Affected, Range
from hullmark.store.advisory_file import Advisories, Kev
from hullmark.store.advisory_writer import locked
from tests.advisories.mirrors import archive, epss, kev, mirror, packed, record

OAK = Affected("PyPI", "oak", (Range("ECOSYSTEM", (("introduced", "0"), ("fixed", "2.0"))),))


@pytest.fixture
def path(tmp_path):
    return f"{tmp_path}/data/advisories.db"


@pytest.fixture
def folder(tmp_path):
    return mirror(tmp_path / "mirror", PyPI=archive(record("X-1"), record("X-2", "elm")))


@pytest.fixture
def few_bytes(monkeypatch):
    monkeypatch.setattr(overlays, "MAX_CSV_BYTES", 500_000)
    monkeypatch.setattr(overlays, "MAX_LINES", 300_000)


def brought(path, folder, *ecosystems):
    return update(path, Folder(str(folder)), ecosystems)


def content(path):
    with Advisories.open(path) as known:
        return {id: known.record(id) for id in known.ids("PyPI")}


def test_a_mirror_is_imported_with_its_overlays(path, folder):
    assert brought(path, folder).changed == ("PyPI", "CVSS", "EPSS", "KEV")
    with Advisories.open(path) as known:
        assert known.affecting("PyPI", "Oak") == [("X-1", OAK)]
        assert known.exploited("CVE-2026-0001") == Kev(added="2026-01-01", due="2026-02-01")
        assert known.epss("CVE-2026-0001") == (0.5, 0.75)
        assert known.cvss("CVE-2026-0001") == "CVSS:3.1/X"
        dates = {name: feed.dated for name, feed in known.feeds().items()}
        assert dates == {
            "CVSS": "",
            "EPSS": "2026-01-04T00:00:00Z",
            "KEV": "2026-01-03T00:00:00Z",
            "PyPI": "2026-01-02T03:04:05Z",
        }


def test_a_file_that_is_the_same_is_not_written_anew(path, folder):
    brought(path, folder)
    before = os.stat(path)
    assert brought(path, folder).same == ("PyPI", "CVSS", "EPSS", "KEV")
    assert os.stat(path) == before


def test_changed_vanished_and_withdrawn_records_are_followed(path, folder):
    brought(path, folder)
    newer = record("X-1", "ash", modified="2026-02-01T00:00:00Z")
    mirror(folder, PyPI=archive(newer, record("X-3")))
    assert brought(path, folder).changed == ("PyPI",)
    with Advisories.open(path) as known:
        assert known.ids("PyPI") == ["X-1", "X-3"]
        assert known.affecting("PyPI", "elm") == []
        assert [id for id, _ in known.affecting("PyPI", "oak")] == ["X-3"]
        assert known.feeds()["PyPI"].dated == "2026-02-01T00:00:00Z"
    gone = record("X-1", withdrawn="2026-03-01T00:00:00Z")
    mirror(folder, PyPI=archive(gone, record("X-3")))
    brought(path, folder)
    assert list(content(path)) == ["X-3"]
    mirror(folder, PyPI=archive(record("X-1"), record("X-3")))
    brought(path, folder)
    assert list(content(path)) == ["X-1", "X-3"]


def test_an_update_by_steps_ends_where_a_fresh_import_does(path, tmp_path, folder):
    chance = random.Random(7)
    for step in range(12):
        chosen = chance.sample(range(40), 25)
        data = [
            record(
                f"X-{each}",
                f"tree-{chance.randrange(9)}",
                modified=f"2026-01-{step + 1:02}T00:00:00Z",
            )
            for each in chosen
        ]
        mirror(folder, PyPI=archive(*data), npm=archive(*data[:10]))
        brought(path, folder)
    fresh = f"{tmp_path}/fresh/advisories.db"
    brought(fresh, folder)
    with Advisories.open(path) as one, Advisories.open(fresh) as other:
        for table in ("affected JOIN ecosystem ON ecosystem = number", "alias", "feed"):
            columns = {"feed": "name, records, dated", "alias": "*"}.get(
                table, "ecosystem.name, affected.name, id, entries"
            )
            asked = f"SELECT {columns} FROM {table} ORDER BY 1, 2, 3"
            asked = asked.replace(", 3", "") if table == "alias" else asked
            assert list(one.rows(asked)) == list(other.rows(asked))
        assert one.ecosystems() == other.ecosystems()
        asked = "SELECT id, modified, feeds FROM record ORDER BY 1"
        assert list(one.rows(asked)) == list(other.rows(asked))
    assert content(path) == content(fresh)


def test_ecosystems_limit_what_is_imported(path, folder):
    mirror(folder, npm=archive(record("N-1")))
    assert "npm" not in brought(path, folder, "PyPI").changed
    assert brought(path, folder, "npm").changed == ("npm",)
    assert list(content(path)) == ["X-1", "X-2"]
    with pytest.raises(FeedError, match="has no advisories of 'Hex'"):
        brought(path, folder, "Hex")


def refused_archives():
    name = record("X-1")
    bomb = record("X-1", details="a" * 17_000_000)
    flipped = bytearray(archive(record("X-1", "a" * 500)))
    flipped[60] ^= 0xFF
    return {
        "not a zip archive": b"nothing",
        "X-1.json.*no OSV record.*`id`": archive(
            {"modified": "2026-01-01T00:00:00Z"}, names=("X-1.json",)
        ),
        "X-1.json.*no OSV record.*malformed": archive(b"{nothing", names=("X-1.json",)),
        "X-1.json.*no OSV record.*invalid": archive(b'{"id":"\xff"}', names=("X-1.json",)),
        "X-1.json.*expected `array.*affected": archive(name | {"affected": 3}),
        "X-1.json.*`name`.*package": archive(
            name | {"affected": [{"package": {"ecosystem": "E"}}]}
        ),
        "X-1.json.*modified": archive(name | {"modified": "yesterday"}),
        "X-1.json.*matching regex": archive(name | {"id": "../../etc"}, names=("X-1.json",)),
        "X-1.json.*more than 16777216": archive(bomb),
        "X-1.json.*(inflate|promises|directory|cut short)": bytes(flipped),
        "several records of one name": archive(name, record("X-2")).replace(b"X-2.j", b"X-1.j"),
        "2.json.*second record of id X-1": archive(name, name, names=("1.json", "2.json")),
        "depth|recursion": archive(
            b'{"database_specific":{"severity":' + b"[" * 100_000 + b"]" * 100_000 + b"}}",
            names=("X-1.json",),
        ),
    }


@pytest.mark.parametrize("why", list(refused_archives()))
def test_a_bad_archive_is_refused_and_the_old_data_stays(path, folder, why):
    brought(path, folder)
    before = content(path)
    mirror(folder, npm=archive(record("N-1")), PyPI=refused_archives()[why])
    with pytest.raises(FeedError, match=f"PyPI/all.zip.*(?i:{why})"):
        brought(path, folder)
    assert content(path) == before
    with Advisories.open(path) as known:
        assert "npm" not in known.feeds()
    assert not os.path.exists(f"{path}.new")


@pytest.mark.parametrize(
    ("name", "data", "why"),
    [
        ("known_exploited_vulnerabilities.json", b"[]", "expected `object`"),
        ("known_exploited_vulnerabilities.json", kev("CVE-1"), "matching regex"),
        ("epss_scores-2026-01-04.csv.gz", epss("CVE-2026-0001,2.0,0.5"), "lines 3 to 3.*<= 1"),
        ("epss_scores-2026-01-04.csv.gz", epss("CVE-2026-0001"), "lines 3 to 3.*length 3"),
        ("epss_scores-2026-01-04.csv.gz", epss("CVE-2026-0001,0.1,0.1")[:-9], "cut short"),
        ("epss_scores-2026-01-04.csv.gz", packed("a\n" * 9), "no column heads"),
        ("cvss.csv.gz", packed("cve,vector\n" + "a" * 5000), "line of more than 4096"),
        ("cvss.csv.gz", packed("\0" * 1_000_000), "more than 500000 bytes"),
        ("cvss.csv.gz", packed("\n\r" * 200_000), "more than 300000 lines"),
        ("cvss.csv.gz", b"plain", "does not inflate"),
    ],
)
@pytest.mark.usefixtures("few_bytes")
def test_a_bad_overlay_is_refused(path, folder, name, data, why):
    (folder / "overlays" / name).write_bytes(data)
    with pytest.raises(FeedError, match=f"{name}.*(?i:{why})"):
        brought(path, folder)
    assert not os.path.exists(path)


def test_a_manifest_binds_every_file(path, folder, tmp_path):
    brought(path, folder)
    copy = tmp_path / "copy"
    with Advisories.open(path) as known:
        assert export(known, str(copy)) == 4
    other = f"{tmp_path}/other/advisories.db"
    brought(other, copy)
    assert content(other) == content(path)
    with Advisories.open(path) as one, Advisories.open(other) as two:
        assert two.feeds().keys() == one.feeds().keys()
        for name, feed in two.feeds().items():
            assert feed.dated == one.feeds()[name].dated
        assert two.exploited("CVE-2026-0001") == one.exploited("CVE-2026-0001")
        assert two.epss("CVE-2026-0001") == (0.5, 0.75)
        assert two.cvss("CVE-2026-0001") == "CVSS:3.1/X"
    (copy / "npm").mkdir()
    (copy / "npm/all.zip").write_bytes(archive(record("N-1")))
    with pytest.raises(FeedError, match=r"npm/all.zip: is not in hullmark-manifest.json"):
        brought(other, copy)
    (copy / "npm/all.zip").unlink()
    (copy / "PyPI/all.zip").write_bytes(archive(record("X-9")))
    with pytest.raises(FeedError, match=r"PyPI/all.zip: is not the file that"):
        brought(other, copy)
    (copy / "PyPI/all.zip").unlink()
    with pytest.raises(FeedError, match=r"PyPI/all.zip: is in hullmark-manifest.json and not here"):
        brought(other, copy)
    assert content(other) == content(path)


def test_export_wants_an_empty_folder(path, folder):
    brought(path, folder)
    with Advisories.open(path) as known, pytest.raises(StoreError, match="is not empty"):
        export(known, str(folder))


def test_a_folder_without_advisories_is_refused(path, tmp_path):
    with pytest.raises(FeedError, match="no advisories here"):
        brought(path, tmp_path)
    with pytest.raises(FeedError, match="cannot be read"):
        brought(path, tmp_path / "nowhere")


def test_two_updates_do_not_run_at_once(path, folder):
    with locked(path), pytest.raises(StoreError, match="is being updated by somebody else"):
        brought(path, folder)


def test_what_a_killed_update_left_is_cleaned(path, folder):
    brought(path, folder)
    with open(f"{path}.new", "wb") as file:
        file.write(b"half")
    brought(path, folder)
    assert not os.path.exists(f"{path}.new")


RUN = """
import sys
from hullmark.advisories.bringing import bring
from hullmark.advisories.mirror import Folder
from hullmark.advisories.update import update
from hullmark.apps.cli.feeds import wishes
while True:
    for folder in sys.argv[2:]:
        update(sys.argv[1], Folder(folder))
        bring(sys.argv[1], wishes([f"osv:own={folder}/own"]))
        print(flush=True)
"""


def everything(path):
    """Records and what overlays say: of one state of a mirror, or of two mixed up."""
    with Advisories.open(path) as known:
        cve = "CVE-2026-0001"
        return content(path), known.exploited(cve), known.epss(cve), known.cvss(cve)


def own(path):
    """Records of a feed, each with its time."""
    with Advisories.open(path) as known:
        return {id: known.record(id).modified for id in known.ids("feed:osv:own")}


def test_killed_at_any_moment_the_data_stays_whole(path, tmp_path):
    states, owned, folders = [], [], []
    for month in ("01", "02"):
        time_of = f"2026-{month}-01T00:00:00Z"
        data = [record(f"X-{n}", f"t-{n % 50}", modified=time_of) for n in range(3000)]
        folder = mirror(tmp_path / time_of, PyPI=archive(*data))
        names = [f"CVE-2026-{n:04}" for n in range(1, 2000)]
        overlaid = {
            "known_exploited_vulnerabilities.json": kev(*names[: 1000 if month == "01" else None]),
            "epss_scores-2026-01-04.csv.gz": epss(*(f"{name},0.{month},0.5" for name in names)),
            "cvss.csv.gz": packed(
                "cve,vector\n" + "".join(f"{name},CVSS:{month}\n" for name in names)
            ),
        }
        for name, each in overlaid.items():
            (folder / "overlays" / name).write_bytes(each)
        (folder / "own").mkdir()
        for number in range(50):
            told = json.dumps(record(f"OWN-{number}", "ash", modified=time_of))
            (folder / f"own/{number}.json").write_text(told)
        folders.append(str(folder))
        brought(path, folders[-1])
        bring(path, wishes([f"osv:own={folder}/own"]))
        states.append(everything(path))
        owned.append(own(path))
    assert states[0] != states[1]
    assert owned[0] != owned[1]
    chance = random.Random(20261122)
    for _ in range(10):
        command = [sys.executable, "-c", RUN, path, *folders]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
            process.stdout.readline()
            time.sleep(chance.uniform(0, 0.5))
            process.send_signal(signal.SIGKILL)
        assert everything(path) in states
        assert own(path) in owned
    brought(path, folders[0])
    assert everything(path) == states[0]
    assert sorted(os.listdir(os.path.dirname(path))) == ["advisories.db", "advisories.db.lock"]


KILLED = """
import os, shutil, signal, sys
from hullmark.advisories.bringing import bring
from hullmark.advisories.mirror import Folder
from hullmark.advisories.update import update
from hullmark.apps.cli.feeds import wishes
path, folder, kind, module, name, when = sys.argv[1:]
real = getattr(sys.modules[module], name)
def killing(*args, **options):
    if when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    real(*args, **options)
    os.kill(os.getpid(), signal.SIGKILL)
setattr(sys.modules[module], name, killing)
update(path, Folder(folder)) if kind == "mirror" else bring(path, wishes([f"osv:own={folder}/own"]))
"""


@pytest.mark.parametrize("kind", ["mirror", "feed"])
@pytest.mark.parametrize("when", ["before", "after"])
@pytest.mark.parametrize("call", ["shutil.copyfile", "os.fsync", "os.chmod", "os.replace"])
def test_killed_at_each_step_the_data_is_the_old_or_the_new(path, folder, kind, when, call):
    (folder / "own").mkdir()
    (folder / "own/1.json").write_text(json.dumps(record("OWN-1", "ash")))
    brought(path, folder)
    bring(path, wishes([f"osv:own={folder}/own"]))
    before = everything(path), own(path)
    late = "2026-02-01T00:00:00Z"
    mirror(folder, PyPI=archive(record("X-1", modified=late)))
    (folder / "overlays/cvss.csv.gz").write_bytes(packed("cve,vector\nCVE-2026-0001,NEW\n"))
    (folder / "own/1.json").write_text(json.dumps(record("OWN-1", "ash", modified=late)))
    command = [sys.executable, "-c", KILLED, path, str(folder), kind, *call.split("."), when]
    assert subprocess.run(command, check=False).returncode == -signal.SIGKILL
    changed = (everything(path), own(path)) != before
    assert changed == ((call, when) == ("os.replace", "after"))
    brought(path, folder)
    bring(path, wishes([f"osv:own={folder}/own"]))
    assert own(path) == {"OWN-1": late}
    assert everything(path)[3] == "NEW"
    assert sorted(os.listdir(os.path.dirname(path))) == ["advisories.db", "advisories.db.lock"]


SPOILED = {
    "flipped": lambda data: (
        data[: len(data) // 2] + bytes([data[len(data) // 2] ^ 1]) + data[len(data) // 2 + 1 :]
    ),
    "cut": lambda data: data[:-1],
    "empty": lambda _: b"",
    "longer": lambda data: data + b"\0",
    "gone": lambda _: None,
}


@pytest.mark.parametrize("how", SPOILED)
@pytest.mark.parametrize(
    "name",
    [
        "PyPI/all.zip",
        "npm/all.zip",
        "overlays/cvss.csv.gz",
        "overlays/epss_scores-current.csv.gz",
        "overlays/known_exploited_vulnerabilities.json",
    ],
)
def test_a_spoiled_mirror_is_refused_by_the_name_of_the_file(path, folder, tmp_path, name, how):
    mirror(folder, npm=archive(record("N-1")))
    brought(path, folder)
    copy = tmp_path / "copy"
    with Advisories.open(path) as known:
        export(known, str(copy))
    before, whole = everything(path), (copy / name).read_bytes()
    spoiled = SPOILED[how](whole)
    if spoiled is None:
        (copy / name).unlink()
    else:
        (copy / name).write_bytes(spoiled)
    with pytest.raises(FeedError, match=f"copy/{name}: is .*hullmark-manifest.json"):
        brought(path, copy)
    assert everything(path) == before


@pytest.mark.parametrize("how", ["flipped", "cut", "empty"])
def test_a_spoiled_archive_is_refused_without_a_manifest_too(path, folder, how):
    brought(path, folder)
    before = everything(path)
    newer = archive(*(record(f"X-{n}", modified="2026-02-01T00:00:00Z") for n in range(9)))
    mirror(folder, PyPI=SPOILED[how](newer))
    with pytest.raises(FeedError, match=r"PyPI/all.zip"):
        brought(path, folder)
    assert everything(path) == before


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff", b" " * (5 * 1024 * 1024)])
def test_a_spoiled_manifest_is_refused(path, folder, data):
    (folder / "hullmark-manifest.json").write_bytes(data)
    with pytest.raises(FeedError, match=r"hullmark-manifest.json: "):
        brought(path, folder)


def dated(folder, made):
    """Let a mirror's manifest say when it was made."""
    manifest = folder / "hullmark-manifest.json"
    told = json.loads(manifest.read_bytes()) | {"made": made}
    if not made:
        del told["made"]
    manifest.write_text(json.dumps(told))


def test_a_mirror_older_than_the_one_before_is_refused(path, folder, tmp_path):
    brought(path, folder)
    copy = tmp_path / "copy"
    with Advisories.open(path) as known:
        export(known, str(copy))
    dated(copy, "2026-03-02T00:00:00Z")
    brought(path, copy)
    brought(path, copy)
    for made in ("2026-03-01T00:00:00Z", ""):
        dated(copy, made)
        with pytest.raises(FeedError, match=r"made 2026-03-02T00:00:00Z was imported: --allow-old"):
            brought(path, copy)
    update(path, Folder(str(copy)), older=True)
    dated(copy, "2026-03-01T00:00:00Z")
    brought(path, copy)
    dated(copy, "2999-01-01T00:00:00Z")
    with pytest.raises(FeedError, match="which is yet to come"):
        brought(path, copy)


def test_what_is_needed_is_imported_with_what_is_on_hand(path, folder):
    mirror(folder, npm=archive(record("N-1")), Go=archive(record("G-1")))
    brought(path, folder, "PyPI")
    done = update(path, Folder(str(folder)), needed=["npm", "Hex"])
    assert done.changed == ("npm",)
    assert done.missing == ("Hex",)
    with Advisories.open(path) as known:
        assert "Go" not in known.feeds()


def test_where_nothing_is_needed_or_on_hand_all_is_imported(path, folder):
    mirror(folder, npm=archive(record("N-1")))
    assert {"PyPI", "npm"} <= set(update(path, Folder(str(folder)), needed=()).changed)


def test_a_manifest_of_another_kind_is_refused(path, folder):
    for told in ({"schema": "other", "files": {}}, {"files": {}}, []):
        (folder / "hullmark-manifest.json").write_text(json.dumps(told))
        with pytest.raises(FeedError, match="manifest"):
            brought(path, folder)
