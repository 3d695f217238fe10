"""Rules of the user, which may ask for more than ours do."""

import sys
from subprocess import run

from hullmark.apps.cli.target import source_of
from hullmark.scan import Scanner, Settings
from hullmark.scan.file_checks import opened_eyes
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


ALONE = """
import sys
from pathlib import Path
from hullmark.sieve import signatures
from tests.sieve.test_own_rules import SLOW, scanned

signatures.MAX_SCAN_S = 3
report = scanned(SLOW, Path(sys.argv[1]))
print("found", *(each.subject for each in report.findings))
print("gaps", *(each.subject for each in report.gaps if each.unit == "content"))
"""
"""In a process of its own: YARA's clock is a thread, which no process that scanned before hands on
to those that it forks."""


def test_a_rule_that_does_not_end_is_a_gap_of_its_file(tmp_path):
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree/long").write_bytes(b"abcde" * 400_000)
    (tmp_path / "tree/short").write_bytes(b"abcdef")
    done = run([sys.executable, "-c", ALONE, tmp_path], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines() == ["found short", "gaps long"]


def test_a_rule_and_the_place_it_is_told_from_are_part_of_the_mark_of_the_cache(tmp_path):
    def mark(path, text):
        own = (OwnRules(path=path, text=text),)
        return opened_eyes(Looking(malware=True, own_rules=own, folder=str(tmp_path)))[1]

    assert len({mark("a", COUNTING), mark("b", COUNTING), mark("a", SLOW)}) == 3
