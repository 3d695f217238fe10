"""How an artifact stands to frameworks, as people read it."""

from collections.abc import Sequence

from hullmark.model.framework import Compliance, Outcome, Status
from hullmark.model.page import Page
from hullmark.model.phrases import brief, counts

STYLES = {
    Status.PASS: "green",
    Status.FAIL: "red",
    Status.GAP: "yellow",
    Status.NOT_APPLICABLE: "dim",
    Status.MANUAL: "cyan",
}


def standing(page: Page, frameworks: Sequence[Compliance]) -> None:
    """A line for each control, framework by framework."""
    for each in frameworks:
        share = "nothing was judged" if each.percent is None else f"{each.percent:g}% of judged"
        found = counts(*((each.count(status), status.replace("-", " ")) for status in Status))
        page.title(f"{each.title} {each.version}", f"{share} · {found}")
        widest = max((page.cell_len(control.id) for control in each.outcomes), default=0)
        for control in each.outcomes:
            cells = [(control.id, ""), (control.status, STYLES[control.status])]
            page.row(cells, [widest, len(Status.NOT_APPLICABLE)], [(_told(control), "")])


def _told(control: Outcome) -> str:
    number = f" ({control.findings} findings)" if control.findings else ""
    return brief(f"{control.title}: {control.says}{number}")
