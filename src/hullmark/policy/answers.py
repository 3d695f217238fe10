"""What people say of controls that no rule judges whole: read from their file, and applied.

docs/reports.md describes the file.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from hullmark.model import PolicyError
from hullmark.model.framework import Answer, Compliance, Framework, Outcome, Status
from hullmark.model.placed import Map
from hullmark.policy.shapes import entries, only, text

MAX_ANSWERS = 10_000
"""Ours: the controls of a hundred frameworks."""

MAX_TEXT_CHARS = 2000
"""Ours, of one text: it is shown whole in reports."""

KEYS = ("framework", "control", "status", "owner", "until", "evidence", "reason")
SAID = (Status.PASS, Status.FAIL, Status.NOT_APPLICABLE)
OPEN = (Status.MANUAL, Status.GAP)
"""What may be answered: what checks fail or pass is not for people to say."""


def read(data: bytes, place: str) -> tuple[Answer, ...]:
    """The answers of a file; ``PolicyError`` names the line of what cannot be obeyed."""
    found: dict[tuple[str, str], Answer] = {}
    for entry, at in entries(data, place, "controls", MAX_ANSWERS):
        answer = _answer(entry, at)
        key = answer.framework, answer.control
        if key in found:
            why = f"{answer.framework} {answer.control} is answered at {found[key].at} already"
            raise PolicyError(at, why)
        found[key] = answer
    return tuple(found.values())


def _answer(entry: Map, at: str) -> Answer:
    only(entry, KEYS, at)
    said = {key: text(entry, key, at, MAX_TEXT_CHARS) for key in KEYS}
    for key in ("framework", "control", "status", "owner", "until"):
        if not said[key]:
            raise PolicyError(at, f"has no {key}")
    if said["status"] not in SAID:
        known = ", ".join(SAID)
        raise PolicyError(at, f"{said['status'][:40]!r} is no status (known: {known})")
    status = Status(said["status"])
    wanted = "evidence" if status is Status.PASS else "reason"
    if not said[wanted]:
        raise PolicyError(at, f"a control that is said to be {status} needs {wanted}")
    return Answer(
        at=at,
        framework=said["framework"],
        control=said["control"],
        status=status,
        owner=said["owner"],
        until=_day(said["until"], at),
        evidence=said["evidence"],
        reason=said["reason"],
    )


def _day(said: str, at: str) -> str:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        raise PolicyError(at, f"{said[:40]!r} is no date such as 2026-12-31") from None


def answered(
    standing: Sequence[Compliance],
    answers: Iterable[Answer],
    today: str,
    known: Mapping[str, Framework],
) -> tuple[tuple[Compliance, ...], tuple[str, ...]]:
    """The standing after what people say, and notes of what they say in vain.

    Answers about ``known`` frameworks that nobody asked for are passed over.
    """
    by = {(each.framework, each.control): each for each in answers}
    done = tuple(
        replace(
            each,
            outcomes=tuple(_told(one, by.get((each.id, one.id)), today) for one in each.outcomes),
        )
        for each in standing
    )
    return done, tuple(_notes(standing, by.values(), today, known))


def _told(outcome: Outcome, answer: Answer | None, today: str) -> Outcome:
    """An outcome with what is said of it; it counts where it was open and the day has not come."""
    if answer is None or outcome.status not in OPEN:
        return outcome
    if answer.until < today:
        says = f"what {answer.owner} said of it ended on {answer.until}"
        return replace(outcome, status=Status.GAP, says=says, missed=1, answer=answer)
    says = f"{answer.owner} says so until {answer.until}"
    if answer.reason:
        says = f"{answer.reason}; {says}"
    return replace(outcome, status=answer.status, says=says, missed=0, answer=answer)


def _notes(
    standing: Sequence[Compliance],
    answers: Iterable[Answer],
    today: str,
    known: Mapping[str, Framework],
) -> Iterator[str]:
    asked = {each.id: {one.id: one for one in each.outcomes} for each in standing}
    for each in answers:
        what = f"{each.framework} {each.control}"
        if each.framework not in asked:
            if each.framework not in known:
                yield f"{each.at}: there is no framework {each.framework}"
            continue
        outcome = asked[each.framework].get(each.control)
        if outcome is None:
            yield f"{each.at}: {each.framework} has no control {each.control}"
        elif outcome.status not in OPEN:
            yield f"{each.at}: {what} is answered, but what was judged makes it {outcome.status}"
        elif each.until < today:
            yield f"{each.at}: {what} is not answered any more since {each.until}"
