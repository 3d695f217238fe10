"""Replacements: values of one object put into fields of others.

Reference: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/replacements/
"""

from collections.abc import Iterator
from re import compile as regex

from hullmark.checks.kustomize.resource import Resource
from hullmark.checks.kustomize.selecting import selects
from hullmark.checks.kustomize.values import Budget, append, inner, put
from hullmark.checks.origins import BuildError, short
from hullmark.model.placed import Items, Map

_part = regex(r"((?:\\.|\[[^\]]*\]|[^.\\\[])+)(?:\.|\Z)").match
_where = regex(r"\[([^=\]]+)=([^\]]*)\]\Z").match

_FIELDS = ("group", "version", "kind", "name", "namespace")


def replace(entry: Map, resources: list[Resource], budget: Budget) -> None:
    """Do one replacement. ``BuildError`` where its source is not there or not one."""
    source = entry.map("source")
    value = _sourced(source, resources)
    for target in entry.maps("targets"):
        chosen = target.map("select")
        for each in resources:
            if _is_meant(chosen, each) and not any(
                _is_meant(reject, each) for reject in target.maps("reject")
            ):
                for path in target.texts("fieldPaths") or ["metadata.name"]:
                    _put(each, path, value, target, budget)


def _is_meant(wanted: Map, each: Resource) -> bool:
    return bool(wanted) and selects(_escaped(wanted), each)


def _escaped(wanted: Map) -> Map:
    """A selector by names as one by patterns."""
    done = Map(wanted.line)
    for key, value in wanted.items():
        is_name = key in _FIELDS and isinstance(value, str)
        done[key] = regex_free(value) if is_name and isinstance(value, str) else value
    return done


def regex_free(text: str) -> str:
    """A text as a pattern that fits it alone."""
    return "".join(each if each.isalnum() or each in "-_/" else f"\\{each}" for each in text)


def _sourced(source: Map, resources: list[Resource]) -> object:
    found = [each for each in resources if _is_meant(_chosen(source), each)]
    if len(found) != 1:
        raise BuildError(f"the source of a replacement is {len(found)} objects instead of one")
    path = source.text("fieldPath") or "metadata.name"
    values = [holder.get(key) for holder, key in held(found[0].body, path) if key in holder]
    if not values:
        raise BuildError(f"the source of a replacement has no {short(path)}")
    value, options = values[0], source.map("options")
    delimiter = options.text("delimiter")
    if delimiter and isinstance(value, str):
        parts, index = value.split(delimiter), options.number("index") or 0
        if not 0 <= index < len(parts):
            raise BuildError(f"the source of a replacement has no part {index}")
        return parts[index]
    return value


def _chosen(source: Map) -> Map:
    done = Map(source.line)
    done.update((key, source[key]) for key in _FIELDS if key in source)
    return done


def _put(each: Resource, path: str, value: object, target: Map, budget: Budget) -> None:
    options = target.map("options")
    line = target.line_of("fieldPaths")
    done = 0
    for holder, key in held(each.body, path, line if options.flag("create") else 0):
        if key in holder or options.flag("create"):
            _set(holder, key, _joined(holder.get(key), value, options), line, budget)
            done += 1
    if not done:
        raise BuildError(f"a replacement is for {short(path)} of {each.said}, which is not there")
    each.remember()


def _set(holder: Map, key: str, value: object, line: int, budget: Budget) -> None:
    put(holder, key, budget.copied(value), line)


def _joined(old: object, value: object, options: Map) -> object:
    delimiter = options.text("delimiter")
    if not delimiter or not isinstance(old, str) or not isinstance(value, str | int):
        return value
    parts, index = old.split(delimiter), options.number("index") or 0
    if index < 0:
        parts.insert(0, str(value))
    elif index >= len(parts):
        parts.append(str(value))
    else:
        parts[index] = str(value)
    return delimiter.join(parts)


def held(body: Map, path: str, line: int = 0) -> Iterator[tuple[Map, str]]:
    """Mappings and keys that a path means; entries of lists stand in mappings of their own."""
    parts = [*_parts(path)]
    yield from _below(body, parts, line)


def _below(value: object, parts: list[str], line: int) -> Iterator[tuple[Map, str]]:
    part, rest = parts[0], parts[1:]
    if isinstance(value, Map):
        key = part[1:-1] if part.startswith("[") and part.endswith("]") else part
        if not rest:
            yield value, key
            return
        found = value.get(key)
        if found is None and line and not _where(rest[0]):
            found = inner(value, key, line)
        yield from _below(found, rest, line)
    elif isinstance(value, Items):
        for each in _entries(value, part, line):
            if rest:
                yield from _below(each, rest, line)


def _entries(listed: Items, part: str, line: int) -> list[object]:
    """Entries of a list that a part of a path means: ``[name=web]``, ``*`` or a number."""
    if part == "*":
        return [*listed]
    if part.isdigit():
        return listed[int(part) : int(part) + 1]
    found = _where(part)
    if found is None:
        return []
    meant = [each for each in listed if isinstance(each, Map) and each.text(found[1]) == found[2]]
    if not meant and line:
        fresh = Map(line)
        put(fresh, found[1], found[2], line)
        append(listed, fresh, line)
        meant = [fresh]
    return [*meant]


def _parts(path: str) -> Iterator[str]:
    at = 0
    while at < len(path):
        found = _part(path, at)
        if found is None:
            raise BuildError(f"{short(path)!r} is no path of a field")
        yield from _split(found[1])
        at = found.end()


def _split(part: str) -> Iterator[str]:
    r"""A part as it is meant: ``a\.b`` is one key, ``containers[0]`` a key and a number."""
    name, bracket, rest = part.partition("[")
    if name:
        yield name.replace("\\.", ".")
    if bracket:
        inside = rest.removesuffix("]")
        yield inside if inside.isdigit() else f"[{inside}]"
