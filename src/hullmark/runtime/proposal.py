"""Proposals: for each container the files that let it do what it needs, and why."""

import json
from collections.abc import Iterator, Sequence

import yaml
from msgspec import Struct

from hullmark.runtime.apparmor import apparmor, is_plain, profile_name
from hullmark.runtime.needs import Choice, Needs, needs_of
from hullmark.runtime.pods import pods, services
from hullmark.runtime.seccomp import seccomp
from hullmark.runtime.subject import Subject

POD_FILE, COMPOSE_FILE = "pod-security.yaml", "compose.security.yaml"

_NEW = """\
# A pod with the least that it needs. Put your image and your volumes in.
"""
_PATCH = """\
# Merged into what is there: kubectl patch -f MANIFEST --patch-file THIS, or as patches of a
# kustomization.
"""
_NODES = """\
# Each node needs the profiles below <kubelet>/seccomp (/var/lib/kubelet/seccomp); until then,
# type: RuntimeDefault without localhostProfile.
"""
_COMPOSE = """\
# Laid over the file that was read: docker compose -f compose.yaml -f compose.security.yaml up
# capabilities that the file adds (cap_add) are joined by compose: take them out there.
"""


class Proposal(Struct, frozen=True, kw_only=True):
    """What is proposed for one container."""

    subject: Subject
    needs: Needs
    seccomp: dict[str, object]
    apparmor: str

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Every choice with its evidence."""
        needs = self.needs
        found = [*needs.choices]
        found.append(
            Choice(
                of="capabilities",
                what="none",
                why=_without_capabilities(needs),
            )
        )
        found.append(
            Choice(
                of="escalation",
                what="refused",
                why="programs with setuid bits are not needed where the user is fixed",
            )
        )
        return tuple(found)

    @property
    def unknown(self) -> tuple[str, ...]:
        """What neither file nor image tells."""
        odd = [each for each in (*self.needs.writable, *self.needs.mounted) if not is_plain(each)]
        told = [f"how AppArmor is to name {each!r}: it is left out there" for each in odd]
        return (*self.needs.unknown, *told)


class Proposed(Struct, frozen=True, kw_only=True):
    """Everything that is proposed for a target; ``files`` are texts by name."""

    target: str
    containers: tuple[Proposal, ...]
    files: dict[str, str]


def proposed(target: str, subjects: Sequence[Subject], *, by_apparmor: bool = False) -> Proposed:
    """The proposals for these containers.

    ``by_apparmor`` has pods and services name the profiles of AppArmor.
    """
    containers = [_proposal(each) for each in subjects]
    return Proposed(
        target=target,
        containers=tuple(containers),
        files=dict(_files(containers, by_apparmor=by_apparmor)),
    )


def _proposal(subject: Subject) -> Proposal:
    needs = needs_of(subject)
    return Proposal(
        subject=subject,
        needs=needs,
        seccomp=seccomp(subject, needs),
        apparmor=apparmor(subject, needs),
    )


def _without_capabilities(needs: Needs) -> str:
    if not needs.low_port:
        return "a fixed user that owns what it writes needs none"
    return (
        f"port {needs.low_port} is opened by the sysctl net.ipv4.ip_unprivileged_port_start,"
        " which holds for every user; docker sets it by itself"
    )


def _files(containers: list[Proposal], *, by_apparmor: bool) -> Iterator[tuple[str, str]]:
    pairs = [(each.subject, each.needs) for each in containers]
    if any(each.subject.form == "compose" for each in containers):
        yield COMPOSE_FILE, f"{_COMPOSE}{_yaml(services(pairs, apparmor=by_apparmor))}"
    else:
        is_new = any(each.subject.workload is None for each in containers)
        documents = pods(pairs, apparmor=by_apparmor)
        text = "---\n".join(map(_yaml, documents))
        yield POD_FILE, f"{_NEW if is_new else _PATCH}{_NODES}{text}"
    for each in containers:
        yield f"{each.subject.name}.seccomp.json", f"{json.dumps(each.seccomp, indent=1)}\n"
        yield f"{each.subject.name}.apparmor", each.apparmor


def _yaml(document: object) -> str:
    return yaml.safe_dump(document, sort_keys=False, default_flow_style=False, allow_unicode=False)


def as_text(found: Proposed) -> Iterator[str]:
    """The choices for people, line by line."""
    for each in found.containers:
        yield f"{each.subject.name}  ({each.subject.place})"
        for choice in each.choices:
            yield f"  {choice.of:<13}{choice.what}: {choice.why}"
        yield from (f"  not known    {told}" for told in each.unknown)
        allowed = len(each.needs.names)
        yield f"  {allowed} system calls allowed, profile {profile_name(each.subject)}"
        yield ""


def as_json(found: Proposed) -> dict[str, object]:
    """The same for programs: ``hullmark.proposal/1``."""
    return {
        "schema": "hullmark.proposal/1",
        "target": found.target,
        "containers": [
            {
                "name": each.subject.name,
                "place": each.subject.place,
                "user": each.needs.uid,
                "writable": [*each.needs.writable],
                "ports": [f"{port.number}/{port.protocol}" for port in each.needs.ports],
                "choices": [
                    {"of": choice.of, "what": choice.what, "why": choice.why}
                    for choice in each.choices
                ],
                "unknown": [*each.unknown],
            }
            for each in found.containers
        ],
        "files": found.files,
    }
