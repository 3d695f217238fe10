"""Values of compose files that variables tell, which a change would take from who sets them."""

from collections.abc import Iterable
from re import compile as regex

from hullmark.model.config_edits import Change, Drop, EditError, Put, at

_variable = regex(r"(?<!\$)(?:\$\$)*\$[A-Za-z_{]").search


def keep_variables(documents: list[object], changes: Iterable[Change]) -> None:
    """``EditError`` where a change replaces or removes a text with a variable in it.

    A text that ends as before from its first variable on may begin otherwise.
    """
    for each in changes:
        if isinstance(each, Put | Drop):
            found = at(documents, each.path)
            if isinstance(found, str) and _variable(found) and not _ends_as(found, each):
                raise EditError("a variable tells its value")


def _ends_as(found: str, change: Put | Drop) -> bool:
    value = change.value if isinstance(change, Put) else None
    return isinstance(value, str) and value.endswith(found[found.index("$") :])
