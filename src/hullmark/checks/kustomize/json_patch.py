"""JSON patches: operations at paths of an object (RFC 6902; RFC 6901 for paths)."""

from hullmark.checks.kustomize.values import Budget, append, drop, put
from hullmark.checks.origins import BuildError, short
from hullmark.model.placed import Items, Map

MAX_OPERATIONS = 10_000
"""Of one patch; people write ten."""

_AT_ROOT = ""


def patched(body: Map, operations: Items, budget: Budget) -> Map:
    """An object with all of these operations. ``BuildError`` where one cannot be done."""
    if len(operations) > MAX_OPERATIONS:
        raise BuildError(f"a patch of more than {MAX_OPERATIONS} operations")
    for each in operations:
        if not isinstance(each, Map):
            raise BuildError("an operation of a JSON patch is no mapping")
        body = _done(body, each, budget)
    return body


def _done(body: Map, operation: Map, budget: Budget) -> Map:
    name, path = operation.text("op"), operation.text("path")
    if path == _AT_ROOT:
        value = operation.get("value")
        if name not in ("add", "replace") or not isinstance(value, Map):
            raise BuildError(f"a JSON patch wants to {short(name)} the whole object")
        return budget.copied_map(value)
    match name:
        case "add" | "replace":
            _give(body, operation, budget)
        case "remove":
            _remove(body, path)
        case "copy" | "move":
            source = operation.text("from")
            value = budget.copied(_found(body, source))
            if name == "move":
                _remove(body, source)
            _set(body, path, value, operation.line, insert=True)
        case "test":
            if _found(body, path) != operation.get("value"):
                raise BuildError(f"test {short(path)} of a JSON patch fails")
        case _:
            raise BuildError(f"{short(name)!r} is no operation of a JSON patch")
    return body


def _give(body: Map, operation: Map, budget: Budget) -> None:
    name, path = operation.text("op"), operation.text("path")
    if "value" not in operation:
        raise BuildError(f"{name} {short(path)} of a JSON patch gives no value")
    if name == "replace":
        _found(body, path)
    value = budget.copied(operation.get("value"))
    _set(body, path, value, operation.line, insert=name == "add")


def _parts(path: str) -> list[str]:
    if not path.startswith("/"):
        raise BuildError(f"{short(path)!r} is no path of a JSON patch")
    return [each.replace("~1", "/").replace("~0", "~") for each in path[1:].split("/")]


def _found(body: object, path: str) -> object:
    for part in _parts(path):
        if isinstance(body, Map) and part in body:
            body = body[part]
        elif isinstance(body, Items) and part.isdigit() and int(part) < len(body):
            body = body[int(part)]
        else:
            raise BuildError(f"a JSON patch is for {short(path)}, which is not there")
    return body


def _holder(body: Map, path: str) -> tuple[object, str]:
    parts = _parts(path)
    return _found(body, "/" + path[1:].rpartition("/")[0]) if parts[1:] else body, parts[-1]


def _set(body: Map, path: str, value: object, line: int, *, insert: bool) -> None:
    into, part = _holder(body, path)
    if isinstance(into, Map):
        put(into, part, value, line)
    elif isinstance(into, Items) and part == "-":
        append(into, value, line)
    elif isinstance(into, Items) and part.isdigit() and int(part) <= len(into) - (not insert):
        while len(into.lines) < len(into):
            into.lines.append(into.line)
        if insert:
            into.insert(int(part), value)
            into.lines.insert(int(part), line)
        else:
            into[int(part)] = value
            into.lines[int(part)] = line
    else:
        raise BuildError(f"a JSON patch is for {short(path)}, which is not there")


def _remove(body: Map, path: str) -> None:
    _found(body, path)
    into, part = _holder(body, path)
    if isinstance(into, Map):
        drop(into, part)
    elif isinstance(into, Items):
        del into[int(part)]
        del into.lines[int(part) : int(part) + 1]
