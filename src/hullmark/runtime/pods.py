"""Security contexts of pods, as patches of the objects that a manifest holds or as a whole pod.

Reference: https://kubernetes.io/docs/tasks/manage-kubernetes-objects/update-api-object-kubectl-patch/
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import Any

from hullmark.runtime.apparmor import profile_name
from hullmark.runtime.needs import Needs
from hullmark.runtime.subject import Subject, Workload

Document = dict[str, Any]
"""A mapping as YAML has it."""

CONFINED: Document = {
    "procMount": "Default",
    "seLinuxOptions": None,
    "appArmorProfile": {"type": "RuntimeDefault"},
    "windowsOptions": None,
    "runAsUser": None,
}
"""What stands for a key of a security context that confines less; a patch drops what is null."""


def pods(
    containers: Sequence[tuple[Subject, Needs]], *, apparmor: bool = False
) -> Iterator[Document]:
    """One document for each object: what is to be merged into it, or a pod of its own.

    ``apparmor`` names the profile too, which a node without AppArmor does not start.
    """
    objects: dict[Workload, list[tuple[Subject, Needs]]] = {}
    for subject, needs in containers:
        objects.setdefault(_object(subject), []).append((subject, needs))
    for workload, members in objects.items():
        yield _document(workload, members, apparmor=apparmor)


def _object(subject: Subject) -> Workload:
    """The object of a container, whichever list holds it."""
    if subject.workload is None or not subject.workload.kind:
        return Workload(api="v1", kind="Pod", name=subject.name, pod=("spec",))
    told = subject.workload
    return Workload(
        api=told.api,
        kind=told.kind,
        name=told.name,
        namespace=told.namespace,
        pod=told.pod,
        shares=told.shares,
        beyond=told.beyond,
    )


def _document(
    workload: Workload, members: list[tuple[Subject, Needs]], *, apparmor: bool
) -> Document:
    spec: Document = dict.fromkeys(workload.shares, False)
    spec["securityContext"] = {
        **_confined(workload.beyond),
        **_of_pod(members),
    }
    volumes: list[Document] = []
    for subject, needs in members:
        role = subject.workload.role if subject.workload else ""
        mounts = []
        for number, path in enumerate(needs.writable, 1):
            name = f"{subject.name}-w{number}"[-63:].strip("-")
            volumes.append({"name": name, "emptyDir": {}})
            mounts.append({"name": name, "mountPath": path})
        container: Document = {"name": subject.container or subject.name}
        if subject.workload is None:
            container["image"] = subject.image or subject.name
        container["securityContext"] = of_container(subject, needs, apparmor=apparmor)
        if mounts:
            container["volumeMounts"] = mounts
        spec.setdefault(role or "containers", []).append(container)
    if volumes:
        spec["volumes"] = volumes
    metadata = {"name": workload.name}
    if workload.namespace:
        metadata["namespace"] = workload.namespace
    document: Document = {
        "apiVersion": workload.api,
        "kind": workload.kind,
        "metadata": metadata,
    }
    inner: Document = document
    for key in workload.pod[:-1]:
        inner = inner.setdefault(key, {})
    inner[workload.pod[-1]] = spec
    return document


def _confined(keys: Sequence[str]) -> Document:
    return {key: deepcopy(CONFINED[key]) for key in keys}


def _of_pod(members: list[tuple[Subject, Needs]]) -> Document:
    """What holds for all containers: volumes belong to the group that is said, or the first's."""
    group = members[0][1].gid
    context: Document = {
        "runAsNonRoot": True,
        "fsGroup": next(
            (each.volume_gid for each, _ in members if each.volume_gid is not None), group
        ),
        "seccompProfile": {"type": "RuntimeDefault"},
    }
    low = min((each.low_port for _, each in members if each.low_port), default=0)
    if low:
        sysctl = {"name": "net.ipv4.ip_unprivileged_port_start", "value": str(low)}
        context["sysctls"] = [sysctl]
    return context


def of_container(subject: Subject, needs: Needs, *, apparmor: bool = False) -> Document:
    """The security context of one container."""
    capabilities: Document = {"drop": ["ALL"]}
    if subject.capabilities:
        capabilities["add"] = []
    context: Document = {
        **_confined(subject.beyond),
        "allowPrivilegeEscalation": False,
        "capabilities": capabilities,
        "readOnlyRootFilesystem": True,
        "runAsGroup": needs.gid,
        "runAsNonRoot": True,
        "runAsUser": needs.uid,
        "seccompProfile": {"type": "Localhost", "localhostProfile": f"{subject.name}.seccomp.json"},
    }
    if subject.privileged:
        context["privileged"] = False
    if apparmor:
        profile = {"type": "Localhost", "localhostProfile": profile_name(subject)}
        context["appArmorProfile"] = profile
    return context


def services(containers: Sequence[tuple[Subject, Needs]], *, apparmor: bool = False) -> Document:
    """A file of compose that is laid over the one that was read (``docker compose -f A -f B``)."""
    found: Document = {}
    for subject, needs in containers:
        options = ["no-new-privileges:true", f"seccomp={subject.name}.seccomp.json"]
        if apparmor:
            options.append(f"apparmor={profile_name(subject)}")
        service: Document = {
            "user": f"{needs.uid}:{needs.gid}",
            "read_only": True,
            "cap_drop": ["ALL"],
            "security_opt": options,
        }
        if subject.privileged:
            service["privileged"] = False
        if needs.writable:
            service["tmpfs"] = [
                f"{path}:uid={needs.uid},gid={needs.gid}" for path in needs.writable
            ]
        found[subject.container] = service
    return {"services": found}
