"""Pages of the docs that tell of checks: secrets, malware, files and images."""

from collections.abc import Callable, Iterator, Mapping

import hullmark.checks.files
import hullmark.checks.image
import hullmark.checks.malware
import hullmark.checks.secret
from hullmark.apps.markdown import MADE, codes, link, prose, table
from hullmark.apps.rules import objects
from hullmark.checks.kinds import ConfigCheck, Detector, FileCheck, ImageCheck, Signature
from hullmark.checks.rooms import CONFIG, REFERENCES
from hullmark.model import Rule
from hullmark.scan.config_files import SYSTEMS
from hullmark.unit import discover

OF_REFERENCES = "The images that Dockerfiles, compose files, manifests and workflows name."


def secrets() -> Iterator[str]:
    """The page of detectors of secrets, in blocks."""
    units = discover(hullmark.checks.secret, Detector)
    yield f"# Secrets\n\n{len(units)} forms that keys, tokens and passwords have. {MADE}"
    yield "How they are looked for: [content.md](content.md)."
    yield table(
        ("Detector", "Severity", "Finds", "Where", "In binaries"),
        (
            (
                link(id),
                unit.rule.severity.label,
                prose(unit.rule.title),
                codes(unit.names) or "every text",
                "yes" if unit.binary else "",
            )
            for id, unit in units.items()
        ),
    )
    for id, unit in units.items():
        bits = f" At least {unit.entropy:g} bits of entropy a character." if unit.entropy else ""
        yield from _rule(id, unit.rule)
        yield f"Holds one of {codes(unit.keywords)}. At most {unit.max_chars} characters.{bits}"


def malware() -> Iterator[str]:
    """The page of signatures of malware, in blocks."""
    units = discover(hullmark.checks.malware, Signature)
    yield f"# Malware\n\n{len(units)} YARA rules. {MADE}"
    yield "How they are held against files: [content.md](content.md)."
    yield from _all({id: unit.rule for id, unit in units.items()})


def checks() -> Iterator[str]:
    """The page of checks of files and of whole images, in blocks."""
    files = discover(hullmark.checks.files, FileCheck)
    images = discover(hullmark.checks.image, ImageCheck)
    yield (
        f"# Checks\n\n{len(files)} checks of single files, {len(images)} of whole images. {MADE} "
        "How they are run: [content.md](content.md). Of which rules of hadolint, Checkov and Trivy "
        "those of images that a Dockerfile shows are a counterpart, and where and why they differ: "
        "[oracles.md](oracles.md)."
    )
    both = {**{id: each.rule for id, each in files.items()}}
    both |= {id: each.rule for id, each in images.items()}
    ordered = dict(sorted(both.items()))
    yield from _all(ordered, lambda each: codes(files[each].names) if each in files else "image")


def config() -> Iterator[str]:
    """The page of checks of configuration as code, by kind of file, in blocks."""
    about = {each.id: each.about for each in SYSTEMS} | {REFERENCES: OF_REFERENCES}
    rooms = {id: discover(room, ConfigCheck) for id, room in CONFIG.items()}
    shared = discover(hullmark.checks.image, ImageCheck)
    every = [unit for units in rooms.values() for unit in units.values()]
    mends = [*(unit.mend for unit in every), *(unit.mend for unit in shared.values())]
    every_mend = [each for each in mends if each]
    risky = sum(each.risky for each in every_mend)
    yield (
        f"# Checks of configuration as code\n\n{len(every)} checks of files that decide how "
        f"containers are built and run. {MADE} How they are run: "
        "[configuration.md](configuration.md). "
        f"What {len(every_mend)} of them tell of, `hullmark fix` mends, {risky} with `--risky` "
        "alone: [fix.md](fix.md). What hadolint, Checkov and Trivy call those of Dockerfiles and "
        "manifests, and each difference with its reason: [oracles.md](oracles.md)."
    )
    for id, units in rooms.items():
        yield f"## {id}\n\n{prose(about[id])} {len(units)} checks."
        yield table(
            ("Rule", "Severity", "Title", "Objects", "Mended"),
            (
                (
                    link(rule),
                    unit.rule.severity.label,
                    prose(unit.rule.title),
                    ", ".join(objects(unit)) or "file",
                    _mended(unit),
                )
                for rule, unit in units.items()
            ),
        )
        if id == "dockerfile":
            also = [rule for rule, unit in shared.items() if unit.of_build]
            links = ", ".join(f"[{rule}](checks.md#{rule})" for rule in also)
            yield f"And {len(also)} of images that a Dockerfile shows already: {links}."
    for units in rooms.values():
        for rule, unit in units.items():
            yield from _rule(rule, unit.rule, level=3)
            yield from _mend(unit)


def _mended(unit: ConfigCheck | ImageCheck) -> str:
    """Whether a fault is mended, in a word or two."""
    if unit.mend is None:
        return ""
    return "`--risky`" if unit.mend.risky else "yes"


def _mend(unit: ConfigCheck | ImageCheck) -> Iterator[str]:
    """What ``hullmark fix`` does about a fault, or why it does nothing."""
    if unit.mend is not None:
        by = "`hullmark fix --risky`" if unit.mend.risky else "`hullmark fix`"
        breaks = f"; it {unit.mend.breaks}" if unit.mend.breaks else ""
        yield f"Mended by {by}: {prose(unit.mend.says + breaks)}."
    elif unit.left:
        yield f"Not mended by `hullmark fix`: {prose(unit.left)}."


def _all(rules: Mapping[str, Rule], where: Callable[[str], str] | None = None) -> Iterator[str]:
    header = ("Rule", "Kind", "Severity", "Title", *(["Looks at"] if where else []))
    yield table(
        header,
        (
            (
                link(id),
                str(rule.kind),
                rule.severity.label,
                prose(rule.title),
                *([where(id) or "programs and libraries"] if where else []),
            )
            for id, rule in rules.items()
        ),
    )
    for id, rule in rules.items():
        yield from _rule(id, rule)


def _rule(id: str, rule: Rule, level: int = 2) -> Iterator[str]:
    yield f"{'#' * level} {id}"
    yield f"{prose(rule.title)}. Severity: {rule.severity.label}. Confidence: {rule.confidence}."
    yield prose(rule.why)
    yield f"Remediation: {prose(rule.remediation)}"
    yield "\n".join(f"- <{reference}>" for reference in rule.references)
