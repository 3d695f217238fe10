"""Checks of Kubernetes objects across files, run in a jailed worker on what files gave to them."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, partial

import msgspec

import hullmark.checks.kubernetes
from hullmark.charts.messages import NAMESPACE
from hullmark.checks.declare_config import BUNDLE
from hullmark.checks.kinds import ConfigCheck
from hullmark.checks.kube import Bundle, Object
from hullmark.checks.kube_packed import ANNOTATION, unpacked
from hullmark.checks.kube_places import place
from hullmark.model import Evidence, Fact, File
from hullmark.model.gathered import Gathered
from hullmark.model.repository import without_login
from hullmark.model.spotted import Spotted
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.jobs import BundleJob
from hullmark.scan.reading import Reading
from hullmark.scan.relating import KUBERNETES, MANIFESTS
from hullmark.unit import discover


@cache
def bundle_checks() -> Mapping[str, ConfigCheck]:
    """Checks that judge all objects of a tree together, by id."""
    found = discover(hullmark.checks.kubernetes, ConfigCheck)
    return {id: check for id, check in found.items() if BUNDLE in check.kinds}


def judge_together(job: BundleJob, checks: Mapping[str, ConfigCheck], reading: Reading) -> Contents:
    """What the checks say, each under a clock; one that fails is a gap."""
    nothing = File(path=MANIFESTS, content=b"")
    try:
        files = _Files(job.gathered)
    except (msgspec.MsgspecError, ValueError, TypeError) as error:
        reading.gap(KUBERNETES, MANIFESTS, f"not held together: {error}")
        return Contents(gaps=reading.gaps)
    bundle = Bundle(files.objects, job.unread)
    told = _Told(files)
    for number, (id, check) in enumerate(checks.items()):
        bundle.begin()
        reading.look(id, nothing, number, partial(told.by, check, bundle))
    return Contents(parsed=[*_by_file(reading.parsed())], gaps=reading.gaps)


def _by_file(parsed: Iterable[Parsed]) -> Iterator[Parsed]:
    """What was told of all manifests, under the file that each is of."""
    found: dict[str, list[Fact]] = {}
    for each in parsed:
        for fact in each.facts:
            if isinstance(fact, Spotted):
                found.setdefault(fact.path, []).append(fact)
    for path, facts in found.items():
        yield Parsed(path=path, entry=0, unit=KUBERNETES, facts=facts)


class _Files:
    """The objects of all files, and what comments and annotations accept in each."""

    def __init__(self, gathered: Iterable[Gathered]) -> None:
        self.objects: list[Object] = []
        self.layers: dict[str, str] = {}
        self._comments: dict[str, dict[int, list[tuple[str, str]]]] = {}
        self._named: dict[tuple[str, str], list[Object]] = {}
        self._noted: set[tuple[str, str]] = set()
        for each in gathered:
            found, accepted = unpacked(each.packed)
            where = place(each.path, each.layer, rendered=each.rendered, release=each.release)
            self.layers[each.path] = each.layer
            if accepted:
                self._comments.setdefault(each.path, {}).update(accepted)
            for one in found:
                one.source = where
                if each.release:
                    _leave_open(one)
                self.objects.append(one)
                self._named.setdefault((each.path, one.name), []).append(one)
                if any(key.startswith(ANNOTATION) for key in one.metadata.map("annotations")):
                    self._noted.add((each.path, one.name))

    def allowed(self, rule: str, told: Evidence) -> str:
        """The reason by which a comment, or an annotation of the object, accepts a finding."""
        comments = self._comments.get(told.path, {}).get(told.line, ())
        for id, why in comments:
            if id in ("*", rule):
                return why
        key = told.path, told.at.partition(" ")[0]
        for each in self._meant(key, told.line) if key in self._noted else ():
            if why := each.metadata.map("annotations").text(f"{ANNOTATION}{rule}"):
                return why
        return ""

    def _meant(self, key: tuple[str, str], line: int) -> list[Object]:
        """Of the objects of one name in a file that which begins last before a line."""
        before = [each for each in self._named[key] if _start(each) <= line]
        return [max(before, key=_start)] if before else self._named[key][:1]


def _start(subject: Object) -> int:
    return subject.body.line


def _leave_open(subject: Object) -> None:
    """Take away the namespace of a release: whoever installs the chart says what it is."""
    for each in (subject.metadata, *subject.body.maps("subjects")):
        if each.text("namespace") == NAMESPACE:
            del each["namespace"]


class _Told:
    """Claims of checks as facts, each of one place once."""

    def __init__(self, files: _Files) -> None:
        self._files = files

    def by(self, check: ConfigCheck, bundle: Bundle) -> Iterator[Spotted]:
        """What a check says of all objects."""
        rule, files = check.rule, self._files
        known = set[tuple[str, str, int]]()
        places = Counter[tuple[str, str]]()
        for each in check.judge(bundle):
            if (each.path, each.at, each.line) in known:
                continue
            known.add((each.path, each.at, each.line))
            places[each.path, each.at] += 1
            count = places[each.path, each.at]
            yield Spotted(
                rule=rule.id,
                kind=rule.kind,
                severity=rule.severity,
                path=each.path,
                layer=files.layers.get(each.path, ""),
                at=each.at if count == 1 else f"{each.at} ({count})",
                says=without_login(each.says),
                line=each.line,
                allowed=files.allowed(rule.id, each),
            )


def told_together(
    gathered: Sequence[Gathered],
    unread: Sequence[str] = (),
    checks: Mapping[str, ConfigCheck] | None = None,
) -> Contents:
    """What all checks across files, or these, say; for those who read files without an engine."""
    job = BundleJob(gathered=[each for each in gathered if each.count], unread=list(unread))
    return judge_together(job, bundle_checks() if checks is None else checks, Reading({}))
