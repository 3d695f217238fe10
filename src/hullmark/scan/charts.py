"""Helm charts of a tree: rendered beside the walk, judged as the manifests that they render.

Findings point to the templates. What templates hold is not judged where their chart was rendered.
"""

from collections.abc import Iterable, Iterator
from re import DOTALL
from re import compile as regex
from typing import Self

from msgspec.structs import replace

from hullmark.charts import Answer, ChartOptions, Rendered, Renderer, Request, Unrendered
from hullmark.model import Fact, Gap, PolicyError
from hullmark.model.gathered import Gathered as Shared
from hullmark.model.manifest import UNRENDERED
from hullmark.model.spotted import Spotted
from hullmark.model.spotted import Subjects as Judged
from hullmark.scan.chart_files import (
    CHART,
    CHARTS,
    PARTS,
    Asked,
    Gathered,
    gathered,
    is_template,
    linked,
    origin_of,
    shortfalls,
    top_charts,
    within,
)
from hullmark.scan.dispatch import Dispatch
from hullmark.scan.facts import Contents, Parsed, renamed
from hullmark.scan.inflating import Inflating, in_memory
from hullmark.scan.skip import Skip
from hullmark.unit import OpenTree, TreeFile

UNITS = ("kubernetes", "kubernetes-images")
"""The parsers that read what is rendered."""

MAX_ROUNDS = 4
"""Of walks: one, and one for each step from charts to those in other folders that they ask for."""

OF_RELEASES = frozenset(("unnamed-namespace",))
"""Rules that are kept by who installs a chart: Helm puts objects into the release's namespace."""

MAX_LINES = 4_000_000
"""Of all that is rendered, whose lines in templates are kept; beyond, lines are as rendered."""

ALONE = "its chart is not rendered: name its folder with dir: for that"
BROKEN = "renders what is no YAML"
_MARK = "\0"
"""Before the number of what was rendered, in paths between here and workers: no file has one."""

_mark = regex(r"\0[0-9]+").sub
_marked = regex(r".*\0([0-9]{1,9})\Z", DOTALL).match


class Charts:
    """The charts of one tree. A process that renders runs from the first Chart.yaml to the exit."""

    def __init__(
        self, dispatch: Dispatch, options: ChartOptions, *, kubernetes: int, skip: Skip
    ) -> None:
        claimed = dispatch.units("templates/pod.yaml")
        self._units = tuple(each for each in UNITS if each in claimed)
        self._options = options
        self._kubernetes = kubernetes
        self._skip = skip
        self._renderer = Renderer()
        self._folders: list[str] = []
        self._rendered: list[Rendered] = []
        self._releases: list[str] = []
        self._lines = 0
        self._whole: set[int] = set()
        self._replaced: set[str] = set()
        self._seen: set[tuple[str, str, str, bool]] = set()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._renderer.close()

    def walked(self, tree: OpenTree, gaps: list[Gap]) -> Iterator[TreeFile]:
        """Every file of a tree, then what its charts render, as files to be read by ``UNITS``.

        Raises ``PolicyError`` for options that Helm does not understand.
        """
        for file in tree.walk(gaps):
            if self._units and file.named and _is_chart(file.path):
                gaps.append(Gap(unit=self._units[0], subject=file.path, why=ALONE))
            elif self._units and not file.layer and _is_chart(file.path):
                self._folders.append(file.path.rpartition("/")[0])
                self._renderer.start()
            yield file
        if self._folders:
            yield from self._all(tree, gaps)

    def inflating(self, tree: OpenTree, folders: Iterable[str]) -> Inflating:
        """What renders those charts among these that kustomizations ask for."""
        known = {*self._folders} & {*folders}
        return Inflating(tree, known, self._renderer, kubernetes=self._kubernetes, skip=self._skip)

    def order(self, contents: Contents) -> int:
        """The place of an answer among others, whichever worker gave it: that of what it renders.

        Of what several charts show the first is told.
        """
        return min((self._number(each.path) for each in contents.parsed), default=-1)

    def told(self, contents: Contents) -> Contents:
        """What workers say of files; what they say of rendered ones is told of templates."""
        if not self._rendered and not self._replaced:
            return contents
        parsed = [self._parsed(each) for each in contents.parsed if not self._is_raw(each)]
        gaps = [
            self._gap(each)
            for each in contents.gaps
            if not (each.unit in UNITS and each.subject in self._replaced)
        ]
        return replace(contents, parsed=parsed, gaps=gaps)

    def _all(self, tree: OpenTree, gaps: list[Gap]) -> Iterator[TreeFile]:
        wanted = [
            Asked(folder=each, also=linked(tree, each, PARTS)) for each in top_charts(self._folders)
        ]
        for number in range(1, MAX_ROUNDS + 1):
            again: list[Asked] = []
            for chart in gathered(tree, wanted):
                answer = self._answer(chart, gaps)
                more = _elsewhere(tree, chart, answer) if number < MAX_ROUNDS else None
                if more:
                    again.append(more)
                else:
                    yield from self._files(chart, answer, gaps)
            if not again:
                return
            wanted = again

    def _answer(self, chart: Gathered, gaps: list[Gap]) -> Answer:
        if chart.problem:
            return Answer(problem=f"not rendered: {chart.problem}")
        request = Request(files=chart.files, options=self._options, kubernetes=self._kubernetes)
        try:
            answer = self._renderer.render(request)
        except Unrendered as error:
            return Answer(problem=str(error))
        held = self._renderer.held.partition("; without ")[2]
        if held:
            gaps.append(Gap(unit="sandbox", subject="charts", why=f"this kernel has no {held}"))
        if answer.misuse[0]:
            raise PolicyError(f"--helm-set {answer.misuse[0]}", answer.misuse[1])
        return answer

    def _files(self, chart: Gathered, answer: Answer, gaps: list[Gap]) -> Iterator[TreeFile]:
        """What a chart renders, as files; what it does not, as gaps."""
        subject = f"{chart.asked.folder}/{CHART}".lstrip("/")
        whys = [*([answer.problem] if answer.problem else ()), *shortfalls(chart, answer)]
        gaps += [Gap(unit=self._units[0], subject=subject, why=why) for why in whys]
        if answer.problem:
            return
        hidden = set(answer.hidden)
        self._replaced |= {
            place
            for path, place in chart.origin.items()
            if is_template(path) is not None and path not in hidden
        }
        for each in answer.rendered:
            place = origin_of(chart, each.path)
            if not self._skip.hides(place):
                if not answer.missing:
                    self._whole.add(len(self._rendered))
                self._releases.append(subject)
                self._lines += len(each.lines)
                lines = each.lines if self._lines <= MAX_LINES else []
                self._rendered.append(replace(each, path=place, text=b"", lines=lines))
                yield self._file(f"{place}{_MARK}{len(self._rendered) - 1}", each.text)

    def _file(self, path: str, text: bytes) -> TreeFile:
        return TreeFile(
            path=path,
            mode=0o644,
            uid=0,
            gid=0,
            size=len(text),
            open=lambda name: _opened(text, name),
            units=self._units,
            look=False,
        )

    def _is_raw(self, parsed: Parsed) -> bool:
        """Whether a template was read as if it were a manifest."""
        return parsed.unit in UNITS and parsed.path in self._replaced

    def _number(self, path: str) -> int:
        """The number of what was rendered, -1 for what was not; workers may say anything."""
        found = _marked(path)
        number = int(found[1]) if found else -1
        return number if number < len(self._rendered) else -1

    def _of(self, path: str) -> Rendered | None:
        number = self._number(path)
        return None if number < 0 else self._rendered[number]

    def _fact(self, fact: Fact, path: str, rendered: Rendered) -> Fact:
        """A fact of a rendered file, told of its template, but what is held against other files.

        That is told in the end, of lines as rendered.
        """
        if isinstance(fact, Shared):
            number = self._number(path)
            return replace(fact, rendered=number in self._whole, release=self._releases[number])
        return _told(fact, path, rendered)

    def _parsed(self, parsed: Parsed) -> Parsed:
        """With facts of the template; those that several charts show are told once."""
        rendered = self._of(parsed.path)
        if rendered is None:
            return parsed
        place = rendered.path
        facts = [self._fact(each, parsed.path, rendered) for each in parsed.facts]
        kept = []
        for each in facts:
            if isinstance(each, Spotted):
                key = each.rule, place, each.at, bool(each.allowed)
                if each.rule in OF_RELEASES or key in self._seen:
                    continue
                self._seen.add(key)
            kept.append(each)
        return replace(parsed, path=place, facts=kept)

    def _gap(self, gap: Gap) -> Gap:
        rendered = self._of(gap.subject)
        if rendered is None:
            return gap
        why = BROKEN if gap.why.startswith(UNRENDERED) else f"as rendered: {gap.why}"
        return replace(gap, subject=rendered.path, why=why)


def _told(fact: Fact, path: str, rendered: Rendered) -> Fact:
    """A fact of a rendered file, told of its template, with the line there where that is known."""
    if isinstance(fact, Judged):
        return replace(fact, path=rendered.path)
    fact = renamed(fact, path, rendered.path)
    if not isinstance(fact, Spotted) or fact.line <= 0:
        return fact
    line = rendered.lines[fact.line - 1] if fact.line <= len(rendered.lines) else 0
    says = _mark("", fact.says)
    if line:
        return replace(fact, line=line, says=says)
    return replace(fact, line=1, says=f"{says} (line {fact.line} as rendered)")


def _is_chart(path: str) -> bool:
    return path == CHART or path.endswith(f"/{CHART}")


def _elsewhere(tree: OpenTree, chart: Gathered, answer: Answer) -> Asked | None:
    """The chart with those that it misses and that lie elsewhere in the tree, if any do."""
    folder = chart.asked.folder
    names = [f"{CHARTS}/{name}" for name, _ in answer.missing]
    found = linked(tree, folder, names)
    for name, place in answer.missing:
        path = within(folder, place) if place else ""
        if path and path != folder:
            found.setdefault(path, f"{CHARTS}/{name}")
    known = chart.asked.also
    more = {path: inside for path, inside in found.items() if path not in known}
    return Asked(folder=folder, also={**known, **more}) if more else None


def _opened(text: bytes, name: str) -> int:
    """A descriptor of a file that is on no disk; it has no neighbours."""
    if name:
        raise FileNotFoundError(name)
    return in_memory(text)
