"""MITRE ATT&CK for containers: techniques that configuration, images and files invite.

Source: https://attack.mitre.org/matrices/enterprise/containers/
"""

from hullmark.model.framework import Control, Framework

ESCAPES = (
    *("seccomp-default-allow", "seccomp-default-only-watches", "seccomp-allows-mount"),
    *("seccomp-allows-kernel-modules", "seccomp-allows-kexec", "seccomp-allows-file-handles"),
    *("seccomp-allows-raw-io", "seccomp-allows-tracing", "apparmor-unconfined-mode"),
    *("apparmor-unlimited-mount", "apparmor-kernel-files-writable", "apparmor-unconfined-program"),
    *("apparmor-dangerous-capability", "apparmor-change-to-any-profile"),
)
"""Ways out of containers that profiles of seccomp and AppArmor leave open."""

RUNNING = "what runs, and what is asked of the cluster"

MITRE_CONTAINERS = Framework(
    id="mitre-containers",
    title="MITRE ATT&CK, containers",
    version="v19.1",
    references=("https://attack.mitre.org/matrices/enterprise/containers/",),
    controls=(
        Control(
            id="T1190",
            title="Exploit public-facing application",
            rules=("kind:vulnerability",),
        ),
        Control(
            id="T1133",
            title="External remote services",
            rules=(
                *("exposed-control-service", "exposed-dashboard", "exposed-login-service"),
                *("control-port-published-everywhere", "admin-console-published-everywhere"),
                *("docker-without-tls-service", "pipeline-docker-without-tls", "ssh-port-exposed"),
                *("ssh-port-in-pod", "ssh-published-everywhere", "desktop-port-exposed"),
                *("desktop-published-everywhere", "control-port-exposed"),
                *("entrypoint-starts-ssh-server", "docker-socket-without-tls"),
                *("script-starts-open-docker-daemon", "kubelet-anonymous-access"),
            ),
        ),
        Control(
            id="T1078",
            title="Valid accounts",
            rules=(
                *("default-service-account-binding", "anonymous-binding", "authenticated-binding"),
                *("account-without-password", "second-root-account", "account-password-set"),
                *("root-password-set", "password-set-in-build", "script-sets-literal-password"),
                *("dangling-binding-subject", "foreign-service-account-binding"),
                "namespace-service-accounts-binding",
            ),
        ),
        Control(
            id="T1609",
            title="Container administration command",
            rules=(
                *("pod-exec", "pod-attach", "ephemeral-container-writing", "node-proxy"),
                *("kubelet-anonymous-access", "proxy-to-workloads"),
            ),
        ),
        Control(
            id="T1059.013",
            title="Container CLI/API",
            rules=(
                *("engine-socket-service", "runtime-socket-host-path", "docker-socket-without-tls"),
                *("docker-without-tls-service", "script-starts-open-docker-daemon"),
                *("script-mounts-container-socket", "pipeline-mounts-container-socket"),
            ),
        ),
        Control(
            id="T1610",
            title="Deploy container",
            rules=(
                *("pod-creation", "workload-creation", "engine-socket-service"),
                *("runtime-socket-host-path", "script-mounts-container-socket"),
                *("docker-socket-without-tls", "script-starts-open-docker-daemon"),
            ),
        ),
        Control(
            id="T1053.007",
            title="Container orchestration job",
            rules=("workload-creation",),
        ),
        Control(
            id="T1204.003",
            title="Malicious image",
            rules=(*("kind:malware", "lookalike-name", "content-trust-disabled"),),
        ),
        Control(
            id="T1098.006",
            title="Additional container cluster roles",
            rules=(
                *("rbac-writing", "bind-permission", "escalate-permission", "escalating-workload"),
                "powerful-edit-role",
            ),
        ),
        Control(
            id="T1543.005",
            title="Container service",
            rules=("unlimited-restarts-service",),
            waits=RUNNING,
        ),
        Control(
            id="T1525",
            title="Implant internal image",
            waits="what was pushed to the registry, and by whom",
        ),
        Control(
            id="T1611",
            title="Escape to host",
            rules=(
                *ESCAPES,
                *("privileged-container", "privileged-service", "host-pid", "host-path-volume"),
                *("sensitive-host-path", "runtime-socket-host-path", "host-device-path"),
                *("sys-admin-capability", "sys-ptrace-capability", "sys-module-capability"),
                *("host-root-service", "dangerous-capability-service", "raw-device-service"),
                *("privileged-with-host-pid", "bidirectional-mount-propagation"),
                *("unmasked-proc-mount", "host-pid-service", "all-capabilities-service"),
                *("unmasked-paths-service", "shared-mount-propagation-service"),
                *("script-starts-privileged-container", "script-mounts-host-root"),
                *("script-mounts-container-socket", "pipeline-starts-privileged-container"),
                "exposed-powerful-workload",
            ),
        ),
        Control(
            id="T1068",
            title="Exploitation for privilege escalation",
            rules=(
                *("privilege-escalation-allowed", "seccomp-unconfined", "setuid-program"),
                *("privilege-gain-service", "setuid-shell", "writable-setuid-program"),
                *("seccomp-default-allow", "seccomp-default-only-watches"),
                *("seccomp-allows-keyring", "seccomp-allows-bpf", "seccomp-allows-namespaces"),
            ),
        ),
        Control(
            id="T1612",
            title="Build image on host",
            rules=("engine-socket-service", "pipeline-mounts-container-socket"),
        ),
        Control(
            id="T1685",
            title="Disable or modify tools",
            rules=(
                *("apparmor-unconfined", "unconfined-apparmor-service"),
                *("unconfined-seccomp-service", "script-disables-mandatory-access-control"),
                *("apparmor-unconfined-mode", "apparmor-complain-mode"),
                *("seccomp-default-only-watches", "seccomp-error-zero", "disabled-selinux-service"),
                *("admission-policy-writing", "policy-engine-writing"),
                "webhook-configuration-writing",
            ),
        ),
        Control(id="T1070", title="Indicator removal", rules=("event-deletion",), waits=RUNNING),
        Control(
            id="T1036.005",
            title="Masquerading: match legitimate resource name or location",
            rules=("lookalike-name", "program-with-deceptive-name", "hidden-program"),
        ),
        Control(
            id="T1110",
            title="Brute force",
            rules=("ssh-password-login", "ssh-root-login", "weak-password-hash"),
        ),
        Control(
            id="T1528",
            title="Steal application access token",
            rules=(
                *("service-account-token-mounted", "service-account-token-secret"),
                *("token-creation", "service-account-automount"),
                *("cloud-role-of-default-service-account", "cluster-admin-workload"),
            ),
        ),
        Control(
            id="T1552.001",
            title="Unsecured credentials: credentials in files",
            rules=(
                "kind:secret",
                *("mounted-credentials-service", "environment-file"),
            ),
        ),
        Control(
            id="T1552.007",
            title="Unsecured credentials: container API",
            rules=(
                *("secret-reading", "cluster-wide-secret-reading", "cluster-wide-log-reading"),
                *("kube-system-power", "powerful-view-role"),
            ),
        ),
        Control(
            id="T1613",
            title="Container and resource discovery",
            rules=("anonymous-binding", "exposed-dashboard"),
            waits=RUNNING,
        ),
        Control(
            id="T1046",
            title="Network service discovery",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                *("workload-without-ingress-policy", "workload-without-egress-policy"),
                *("network-policy-selects-nothing", "network-policy-rules-without-type"),
            ),
        ),
        Control(
            id="T1498",
            title="Network denial of service",
            waits=RUNNING,
        ),
        Control(
            id="T1499",
            title="Endpoint denial of service",
            rules=(
                *("missing-memory-limit", "missing-cpu-limit", "unlimited-memory-service"),
                *("unlimited-cpu-service", "unlimited-pids-service", "unlimited-empty-dir"),
                "unbounded-log-service",
            ),
        ),
        Control(
            id="T1496",
            title="Resource hijacking",
            rules=("kind:malware", "missing-cpu-limit", "unlimited-cpu-service"),
        ),
        Control(
            id="T1485",
            title="Data destruction",
            rules=("mass-deletion", "namespace-deletion", "workload-deletion"),
        ),
    ),
)
