"""NSA and CISA, Kubernetes hardening guide: what it asks of manifests, by its chapters.

The guide numbers no controls; ids are ours. Source:
https://media.defense.gov/2022/Aug/29/2003066362/-1/-1/0/CTR_KUBERNETES_HARDENING_GUIDANCE_1.2_20220829.PDF
"""

from hullmark.frameworks.nist_800_190 import APPARMOR, SECCOMP
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
            rules=(
                *("non-root-not-required", "run-as-root-user", "runs-as-root"),
                "windows-container-administrator",
            ),
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
            rules=("privileged-container", "privileged-with-host-pid"),
        ),
        Control(
            id="pods-5",
            title="Nothing of the node that breakouts use: its namespaces, network and folders",
            rules=(
                *("host-pid", "host-ipc", "host-network", "host-path-volume"),
                *("sensitive-host-path", "runtime-socket-host-path", "host-device-path"),
                *("privileged-with-host-pid", "bidirectional-mount-propagation"),
            ),
        ),
        Control(
            id="pods-6",
            title="No more rights than are needed",
            rules=(
                *("privilege-escalation-allowed", "capability-beyond-baseline"),
                *("all-capabilities-added", "sys-admin-capability", "sys-ptrace-capability"),
                *("root-group", "root-supplemental-group", "root-fs-group"),
                "sys-module-capability",
            ),
        ),
        Control(
            id="pods-7",
            title="Services are hardened by seccomp, AppArmor and SELinux",
            rules=(
                *SECCOMP,
                *APPARMOR,
                *("seccomp-profile-missing", "seccomp-unconfined", "apparmor-unconfined"),
                *("ignored-seccomp-annotation", "custom-selinux-options"),
            ),
        ),
        Control(
            id="pods-8",
            title="Tokens of service accounts are there where they are needed",
            rules=("service-account-token-mounted", "service-account-automount"),
        ),
        Control(
            id="pods-9",
            title="Something holds pods to a standard where they are admitted",
            rules=(
                *("namespace-without-pod-security", "namespace-allows-privileged-pods"),
                *("pod-security-defaults-privileged", "admission-policy-not-enforced"),
                *("admission-policy-failure-ignored", "gatekeeper-constraint-not-enforced"),
                "kyverno-policy-audit-only",
                "webhook-failure-ignored",
            ),
        ),
        Control(
            id="network-1",
            title="Network policies isolate, and deny what nobody named",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                *("network-policy-allows-all-ingress", "network-policy-allows-all-egress"),
                *("workload-without-ingress-policy", "workload-without-egress-policy"),
                *("network-policy-selects-nothing", "network-policy-rules-without-type"),
                *("network-policy-split-everywhere", "network-policy-ingress-from-anywhere"),
                *("network-policy-ingress-from-all-namespaces", "calico-policy-allows-everything"),
                *("cilium-policy-open-ingress", "cilium-policy-open-egress"),
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
            rules=("kubelet-anonymous-access",),
            waits="flags, certificates and files of the control plane and of nodes",
        ),
        Control(
            id="network-4",
            title="Traffic is encrypted",
            rules=(
                *("ingress-without-tls", "gateway-plain-http", "ingress-ssl-redirect-off"),
                *("istio-gateway-plain-http", "openshift-route-plain-http", "mtls-permissive"),
                *("mtls-disabled", "mesh-strict-mode-undone", "destination-rule-without-tls"),
                "destination-rule-skips-verification",
            ),
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
            rules=("anonymous-binding", "authenticated-binding", "jwt-not-required"),
            waits="how users log in to the cluster",
        ),
        Control(
            id="access-2",
            title="Roles grant what is needed",
            rules=(
                *("cluster-admin-binding", "wildcard-verbs", "wildcard-resources"),
                *("secret-reading", "pod-exec", "impersonation", "escalate-permission"),
                *("cluster-wide-admin-binding", "namespace-cluster-admin-binding"),
                *("unlimited-cluster-role", "unlimited-role", "aggregation-of-every-role"),
                *("bind-permission", "powerful-edit-role", "powerful-view-role"),
                *("kube-system-admin-binding", "kube-system-power", "cluster-admin-workload"),
                *("escalating-workload", "exposed-powerful-workload", "dangling-binding-subject"),
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
