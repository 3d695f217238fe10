"""What containers are told to start, by files of compose and manifests, as commands of a shell.

References: https://docs.docker.com/reference/compose-file/services/ and
https://kubernetes.io/docs/tasks/inject-data-application/define-command-argument-container/
"""

from collections.abc import Iterator, Mapping, Sequence
from re import Match
from re import compile as regex
from shlex import split

from msgspec import Struct

from hullmark.checks.compose_file import Service
from hullmark.checks.kube import Container
from hullmark.checks.shell import Command, is_option, started
from hullmark.model.placed import Block, Items, Map

_HOOKS = ("post_start", "pre_stop")
_PROBES = ("livenessProbe", "readinessProbe", "startupProbe")
_EVENTS = ("postStart", "preStop")

MAX_FILLED_CHARS = 256 * 1024
"""Of values that are put into the words of one start, ours: a manifest has few hundred."""

_said = regex(r"\$\$|\$\(([\w.-]{1,256})\)").sub


class Start(Struct, frozen=True, kw_only=True):
    """Commands that are started together: their place, and the line of their script."""

    at: str
    line: int
    commands: tuple[Command, ...]


def of_service(service: Service) -> Iterator[Start]:
    """What a service of compose starts: at first, to ask for its health, and by its hooks."""
    body = service.body
    first, last = _texts(body, "entrypoint", is_split=True), _texts(body, "command", is_split=True)
    key = "command" if last else "entrypoint"
    yield from _start(key, body, key, [*first, *last])
    check = body.map("healthcheck")
    words = _texts(check, "test", is_split=False)
    if len(words) == 1 and isinstance(check.get("test"), str):
        words = ["CMD-SHELL", *words]
    if words[:1] == ["CMD-SHELL"]:
        words = ["sh", "-c", *words[1:2]]
    elif words[:1] == ["CMD"]:
        words = words[1:]
    yield from _start("healthcheck.test", check, "test", words)
    for key in _HOOKS:
        for index, each in enumerate(body.items_of(key)):
            if isinstance(each, Map):
                at = f"{key}[{index}].command"
                yield from _start(at, each, "command", _texts(each, "command", is_split=True))


def of_container(container: Container) -> Iterator[Start]:
    """What a container of Kubernetes starts: at first, as a probe, and at events of its life."""
    body = container.body
    values = {each.text("name"): each.text("value") for each in body.maps("env")}
    words = _filled([*body.texts("command"), *body.texts("args")], values)
    key = "args" if body.texts("args") else "command"
    yield from _start(f"{container.at}.{key}", body, key, words)
    life = body.map("lifecycle")
    places = (
        *((f"{each}.exec", body.map(each).map("exec")) for each in _PROBES),
        *((f"lifecycle.{each}.exec", life.map(each).map("exec")) for each in _EVENTS),
    )
    for at, found in places:
        words = found.texts("command")
        yield from _start(f"{container.at}.{at}.command", found, "command", words)


def _filled(words: Sequence[str], values: Mapping[str, str]) -> list[str]:
    """Words with the values of the variables that Kubernetes puts in: ``$(NAME)``."""
    left = MAX_FILLED_CHARS

    def value_of(found: Match[str]) -> str:
        nonlocal left
        if found[1] is None:
            return "$"
        made = values.get(found[1], "")
        left -= len(made)
        return made if made and left >= 0 else found[0]

    return [_said(value_of, each) if "$" in each else each for each in words]


def _texts(body: Map, key: str, *, is_split: bool) -> list[str]:
    """Words of a command of compose, in which ``$$`` is a dollar; a text alone is cut, if asked."""
    found = body.get(key)
    if isinstance(found, str) and is_split:
        try:
            words = split(found)
        except ValueError:
            words = found.split()
    else:
        words = body.texts(key)
    return [each.replace("$$", "$") if "$$" in each else each for each in words]


def _start(at: str, body: Map, key: str, words: Sequence[str]) -> Iterator[Start]:
    """The start that these words are, where there are any; its line is that of its script."""
    if not words:
        return
    if is_option(words[0], "c"):  # a script for the shell that the image starts with
        words = ("sh", *words)
    items = body.get(key)
    line = body.line_of(key)
    for index, each in enumerate(items if isinstance(items, Items) else (items,)):
        if isinstance(each, Block):
            line = each.line
        elif isinstance(items, Items) and isinstance(each, str) and {" ", "\n"} & {*each}:
            line = items.line_of(index)
    yield Start(at=at, line=line, commands=started(words))
