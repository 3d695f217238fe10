"""Which line of a file was which before its text was changed."""

from collections.abc import Iterable, Sequence

from hullmark.model.mending import Edit


def labels_of(data: bytes) -> list[str]:
    """A name for each line of a file: its number, from 1."""
    return [str(number) for number in range(1, data.count(b"\n") + 2)]


def moved(data: bytes, labels: Sequence[str], edits: Iterable[Edit]) -> list[str]:
    """The names of the lines after these edits; lines that come in get names of their own.

    ``labels`` name the lines of ``data``, the last of them may have none; edits do not meet.
    """
    beyond = data.count(b"\n") + 1 - len(labels)
    labels = [*labels, *(f"+{number}" for number in range(beyond))]
    found = [labels[0]]
    at, line, new = 0, 0, 0
    for edit in sorted(set(edits), key=lambda each: (each.start, each.end)):
        for _ in range(data.count(b"\n", at, edit.start)):
            line += 1
            found.append(labels[line])
        for _ in range(edit.new.count("\n")):
            new += 1
            found.append(f"{labels[line]}+{len(labels)}.{new}")
        line += data.count(b"\n", edit.start, edit.end)
        at = edit.end
        ends_whole = edit.new.endswith("\n") or (
            not edit.new and data[: edit.start][-1:] in (b"", b"\n")
        )
        if ends_whole and data[: edit.end][-1:] in (b"", b"\n"):
            if edit.new:
                found[-1 - edit.new.count("\n")] += f"+{len(labels)}.{new}"
            found[-1] = labels[line]
    for _ in range(data.count(b"\n", at)):
        line += 1
        found.append(labels[line])
    return found
