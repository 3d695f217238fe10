"""Frameworks that are asked for, with what users add to them: their own, and their answers."""

from collections.abc import Mapping
from typing import NamedTuple

import click
from msgspec.structs import replace

from hullmark.apps.cli.looking import texts
from hullmark.apps.cli.own_files import content, spelled
from hullmark.model import PolicyError, Report
from hullmark.model.framework import Answer, Framework
from hullmark.model.kubernetes import minor_of
from hullmark.sieve.options import Looking

MAX_BYTES = 4 * 1024 * 1024
"""Of a file of frameworks or answers: as much as of exemptions."""

VULNERABILITIES = "vulnerabilities"
KUBERNETES, REGISTRIES, SEVERITY, FRAMEWORKS = "kubernetes", "registries", "severity", "frameworks"
"""What a report was made by, by name; of the last two findings are left out."""

LISTED = ", "


class Asked(NamedTuple):
    """The frameworks that were asked for, what people say of controls, and all that are known."""

    frameworks: tuple[Framework, ...] = ()
    answers: tuple[Answer, ...] = ()
    known: Mapping[str, Framework] = {}


def asked(options: Mapping[str, object]) -> Asked:
    """What ``--framework``, ``--framework-file`` and ``--controls`` name.

    Raises ``PolicyError`` for files that cannot be obeyed.
    """
    named, files = texts(options["frameworks"]), texts(options["framework_files"])
    answers = texts(options["controls"])
    if not named:
        if options["fail_under"] is not None:
            raise click.UsageError("--fail-under is about frameworks: name one with --framework")
        return Asked()
    from hullmark.policy.frameworks import frameworks  # noqa: PLC0415 - where it is asked for

    known = frameworks()
    if files:
        from hullmark.apps.rules import one  # noqa: PLC0415 - imports checks
        from hullmark.policy.overlays import read  # noqa: PLC0415 - few have frameworks

        for path in files:
            data = content(path, MAX_BYTES)
            known |= read(data, spelled(path), lambda rule: one(rule) is not None, known)
    for each in named:
        if each not in known:
            why = f"no framework {each!r}; there are {', '.join(known)}"
            raise click.BadParameter(why, param_hint="--framework")
    wanted = tuple(known[each] for each in dict.fromkeys(named))
    return Asked(wanted, tuple(_answers(answers)), known)


def _answers(paths: tuple[str, ...]) -> list[Answer]:
    if not paths:
        return []
    from hullmark.policy.answers import read  # noqa: PLC0415 - few have any

    found: dict[tuple[str, str], Answer] = {}
    for path in paths:
        for each in read(content(path, MAX_BYTES), spelled(path)):
            key = each.framework, each.control
            if key in found:
                why = f"{each.framework} {each.control} is answered at {found[key].at} already"
                raise PolicyError(each.at, why)
            found[key] = each
    return list(found.values())


def with_basis(
    report: Report, looking: Looking, options: Mapping[str, object], *, licences: bool
) -> Report:
    """The report with what was asked for: of a stored report what was asked for then.

    Only vulnerabilities and licences are judged anew.
    """
    named = texts(options["scanners"])
    ran = {
        "packages": not named or "packages" in named,
        VULNERABILITIES: not named or VULNERABILITIES in named,
        "licences": licences or "licences" in named,
        "secrets": looking.secrets,
        "malware": looking.malware,
        "config": looking.config,
    }
    before = [each for each in report.scanners if each not in (VULNERABILITIES, "licences")]
    now = [name for name, done in ran.items() if done]
    said = {
        KUBERNETES: f"1.{looking.kubernetes}",
        REGISTRIES: LISTED.join(looking.registries),
        "skipped": LISTED.join(texts(options["skip_dirs"]) + texts(options["skip_files"])),
    }
    basis = report.basis or {name: value for name, value in said.items() if value}
    return replace(report, scanners=tuple(sorted({*before, *now})), basis=basis)


def standing(report: Report, wanted: Asked, looking: Looking, today: str) -> Report:
    """How the report stands to the frameworks that were asked for, by what the user said.

    Raises ``PolicyError`` for a stored report that does not hold all findings about them.
    """
    if not wanted.frameworks:
        return report
    named, basis = [each.id for each in wanted.frameworks], report.basis
    if basis.get(SEVERITY):
        why = f"findings below {basis[SEVERITY]} are not in the stored report (--severity)"
        raise PolicyError("--framework", why)
    held_before = basis.get(FRAMEWORKS, "").split(LISTED)
    if basis.get(FRAMEWORKS) and not {*named} <= {*held_before}:
        why = f"the stored report holds only findings about {basis[FRAMEWORKS]}"
        raise PolicyError("--framework", why)
    try:
        minor = minor_of(basis[KUBERNETES]) if KUBERNETES in basis else looking.kubernetes
    except ValueError as error:
        raise PolicyError("the stored report", str(error)) from error
    looking = replace(
        looking,
        kubernetes=minor,
        registries=tuple(filter(None, basis.get(REGISTRIES, "").split(LISTED))),
    )
    from hullmark.policy.frameworks import held  # noqa: PLC0415 - where it is asked for

    report = held(
        report,
        wanted.frameworks,
        report.scanners,
        looking,
        answers=wanted.answers,
        today=today,
        known=wanted.known,
    )
    return replace(report, basis={**basis, FRAMEWORKS: LISTED.join(named)})


def gated(report: Report, options: Mapping[str, object]) -> Report:
    """The report, denied where it stands to a framework worse than ``--fail-under`` allows."""
    if options["fail_under"] is None:
        return report
    from hullmark.policy.shares import gated as by_share  # noqa: PLC0415 - where it is asked for

    return by_share(report, float(str(options["fail_under"])))
