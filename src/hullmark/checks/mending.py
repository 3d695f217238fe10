"""How a check's fault is mended, declared beside it: changes as data, relative to the evidence.

A mend is made where it is wanted, and kept only where the file then says the same but for it, the
check no longer fires there and no other check fires that did not before.
"""

from collections.abc import Callable, Iterable, Sequence
from re import compile as regex
from typing import Any

from msgspec import Struct

from hullmark.checks.kube import Bundle, Object
from hullmark.model import Evidence
from hullmark.model.config_edits import Append, Drop, Path, Proposed, Put
from hullmark.model.placed import Items, Map

Edits = Callable[[Any, Evidence], Iterable[Proposed]]
"""The changes that end one piece of evidence about a subject, or ``Left`` with a reason."""

_index = regex(r"\[(\d{1,9})\]").match
_quoted = regex(r"\['([^']*)'\]").match


class Mending(Struct, frozen=True, kw_only=True):
    """What ends a fault.

    ``says`` is one clause for people: what is done. ``breaks`` is what may stop working by it, as
    a clause too; empty where nothing that works should. ``risky`` mends are made only for who asks
    for such. ``of_text`` says that what mends it works on the file as it is written (``Written``).
    """

    edits: Edits
    says: str
    breaks: str = ""
    risky: bool = False
    of_text: bool = False


def put(*below: str, value: object, up: int = 0, **said: Any) -> Mending:  # noqa: ANN401 - of Mending
    """Set a value at the place of the evidence, or at keys below it, or ``up`` steps above it."""

    def edits(subject: object, evidence: Evidence) -> Iterable[Proposed]:
        path = place_of(subject, evidence)
        yield Put(path=(*path[: len(path) - up], *below), value=value)

    return Mending(edits=edits, **said)


def drop(*below: str, up: int = 0, prune: int = 0, **said: Any) -> Mending:  # noqa: ANN401 - as above
    """Remove what stands at the place of the evidence, with what is then empty around it."""

    def edits(subject: object, evidence: Evidence) -> Iterable[Proposed]:
        path = place_of(subject, evidence)
        yield Drop(path=(*path[: len(path) - up], *below), prune=prune)

    return Mending(edits=edits, **said)


def append(*below: str, value: object, up: int = 0, **said: Any) -> Mending:  # noqa: ANN401 - ditto
    """Add an entry to the list at the place of the evidence, which is made where it is missing."""

    def edits(subject: object, evidence: Evidence) -> Iterable[Proposed]:
        path = place_of(subject, evidence)
        yield Append(path=(*path[: len(path) - up], *below), value=value)

    return Mending(edits=edits, **said)


def by(edits: Edits, **said: Any) -> Mending:  # noqa: ANN401 - as above
    """Whatever a function of subject and evidence proposes."""
    return Mending(edits=edits, **said)


def place_of(subject: object, evidence: Evidence) -> Path:
    """The path in the file of what evidence points at."""
    if isinstance(subject, Bundle):
        subject = _object(subject, evidence)
    if isinstance(subject, Object):
        text = evidence.at.removeprefix(subject.name).removeprefix(" ")
        return (*subject.place, *steps(subject.body, text))
    body = getattr(subject, "body", Map())
    return (getattr(subject, "document", 0), *steps(body, evidence.at))


def _object(bundle: Bundle, evidence: Evidence) -> Object | None:
    """The object that evidence of a whole file names: the last of that name before its line."""
    name = evidence.at.partition(" ")[0]
    named = [each for each in bundle.objects if each.name == name]
    before = [each for each in named if each.body.line <= evidence.line]
    return next(iter(before[-1:] or named), None)


def steps(body: object, text: str) -> Path:
    """The steps of a path as evidence writes it (``spec.ports[0].name``).

    Keys may hold dots: the longest that is there counts, of those that are not there what stands
    before the next dot; names of labels and annotations go to the end.
    """
    found: list[str | int] = []
    while text:
        text = text.removeprefix(".")
        index, quoted = _index(text), _quoted(text)
        step: str | int
        if index or quoted:
            step = int(index[1]) if index else quoted[1] if quoted else ""
            text = text.partition("]")[2]
        else:
            step = _key(body, text, found[-1] if found else "")
            text = text[len(step) :]
        found.append(step)
        if isinstance(body, Map) and isinstance(step, str):
            body = body.get(step)
        elif isinstance(body, Items) and isinstance(step, int) and step < len(body):
            body = body[step]
        else:
            body = None
        if not step and step != 0:
            break
    return tuple(found)


def _key(body: object, text: str, before: object) -> str:
    keys: Sequence[str] = ()
    if isinstance(body, Map):
        keys = [key for key in body if key and text.startswith(key)]
        keys = [key for key in keys if text[len(key) : len(key) + 1] in ("", ".", "[")]
    if keys:
        return max(keys, key=len)
    if before in ("annotations", "labels"):
        return text
    return text.partition(".")[0].partition("[")[0]


DROPPED_CAPABILITY = drop(
    prune=1,
    says="drop the capability",
    breaks="takes a right away that the program may use",
    risky=True,
)
