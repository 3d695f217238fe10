"""What checks of pods share, and how they divide the Pod Security Standards among them."""

import pytest

from hullmark.checks import kubernetes
from hullmark.checks.kinds import ConfigCheck
from hullmark.checks.kube import manifests
from hullmark.checks.pod_examples import a_pod
from hullmark.checks.pod_security import OF_BASELINE, WITH_OWN_CHECK, Place, place_of
from hullmark.model import File
from hullmark.unit import load

BASELINE = (
    "all-capabilities-added",
    "apparmor-unconfined",
    "capability-beyond-baseline",
    "custom-selinux-options",
    "host-device-path",
    "host-ipc",
    "host-network",
    "host-path-volume",
    "host-pid",
    "host-port",
    "net-admin-capability",
    "net-raw-capability",
    "privileged-container",
    "probe-to-another-host",
    "runtime-socket-host-path",
    "seccomp-unconfined",
    "sensitive-host-path",
    "sys-admin-capability",
    "sys-module-capability",
    "sys-ptrace-capability",
    "unmasked-proc-mount",
    "unsafe-sysctl",
    "windows-host-process",
)
RESTRICTED = (
    "capabilities-not-dropped",
    "capability-beyond-restricted",
    "flex-volume",
    "git-repo-volume",
    "non-root-not-required",
    "privilege-escalation-allowed",
    "restricted-volume-type",
    "run-as-root-user",
    "seccomp-profile-missing",
    "unmasked-proc-mount-in-user-namespace",
)
HARDENED = (
    "securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}",
    "securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}",
)


def faults(text, ids):
    """Which of these checks find fault with a manifest."""
    found = []
    for id in ids:
        check = load(kubernetes, ConfigCheck, id)
        for each in manifests(File(path="manifest.yaml", content=text.encode())):
            found += [id for _ in check.judge(each)]
    return found


@pytest.mark.parametrize(
    ("path", "place"),
    [
        ("/", Place.SENSITIVE),
        ("//etc/./kubernetes/", Place.SENSITIVE),
        ("/etc/ssl/certs", Place.OTHER),
        ("/etcetera", Place.OTHER),
        ("/var/run", Place.SENSITIVE),
        ("/var/run/docker.sock", Place.RUNTIME_SOCKET),
        ("/run/k3s/containerd", Place.RUNTIME_SOCKET),
        ("\\\\.\\pipe\\docker_engine", Place.RUNTIME_SOCKET),
        ("/var/lib/kubelet", Place.SENSITIVE),
        ("/var/lib/kubelet/plugins/csi.example", Place.OTHER),
        ("C:\\", Place.SENSITIVE),
        ("C:\\Windows\\System32", Place.SENSITIVE),
        ("D:\\data", Place.OTHER),
        ("/dev/sda", Place.DEVICE),
        ("/dev/null", Place.OTHER),
        ("/data", Place.OTHER),
        ("", Place.OTHER),
    ],
)
def test_path_of_the_node_gives_away_what_lies_there(path, place):
    assert place_of(path) is place


def test_pod_that_says_nothing_is_within_the_baseline():
    assert faults(a_pod(), BASELINE) == []


@pytest.mark.parametrize("kind", ["Pod", "Deployment", "CronJob"])
def test_hardened_pod_is_within_the_restricted_standard(kind):
    assert faults(a_pod(*HARDENED, kind=kind), BASELINE + RESTRICTED) == []


@pytest.mark.parametrize("capability", sorted(OF_BASELINE | WITH_OWN_CHECK | {"BPF", "SYS_TIME"}))
def test_each_capability_is_told_by_one_check(capability):
    text = a_pod(f"securityContext: {{capabilities: {{drop: [ALL], add: [{capability}]}}}}")
    told = faults(text, [id for id in BASELINE + RESTRICTED if "capabilit" in id])
    assert len(told) == (capability != "NET_BIND_SERVICE"), told


@pytest.mark.parametrize("path", ["/", "/data", "/dev/sda", "/run/crio/crio.sock"])
def test_each_path_of_the_node_is_told_by_one_check(path):
    text = a_pod(spec=f"volumes:\n- {{name: data, hostPath: {{path: {path}}}}}")
    assert len(faults(text, [id for id in BASELINE + RESTRICTED if "path" in id])) == 1
