"""The page of the docs that tells of frameworks."""

from collections.abc import Iterator

from hullmark.apps.markdown import MADE, codes, prose, table
from hullmark.model.framework import Control
from hullmark.policy.frameworks import frameworks as known


def frameworks() -> Iterator[str]:
    """Every framework with its controls, in blocks."""
    yield (
        f"# Frameworks\n\nWhat `hullmark scan --framework ID` judges, control by control. {MADE} "
        "Ids are the publishers', words are ours."
    )
    yield (
        "A control **fails** by findings of its rules. Else it is **manual** where only people can "
        "judge it, a **gap** where something of it is not judged, a scanner that it needs was not "
        "run, or files could not be read, and **not applicable** where there was nothing that it "
        "speaks of; else it **passes**. The percentage is of those that passed or failed. "
        "The report's findings are those that the framework speaks of; what is accepted does not "
        "count against a control. Answers of people, frameworks of your own and reports for "
        "auditors: [reports.md](reports.md)."
    )
    for each in known().values():
        yield f"## {each.id}\n\n{prose(each.title)}, {each.version}."
        yield "\n".join(f"- <{reference}>" for reference in each.references)
        yield table(
            ("Control", "Title", "Judged by"),
            ((control.id, prose(control.title), _judged_by(control)) for control in each.controls),
        )


def _judged_by(control: Control) -> str:
    said = [codes(control.rules)] if control.rules else []
    said += [f"since Kubernetes 1.{control.since}"] if control.since else []
    said += [f"gap: {prose(control.waits)}"] if control.waits else []
    said += [f"manual: {prose(control.manual)}"] if control.manual else []
    return "; ".join(said)
