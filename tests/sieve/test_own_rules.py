"""Rules of the user, which may ask for more than ours do."""

from hullmark.apps.cli.target import source_of
from hullmark.scan import Scanner, Settings
from hullmark.scan.file_checks import opened_eyes
from hullmark.sieve import signatures
from hullmark.sieve.options import Looking, OwnRules

COUNTING = 'rule many { strings: $a = "xyzzy" condition: #a > 100 }'
SLOW = "rule slow { strings: $a = /a.*b.*c.*d.*e.*f/s condition: $a }"


def scanned(rule, folder):
    looking = Looking(malware=True, own_rules=(OwnRules(path="mine.yar", text=rule),))
    with Scanner(looking=looking) as scanner:
        settings = Settings(folder=str(folder / "cache"))
        return scanner.scan(*source_of(f"dir:{folder / 'tree'}"), settings)


def test_a_rule_may_count_many_matches(tmp_path):
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/many").write_text("xyzzy " * 101)
    (tmp_path / "tree/few").write_text("xyzzy " * 100)
    assert [each.subject for each in scanned(COUNTING, tmp_path).findings] == ["many"]


def test_a_rule_that_does_not_end_is_a_gap_of_its_file(tmp_path, monkeypatch):
    monkeypatch.setattr(signatures, "MAX_SCAN_S", 3)
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/long").write_bytes(b"abcde" * 400_000)
    (tmp_path / "tree/short").write_bytes(b"abcdef")
    report = scanned(SLOW, tmp_path)
    assert [each.subject for each in report.findings] == ["short"]
    assert [each.subject for each in report.gaps if each.unit == "content"] == ["long"]


def test_a_rule_and_the_place_it_is_told_from_are_part_of_the_mark_of_the_cache(tmp_path):
    def mark(path, text):
        own = (OwnRules(path=path, text=text),)
        return opened_eyes(Looking(malware=True, own_rules=own, folder=str(tmp_path)))[1]

    assert len({mark("a", COUNTING), mark("b", COUNTING), mark("a", SLOW)}) == 3
