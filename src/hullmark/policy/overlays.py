"""Frameworks of the user's own: clauses by rules, or by controls of frameworks that are here.

docs/reports.md describes the file.
"""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from hullmark.model import PolicyError
from hullmark.model.framework import Control, Framework
from hullmark.model.placed import Items, Map
from hullmark.policy.frameworks import KIND, SCANNERS, kind_of, subjects
from hullmark.policy.shapes import entries, only, text, texts

MAX_FRAMEWORKS = 100
MAX_CONTROLS = 5000
"""Ours, of one framework: the largest catalogues in use have some 1200."""

MAX_RULES = 2000
"""Ours, of one clause."""

MAX_ID_CHARS = 100
MAX_TEXT_CHARS = 2000
OF_FRAMEWORK = ("id", "title", "version", "references", "extends", "controls")
OF_CONTROL = ("id", "title", "rules", "like", "waits", "manual")
KINDS = (*SCANNERS, "misconfiguration")

Frameworks = Mapping[str, Framework]


class _Known(NamedTuple):
    """What a clause may name: whether a rule is known, and frameworks."""

    rule: Callable[[str], bool]
    frameworks: Frameworks


def read(
    data: bytes, place: str, rule: Callable[[str], bool], known: Frameworks
) -> dict[str, Framework]:
    """The frameworks of a file, which may name each other from the top down.

    ``rule`` answers whether there is a rule of an id, ``known`` are the frameworks that are there.
    ``PolicyError`` names the line of what cannot be obeyed.
    """
    found: dict[str, Framework] = {}
    for entry, at in entries(data, place, "frameworks", MAX_FRAMEWORKS):
        framework = _framework(entry, at, place, _Known(rule, {**known, **found}))
        if framework.id in known or framework.id in found:
            raise PolicyError(at, f"there is a framework {framework.id!r} already")
        found[framework.id] = framework
    return found


def _framework(entry: Map, at: str, place: str, known: _Known) -> Framework:
    only(entry, OF_FRAMEWORK, at)
    id = text(entry, "id", at, MAX_ID_CHARS)
    if not id or not all(each.isalnum() or each in "-._" for each in id):
        raise PolicyError(at, "an id of letters, digits, '-', '.' and '_' is wanted")
    controls: dict[str, Control] = {}
    if base := text(entry, "extends", at, MAX_ID_CHARS):
        if base not in known.frameworks:
            raise PolicyError(at, f"extends: no framework {base!r}")
        controls = {each.id: each for each in known.frameworks[base].controls}
    listed = entry.get("controls", Items())
    if not isinstance(listed, Items) or len(listed) > MAX_CONTROLS or not (listed or controls):
        raise PolicyError(at, f"controls: a list of at most {MAX_CONTROLS} is wanted")
    for number, each in enumerate(listed):
        control = _control(each, f"{place}:{listed.line_of(number)}", known)
        if control.id in controls:
            why = f"there is a control {control.id!r} of {id} already"
            raise PolicyError(f"{place}:{listed.line_of(number)}", why)
        controls[control.id] = control
    return Framework(
        id=id,
        title=text(entry, "title", at, MAX_TEXT_CHARS) or id,
        version=text(entry, "version", at, MAX_ID_CHARS),
        references=texts(entry, "references", at, MAX_RULES),
        controls=tuple(controls.values()),
    )


def _control(value: object, at: str, known: _Known) -> Control:
    if not isinstance(value, Map):
        raise PolicyError(at, "keys with values are wanted")
    only(value, OF_CONTROL, at)
    id = text(value, "id", at, MAX_ID_CHARS)
    if not id:
        raise PolicyError(at, "has no id")
    alike = [_like(each, at, known.frameworks) for each in texts(value, "like", at, MAX_RULES)]
    named = texts(value, "rules", at, MAX_RULES)
    for each in named:
        _check(each, at, known)
    rules = dict.fromkeys([*named, *(rule for each in alike for rule in each.rules)])
    title = text(value, "title", at, MAX_TEXT_CHARS) or "; ".join(each.title for each in alike)
    waits = [text(value, "waits", at, MAX_TEXT_CHARS), *(each.waits for each in alike)]
    manual = [text(value, "manual", at, MAX_TEXT_CHARS), *(each.manual for each in alike)]
    found = Control(
        id=id,
        title=title or id,
        rules=tuple(rules),
        waits="; ".join(dict.fromkeys(filter(None, waits))),
        manual=" ".join(dict.fromkeys(filter(None, manual))),
        since=alike[0].since if len(alike) == 1 and not named else 0,
    )
    if not (found.rules or found.waits or found.manual):
        raise PolicyError(at, f"{id} asks for nothing: rules, like, waits or manual")
    return found


def _like(name: str, at: str, known: Frameworks) -> Control:
    """The control that ``mlps-2/8.1.4.2`` names."""
    framework, _, id = name.partition("/")
    if framework not in known:
        raise PolicyError(at, f"like: {name[:80]!r}: no framework {framework[:40]!r}")
    for each in known[framework].controls:
        if each.id == id:
            return each
    raise PolicyError(at, f"like: {framework} has no control {id[:40]!r}")


def _check(rule: str, at: str, known: _Known) -> None:
    """Raise ``PolicyError`` for a rule that is not there, or that cannot be told to be judged."""
    if rule.startswith(KIND):
        if rule.removeprefix(KIND) not in KINDS:
            raise PolicyError(
                at, f"no kind {rule[:60]!r} ({', '.join(KIND + each for each in KINDS)})"
            )
    elif "/" in rule:
        return
    elif not known.rule(rule):
        raise PolicyError(at, f"no rule {rule[:60]!r}: hullmark rules list")
    elif not (kind_of(rule) or subjects(rule)):
        why = f"whether {rule[:60]!r} was judged cannot be told: name its kind, {KIND}..."
        raise PolicyError(at, why)
