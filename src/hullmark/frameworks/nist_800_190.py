"""NIST SP 800-190, application container security guide: the risks of its section 3.

Source: https://csrc.nist.gov/pubs/sp/800/190/final
"""

from hullmark.model.framework import Control, Framework

SECCOMP = (
    *("seccomp-default-allow", "seccomp-default-only-watches", "seccomp-unknown-action"),
    *("seccomp-error-zero", "seccomp-kills-one-thread", "seccomp-without-architectures"),
    *("seccomp-allows-mount", "seccomp-allows-namespaces", "seccomp-allows-kernel-modules"),
    *("seccomp-allows-kexec", "seccomp-allows-bpf", "seccomp-allows-tracing"),
    *("seccomp-allows-file-handles", "seccomp-allows-raw-io", "seccomp-allows-keyring"),
    *("seccomp-allows-clock-setting", "seccomp-allows-io-uring"),
)
APPARMOR = (
    *("apparmor-unconfined-mode", "apparmor-complain-mode", "apparmor-change-to-any-profile"),
    *("apparmor-unconfined-program", "apparmor-unlimited-mount", "apparmor-every-file"),
    *("apparmor-kernel-files-writable", "apparmor-dangerous-capability"),
    *("apparmor-every-capability", "apparmor-ptrace-of-others", "apparmor-raw-network"),
)
"""What profiles of containers leave open, for every framework that asks for such profiles."""

NIST_800_190 = Framework(
    id="nist-800-190",
    title="NIST SP 800-190",
    version="2017-09",
    references=("https://csrc.nist.gov/pubs/sp/800/190/final",),
    controls=(
        Control(id="3.1.1", title="Image vulnerabilities", rules=("kind:vulnerability",)),
        Control(
            id="3.1.2",
            title="Image configuration defects",
            rules=(
                *("runs-as-root", "ssh-server-installed", "setuid-program", "no-healthcheck"),
                *("world-writable-file", "writable-entrypoint", "sudo-installed"),
                *("unusual-setuid-program", "unusual-setgid-program", "setgid-program"),
                *("setuid-shell", "writable-setuid-program", "world-writable-folder", "chmod-777"),
                *("setuid-bit-set-in-build", "capability-set-in-build"),
                *("passwordless-sudo-in-build", "sudo-without-password"),
                *("privileged-group-in-build", "member-of-powerful-group", "root-account-added"),
                *("second-root-account", "account-without-password", "ssh-port-exposed"),
                *("entrypoint-starts-ssh-server", "ssh-root-login"),
            ),
        ),
        Control(id="3.1.3", title="Embedded malware", rules=("kind:malware",)),
        Control(id="3.1.4", title="Embedded clear text secrets", rules=("kind:secret",)),
        Control(
            id="3.1.5",
            title="Use of untrusted images",
            rules=(
                *("image-tag-latest", "untagged-base", "base-tag-latest", "lookalike-name"),
                *("untrusted-registry", "latest-tag", "missing-tag", "copy-from-unpinned-image"),
                *("latest-image-service", "untagged-image-service", "content-trust-disabled"),
                *("pipeline-image-latest", "pipeline-runs-latest-image"),
                "script-runs-latest-image",
            ),
            waits="whether images are signed, and signatures asked for where they are pulled",
        ),
        Control(
            id="3.2.1",
            title="Insecure connections to registries",
            rules=("insecure-registry", "pipeline-insecure-registry"),
            waits="whether the registry itself speaks TLS alone",
        ),
        Control(
            id="3.2.2",
            title="Stale images in registries",
            rules=("outdated-image", "image-tag-latest", "latest-image-service", "base-tag-latest"),
            waits="what lies in the registry: the age of its images, and tags that moved",
        ),
        Control(
            id="3.2.3",
            title="Insufficient authentication and authorization restrictions",
            waits="the accounts of the registry: who pulls and pushes, and whether that is logged",
        ),
        Control(
            id="3.3.1",
            title="Unbounded administrative access",
            rules=(
                *("cluster-admin-binding", "wildcard-verbs", "wildcard-resources"),
                *("system-masters-binding", "escalate-permission", "bind-permission"),
                *("cluster-wide-admin-binding", "namespace-cluster-admin-binding"),
                *("unlimited-cluster-role", "unlimited-role", "aggregation-of-every-role"),
                *("impersonation", "rbac-writing", "powerful-edit-role", "powerful-view-role"),
                *("control-plane-role-binding", "kube-system-admin-binding", "kube-system-power"),
                *("cluster-admin-workload", "escalating-workload", "exposed-powerful-workload"),
                *("privileged-security-context-constraints", "api-service-writing"),
                "kube-system-config-writing",
            ),
        ),
        Control(
            id="3.3.2",
            title="Unauthorized access",
            rules=(
                *("anonymous-binding", "authenticated-binding", "dangling-binding-subject"),
                "kubelet-anonymous-access",
            ),
            waits="how users log in to the API server, and whether etcd encrypts what it keeps",
        ),
        Control(
            id="3.3.3",
            title="Poorly separated inter-container network traffic",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                *("network-policy-allows-all-ingress", "network-policy-allows-all-egress"),
                *("workload-without-ingress-policy", "workload-without-egress-policy"),
                *("network-policy-selects-nothing", "network-policy-rules-without-type"),
                *("network-policy-split-everywhere", "network-policy-ingress-from-anywhere"),
                *("network-policy-ingress-from-all-namespaces", "calico-policy-allows-everything"),
                *("cilium-policy-open-ingress", "cilium-policy-open-egress"),
                *("authorization-policy-allows-everybody", "missing-authorization-policy"),
                "default-bridge-service",
            ),
        ),
        Control(
            id="3.3.4",
            title="Mixing of workload sensitivity levels",
            manual="How sensitive a workload is you know.",
        ),
        Control(
            id="3.3.5",
            title="Orchestrator node trust",
            rules=(
                *("node-bootstrap-binding", "node-certificate-request", "node-group-binding"),
                *("node-writing", "certificate-approval"),
            ),
            waits="nodes: how each proves who it is, and how one is taken out of the cluster",
        ),
        Control(
            id="3.4.1",
            title="Vulnerabilities within the runtime software",
            waits="the container runtime that nodes run, its version and its vulnerabilities",
        ),
        Control(
            id="3.4.2",
            title="Unbounded network access from containers",
            rules=(
                *("network-policy-allows-all-egress", "network-policy-reaches-metadata"),
                *("missing-egress-policy", "workload-without-egress-policy"),
                *("network-policy-split-everywhere", "cilium-policy-open-egress"),
                "mesh-egress-open",
            ),
            waits="what running containers connect to, which nothing watches yet",
        ),
        Control(
            id="3.4.3",
            title="Insecure container runtime configurations",
            rules=(
                *SECCOMP,
                *APPARMOR,
                *("privileged-container", "privileged-service", "host-pid", "host-ipc"),
                *("runtime-socket-host-path", "engine-socket-service", "seccomp-unconfined"),
                *("apparmor-unconfined", "capability-beyond-baseline", "all-capabilities-added"),
                *("sys-admin-capability", "sys-module-capability", "sys-ptrace-capability"),
                *("seccomp-profile-missing", "ignored-seccomp-annotation"),
                *("unconfined-seccomp-service", "unconfined-apparmor-service"),
                *("disabled-selinux-service", "custom-selinux-options"),
                *("privilege-escalation-allowed", "privilege-gain-service"),
                *("privileged-with-host-pid", "host-network", "host-pid-service"),
                *("host-ipc-service", "host-network-service", "host-user-namespace-service"),
                *("host-cgroup-namespace-service", "all-capabilities-service"),
                *("dangerous-capability-service", "raw-device-service", "unmasked-proc-mount"),
                *("unmasked-paths-service", "unsafe-sysctl", "weakening-sysctl-service"),
                *("docker-socket-without-tls", "script-starts-open-docker-daemon"),
                *("script-starts-privileged-container", "script-shares-host-namespaces"),
                *("script-mounts-container-socket", "pipeline-starts-privileged-container"),
                *("pipeline-shares-host-namespaces", "pipeline-mounts-container-socket"),
                *("powerful-group-service", "privileged-hook-service"),
            ),
        ),
        Control(
            id="3.4.4",
            title="App vulnerabilities",
            rules=("writable-root-filesystem", "writable-root-service"),
            waits="processes, files and system calls of what runs, which nothing watches yet",
        ),
        Control(
            id="3.4.5",
            title="Rogue containers",
            waits="who created what runs in the cluster, and whether it was admitted",
        ),
        Control(
            id="3.5.1",
            title="Large attack surface",
            waits="hosts: services, packages and ports that containers do not need",
        ),
        Control(
            id="3.5.2",
            title="Shared kernel",
            manual="Which workloads may share a kernel is for you to say.",
        ),
        Control(
            id="3.5.3",
            title="Host OS component vulnerabilities",
            waits="packages of every host of the cluster, and what changed on it",
        ),
        Control(
            id="3.5.4",
            title="Improper user access rights",
            waits="who logs in to hosts, with which rights, and whether that is logged",
        ),
        Control(
            id="3.5.5",
            title="Host file system tampering",
            rules=(
                *("sensitive-host-path", "writable-host-path", "host-root-service"),
                *("writable-host-path-service", "host-path-persistent-volume"),
                *("bidirectional-mount-propagation", "shared-mount-propagation-service"),
                "script-mounts-host-root",
            ),
        ),
        Control(
            id="4.6",
            title="Hardware root of trust",
            waits="measured boot, and the attestation of what was measured",
        ),
    ),
)
