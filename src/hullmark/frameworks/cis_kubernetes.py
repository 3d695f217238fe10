"""CIS Kubernetes Benchmark, section 5: policies.

Source: https://www.cisecurity.org/benchmark/kubernetes
"""

from hullmark.model.framework import Control, Framework

CIS_KUBERNETES = Framework(
    id="cis-kubernetes",
    title="CIS Kubernetes Benchmark, section 5",
    version="1.12.0",
    references=("https://www.cisecurity.org/benchmark/kubernetes",),
    controls=(
        Control(
            id="5.1.1",
            title="cluster-admin is bound where it must be alone",
            rules=(
                *("cluster-admin-binding", "cluster-wide-admin-binding"),
                *("namespace-cluster-admin-binding", "unlimited-cluster-role"),
                "cluster-admin-workload",
            ),
        ),
        Control(
            id="5.1.2",
            title="Few may read secrets",
            rules=("secret-reading", "cluster-wide-secret-reading", "powerful-view-role"),
        ),
        Control(
            id="5.1.3",
            title="Roles name what they grant",
            rules=(
                *("wildcard-verbs", "wildcard-resources", "wildcard-api-groups"),
                *("wildcard-core-resources", "subresource-wildcard", "wildcard-urls"),
                *("unlimited-role", "aggregation-of-every-role"),
            ),
        ),
        Control(
            id="5.1.4",
            title="Few may create pods",
            rules=("pod-creation", "workload-creation"),
        ),
        Control(
            id="5.1.5",
            title="The default service account is not used",
            rules=(
                *("default-service-account", "default-service-account-binding"),
                "cloud-role-of-default-service-account",
            ),
        ),
        Control(
            id="5.1.6",
            title="Tokens of service accounts are mounted where they are needed",
            rules=("service-account-token-mounted", "service-account-automount"),
        ),
        Control(id="5.1.7", title="Nobody is in system:masters", rules=("system-masters-binding",)),
        Control(
            id="5.1.8",
            title="Few may bind, impersonate and escalate",
            rules=(
                *("bind-permission", "impersonation", "escalate-permission", "escalating-workload"),
                "powerful-edit-role",
            ),
        ),
        Control(
            id="5.1.9",
            title="Few may create persistent volumes",
            rules=("persistent-volume-creation",),
        ),
        Control(id="5.1.10", title="Few may reach nodes by proxy", rules=("node-proxy",)),
        Control(
            id="5.1.11",
            title="Few may approve certificates",
            rules=("certificate-approval",),
        ),
        Control(
            id="5.1.12",
            title="Few may change admission webhooks",
            rules=("webhook-configuration-writing",),
        ),
        Control(
            id="5.1.13",
            title="Few may create tokens of service accounts",
            rules=("token-creation",),
        ),
        Control(
            id="5.2.1",
            title="Something holds pods to a policy",
            rules=(
                *("namespace-without-pod-security", "namespace-allows-privileged-pods"),
                *("pod-security-defaults-privileged", "admission-policy-not-enforced"),
                *("admission-policy-failure-ignored", "gatekeeper-constraint-not-enforced"),
                "kyverno-policy-audit-only",
                "webhook-failure-ignored",
            ),
        ),
        Control(
            id="5.2.2",
            title="No privileged containers",
            rules=("privileged-container", "privileged-with-host-pid"),
        ),
        Control(
            id="5.2.3",
            title="No process namespace of the node",
            rules=("host-pid", "privileged-with-host-pid"),
        ),
        Control(id="5.2.4", title="No IPC namespace of the node", rules=("host-ipc",)),
        Control(id="5.2.5", title="No network of the node", rules=("host-network",)),
        Control(
            id="5.2.6",
            title="No more rights than the parent has",
            rules=("privilege-escalation-allowed",),
        ),
        Control(
            id="5.2.7",
            title="No containers that run as root",
            rules=("non-root-not-required", "run-as-root-user"),
        ),
        Control(
            id="5.2.8",
            title="No containers with NET_RAW",
            rules=("net-raw-capability", "net-raw-not-dropped"),
        ),
        Control(
            id="5.2.9",
            title="No capabilities are added",
            rules=(
                *("capability-beyond-baseline", "all-capabilities-added", "sys-admin-capability"),
                *("sys-module-capability", "sys-ptrace-capability", "net-admin-capability"),
                "capability-beyond-restricted",
            ),
        ),
        Control(id="5.2.10", title="Capabilities are dropped", rules=("capabilities-not-dropped",)),
        Control(id="5.2.11", title="No Windows HostProcess pods", rules=("windows-host-process",)),
        Control(
            id="5.2.12",
            title="No folders of the node",
            rules=(
                *("host-path-volume", "sensitive-host-path", "runtime-socket-host-path"),
                "host-device-path",
            ),
        ),
        Control(
            id="5.3.1",
            title="The network plugin knows network policies",
            manual="The files do not say which plugin the cluster has.",
        ),
        Control(
            id="5.3.2",
            title="Every namespace has network policies",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                *("network-policy-selects-nothing", "workload-without-ingress-policy"),
            ),
        ),
        Control(
            id="5.4.1",
            title="Secrets are files, not environment variables",
            rules=("secret-through-environment", "secret-in-pod-environment"),
        ),
        Control(
            id="5.4.2",
            title="Secrets are kept outside of the cluster",
            manual="Whether an outside store pays is for you to weigh.",
        ),
        Control(
            id="5.5.1",
            title="Admission asks where images are from",
            rules=("untrusted-registry",),
            waits="the admission configuration of the cluster",
        ),
        Control(
            id="5.6.1",
            title="Namespaces draw borders between teams",
            manual="Which workloads belong together you know.",
        ),
        Control(
            id="5.6.2",
            title="A seccomp profile is set",
            rules=("seccomp-profile-missing", "seccomp-unconfined", "ignored-seccomp-annotation"),
        ),
        Control(
            id="5.6.3",
            title="Pods and containers have a security context",
            rules=(
                *("privilege-escalation-allowed", "non-root-not-required"),
                *("capabilities-not-dropped", "writable-root-filesystem"),
            ),
        ),
        Control(
            id="5.6.4", title="The default namespace is not used", rules=("default-namespace",)
        ),
    ),
)
