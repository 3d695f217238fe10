"""What targets of patches and replacements select: by regular expressions and labels.

Reference: https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/patches/
"""

from functools import lru_cache
from typing import Any

import re2  # type: ignore[import-untyped]  # it has no stubs

from hullmark.checks.kustomize.resource import DEFAULT, Resource
from hullmark.checks.origins import BuildError, short
from hullmark.model.later import regex
from hullmark.model.placed import Map

MAX_PATTERN_CHARS = 2000
"""Of a pattern; Kubernetes' own names have 253."""

_clauses = regex(r"[^,(]*(?:\([^()]*\))?[^,(]*").findall
_within = regex(r"\s*(\S+)\s+(in|notin)\s*\(([^()]*)\)\s*\Z").match
_equals = regex(r"\s*([^\s=!]+)\s*(==|=|!=)\s*([^\s=!]*)\s*\Z").match
_exists = regex(r"\s*(!?)\s*([^\s=!(),]+)\s*\Z").match


def selects(target: Map, each: Resource) -> bool:
    """Whether a target means this object by what it is or ever was called.

    Raises ``BuildError`` for a pattern or a selector that is none.
    """
    if not (
        _fits(target.text("group"), each.group) and _fits(target.text("version"), each.version)
    ):
        return False
    wanted = target.text("namespace")
    if not any(
        _fits(target.text("kind"), known.kind)
        and _fits(target.text("name"), known.name)
        and (_fits(wanted, known.namespace or DEFAULT) or (_fits(wanted, known.namespace)))
        for known in each.ids
    ):
        return False
    metadata = each.metadata
    return _has(target.text("labelSelector"), metadata.map("labels")) and _has(
        target.text("annotationSelector"), metadata.map("annotations")
    )


def _fits(pattern: str, text: str) -> bool:
    return not pattern or pattern == text or _compiled(pattern).fullmatch(text) is not None


@lru_cache(maxsize=1000)
def _compiled(pattern: str) -> Any:  # noqa: ANN401 - re2 has no types
    if len(pattern) > MAX_PATTERN_CHARS:
        raise BuildError(f"a pattern of more than {MAX_PATTERN_CHARS} characters")
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern, options)
    except re2.error as error:
        raise BuildError(f"{short(pattern)!r} is no pattern") from error


def _has(selector: str, labels: Map) -> bool:
    return all(_holds(each, labels) for each in _clauses(selector[:MAX_PATTERN_CHARS]) if each)


def _holds(clause: str, labels: Map) -> bool:
    """Whether labels meet one clause of a selector."""
    if not clause.strip():
        return True
    among = _within(clause)
    if among:
        wanted = {each.strip() for each in among[3].split(",")}
        is_in = among[1] in labels and labels.text(among[1]) in wanted
        return is_in == (among[2] == "in")
    equal = _equals(clause)
    if equal:
        is_so = equal[1] in labels and labels.text(equal[1]) == equal[3]
        return is_so == (equal[2] != "!=")
    there = _exists(clause)
    if there is None:
        raise BuildError(f"{short(clause)!r} is no selector of labels")
    return (there[2] in labels) == (not there[1])
