"""MITRE ATT&CK for containers: techniques that configuration, images and files invite.

Source: https://attack.mitre.org/matrices/enterprise/containers/
"""

from hullmark.model.framework import Control, Framework

RUNNING = "what runs, and what is asked of the cluster"

MITRE_CONTAINERS = Framework(
    id="mitre-containers",
    title="MITRE ATT&CK, containers",
    version="v17",
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
                *("docker-without-tls-service", "pipeline-docker-without-tls"),
            ),
        ),
        Control(
            id="T1078",
            title="Valid accounts",
            rules=(
                *("default-service-account-binding", "anonymous-binding", "authenticated-binding"),
                *("account-without-password", "second-root-account"),
            ),
        ),
        Control(
            id="T1609",
            title="Container administration command",
            rules=("pod-exec", "pod-attach", "ephemeral-container-writing", "node-proxy"),
        ),
        Control(
            id="T1610",
            title="Deploy container",
            rules=("pod-creation", "workload-creation", "engine-socket-service"),
        ),
        Control(
            id="T1053.007",
            title="Container orchestration job",
            rules=("workload-creation",),
        ),
        Control(
            id="T1204.003",
            title="Malicious image",
            rules=("kind:malware", "lookalike-name"),
        ),
        Control(
            id="T1098.006",
            title="Additional container cluster roles",
            rules=("rbac-writing", "bind-permission", "escalate-permission"),
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
                *("privileged-container", "privileged-service", "host-pid", "host-path-volume"),
                *("sensitive-host-path", "runtime-socket-host-path", "host-device-path"),
                *("sys-admin-capability", "sys-ptrace-capability", "sys-module-capability"),
                *("host-root-service", "dangerous-capability-service", "raw-device-service"),
            ),
        ),
        Control(
            id="T1068",
            title="Exploitation for privilege escalation",
            rules=("privilege-escalation-allowed", "seccomp-unconfined", "setuid-program"),
        ),
        Control(
            id="T1612",
            title="Build image on host",
            rules=("engine-socket-service", "pipeline-mounts-container-socket"),
        ),
        Control(
            id="T1562.001",
            title="Impair defenses: disable or modify tools",
            rules=(
                *(
                    "apparmor-unconfined",
                    "unconfined-apparmor-service",
                    "unconfined-seccomp-service",
                ),
                *("script-disables-mandatory-access-control", "script-disables-firewall"),
            ),
        ),
        Control(id="T1070", title="Indicator removal", rules=("event-deletion",), waits=RUNNING),
        Control(
            id="T1036.005",
            title="Masquerading: match legitimate resource name or location",
            rules=("lookalike-name", "program-with-deceptive-name", "hidden-program"),
        ),
        Control(
            id="T1528",
            title="Steal application access token",
            rules=(
                *("service-account-token-mounted", "service-account-token-secret"),
                *("token-creation", "service-account-automount"),
            ),
        ),
        Control(
            id="T1552.001",
            title="Unsecured credentials: credentials in files",
            rules=("kind:secret",),
        ),
        Control(
            id="T1552.007",
            title="Unsecured credentials: container API",
            rules=("secret-reading", "cluster-wide-secret-reading", "cluster-wide-log-reading"),
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
            rules=("missing-network-policy", "unisolated-workload"),
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
                *("unlimited-cpu-service", "unlimited-pids-service"),
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
            rules=("mass-deletion", "namespace-deletion"),
        ),
    ),
)
