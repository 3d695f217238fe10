"""Pod Security Standards by release of Kubernetes, against what each release's rules say.

The oracle is written from the rules of the standards alone: plain dictionaries in, controls that
a pod breaks out.
"""

import json
import random

import pytest

from hullmark.checks import kubernetes
from hullmark.checks.kinds import ConfigCheck
from hullmark.checks.kube import manifests
from hullmark.frameworks.pss_baseline import PSS_BASELINE
from hullmark.frameworks.pss_restricted import PSS_RESTRICTED
from hullmark.model import File
from hullmark.model.kubernetes import NEWEST, OLDEST, minor_of
from hullmark.unit import load

RELEASES = range(OLDEST, NEWEST + 1)
PODS = 150

ADDABLE = {
    *("AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD"),
    *("NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"),
}
SYSCTLS = {
    19: "kernel.shm_rmid_forced net.ipv4.ip_local_port_range net.ipv4.tcp_syncookies"
    " net.ipv4.ping_group_range net.ipv4.ip_unprivileged_port_start",
    27: "net.ipv4.ip_local_reserved_ports",
    29: "net.ipv4.tcp_keepalive_time net.ipv4.tcp_fin_timeout net.ipv4.tcp_keepalive_intvl"
    " net.ipv4.tcp_keepalive_probes",
    32: "net.ipv4.tcp_rmem net.ipv4.tcp_wmem",
    37: "net.ipv4.tcp_slow_start_after_idle net.ipv4.tcp_notsent_lowat",
}
KNOWN_VOLUMES = {"configMap", "csi", "downwardAPI", "emptyDir", "ephemeral"} | {
    *("persistentVolumeClaim", "projected", "secret")
}
NOTE = "container.apparmor.security.beta.kubernetes.io/"


def oracle(pod, minor):
    """Controls of both standards that a pod breaks for a cluster of a release."""
    spec, of_pod = pod["spec"], pod["spec"].get("securityContext", {})
    lists = ("initContainers", "containers", "ephemeralContainers")
    all_containers = [each for name in lists for each in spec.get(name, [])]
    own = [each.get("securityContext", {}) for each in all_containers]
    both = [of_pod, *own]
    relaxed = minor >= 35 and spec.get("hostUsers") is False
    windows = minor >= 25 and spec.get("os", {}).get("name") == "windows"
    volumes = spec.get("volumes", [])
    broken = set()

    def breaks(control, says):
        if says:
            broken.add(control)

    breaks("HostProcess", any(c.get("windowsOptions", {}).get("hostProcess") for c in both))
    breaks("Host Namespaces", any(spec.get(k) for k in ("hostNetwork", "hostPID", "hostIPC")))
    breaks("Privileged Containers", any(c.get("privileged") for c in own))
    added = [set(c.get("capabilities", {}).get("add", [])) for c in own]
    breaks("Capabilities", any(each - ADDABLE for each in added))
    breaks("HostPath Volumes", any("hostPath" in v for v in volumes))
    ports = [p for c in all_containers for p in c.get("ports", [])]
    breaks("Host Ports", any(p.get("hostPort") for p in ports))
    handlers = [c.get(p, {}) for c in all_containers for p in ("livenessProbe", "startupProbe")]
    handlers += [c.get("lifecycle", {}).get("preStop", {}) for c in all_containers]
    hosts = [h.get(way, {}).get("host") for h in handlers for way in ("httpGet", "tcpSocket")]
    breaks("Host Probes / Lifecycle Hooks", minor >= 34 and any(hosts))
    notes = pod["metadata"].get("annotations", {})
    bad = [
        value
        for key, value in notes.items()
        if key.startswith(NOTE) and value and value != "runtime/default"
        if not value.startswith("localhost/")
    ]
    armour = [c["appArmorProfile"]["type"] for c in both if "appArmorProfile" in c]
    bad += [each for each in armour if minor >= 30 and each not in ("RuntimeDefault", "Localhost")]
    breaks("AppArmor", bad)
    types = {"", "container_t", "container_init_t", "container_kvm_t"}
    types |= {"container_engine_t"} if minor >= 31 else set()
    labels = [c.get("seLinuxOptions", {}) for c in both]
    breaks("SELinux", any(each.get("type", "") not in types for each in labels))
    breaks("SELinux", any(each.get("user") or each.get("role") for each in labels))
    unmasked = any(c.get("procMount", "Default") != "Default" for c in own)
    breaks("/proc Mount Type", unmasked and not relaxed)
    breaks("/proc Mount Type (v1.35+)", minor >= 35 and unmasked)
    seccomp = [c["seccompProfile"]["type"] for c in both if "seccompProfile" in c]
    unconfined = any(each not in ("RuntimeDefault", "Localhost") for each in seccomp)
    breaks("Seccomp", unconfined)
    missing = "seccompProfile" not in of_pod and any("seccompProfile" not in c for c in own)
    breaks("Seccomp (v1.19+)", not windows and (unconfined or missing))
    safe = {name for since, names in SYSCTLS.items() if since <= minor for name in names.split()}
    breaks("Sysctls", any(each["name"] not in safe for each in of_pod.get("sysctls", [])))
    known = KNOWN_VOLUMES | ({"image"} if minor >= 33 else set())
    breaks("Volume Types", any(set(v) - {"name"} and not set(v) & known for v in volumes))
    forbids = [c.get("allowPrivilegeEscalation") is False for c in own]
    breaks("Privilege Escalation", not windows and not all(forbids))
    default = of_pod.get("runAsNonRoot")
    roots = [default] if default is False else []
    roots += [c.get("runAsNonRoot", default) for c in own]
    breaks("Running as Non-root", not relaxed and any(each is not True for each in roots))
    zero = any(c.get("runAsUser") == 0 for c in both)
    breaks("Running as Non-root user", minor >= 23 and not relaxed and zero)
    drops = [c.get("capabilities", {}).get("drop", []) for c in own]
    loose = any(each - {"NET_BIND_SERVICE"} for each in added)
    loose = loose or any("ALL" not in each for each in drops)
    breaks("Capabilities (v1.22+)", minor >= 22 and not windows and loose)
    return broken


def drawn(drawing):
    """A pod that an API server takes: hardened, with some of that taken back."""
    is_windows = drawing.random() < 0.15

    def maybe(into, key, values, odds=0.3):
        if drawing.random() < odds:
            into[key] = drawing.choice(values)

    def context(of_container):
        made = {}
        maybe(made, "runAsNonRoot", [True, True, False], 0.7)
        maybe(made, "windowsOptions", [{"hostProcess": True}, {"hostProcess": False}, {}], 0.1)
        if is_windows:
            return made
        maybe(made, "runAsUser", [0, 1000])
        profile = ["RuntimeDefault", "Localhost", "RuntimeDefault", "Unconfined"]
        maybe(made, "seccompProfile", [{"type": each} for each in profile], 0.6)
        maybe(made, "appArmorProfile", [{"type": each} for each in profile], 0.3)
        labels = ["container_t", "container_engine_t", "container_kvm_t", "spc_t", ""]
        maybe(made, "seLinuxOptions", [{"type": each} for each in labels] + [{"user": "u"}], 0.2)
        if of_container:
            maybe(made, "privileged", [True, False], 0.1)
            maybe(made, "allowPrivilegeEscalation", [False, False, True], 0.8)
            maybe(made, "procMount", ["Default", "Unmasked"], 0.2)
            names = [*sorted(ADDABLE), "NET_BIND_SERVICE", "ALL", "NET_RAW", "BPF", "CAP_CHOWN"]
            held = {}
            maybe(held, "drop", [["ALL"], ["ALL"], ["NET_RAW"], ["all"]], 0.8)
            maybe(held, "add", [["NET_BIND_SERVICE"], [drawing.choice(names)]], 0.3)
            made["capabilities"] = held
        else:
            every = [name for names in SYSCTLS.values() for name in names.split()]
            chosen = [{"name": drawing.choice([*every, "kernel.msgmax"]), "value": "1"}]
            maybe(made, "sysctls", [chosen], 0.4)
        return made

    def container(name):
        made = {"name": name, "image": "registry.example/web:1", "securityContext": context(True)}
        maybe(made, "ports", [[{"containerPort": 80, "hostPort": n}] for n in (0, 80)], 0.1)
        if name != "debug":
            asks = [{"httpGet": {"port": 1, "host": ""}}, {"tcpSocket": {"port": 1, "host": "h"}}]
            maybe(made, "livenessProbe", asks, 0.2)
            maybe(made, "lifecycle", [{"preStop": {"httpGet": {"port": 1, "host": "h"}}}], 0.1)
        return made

    spec = {"containers": [container("web")], "securityContext": context(False)}
    if drawing.random() < 0.4:
        spec["initContainers"] = [container("init")]
    if drawing.random() < 0.2:
        spec["ephemeralContainers"] = [container("debug")]
    if is_windows:
        spec["os"] = {"name": "windows"}
    maybe(spec, "os", [{"name": "linux"}], 0 if is_windows else 0.2)
    maybe(spec, "hostUsers", [False, True])
    for each in ("hostNetwork", "hostPID", "hostIPC"):
        maybe(spec, each, [True, False], 0.05)
    sources = ("emptyDir", "csi", "image", "hostPath", "nfs", "flexVolume", "gitRepo", "secret")
    body = {"path": "/srv/x", "driver": "d", "server": "s", "repository": "r", "reference": "i"}
    volumes = [{"name": f"v{n}", each: body} for n, each in enumerate(sources)]
    spec["volumes"] = [each for each in volumes if drawing.random() < 0.1]
    metadata = {"name": "web"}
    profiles = ("unconfined", "localhost/web", "runtime/default")
    maybe(metadata, "annotations", [{f"{NOTE}web": each} for each in profiles], 0.2)
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def broken(pod, minor, framework):
    """Ids of the controls that our checks find broken."""
    file = File(path="pod.json", content=json.dumps(pod).encode())
    (subject,) = manifests(file, minor)
    checks = {
        rule: load(kubernetes, ConfigCheck, rule)
        for control in framework.controls
        for rule in control.rules
    }
    told = {rule for rule, check in checks.items() if any(True for _ in check.judge(subject))}
    asked = (each for each in framework.controls if each.since <= minor)
    return {each.id for each in asked if told & set(each.rules)}


@pytest.mark.parametrize("minor", RELEASES)
def test_each_control_agrees_with_the_standard_of_that_release(minor):
    of_baseline = {each.id for each in PSS_BASELINE.controls}
    of_restricted = {each.id for each in PSS_RESTRICTED.controls}
    drawing, seen = random.Random(minor), set()
    for _ in range(PODS):
        pod = drawn(drawing)
        wanted = oracle(pod, minor)
        assert broken(pod, minor, PSS_BASELINE) == wanted & of_baseline, (minor, pod)
        assert broken(pod, minor, PSS_RESTRICTED) == wanted & of_restricted, (minor, pod)
        seen |= wanted
    assert seen == {each.id for each in PSS_RESTRICTED.controls if each.since <= minor}


def a_pod(container=(), spec=(), notes=()):
    body = {"name": "web", "image": "registry.example/web:1", **dict(container)}
    body["securityContext"] = {
        "allowPrivilegeEscalation": False,
        "capabilities": {"drop": ["ALL"]},
        "runAsNonRoot": True,
        "seccompProfile": {"type": "RuntimeDefault"},
        **body.get("securityContext", {}),
    }
    metadata = {"name": "web", "annotations": dict(notes)}
    spec = {"containers": [body], **dict(spec)}
    return {"apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": spec}


def sysctl(name):
    return a_pod(spec={"securityContext": {"sysctls": [{"name": name, "value": "1"}]}})


def context(**said):
    return a_pod({"securityContext": said})


PROBE = {"livenessProbe": {"tcpSocket": {"host": "h", "port": 1}}}
UNMASKED = a_pod({"securityContext": {"procMount": "Unmasked"}}, {"hostUsers": False})
ROOT = a_pod({"securityContext": {"runAsNonRoot": False}}, {"hostUsers": False})
WINDOWS = a_pod(spec={"os": {"name": "windows"}})
WINDOWS["spec"]["containers"][0]["securityContext"] = {"runAsNonRoot": True}
IMAGE = a_pod(spec={"volumes": [{"name": "v", "image": {"reference": "r"}}]})
ENGINE = context(seLinuxOptions={"type": "container_engine_t"})
ARMOUR = context(appArmorProfile={"type": "Unconfined"})
ALWAYS, NEVER = OLDEST, NEWEST + 1


@pytest.mark.parametrize(
    ("pod", "standard", "refused_from", "refused_before"),
    [
        (a_pod(), PSS_RESTRICTED, NEVER, ALWAYS),
        (context(runAsUser=0), PSS_RESTRICTED, 23, ALWAYS),
        (context(capabilities={}), PSS_RESTRICTED, 22, ALWAYS),
        (WINDOWS, PSS_RESTRICTED, NEVER, 25),
        (sysctl("net.ipv4.ip_local_reserved_ports"), PSS_BASELINE, NEVER, 27),
        (sysctl("net.ipv4.tcp_keepalive_time"), PSS_BASELINE, NEVER, 29),
        (sysctl("net.ipv4.tcp_rmem"), PSS_BASELINE, NEVER, 32),
        (sysctl("net.ipv4.tcp_notsent_lowat"), PSS_BASELINE, NEVER, 37),
        (ARMOUR, PSS_BASELINE, 30, ALWAYS),
        (a_pod(notes={f"{NOTE}web": "unconfined"}), PSS_BASELINE, ALWAYS, ALWAYS),
        (ENGINE, PSS_BASELINE, NEVER, 31),
        (IMAGE, PSS_RESTRICTED, NEVER, 33),
        (a_pod(PROBE), PSS_BASELINE, 34, ALWAYS),
        (UNMASKED, PSS_BASELINE, NEVER, 35),
        (UNMASKED, PSS_RESTRICTED, ALWAYS, ALWAYS),
        (ROOT, PSS_RESTRICTED, NEVER, 35),
    ],
)
def test_what_changed_changes_with_its_release(pod, standard, refused_from, refused_before):
    for minor in RELEASES:
        refused = minor >= refused_from or minor < refused_before
        assert bool(broken(pod, minor, standard)) is refused, minor


@pytest.mark.parametrize("text", ["1.29", "v1.29", "v1.29.3", "1.29.0-gke.1", " 1.29 "])
def test_a_release_is_told_by_its_minor_number(text):
    assert minor_of(text) == 29


@pytest.mark.parametrize("text", ["1.18", "1.38", "2.0", "29", "", "1.29.", "latest", "1.3"])
def test_what_is_no_known_release_is_refused_with_the_range(text):
    with pytest.raises(ValueError, match=r"1\.19 to 1\.37"):
        minor_of(text)
