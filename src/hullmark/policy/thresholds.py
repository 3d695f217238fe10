"""Thresholds: read from a policy file, and held against findings.

docs/policy.md describes the file.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fnmatch import fnmatchcase

from hullmark.model import Finding, Kind, PolicyError, Report, Rule, Severity, Verdict
from hullmark.model.decision import Policy, Threshold
from hullmark.policy.shapes import listed, mapped

MAX_THRESHOLDS = 100
"""Ours; each is held against every finding."""

MAX_IDS = 1000
"""Ours, of one threshold."""

MAX_PATTERNS = 20
"""Ours, of one threshold: each is held against every finding."""

SECTIONS = ("deny", "warn", "gaps", "licences")
KEYS = (
    "kinds",
    "ids",
    "severity",
    "risk",
    "epss",
    "kev",
    "fixable",
    "grace-days",
    "more-than",
    "because",
)


def of_file(value: Mapping[str, object], path: str, lines: Mapping[tuple[str, int], int]) -> Policy:
    """The policy of a file; ``lines`` has the line of each item of its lists, by key and number.

    ``PolicyError`` names the line and the key that is wrong.
    """
    for key in value:
        if key not in SECTIONS:
            raise PolicyError(path, f"unknown key {key!r} (known: {', '.join(SECTIONS)})")
    thresholds = [
        _threshold(each, f"{path}:{lines.get((verdict.value, number), 0)}", verdict)
        for verdict in (Verdict.DENY, Verdict.WARN)
        for number, each in enumerate(listed(value.get(verdict.value), f"{path}: {verdict}"))
    ]
    if len(thresholds) > MAX_THRESHOLDS:
        raise PolicyError(path, f"more than {MAX_THRESHOLDS} thresholds")
    gaps = mapped(value.get("gaps") or {}, f"{path}: gaps")
    if unknown := sorted(gaps.keys() - {"allow"}):
        raise PolicyError(f"{path}: gaps", f"unknown key {unknown[0]!r} (known: allow)")
    allowed = tuple(map(str, listed(gaps.get("allow"), f"{path}: gaps allow")))
    return Policy(thresholds=tuple(thresholds), allowed_gaps=allowed)


def excess(threshold: Threshold, report: Report, today: str) -> list[Finding] | None:
    """The findings that are too many by a threshold; ``None`` where they are not too many."""
    day = date.fromisoformat(today)
    named = _naming(threshold.ids)
    fitting = [
        each
        for each in report.findings
        if _fits(threshold, each, report.rules.get(each.rule), day)
        and (not threshold.ids or named((each.rule, *each.aliases)))
    ]
    return fitting if len(fitting) > threshold.more_than else None


def says(threshold: Threshold) -> str:
    """A threshold on one line: where it is, and what it asks for."""
    if threshold.at == "fail-on" and threshold.severity is not None:
        return f"fail-on: {threshold.severity.label}"
    asked = [
        ("kinds", ", ".join(threshold.kinds)),
        ("ids", ", ".join(threshold.ids[:3])),
        ("severity", "" if threshold.severity is None else threshold.severity.label),
        ("risk", _told(threshold.risk)),
        ("epss", _told(threshold.epss)),
        ("kev", _told(threshold.exploited)),
        ("fixable", _told(threshold.fixable)),
        ("grace-days", str(threshold.grace_days or "")),
        ("more-than", str(threshold.more_than or "")),
    ]
    told = ", ".join(f"{key} {value}" for key, value in asked if value)
    reason = f" ({threshold.because})" if threshold.because else ""
    return f"{threshold.at}: {threshold.verdict} {told or 'any finding'}{reason}"


def _fits(each: Threshold, finding: Finding, rule: Rule | None, today: date) -> bool:
    """Whether a finding counts. What is unknown of a vulnerability's age counts as old."""
    epss = rule.epss or 0.0 if rule else 0.0
    exploited = bool(rule and rule.exploited)
    return (
        (not each.kinds or finding.kind in each.kinds)
        and (each.severity is None or finding.severity >= each.severity)
        and (each.risk is None or (finding.score or 0.0) >= each.risk)
        and (each.epss is None or epss >= each.epss)
        and (each.exploited is None or exploited is each.exploited)
        and (each.fixable is None or (finding.fix is not None) is each.fixable)
        and (
            not each.grace_days
            or _age_days(rule.published if rule else "", today) >= each.grace_days
        )
    )


def _naming(ids: Sequence[str]) -> Callable[[Sequence[str]], bool]:
    """Whether any name is among these ids, of which those with a ``*`` are patterns."""
    exact = frozenset(ids)
    patterns = [each for each in ids if "*" in each]
    return lambda names: (
        not exact.isdisjoint(names)
        or any(fnmatchcase(name, pattern) for pattern in patterns for name in names)
    )


def _age_days(published: str, today: date) -> int:
    try:
        return (today - date.fromisoformat(published[:10])).days
    except ValueError:
        return date.max.toordinal()


def _threshold(value: object, at: str, verdict: Verdict) -> Threshold:
    asked = mapped(value, at)
    if unknown := [key for key in asked if key not in KEYS]:
        raise PolicyError(at, f"unknown key {unknown[0]!r} (known: {', '.join(KEYS)})")
    found = Threshold(
        at=at,
        verdict=verdict,
        kinds=tuple(_kind(each, f"{at}: kinds") for each in _several(asked.get("kinds"))),
        ids=tuple(map(str, _several(asked.get("ids")))),
        severity=_severity(asked["severity"], f"{at}: severity") if "severity" in asked else None,
        risk=_number(asked, "risk", at, 100),
        epss=_number(asked, "epss", at, 1),
        exploited=_flag(asked, "kev", at),
        fixable=_flag(asked, "fixable", at),
        grace_days=_count(asked, "grace-days", at),
        more_than=_count(asked, "more-than", at),
        because=str(asked.get("because") or ""),
    )
    if len(found.ids) > MAX_IDS or sum("*" in each for each in found.ids) > MAX_PATTERNS:
        raise PolicyError(f"{at}: ids", f"more than {MAX_IDS}, or {MAX_PATTERNS} with a *")
    if not asked.keys() - {"because"}:
        raise PolicyError(at, f"asks for nothing: {', '.join(KEYS[:-1])}")
    return found


def _kind(value: object, at: str) -> Kind:
    try:
        return Kind(str(value))
    except ValueError:
        known = ", ".join(Kind)
        raise PolicyError(at, f"{str(value)[:40]!r} is no kind of finding ({known})") from None


def _severity(value: object, at: str) -> Severity:
    known = {each.label: each for each in Severity}
    if str(value) not in known:
        raise PolicyError(at, f"{str(value)[:40]!r} is no severity ({', '.join(known)})")
    return known[str(value)]


def _number(asked: Mapping[str, object], key: str, at: str, most: float) -> float | None:
    if key not in asked:
        return None
    value = asked[key]
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= most:
        raise PolicyError(f"{at}: {key}", f"a number from 0 to {most} is wanted")
    return float(value)


def _count(asked: Mapping[str, object], key: str, at: str) -> int:
    value = asked.get(key, 0)
    if isinstance(value, bool) or not isinstance(value, int) or value < 0:
        raise PolicyError(f"{at}: {key}", "a number from 0 on is wanted")
    return value


def _flag(asked: Mapping[str, object], key: str, at: str) -> bool | None:
    value = asked.get(key)
    if value is not None and not isinstance(value, bool):
        raise PolicyError(f"{at}: {key}", "true or false is wanted")
    return value


def _told(value: float | bool | None) -> str:  # noqa: FBT001 - a condition as it was written
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else f"{value:g}"


def _several(value: object) -> Sequence[object]:
    if value is None:
        return ()
    return value if isinstance(value, list) else [value]
