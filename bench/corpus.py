"""How much of drawn secrets a real scan finds, in files of many kinds, and what gitleaks adds.

For each detector strings that are one and strings that look like it, drawn from another seed than
the tests', each in a file of its own. ``hullmark scan dir:`` and gitleaks read the same folder.
"""

import json
import random
import shutil
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import click

import hullmark.checks.secret
from bench.image import bench_directory
from bench.kinds_of_files import BIG, KINDS, Kind
from bench.peers import our_command, peer
from bench.runs import environment
from hullmark.checks.kinds import Detector
from hullmark.unit import discover

DRAWN = 20
WORST = 40
BIG_EVERY = 20
"""One detector of so many is also tried in files of megabytes."""

TRUE, ALIKE = "true/", "alike/"
"""Folders of strings that are secrets, and of those that look like it."""

Place = tuple[str, int]
"""A file and a line."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """One drawn string in its file."""

    rule: str
    kind: str
    is_bad: bool


@dataclass(slots=True, kw_only=True)
class Told:
    """What a report says: rules by file, and places."""

    rules: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: set[Place] = field(default_factory=set)


@click.command()
@click.option("--seed", default="corpus", show_default=True, help="What the strings are drawn by.")
@click.option("--gitleaks", default="", metavar="PATH", help="The gitleaks to run.")
@click.option("--only", multiple=True, metavar="ID", help="Only these detectors.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep the files in this new folder.")
@click.option("--write", type=click.Path(path_type=Path), help="Write the tables here too.")
def main(
    seed: str, gitleaks: str, only: tuple[str, ...], keep: Path | None, write: Path | None
) -> None:
    """Draw the corpus, have it scanned and print both tables."""
    program = peer(bench_directory(), "gitleaks", gitleaks)
    with tempfile.TemporaryDirectory(prefix="hullmark-corpus-") as scratch:
        home = Path(scratch, "home")
        home.mkdir()
        root = Path(scratch, "corpus")
        planted = plant(root, seed, only)
        ours = our_report(root, home)
        theirs = gitleaks_report(program, root, home)
        if keep:
            shutil.move(root, keep)
    text = "\n".join([*recall(planted, ours), "", *beside(ours, theirs), ""])
    print(text)
    if write:
        write.write_text(text)


def plant(root: Path, seed: str, only: Sequence[str]) -> Mapping[str, Planted]:
    """Write the files; what is in each by its path below ``root``."""
    planted = {}
    for number, (id, detector) in enumerate(discover(hullmark.checks.secret, Detector).items()):
        if only and id not in only:
            continue
        for is_bad, draw in ((True, detector.bad), (False, detector.good)):
            drawing = random.Random(f"{seed} {id} {is_bad}")  # noqa: S311 - the same each time
            for nth in range(DRAWN):
                kind = kind_of(detector, number, nth)
                name = detector.path if detector.names else kind.name
                path = f"{TRUE if is_bad else ALIKE}{id}/{nth:02}/{name}"
                content = kind.around(draw(drawing))
                (root / path).parent.mkdir(parents=True)
                (root / path).write_bytes(content)
                planted[path] = Planted(rule=id, kind=kind.id, is_bad=is_bad)
    return planted


def kind_of(detector: Detector, number: int, nth: int) -> Kind:
    """The kind of file of a detector's nth string; one for certain files keeps to its own."""
    if detector.names:
        return KINDS[0]
    if nth < len(BIG) and number % BIG_EVERY == 0:
        return BIG[nth]
    return KINDS[(number * 7 + nth) % len(KINDS)]


def our_report(root: Path, home: Path) -> Told:
    """What ``hullmark scan`` tells of the folder."""
    report = home / "ours.json"
    command = our_command(f"dir:{root}", report, "--no-cache", "--quiet", "--scanners", "secrets")
    subprocess.run(command, check=True, env=environment(home))
    told = Told()
    for each in json.loads(report.read_text())["findings"]:
        path, line = each["evidence"]["path"], each["evidence"]["line"]
        told.rules[path].add(each["rule"])
        told.places.add((path, line))
    return told


def gitleaks_report(program: str, root: Path, home: Path) -> Mapping[tuple[str, int, int], str]:
    """By file, first and last line: the rule by which gitleaks tells of it."""
    report = home / "gitleaks.json"
    command = [program, "dir", ".", "--no-banner", "--log-level", "error", "--exit-code", "0"]
    command += ["--report-format", "json", "--report-path", str(report)]
    subprocess.run(command, check=True, env=environment(home), cwd=root)
    return {
        (each["File"].removeprefix("./"), each["StartLine"], each["EndLine"]): each["RuleID"]
        for each in json.loads(report.read_text())
    }


def recall(planted: Mapping[str, Planted], ours: Told) -> Iterator[str]:
    """Yield what was found of all, by kind of file, and the worst detectors."""
    missed: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    of_kind: dict[str, Counter[str]] = defaultdict(Counter)
    total: Counter[str] = Counter()
    kinds_missed: dict[str, list[str]] = defaultdict(list)
    for path, each in planted.items():
        rules = ours.rules.get(path, set())
        told = "by its rule" if each.rule in rules else "by another" if rules else "silent"
        total[f"{'true' if each.is_bad else 'alike'}, {told}"] += 1
        if not each.is_bad:
            wrong[each.rule] += each.rule in rules
            continue
        of_kind[each.kind][told] += 1
        if each.rule not in rules:
            missed[each.rule] += 1
            kinds_missed[each.rule].append(each.kind)
    yield from ("| Strings | Number |", "|---|---:|")
    yield from (f"| {what} | {count:,} |" for what, count in sorted(total.items()))
    right = total["true, by its rule"]
    real = right + total["true, by another"] + total["true, silent"]
    false = total["alike, by its rule"]
    yield f"| recall, by any rule | {(right + total['true, by another']) / (real or 1):.4f} |"
    yield f"| recall, by its own rule | {right / (real or 1):.4f} |"
    yield f"| precision, of its own rule | {right / (right + false or 1):.4f} |"
    yield from ("", "| Kind of file | By its rule | By another | Silent |", "|---|---:|---:|---:|")
    for kind, counts in sorted(of_kind.items(), key=lambda item: -item[1]["silent"]):
        figures = " | ".join(str(counts[each]) for each in ("by its rule", "by another", "silent"))
        yield f"| {kind} | {figures} |"
    yield from (
        "",
        f"| Detector | Missed of {DRAWN} | In | Wrong of {DRAWN} |",
        "|---|---:|---|---:|",
    )
    for id, count in (missed + wrong).most_common(WORST):
        if count:
            places = ", ".join(sorted(set(kinds_missed[id])))
            yield f"| {id} | {missed[id]} | {places} | {wrong[id]} |"


def beside(ours: Told, theirs: Mapping[tuple[str, int, int], str]) -> Iterator[str]:
    """Yield by rule of gitleaks what we tell of too, and how much of what is none it tells of."""
    alike = sum(not path.startswith(TRUE) for path, _, _ in theirs)
    theirs = {place: rule for place, rule in theirs.items() if place[0].startswith(TRUE)}
    total = Counter(theirs.values())
    both: Counter[str] = Counter()
    lacking: dict[str, str] = {}
    for (path, first, last), rule in theirs.items():
        if any((path, line) in ours.places for line in range(first - 1, last + 2)):
            both[rule] += 1
        else:
            lacking[rule] = f"{path}:{first}"
    share = sum(both.values()) / (sum(total.values()) or 1)
    yield f"Of {sum(total.values()):,} places of true secrets that gitleaks tells of, we tell of"
    yield f"{share:.4f}. gitleaks also tells of {alike:,} places where nothing is secret."
    yield from ("", "| Rule of gitleaks | Places | Ours too | Lacking, for instance |")
    yield "|---|---:|---:|---|"
    for rule, count in sorted(total.items(), key=lambda item: both[item[0]] - item[1]):
        yield f"| {rule} | {count} | {both[rule]} | {lacking.get(rule, '')} |"


if __name__ == "__main__":
    sys.exit(main())
