"""What hadolint, Checkov and Trivy tell of our own examples, and what we tell: rule by rule.

Every ``bad`` and ``good`` example of the checks of Dockerfiles and manifests is a file of its own.
``bench/oracle_rules`` holds a file for each peer: which rules of ours one of its rules stands for,
or why there is none, and why the two differ where they do. A rule that is in neither list and a
difference without a reason are told, and end the run with 1.
"""

import json
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from random import Random
from typing import Any

import click
from msgspec.structs import replace

import hullmark.checks.image
from bench.config import CHECKOV, HADOLINT, installed
from bench.image import bench_directory
from bench.oracle_reasons import WHOLE, Example, Given, conditions, reason
from bench.pages import versions
from bench.peers import TRIVY, TRIVY_ALONE, peer, version_of
from hullmark.checks.kinds import ConfigCheck, ImageCheck
from hullmark.checks.rooms import CONFIG
from hullmark.model import File
from hullmark.model.spotted import Spotted
from hullmark.scan.config_files import config_parsers
from hullmark.scan.joining import told_together
from hullmark.scan.reading import Reading
from hullmark.scan.relating import gathered_in
from hullmark.sieve.options import Looking
from hullmark.unit import discover

DOCKERFILE, KUBERNETES = "dockerfile", "kubernetes"
KINDS = (DOCKERFILE, KUBERNETES)
RULES = Path(__file__).with_name("oracle_rules")
MAX_SHOWN = 12
PART = 300
"""So many examples lie in one folder: Checkov and Trivy take long for more at once."""

FAILING = "CKV2_K8S_6"
"""Checkov's rule of all pods of a tree, which ends with an error where a pod has no name."""

Told = Mapping[str, set[str]]
"""The rules that fire, by example."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """What is known of one peer's rules, as its file of ``oracle_rules`` says it.

    ``ours`` are our rules by its rule, ``none`` is why we have none, by patterns. ``only_they`` and
    ``only_we`` name for a rule the reason of a difference: of all examples, or by conditions. Those
    of the rules ``*`` and ``rest`` are for every rule, and come first and last.
    """

    ours: Mapping[str, list[str]]
    none: Mapping[str, str]
    only_they: Mapping[str, Given]
    only_we: Mapping[str, Given]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """One rule of a peer beside ours: the examples that both tell of, and those of one alone."""

    peer: str
    rule: str
    ours: tuple[str, ...]
    both: frozenset[str]
    only_we: Mapping[str, tuple[str, str]]
    only_they: Mapping[str, tuple[str, str]]

    def unexplained(self) -> Iterator[str]:
        """Yield a line for each side that differs without a reason."""
        for side, files in (("only we", self.only_we), ("only they", self.only_they)):
            left = sorted(file for file, (why, _) in files.items() if not why)
            if left:
                more = f" and {len(left) - MAX_SHOWN} more" if len(left) > MAX_SHOWN else ""
                shown = " ".join(left[:MAX_SHOWN])
                ours = ", ".join(self.ours)
                yield f"{self.peer} {self.rule} ({ours}), {side}, {len(left)}: {shown}{more}"


@click.command()
@click.option("--trivy", default="", metavar="PATH", help="The trivy to run.")
@click.option("--checkov", default="", metavar="PATH", help="The checkov to run.")
@click.option("--hadolint", default="", metavar="PATH", help="The hadolint to run.")
@click.option("--sample", default=600, show_default=True, help="Draw so many manifests; 0: all.")
@click.option("--keep", type=click.Path(path_type=Path), help="Keep what each tells here.")
def main(trivy: str, checkov: str, hadolint: str, sample: int, keep: Path | None) -> None:
    """Compare our rules with those of peers on our own examples."""
    home = bench_directory()
    programs = {
        HADOLINT: installed(home, HADOLINT, hadolint),
        CHECKOV: installed(home, CHECKOV, checkov),
        TRIVY: peer(home, "trivy", trivy),
    }
    files = drawn(examples(), sample)
    with tempfile.TemporaryDirectory(prefix="hullmark-oracles-") as scratch:
        tree = Path(scratch)
        write(files, tree)
        told = {
            HADOLINT: told_by_hadolint(programs[HADOLINT], tree),
            CHECKOV: told_by_checkov(programs[CHECKOV], tree),
            TRIVY: told_by_trivy(programs[TRIVY], tree),
        }
    ours = told_by_us(files)
    if keep:
        sets = {
            name: {file: sorted(rules) for file, rules in each.items()}
            for name, each in (*told.items(), ("ours", ours))
        }
        keep.write_text(json.dumps(sets, indent=1, sort_keys=True))
    tables = {name: table_of(name) for name in told}
    shapes = {
        name: Example(
            name=name.partition("-")[2],
            text=file.data.decode(errors="replace"),
            ours=frozenset(ours[name]),
        )
        for name, file in files.items()
    }
    pairs = [each for name in told for each in compared(name, tables[name], told[name], shapes)]
    sys.stdout.writelines(f"{line}\n" for line in page(programs, files, tables, pairs))
    left = [*unknown(tables, told), *(line for each in pairs for line in each.unexplained())]
    left += [] if sample else idle(tables, pairs)
    print(*left, sep="\n")
    sys.exit(1 if left else 0)


def examples() -> dict[str, File]:
    """Return all examples, by a name that is the folder of each: kind, rule, side and number."""
    found = {}
    for kind in KINDS:
        for id, check in discover(CONFIG[kind], ConfigCheck).items():
            for side, files in (("bad", check.bad()), ("good", check.good())):
                for number, file in enumerate(files):
                    found[f"{kind}-{id}-{side}-{number}"] = file
    return found


def drawn(files: dict[str, File], count: int) -> dict[str, File]:
    """Return all Dockerfiles, and so many of the manifests; all of them for 0."""
    manifests = sorted(name for name in files if name.startswith(KUBERNETES))
    if not 0 < count < len(manifests):
        return files
    kept = {*Random(count).sample(manifests, count)}  # noqa: S311 - drawn, not secret
    return {
        name: file for name, file in files.items() if name.startswith(DOCKERFILE) or name in kept
    }


def write(files: Mapping[str, File], tree: Path) -> None:
    """Write every example into a folder of its own, some hundreds of them in one part."""
    for number, (name, file) in enumerate(files.items()):
        place = tree / str(number // PART) / name / Path(file.path).name
        place.parent.mkdir(parents=True)
        place.write_bytes(file.data)


def told_by_us(files: Mapping[str, File]) -> Told:
    """Return what our checks say, of each file by itself."""
    parsers = config_parsers(Looking(config=True))
    found = {}
    for name, file in files.items():
        reading = Reading(parsers)
        named = replace(file, path=Path(file.path).name)
        reading.read(named, [name.partition("-")[0]], 0)
        joined = told_together(gathered_in(reading.parsed()))
        facts = [fact for each in (*reading.parsed(), *joined.parsed) for fact in each.facts]
        found[name] = {
            fact.rule for fact in facts if isinstance(fact, Spotted) and not fact.allowed
        }
    return found


def told_by_hadolint(program: str, tree: Path) -> Told:
    """Return what hadolint says of the Dockerfiles."""
    files = sorted(str(each.relative_to(tree)) for each in tree.glob(f"*/{DOCKERFILE}-*/*"))
    options = ("--no-fail", "--disable-ignore-pragma", "--format", "json")
    found = defaultdict(set)
    for each in json.loads(said([program, *options, *files], tree)):
        found[Path(each["file"]).parent.name].add(each["code"])
    return found


def told_by_checkov(program: str, tree: Path) -> Told:
    """Return what Checkov says of all files."""
    options = ("--output", "json", "--compact", "--quiet", "--soft-fail", "--skip-download")
    command = [program, "-d", ".", "--framework", *KINDS, "--skip-check", FAILING, *options]
    found = defaultdict(set)
    for part in tree.iterdir():
        answer = json.loads(said(command, part))
        for kind in answer if isinstance(answer, list) else [answer]:
            for each in kind.get("results", {}).get("failed_checks", ()):
                found[Path(each["file_path"]).parent.name].add(each["check_id"])
    return found


def told_by_trivy(program: str, tree: Path) -> Told:
    """Return what Trivy says of all files."""
    alone = (TRIVY_ALONE[0], "--skip-version-check", "--skip-check-update")
    options = ("--misconfig-scanners", ",".join(KINDS), "--format", "json")
    found = defaultdict(set)
    for part in tree.iterdir():
        answer = json.loads(said([program, "config", *alone, *options, "."], part))
        for result in answer.get("Results") or ():
            for each in result.get("Misconfigurations") or ():
                found[Path(result["Target"]).parent.name].add(each["ID"])
    return found


def said(command: list[str], folder: Path) -> str:
    """Return what a program writes in a folder; findings are no failure."""
    return subprocess.run(
        command, check=False, stdout=subprocess.PIPE, text=True, cwd=folder
    ).stdout


def known_rules() -> set[str]:
    """Return the rules that a Dockerfile or manifest may break."""
    of_files = {id for kind in KINDS for id in discover(CONFIG[kind], ConfigCheck)}
    return of_files | discover(hullmark.checks.image, ImageCheck).keys()


def table_of(name: str) -> Table:
    """Read what is known of a peer's rules."""
    read: dict[str, Any] = tomllib.loads((RULES / f"{name.lower()}.toml").read_text())
    given = read.get("ours", {})
    return Table(
        ours={rule: [ids] if isinstance(ids, str) else ids for rule, ids in given.items()},
        none=read.get("none", {}),
        only_they=read.get("only-they", {}),
        only_we=read.get("only-we", {}),
    )


def reasons() -> dict[str, str]:
    """Read the text of each reason by its name."""
    read: dict[str, str] = tomllib.loads((RULES / "reasons.toml").read_text())
    return read


def compared(name: str, table: Table, told: Told, shapes: Mapping[str, Example]) -> Iterator[Pair]:
    """Yield each mapped rule of a peer that fires beside ours, in the files of its kind."""
    firing = {rule for found in told.values() for rule in found}
    for rule in sorted(firing & table.ours.keys()):
        theirs = {file for file, found in told.items() if rule in found}
        kinds = {file.partition("-")[0] for file in theirs}
        own = {
            file
            for file, each in shapes.items()
            if file.partition("-")[0] in kinds and not each.ours.isdisjoint(table.ours[rule])
        }
        yield Pair(
            peer=name,
            rule=rule,
            ours=tuple(table.ours[rule]),
            both=frozenset(own & theirs),
            only_we={file: reason(table.only_we, rule, shapes[file]) for file in own - theirs},
            only_they={file: reason(table.only_they, rule, shapes[file]) for file in theirs - own},
        )


def idle(tables: Mapping[str, Table], pairs: Iterable[Pair]) -> Iterator[str]:
    """Yield conditions that hold for no difference of any example: they explain nothing."""
    held = {
        (each.peer, side, condition)
        for each in pairs
        for side, files in (("only-we", each.only_we), ("only-they", each.only_they))
        for _, condition in files.values()
    }
    for name, table in tables.items():
        for side, rules in (("only-we", table.only_we), ("only-they", table.only_they)):
            for rule, given in rules.items():
                for condition, _ in conditions(given):
                    if (name, side, f"{rule}: {condition}") not in held:
                        yield f"{name}, {side}, {rule}: no difference is {condition}"


def whole(tables: Mapping[str, Table]) -> Iterator[tuple[str, str]]:
    """Yield each pair with a reason for whatever differs, and the reason's text."""
    texts = reasons()
    for name, table in tables.items():
        for side, rules in (("only we", table.only_we), ("only they", table.only_they)):
            for rule, given in rules.items():
                for condition, why in conditions(given):
                    if condition == WHOLE:
                        yield f"{name} {rule}, {side}", texts.get(why, "No reason is given")


def unknown(tables: Mapping[str, Table], told: Mapping[str, Told]) -> Iterator[str]:
    """Yield rules of peers that fire and that no table knows, and names that stand for nothing."""
    texts, known = reasons(), known_rules()
    for name, table in tables.items():
        for id in {id for ids in table.ours.values() for id in ids} - known:
            yield f"{name}: no rule of ours is called {id}"
        firing = {rule for found in told[name].values() for rule in found}
        for rule in sorted(firing - table.ours.keys()):
            if any(fnmatchcase(rule, pattern) for pattern in table.none):
                continue
            files = sorted(file for file, found in told[name].items() if rule in found)
            shown = " ".join(files[:MAX_SHOWN])
            yield f"{name} {rule} is not mapped, {len(files)}: {shown}"
        for given in (*table.only_they.values(), *table.only_we.values()):
            for _, each in conditions(given):
                if each not in texts:
                    yield f"{name}: no reason is called {each}"


def page(
    programs: Mapping[str, str],
    files: Mapping[str, File],
    tables: Mapping[str, Table],
    pairs: Iterable[Pair],
) -> Iterator[str]:
    """Yield the table of pairs, the classes of their differences and the rules we do not have."""
    counts = Counter(name.partition("-")[0] for name in files)
    examples_of = ", ".join(f"{count} of the room {kind}" for kind, count in counts.items())
    yield f"- Examples: {examples_of}."
    yield versions({name: version_of(path) for name, path in programs.items()}, "hullmark")
    yield from ("", "| Peer | Rule | Ours | Both | Only we | Only they |")
    yield "|---|---|---|---:|---:|---:|"
    classes = Counter[tuple[str, str]]()
    for each in pairs:
        ours = ", ".join(f"`{id}`" for id in each.ours)
        figures = f"{len(each.both)} | {len(each.only_we)} | {len(each.only_they)}"
        yield f"| {each.peer} | {each.rule} | {ours} | {figures} |"
        classes.update(("Only we", why) for why, _ in each.only_we.values())
        classes.update(("Only they", why) for why, _ in each.only_they.values())
    yield from ("", "| Who tells | Times | Why |", "|---|---:|---|")
    texts = reasons()
    for (side, why), count in classes.most_common():
        yield f"| {side} | {count:,} | {texts.get(why, 'No reason is given')} |"
    left = [*whole(tables)]
    if left:
        yield from ("", "| A reason for a whole pair | Why |", "|---|---|")
        yield from (f"| {pair} | {why} |" for pair, why in left)
    yield from ("", "| Peer | Rule | Why we have none |", "|---|---|---|")
    for name, table in tables.items():
        yield from (f"| {name} | {rule} | {why} |" for rule, why in table.none.items())
    yield ""


if __name__ == "__main__":
    main()
