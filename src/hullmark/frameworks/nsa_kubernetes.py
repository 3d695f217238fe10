"""NSA and CISA, Kubernetes hardening guide: what it asks of manifests, by its chapters.

The guide numbers no controls; ids are ours. Source:
https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF
"""

from hullmark.model.framework import Control, Framework

NSA_KUBERNETES = Framework(
    id="nsa-kubernetes",
    title="NSA/CISA Kubernetes hardening guide",
    version="1.2",
    references=(
        "https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF",
    ),
    controls=(
        Control(
            id="pods-1",
            title="Applications run as somebody else than root",
            rules=("non-root-not-required", "run-as-root-user", "runs-as-root"),
        ),
        Control(
            id="pods-2",
            title="File systems of containers cannot be changed",
            rules=("writable-root-filesystem",),
        ),
        Control(
            id="pods-3",
            title="Images are scanned for what is wrong with them",
            rules=("kind:vulnerability", "kind:malware"),
        ),
        Control(
            id="pods-4",
            title="No privileged containers",
            rules=("privileged-container",),
        ),
        Control(
            id="pods-5",
            title="Nothing of the node that breakouts use: its namespaces, network and folders",
            rules=(
                *("host-pid", "host-ipc", "host-network", "host-path-volume"),
                *("sensitive-host-path", "runtime-socket-host-path", "host-device-path"),
            ),
        ),
        Control(
            id="pods-6",
            title="No more rights than are needed",
            rules=(
                *("privilege-escalation-allowed", "capability-beyond-baseline"),
                *("all-capabilities-added", "sys-admin-capability", "sys-ptrace-capability"),
                *("root-group", "root-supplemental-group", "root-fs-group"),
            ),
        ),
        Control(
            id="pods-7",
            title="Services are hardened by seccomp, AppArmor and SELinux",
            rules=("seccomp-profile-missing", "seccomp-unconfined", "apparmor-unconfined"),
        ),
        Control(
            id="pods-8",
            title="Tokens of service accounts are there where they are needed",
            rules=("service-account-token-mounted", "service-account-automount"),
        ),
        Control(
            id="network-1",
            title="Network policies isolate, and deny what nobody named",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                *("network-policy-allows-all-ingress", "network-policy-allows-all-egress"),
            ),
        ),
        Control(
            id="network-2",
            title="Resources are limited",
            rules=(
                *("missing-cpu-limit", "missing-memory-limit"),
                *("missing-cpu-request", "missing-memory-request"),
            ),
        ),
        Control(
            id="network-3",
            title="The control plane and its store are hardened",
            waits="flags, certificates and files of the control plane and of nodes",
        ),
        Control(
            id="network-4",
            title="Traffic is encrypted",
            rules=("ingress-without-tls", "gateway-plain-http"),
        ),
        Control(
            id="network-5",
            title="Secrets are no plain texts in configuration",
            rules=("kind:secret",),
        ),
        Control(
            id="network-6",
            title="Metadata of the cloud is out of reach",
            rules=("network-policy-reaches-metadata",),
        ),
        Control(
            id="access-1",
            title="Nobody comes in without a name",
            rules=("anonymous-binding",),
            waits="how users log in to the cluster",
        ),
        Control(
            id="access-2",
            title="Roles grant what is needed",
            rules=(
                *("cluster-admin-binding", "wildcard-verbs", "wildcard-resources"),
                *("secret-reading", "pod-exec", "impersonation", "escalate-permission"),
            ),
        ),
        Control(
            id="audit-1",
            title="Logs are kept, and threats are looked for in them",
            waits="the audit policy of the API server, its logs, and what runs",
        ),
        Control(
            id="upgrade-1",
            title="Updates come soon, and old parts go",
            rules=("kind:vulnerability",),
        ),
    ),
)
