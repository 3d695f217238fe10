"""How checks of configuration as code are declared; the docstring of a check is its why."""

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from hullmark.checks.apparmor_file import AppArmor
from hullmark.checks.build_file import Build
from hullmark.checks.compose_file import Compose
from hullmark.checks.kinds import ConfigCheck
from hullmark.checks.kube import Bundle, Object, Pod
from hullmark.checks.mending import Mending
from hullmark.checks.named_images import References
from hullmark.checks.script_file import Script
from hullmark.checks.seccomp_file import Seccomp
from hullmark.checks.workflow_file import GITHUB, Workflow
from hullmark.model import Evidence, File, Rule, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence
from hullmark.unit import about_of

BUNDLE, POD, REFERENCE = "Bundle", "Pod*", "reference"
"""Kinds that stand for all objects of a tree, every object that makes pods, and named images."""

Judge = Callable[[Any], Iterable[Evidence]]


def config_check(
    *,
    id: str,
    title: str,
    severity: Severity,
    path: str,
    bad: Sequence[str],
    good: Sequence[str],
    remediation: str,
    references: Sequence[str] = (),
    confidence: Confidence = Confidence.CERTAIN,
    kinds: Sequence[str] = (),
    needs: Sequence[str] = (),
    kind: Kind = Kind.MISCONFIGURATION,
    mend: Mending | None = None,
    left: str = "",
    system: str = "",
) -> Callable[[Judge], ConfigCheck]:
    """Declare a check by the function that judges one subject; examples are whole files' texts."""

    def declare(judge: Judge) -> ConfigCheck:
        rule = Rule(
            id=id,
            title=title,
            kind=kind,
            severity=severity,
            why=about_of(judge),
            remediation=remediation,
            references=tuple(references),
            confidence=confidence,
        )
        return ConfigCheck(
            rule=rule,
            kinds=tuple(kinds),
            needs=tuple(needs),
            bad=lambda: tuple(_file(path, each) for each in bad),
            good=lambda: tuple(_file(path, each) for each in good),
            judge=judge,
            mend=mend,
            left=left,
            system=system,
        )

    return declare


def dockerfile_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Build], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of whole Dockerfiles."""
    return config_check(path="Dockerfile", system="dockerfile", **declared)


def compose_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Compose], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of whole files of compose."""
    return config_check(path="compose.yaml", system="compose", **declared)


def workflow_check(
    *systems: str,
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Workflow], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of workflows of these systems, GITHUB or GITLAB or both."""
    path = ".github/workflows/build.yml" if GITHUB in systems else ".gitlab-ci.yml"
    return config_check(path=path, kinds=systems, system="workflow", **declared)


def script_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Script], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of whole shell scripts."""
    return config_check(path="build.sh", system="script", **declared)


def object_check(
    *kinds: str,
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Object], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of Kubernetes objects of these kinds."""
    return config_check(path="manifest.yaml", system="kubernetes", kinds=kinds, **declared)


def pod_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Object, Pod], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of the pods that objects are or make."""
    of_object = config_check(path="manifest.yaml", system="kubernetes", kinds=(POD,), **declared)

    def declare(judge: Callable[[Object, Pod], Iterable[Evidence]]) -> ConfigCheck:
        def of_pod(subject: Object) -> Iterable[Evidence]:
            pod = subject.pod
            return () if pod is None else judge(subject, pod)

        of_pod.__doc__ = judge.__doc__
        of_pod.__module__ = judge.__module__
        return of_object(of_pod)

    return declare


def seccomp_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Seccomp], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of seccomp profiles."""
    return config_check(path="seccomp.json", system="seccomp", **declared)


def apparmor_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[AppArmor], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of all AppArmor profiles of a file."""
    return config_check(path="web.apparmor", system="apparmor", **declared)


def reference_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[References], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of the images that files of all kinds name."""
    return config_check(path="Dockerfile", kinds=(REFERENCE,), **declared)


def bundle_check(
    **declared: Any,  # noqa: ANN401 - those of ``config_check``
) -> Callable[[Callable[[Bundle], Iterable[Evidence]]], ConfigCheck]:
    """Declare a check of all Kubernetes objects of a tree together."""
    return config_check(path="manifest.yaml", system="kubernetes", kinds=(BUNDLE,), **declared)


def _file(path: str, text: str) -> File:
    """An example; one with a first line ``@path`` is a file of that path."""
    if text.startswith("@"):
        path, _, text = text[1:].partition("\n")
    return File(path=path, content=text.encode())
