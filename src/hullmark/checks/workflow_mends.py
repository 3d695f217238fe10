"""Mends of workflows that need a look at jobs and steps."""

from collections.abc import Iterator

from hullmark.checks.mending import place_of
from hullmark.checks.workflow_expressions import expressions_of_strangers
from hullmark.checks.workflow_file import Job, Step, Workflow
from hullmark.model import Evidence
from hullmark.model.config_edits import Drop, Proposed, Put, Swap
from hullmark.model.later import regex
from hullmark.model.mending import Left

READS_ONLY = frozenset(
    (
        *("actions/cache", "actions/checkout", "actions/download-artifact"),
        *("actions/setup-dotnet", "actions/setup-go", "actions/setup-java", "actions/setup-node"),
        *("actions/setup-python", "actions/upload-artifact", "golangci/golangci-lint-action"),
        *("astral-sh/setup-uv", "docker/setup-buildx-action", "docker/setup-qemu-action"),
        *("dtolnay/rust-toolchain", "gradle/actions/setup-gradle", "ruby/setup-ruby"),
    )
)
"""Actions of which it is known that they change nothing by the workflow's token."""

_writes = regex(
    r"\bgit\b[^\n;|&]*\spush\b|\bgh\s|github\.token|GITHUB_TOKEN|GH_TOKEN|ghcr\.io"
).search
_asks = regex(r"\bgit\b[^\n;|&]*\s(?:fetch|pull|clone|submodule|lfs)\b").search
_other_programs = regex(r"\beval\b|\s-c\s|\s-e\s|<<|\$\(|`|\\$|\bxargs\b|\bssh\b").search
_word = regex(r"[A-Za-z0-9_]+").findall
_step = regex(r"(jobs\..+\.steps\[\d+\])\.run expression (\d+)\Z").match

MAX_NAME_CHARS = 60
"""Of a variable that is made of an expression."""


def _needs(workflow: Workflow) -> str:
    """Why a job may need more than to read; empty where nothing in the file does."""
    for job in workflow.jobs:
        if "uses" in job.body:
            return f"job {job.name[:80]!r} calls another workflow"
        for step in job.steps():
            if step.uses and step.action not in READS_ONLY:
                return f"what {step.action[:80]} writes by the token is for people to know"
            if _writes(str(step.body)):
                return "a step uses the token, and what for is for people to say"
        if _writes(str(job.body.get("env", ""))):
            return "a job uses the token, and what for is for people to say"
    return "the token stands in the file" if _writes(str(workflow.body.get("env", ""))) else ""


def reads_contents(workflow: Workflow, evidence: Evidence) -> Iterator[Proposed]:
    """The least that a checkout needs, where no step is seen to need more."""
    why = _needs(workflow)
    if why:
        yield Left(why)
        return
    yield Put(path=place_of(workflow, evidence), value={"contents": "read"}, after="on")


def _around(workflow: Workflow, at: str) -> tuple[Job, int] | None:
    """The job and number of the step that a place lies in."""
    for job in workflow.jobs:
        for index, step in enumerate(job.steps()):
            if at.startswith(f"{step.at}."):
                return job, index
    return None


def keeps_no_credentials(workflow: Workflow, evidence: Evidence) -> Iterator[Proposed]:
    """Checkouts of the same job before the step, where nothing pushes afterwards."""
    found = _around(workflow, evidence.at)
    steps: list[Step] = list(found[0].steps())[: found[1]] if found else []
    texts = [step.body.text("run") for step in found[0].steps()] if found else []
    if not found or any(_writes(each) or _asks(each) for each in texts):
        yield Left("a step of the job may push or fetch with what the checkout leaves")
        return
    others = (step.action for step in found[0].steps() if step.uses)
    unknown = next((each for each in others if each not in READS_ONLY), "")
    if unknown:
        yield Left(f"whether {unknown[:80]} pushes with what the checkout leaves is not known here")
        return
    for step in steps:
        if step.action == "actions/checkout":
            place = place_of(workflow, Evidence(at=step.at, says="", line=0))
            yield Put(path=(*place, "with", "persist-credentials"), value=False)


def through_environment(workflow: Workflow, evidence: Evidence) -> Iterator[Proposed]:
    """The expression's value as a variable of the step, in quotes where the script has none."""
    found = _step(evidence.at)
    step = next((each for each in workflow.steps if found and each.at == found[1]), None)
    if found is None or step is None:
        yield Left("it is no script of a shell")
        return
    text = step.body.text("run")
    listed = list(expressions_of_strangers(text))
    expression = listed[int(found[2]) - 1]
    if not any(each.at == f"{step.at}.run" for each in workflow.runs):
        yield Left("the script is not one of a POSIX shell")
        return
    name = _name(expression)
    if "<<" in text or not all(map(_ends_by_itself, text.split("\n"))):
        yield Left("the script goes on over the ends of its lines")
        return
    lines = {line.strip() for line in text.split("\n") if expression in line}
    quotes = {line: _context(line, expression) for line in lines}
    if None in quotes.values() or not name or name in text or name in step.body.map("env"):
        yield Left("how the script quotes the value is not plain")
        return
    place = place_of(workflow, Evidence(at=step.at, says="", line=0))
    for line, quote in sorted(quotes.items()):
        new = line.replace(expression, f"${{{name}}}" if quote else f'"${{{name}}}"')
        yield Swap(path=(*place, "run"), old=line, new=new)
    yield Put(path=(*place, "env", name), value=expression)


def _name(expression: str) -> str:
    words = _word(expression)
    name = "_".join(words[1:] if len(words) > 1 and words[0] == "github" else words)
    name = name.removeprefix("event_").upper()
    return name if name[:1].isalpha() and len(name) <= MAX_NAME_CHARS else ""


def _context(line: str, expression: str) -> str | None:
    """The quotes around an expression in its line, empty for none; ``None`` where that is open.

    Lines that hand text to another program, and such whose quotes do not end in them, are open.
    """
    before, _, after = line.partition(expression)
    rest = before + after.replace(expression, "")
    if _other_programs(rest) or rest.lstrip().startswith("#") or "\\" in rest:
        return None
    quote = ""
    seen = None
    for index, sign in enumerate(line):
        if index == len(before):
            seen = quote
        if sign in "\"'" and (not quote or sign == quote) and not _inside(line, expression, index):
            quote = "" if quote else sign
    if quote or seen == "'" or line.count(expression) > 1:
        return None
    return seen


def _ends_by_itself(line: str) -> bool:
    """Whether neither quotes nor a command go on in the next line."""
    quote = ""
    for sign in line:
        if sign in "\"'" and (not quote or sign == quote):
            quote = "" if quote else sign
    return not quote and not line.rstrip().endswith(("\\", "|", "&&"))


def _inside(line: str, expression: str, index: int) -> bool:
    start = line.find(expression)
    return start <= index < start + len(expression)


def unset(workflow: Workflow, evidence: Evidence) -> Iterator[Proposed]:
    """A variable or input is removed; a command of a script is left."""
    if " line " in evidence.at:
        yield Left("the command is for people to change")
        return
    yield Drop(path=place_of(workflow, evidence), prune=1)
