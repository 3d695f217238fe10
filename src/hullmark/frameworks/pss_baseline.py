"""The Pod Security Standard *baseline*: what keeps pods from the known ways to more power.

Source: https://kubernetes.io/docs/concepts/security/pod-security-standards/
"""

from hullmark.model.framework import Control, Framework
from hullmark.model.kubernetes import NEWEST

STANDARDS = "https://kubernetes.io/docs/concepts/security/pod-security-standards/"

PSS_BASELINE = Framework(
    id="pss-baseline",
    title="Pod Security Standard baseline",
    version=f"v1.{NEWEST}",
    of_kubernetes=True,
    references=(STANDARDS,),
    controls=(
        Control(
            id="HostProcess",
            title="No Windows containers in the host's own process space",
            rules=("windows-host-process",),
        ),
        Control(
            id="Host Namespaces",
            title="No network, process or IPC namespace of the node",
            rules=("host-network", "host-pid", "host-ipc"),
        ),
        Control(
            id="Privileged Containers",
            title="No privileged containers",
            rules=("privileged-container",),
        ),
        Control(
            id="Capabilities",
            title="No capabilities beyond those that runtimes grant by themselves",
            rules=(
                *("capability-beyond-baseline", "all-capabilities-added", "sys-admin-capability"),
                *("sys-module-capability", "sys-ptrace-capability", "net-admin-capability"),
                "net-raw-capability",
            ),
        ),
        Control(
            id="HostPath Volumes",
            title="No folders of the node",
            rules=(
                *("host-path-volume", "sensitive-host-path", "runtime-socket-host-path"),
                "host-device-path",
            ),
        ),
        Control(id="Host Ports", title="No ports of the node", rules=("host-port",)),
        Control(
            id="Host Probes / Lifecycle Hooks",
            title="No probes and hooks to other hosts",
            rules=("probe-to-another-host",),
            since=34,
        ),
        Control(
            id="AppArmor",
            title="The runtime's AppArmor profile, or one of the node",
            rules=("apparmor-unconfined",),
        ),
        Control(
            id="SELinux",
            title="Types of containers, no user and no role of one's own",
            rules=("custom-selinux-options",),
        ),
        Control(
            id="/proc Mount Type",
            title="The masked /proc",
            rules=("unmasked-proc-mount",),
        ),
        Control(id="Seccomp", title="A seccomp profile is not off", rules=("seccomp-unconfined",)),
        Control(
            id="Sysctls",
            title="Only settings of the kernel that reach no further than the pod",
            rules=("unsafe-sysctl",),
        ),
    ),
)
