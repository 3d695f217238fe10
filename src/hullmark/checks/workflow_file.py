"""Workflows of GitHub Actions and pipelines of GitLab CI as checks see them.

References: https://docs.github.com/actions/reference/workflows-and-actions/workflow-syntax,
https://docs.gitlab.com/ci/yaml/
"""

from collections.abc import Iterator
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from hullmark.checks.script_file import Judge, Line, Script, script_lines
from hullmark.model import Evidence, File, ParseError
from hullmark.model.documents import DocumentError
from hullmark.model.placed import Block, Items, Map, documents

GITHUB, GITLAB = "github", "gitlab"

MAX_WORKFLOW_BYTES = 4 * 1024 * 1024
"""Ours: real ones have some KB."""

MAX_NESTED_ITEMS = 10
"""Lists in lists of commands: GitLab's own limit."""

MAX_SHARED_ITEMS = 5000
"""Commands that jobs share by anchors, each time; those of real pipelines are some hundreds."""

GITLAB_WORDS = frozenset(
    (
        *("default", "include", "stages", "variables", "workflow", "image", "services", "cache"),
        *("before_script", "after_script", "script", "spec", "types", "pages:deploy"),
    )
)
"""Keys at the top of a pipeline that are no jobs."""

_SCRIPTS = ("before_script", "script", "after_script")
_SHELLS = ("", "bash", "sh")


class Image(Struct, frozen=True, kw_only=True):
    """An image that a job runs in or beside."""

    at: str
    name: str
    line: int
    body: Map
    service: bool = False


class Run(Struct, frozen=True, kw_only=True):
    """A shell script of a step or job; ``secrets`` are variables that hold secrets there.

    Those of one ``job`` run one after the other, and those of one ``shell`` in the same one, which
    starts in this ``folder`` of the job. ``again`` says that it stands in another job, too, or
    further up in this one, which came before.
    """

    at: str
    text: str
    line: int
    script: Script
    secrets: frozenset[str] = frozenset()
    job: str = ""
    shell: str = ""
    folder: str = ""
    again: bool = False

    def lines(self) -> Iterator[tuple[str, Line]]:
        """Its lines, each with its path."""
        for number, each in enumerate(self.script.lines, 1):
            yield f"{self.at} line {number}", each

    def every(self, judge: Judge) -> Iterator[Evidence]:
        """What is wrong with its commands, one by one."""
        for at, line in self.lines():
            for each, command in enumerate(line.commands, 1):
                says = judge(command)
                if says:
                    told = line.tell("", says, command)
                    yield replace(told, at=f"{at} command {each}")


class Step(Struct, frozen=True, kw_only=True):
    """One step of a job of GitHub Actions."""

    at: str
    body: Map
    line: int

    @property
    def uses(self) -> str:
        """The action, as written."""
        return self.body.text("uses")

    @property
    def action(self) -> str:
        """The action without its version, in lower case."""
        return self.uses.partition("@")[0].lower()

    @property
    def version(self) -> str:
        """What the action is pinned to."""
        return self.uses.partition("@")[2]

    @property
    def inputs(self) -> Map:
        """What the action is given."""
        return self.body.map("with")


class Job(Struct, frozen=True, kw_only=True):
    """One job; those of GitLab whose names begin with a dot are templates of others."""

    name: str
    at: str
    body: Map
    line: int

    def steps(self) -> Iterator[Step]:
        """Steps of GitHub Actions."""
        items = self.body.items_of("steps")
        for index, each in enumerate(items):
            if isinstance(each, Map):
                yield Step(at=f"{self.at}.steps[{index}]", body=each, line=items.line_of(index))

    def runners(self) -> list[str]:
        """The labels that choose a runner."""
        chosen = self.body.get("runs-on")
        if isinstance(chosen, Map):
            return [*chosen.texts("labels"), *chosen.texts("group")]
        return self.body.texts("runs-on")


class Workflow(Struct, frozen=True, dict=True):
    """A whole file, of the system ``github`` or ``gitlab``."""

    system: str
    body: Map

    def tell(self, at: str, says: str, line: int) -> Evidence:
        """What is wrong at a path of the file (``jobs.build.steps[0].uses``)."""
        return Evidence(at=at, says=says, line=line)

    def every(self, judge: Judge) -> Iterator[Evidence]:
        """What is wrong with the commands of its scripts, one by one."""
        for run in self.runs:
            yield from run.every(judge)

    @cached_property
    def jobs(self) -> tuple[Job, ...]:
        """Its jobs."""
        at = "jobs." if self.system == GITHUB else ""
        body = self.body.map("jobs") if at else self.body
        return tuple(
            Job(name=name, at=f"{at}{name}", body=each, line=body.line_of(name))
            for name, each in body.items()
            if isinstance(each, Map) and (at or name not in GITLAB_WORDS)
        )

    @cached_property
    def triggers(self) -> frozenset[str]:
        """Events of GitHub that start it."""
        found = self.body.get("on", self.body.get("true"))
        if isinstance(found, Map):
            return frozenset(found)
        return frozenset(self.body.texts("on") or self.body.texts("true"))

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        """All steps of all jobs of GitHub Actions."""
        if self.system != GITHUB:
            return ()
        return tuple(step for job in self.jobs for step in job.steps())

    @cached_property
    def images(self) -> tuple[Image, ...]:
        """Images that its jobs run in or beside, each once however many jobs share it."""
        found: dict[tuple[int, str], Image] = {}
        for at, body in self._owners():
            for each in _images(at, body, self.system):
                if each.name:
                    found.setdefault((each.line, each.name), each)
        return tuple(found.values())

    @cached_property
    def environments(self) -> tuple[tuple[str, Map], ...]:
        """Variables of all levels: the path of each mapping, and the mapping."""
        key = "env" if self.system == GITHUB else "variables"
        owners = [*self._owners(), *((each.at, each.body) for each in self.steps)]
        found = [
            (_below(at, key), body.map(key))
            for at, body in owners
            if isinstance(body.get(key), Map)
        ]
        for each in self.images:
            if isinstance(each.body.get(key), Map):
                owner = each.at.rpartition(".")[0]
                found.append((f"{owner}.{key}", each.body.map(key)))
        return tuple({id(body): (at, body) for at, body in reversed(found)}.values())[::-1]

    def variables(self) -> Iterator[tuple[str, str, str, int]]:
        """Each variable: its path, name, value as text, and line."""
        for at, body in self.environments:
            for name, given in body.items():
                value = given.text("value") if isinstance(given, Map) else body.text(name)
                flag = body.flag(name)
                text = value if flag is None else str(flag).lower()
                yield f"{at}.{name}", name, text, body.line_of(name)

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """Scripts of shells, each once however many jobs share it."""
        return tuple(each for each in self.all_runs if not each.again)

    @cached_property
    def all_runs(self) -> tuple[Run, ...]:
        """Scripts of shells in the order in which each job runs them, also those that it shares."""
        return tuple(self._of_steps() if self.system == GITHUB else self._of_jobs())

    def _owners(self) -> list[tuple[str, Map]]:
        """The file, what GitLab takes for defaults, and every job: by path."""
        top = [("", self.body)]
        if self.system == GITLAB:
            top.append(("default", self.body.map("default")))
        return [*top, *((job.at, job.body) for job in self.jobs)]

    def _of_steps(self) -> Iterator[Run]:
        secrets = _secret_names(self.body.map("env"))
        usual = _shell(self.body)
        for job in self.jobs:
            of_job = secrets | _secret_names(job.body.map("env"))
            windows = any("windows" in each.lower() for each in job.runners())
            default = _shell(job.body) or usual or ("pwsh" if windows else "")
            in_folder = _folder(job.body) or _folder(self.body)
            for step in job.steps():
                shell = (step.body.text("shell") or default).split(maxsplit=1)[:1]
                if shell and shell[0].rpartition("/")[2] not in _SHELLS:
                    continue
                yield from _run(
                    f"{step.at}.run",
                    step.body.get("run"),
                    step.body.line_of("run"),
                    secrets=of_job | _secret_names(step.body.map("env")),
                    job=job.at,
                    shell=step.at,
                    folder=step.body.text("working-directory") or in_folder,
                )

    def _of_jobs(self) -> Iterator[Run]:
        lists = _Lists()
        for at, body in self._owners():
            for key in _SCRIPTS:
                given = body.get(key)
                place = _below(at, key)
                shell = key.removeprefix("before_")
                if isinstance(given, str):
                    yield from _run(place, given, body.line_of(key), job=at, shell=shell)
                elif isinstance(given, Items):
                    for index, text, line, again in lists.flat(given):
                        for each in _run(f"{place}[{index}]", text, line, job=at, shell=shell):
                            yield replace(each, again=again)


def workflow_file(file: File) -> Workflow | None:
    """A workflow; ``None`` for YAML that is none. Raises ``ParseError``."""
    if file.size > MAX_WORKFLOW_BYTES:
        raise ParseError(file.path, f"more than the {MAX_WORKFLOW_BYTES} bytes that are read")
    github = "/.github/workflows/" in f"/{file.path}"
    try:
        found = [each for each in documents(file.data) if isinstance(each, Map)]
    except DocumentError as error:
        raise ParseError(file.path, str(error)) from error
    if not found:
        return None
    if github:
        return Workflow(GITHUB, found[0]) if "jobs" in found[0] else None
    with_header = len(found) > 1 and "spec" in found[0]
    return Workflow(GITLAB, found[1] if with_header else found[0])


def _below(at: str, key: str) -> str:
    return f"{at}.{key}" if at else key


def _shell(body: Map) -> str:
    return body.map("defaults").map("run").text("shell")


def _folder(body: Map) -> str:
    return body.map("defaults").map("run").text("working-directory")


def _secret_names(variables: Map) -> frozenset[str]:
    """Variables that are given a secret of the repository."""
    return frozenset(name for name in variables if "secrets." in variables.text(name))


def _run(
    at: str,
    text: object,
    line: int,
    *,
    job: str,
    shell: str,
    folder: str = "",
    secrets: frozenset[str] = frozenset(),
) -> Iterator[Run]:
    if not isinstance(text, str) or not text.strip():
        return
    first = text.line if isinstance(text, Block) else line
    lines = list(script_lines(text, first))
    if not isinstance(text, Block) or text.folded:
        lines = [replace(each, number=first, exact=False) for each in lines]
    yield Run(
        at=at,
        text=text,
        line=line,
        script=Script(tuple(lines)),
        secrets=secrets,
        job=job,
        shell=shell,
        folder=folder,
    )


class _Lists:
    """Lists of commands, of which several jobs may share some."""

    def __init__(self) -> None:
        self._seen = set[int]()
        self._left = MAX_SHARED_ITEMS

    def flat(
        self, items: Items, depth: int = MAX_NESTED_ITEMS
    ) -> Iterator[tuple[str, object, int, bool]]:
        """Commands of a list and of lists in it: number, line, and whether they came before."""
        again = id(items) in self._seen
        self._seen.add(id(items))
        for index, each in enumerate(items):
            self._left -= again
            if again and self._left < 0:
                return
            if not isinstance(each, Items):
                yield str(index), each, items.line_of(index), again
            elif depth:
                for inner, text, line, before in self.flat(each, depth - 1):
                    yield f"{index}.{inner}", text, line, before


def _images(at: str, body: Map, system: str) -> Iterator[Image]:
    before = f"{at}." if at else ""
    if system == GITHUB:
        container = body.get("container")
        if isinstance(container, Map):
            yield _image(f"{before}container.image", container, "image")
        elif at:
            yield _image(f"{before}container", body, "container", Map())
        services = body.map("services") if at else Map()
        for name, each in services.items():
            if isinstance(each, Map):
                yield _image(f"{before}services.{name}.image", each, "image", service=True)
        return
    image = body.get("image")
    if isinstance(image, Map):
        yield _image(f"{before}image.name", image, "name")
    else:
        yield _image(f"{before}image", body, "image", Map())
    items = body.items_of("services")
    for index, entry in enumerate(items):
        place = f"{before}services[{index}]"
        if isinstance(entry, Map):
            yield _image(f"{place}.name", entry, "name", service=True)
        elif isinstance(entry, str):
            line = items.line_of(index)
            yield Image(at=place, name=entry, line=line, body=Map(line), service=True)


def _image(
    at: str, owner: Map, key: str, body: Map | None = None, *, service: bool = False
) -> Image:
    """The image under a key; the mapping around it is its body where none is given."""
    return Image(
        at=at,
        name=owner.text(key),
        line=owner.line_of(key),
        body=owner if body is None else body,
        service=service,
    )
