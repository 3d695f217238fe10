"""Lists of what is known to be bad, from their import to findings."""

import hashlib
import json
import os
import subprocess
import sys

import pytest

from hullmark.model import File, StoreError
from hullmark.model.indicator import Indicator, IndicatorKind, recognised
from hullmark.sieve.known_bad import MAX_TOLD, KnownBad, known_bad
from hullmark.store import intel_file
from hullmark.store.intel_file import BlockList, Used, reading, remove_list, replace_list
from tests.images.build import Documents, tagged, tar, write_layout

HOST, IP, PAGE = "bark.oak-loader.net", "203.0.114.9", "http://oak-loader.net/Stage2"
NOW = "2026-02-01T00:00:00Z"


def known(*entries: str) -> KnownBad:
    used = []
    for each in entries:
        found = recognised(each)
        assert found
        used.append(Used(kind=found[0], value=found[1], list="forest", says="Oak"))
    return KnownBad(sorted(used, key=lambda each: (each.kind, each.value)), "")


def told(lists: KnownBad, content: bytes) -> list[str]:
    """What is said of a file; what could not be looked at too."""
    file = File(path="file", content=content)
    gaps: list[str] = []
    bad = lists.search(content)
    assert (bad is None) == (lists.hits(file) is None)
    found = lists.found(file, bad, lambda _path, why: gaps.append(why)) if bad else ()
    return [*(each.says for each in found), *gaps]


@pytest.mark.parametrize("algorithm", ["md5", "sha1", "sha256"])
def test_a_file_is_known_by_any_digest(algorithm):
    digest = hashlib.new(algorithm, b"acorn", usedforsecurity=False).hexdigest()
    others = [hashlib.new(algorithm, bytes([each])).hexdigest() for each in range(20)]
    lists = known(digest, *others)
    assert told(lists, b"acorn") == [f"{algorithm} {digest} is on the list forest: Oak"]
    assert not told(lists, b"acorns")
    assert len(told(lists, bytes([7]))) == 1


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (HOST, b"curl https://bark.oak-loader.net/a"),
        (HOST, b"BARK.Oak-Loader.net"),
        (HOST, b"to bark.oak-loader.net.\n"),
        (HOST, b"\0\1bark.oak-loader.net\0"),
        (HOST, b"//x@bark.oak-loader.net:8080"),
        (IP, b"connect 203.0.114.9:443"),
        (IP, b"203.0.114.9"),
        (IP, b"(203.0.114.9)."),
        ("2a00:1450::1", b"[2A00:1450::1]:80"),
        (PAGE, b"wget http://oak-loader.net/Stage2 -O"),
        (PAGE, b"'HTTP://OAK-LOADER.NET/Stage2'"),
    ],
)
def test_an_address_is_found_where_it_stands_alone(entry, text):
    assert len(told(known(entry), text)) == 1


@pytest.mark.parametrize(
    ("entry", "text"),
    [
        (HOST, b"my.bark.oak-loader.net"),
        (HOST, b"embark.oak-loader.net"),
        (HOST, b"x-bark.oak-loader.net"),
        (HOST, b"bark.oak-loader.net.evil.example"),
        (HOST, b"bark.oak-loader.network"),
        (HOST, b"bark.oak-loader.net-x"),
        (IP, b"1203.0.114.9"),
        (IP, b"203.0.114.90"),
        (IP, b"203.0.114.9.1"),
        (IP, b"7.203.0.114.9"),
        (IP, b"v203.0.114.9"),
        ("2a00:1450::1", b"2a00:1450::1:5"),
        ("2a00:1450::1", b"2a00:1450::12"),
        (PAGE, b"http://oak-loader.net/Stage22"),
        (PAGE, b"http://oak-loader.net/stage2"),
        (PAGE, b"http://oak-loader.net/Stage2/more"),
    ],
)
def test_an_address_inside_a_longer_one_is_none(entry, text):
    assert not told(known(entry), text)


def test_an_address_is_told_once_with_its_line_and_across_blocks():
    lists = known(HOST, IP)
    text = b"\n" * 3 + b"a" * 600_000 + b"\n" + HOST.encode() + b"\n" + HOST.encode()
    file = File(path="file", content=text)
    for bad in (lists.search(text), lists.hits(file)):
        assert bad
        found = list(lists.found(file, bad, pytest.fail))
        assert [(each.line, each.at) for each in found] == [(5, f"line 5: {HOST}")]
    edge = b"a" * (512 * 1024 - 5) + b" " + IP.encode() + b"\n"
    bad = lists.hits(File(path="file", content=edge))
    assert bad
    assert len(list(lists.found(File(path="file", content=edge), bad, pytest.fail))) == 1


def test_whoever_names_very_many_is_a_gap():
    hosts = [f"h{each}.oak-loader.net" for each in range(MAX_TOLD + 1)]
    said = told(known(*hosts), "\n".join(hosts).encode())
    assert len(said) == MAX_TOLD + 1
    assert said[-1] == f"more than {MAX_TOLD} addresses of lists: the rest are not told"


def test_addresses_that_are_compiled_apart_are_all_found(monkeypatch):
    monkeypatch.setattr("hullmark.sieve.known_bad.AT_ONCE", 2)
    hosts = [f"h{each}.oak-loader.net" for each in range(5)]
    assert len(told(known(*hosts), "\n".join(hosts).encode())) == 5


def test_what_lists_say_is_bounded(monkeypatch):
    monkeypatch.setattr("hullmark.sieve.known_bad.MAX_NOTES", 1)
    used = [
        Used(kind=IndicatorKind.DOMAIN, value=f"h{each}.net", list="oak", says=f"number {each}")
        for each in range(3)
    ]
    lists = KnownBad(used, "")
    assert told(lists, b"h0.net h1.net h2.net") == [
        "names h0.net, which is on the list oak: number 0",
        "names h1.net, which is on the list oak",
        "names h2.net, which is on the list oak",
    ]


def entry(value: str, expires: str = "", says: str = "") -> Indicator:
    return Indicator(kind=IndicatorKind.DOMAIN, value=value, expires=expires, says=says)


def test_lists_are_replaced_whole_and_what_expired_is_not_used(tmp_path):
    path = str(tmp_path / "home" / "intel.db")
    oak = BlockList(name="oak", sources=("a",), imported=NOW)
    elm = BlockList(name="elm", sources=("b", "c"), imported=NOW, lasts="30")
    assert replace_list(path, oak, [entry("a.net"), entry("a.net"), entry("b.net")], {}) == 2
    late, gone = entry("c.net", "2026-03-01T00:00:00Z"), entry("d.net", NOW)
    assert replace_list(path, elm, [late, gone, entry("a.net", says="e")], {"networks": 2}) == 3
    with reading(path) as known_lists:
        assert list(known_lists.lists()) == ["elm", "oak"]
        assert known_lists.lists()["elm"].left_out == {"networks": 2}
        assert known_lists.standing("elm", NOW).expired == 1
        used = [(each.value, each.list, each.says) for each in known_lists.used(NOW)]
        assert used == [("a.net", "elm", "e"), ("b.net", "oak", ""), ("c.net", "elm", "")]
    assert replace_list(path, oak, [entry("x.net")], {}) == 1
    assert remove_list(path, "elm")
    assert not remove_list(path, "elm")
    with reading(path) as known_lists:
        assert [each.value for each in known_lists.used(NOW)] == ["x.net"]


def test_an_import_that_fails_leaves_what_was_there(tmp_path, monkeypatch):
    path = str(tmp_path / "intel.db")
    replace_list(path, BlockList(name="oak", sources=(), imported=NOW), [entry("a.net")], {})
    before = (tmp_path / "intel.db").read_bytes()
    monkeypatch.setattr(intel_file, "MAX_ADDRESSES", 1)
    with pytest.raises(Exception, match="more than 1 addresses"):
        replace_list(path, BlockList(name="elm", sources=(), imported=NOW), [entry("b.net")], {})
    assert (tmp_path / "intel.db").read_bytes() == before
    assert not (tmp_path / "intel.db.new").exists()


@pytest.mark.parametrize("data", [b"", b"oak" * 1000, b"SQLite format 3\0" + bytes(5000)])
def test_a_damaged_file_of_lists_is_an_error(tmp_path, data):
    path = tmp_path / "intel.db"
    path.write_bytes(data)
    with pytest.raises(StoreError), reading(str(path)) as lists:
        lists.lists()


def test_lists_are_part_of_the_mark_of_the_cache(tmp_path):
    path = str(tmp_path / "intel.db")
    oak = BlockList(name="oak", sources=(), imported=NOW)
    marks = set()
    for each in ("a.net", "b.net"):
        replace_list(path, oak, [entry(each)], {})
        marks |= {known_bad(path, "")[1], known_bad(path, "")[1]}
    assert len(marks) == 2


def hullmark(*arguments: object, home: object):
    """Run the program as users do."""
    env = {key: value for key, value in os.environ.items() if not key.startswith("HULLMARK_")}
    command = [sys.executable, "-m", "hullmark", *map(str, arguments)]
    env["HULLMARK_HOME"] = str(home)
    return subprocess.run(command, env=env, capture_output=True, text=True, check=False)


def test_a_scan_finds_what_lists_know_in_files_archives_and_configurations(tmp_path):
    home = tmp_path / "home"
    digest = hashlib.sha256(b"acorn").hexdigest()
    listed = tmp_path / "oak.txt"
    listed.write_text(f"{digest} # dropper\n{HOST}\ngithub.com\n10.0.0.0/8\n")
    done = hullmark("intel", "import", listed, "--expires", "30", home=home)
    assert (done.returncode, done.stdout) == (0, "oak  2 entries\n")
    assert "left out 1 hosts that everybody uses" in done.stderr
    layer = [
        ("bin/acorn", "acorn"),
        ("etc/conf", f"# x\nhost={HOST}\n"),
        ("srv/a.tar", tar([("in/acorn", "acorn")])),
    ]
    made = Documents([layer, [("bin/.wh.acorn", "")]])
    made.config["config"]["Env"] = [f"SERVER={HOST}"]
    image = write_layout(tmp_path / "image", made.blobs, made.manifest(**tagged("latest")))
    arguments = ("scan", image, "--scanners", "malware", "--format", "json")
    first = hullmark(*arguments, home=home)
    again = hullmark(*arguments, home=home)
    assert json.loads(first.stdout)["findings"] == json.loads(again.stdout)["findings"]
    report = json.loads(again.stdout)
    found = {
        (each["rule"], each["subject"], each["severity"]): each["evidence"]["says"]
        for each in report["findings"]
        if each["rule"].startswith("known-malicious")
    }
    assert set(found) == {
        ("known-malicious-file", "bin/acorn", "critical"),
        ("known-malicious-file", "srv/a.tar!/in/acorn", "critical"),
        ("known-malicious-address", "etc/conf", "high"),
        ("known-malicious-address", "image configuration: env", "high"),
    }
    says = f"sha256 {digest} is on the list oak: dropper"
    assert found["known-malicious-file", "srv/a.tar!/in/acorn", "critical"] == says
    assert "block list oak" in report["feeds"]
    assert hullmark("intel", "remove", "oak", home=home).stdout == "oak  removed\n"
    clean = json.loads(hullmark(*arguments, home=home).stdout)
    assert not [each for each in clean["findings"] if each["rule"].startswith("known-malicious")]


def test_lists_are_told_kept_apart_and_refused_with_their_place(tmp_path):
    home = tmp_path / "home"
    lists = tmp_path / "lists"
    first, second = lists / "a.txt", lists / "sub" / "a.txt"
    second.parent.mkdir(parents=True)
    for each in (first, second):
        each.write_text(HOST)
    assert hullmark("intel", "status", home=home).stdout == ""
    both = hullmark("intel", "import", first, second, home=home)
    assert both.returncode == 2
    assert "give --name" in both.stderr
    assert hullmark("intel", "import", lists, "--name", "all", home=home).returncode == 0
    assert "all  1 entries  imported 2" in hullmark("intel", "list", home=home).stdout
    update = hullmark("intel", "update", "all", home=home)
    assert (update.returncode, update.stderr) == (
        2,
        "hullmark: all: is of files: import them again\n",
    )
    assert hullmark("intel", "update", home=home).returncode == 0
    first.write_text("oak\n")
    bad = hullmark("intel", "import", first, home=home)
    assert bad.returncode == 2
    assert f"{first} line 1: is no digest" in bad.stderr
    for wrong in (["--expires", "soon"], ["--name", "a/b"], ["--format", "csv"]):
        assert hullmark("intel", "import", second, *wrong, home=home).returncode == 2
    assert hullmark("intel", "import", "http://oak.net/list", home=home).returncode == 2
    assert hullmark("intel", "import", tmp_path / "none", home=home).returncode == 2
