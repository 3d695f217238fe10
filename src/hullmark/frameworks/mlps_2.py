"""GB/T 22239-2019, classified protection (MLPS 2.0), level 3, by control point.

Clauses of T/ISEAA 004-2023, which is about containers, are not public and not named here. Source:
https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=BAFB47E8874764186BDB7865E8344DAF
"""

from hullmark.frameworks.nist_800_190 import APPARMOR, SECCOMP
from hullmark.model.framework import Control, Framework

MLPS_2 = Framework(
    id="mlps-2",
    title="GB/T 22239-2019 (MLPS 2.0), level 3",
    version="2019",
    references=(
        "https://openstd.samr.gov.cn/bzgk/gb/newGbInfo?hcno=BAFB47E8874764186BDB7865E8344DAF",
    ),
    controls=(
        Control(
            id="8.1.2.1",
            title="Network architecture: areas are kept apart",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                "network-policy-selects-nothing",
            ),
        ),
        Control(
            id="8.1.2.2",
            title="Transmission: integrity and confidentiality",
            rules=(
                *("ingress-without-tls", "gateway-plain-http", "mtls-permissive", "mtls-disabled"),
                *("mesh-strict-mode-undone", "destination-rule-without-tls"),
                *("destination-rule-skips-verification", "istio-gateway-plain-http"),
                *("openshift-route-plain-http", "ingress-ssl-redirect-off"),
                "unencrypted-overlay-network",
            ),
        ),
        Control(
            id="8.1.3.1",
            title="Border protection: connections cross it where they are meant to",
            rules=(
                *("node-port-service", "unrestricted-load-balancer", "external-ips"),
                "port-published-everywhere",
            ),
        ),
        Control(
            id="8.1.3.2",
            title="Access control at the border",
            rules=(
                *("network-policy-allows-all-ingress", "network-policy-allows-all-egress"),
                *("network-policy-ingress-from-anywhere", "ingress-allows-all-sources"),
                *("workload-without-ingress-policy", "workload-without-egress-policy"),
                *("network-policy-rules-without-type", "network-policy-split-everywhere"),
                *("network-policy-ingress-from-all-namespaces", "calico-policy-allows-everything"),
                *("cilium-policy-open-ingress", "cilium-policy-open-egress"),
            ),
        ),
        Control(
            id="8.1.3.3",
            title="Intrusion prevention at the border",
            waits="traffic across the border, which nothing watches yet",
        ),
        Control(
            id="8.1.3.5",
            title="Security audit at the border",
            waits="whether connections across the border are logged, and logs kept",
        ),
        Control(
            id="8.1.4.1",
            title="Identification and authentication",
            rules=(
                *("account-without-password", "anonymous-binding", "ssh-empty-passwords"),
                *("authentication-off-service", "weak-password-hash", "jwt-not-required"),
                *("kubelet-anonymous-access", "root-password-set", "mongodb-without-authorization"),
                *("mysql-without-authentication", "postgres-trusts-hosts"),
                *("redis-without-protection", "elasticsearch-without-security"),
                *("pam-lets-anybody-in", "pam-accepts-empty-password"),
            ),
            waits="second factors of users, and lockout after failed logins",
        ),
        Control(
            id="8.1.4.2",
            title="Access control: least privilege, no accounts that are not needed",
            rules=(
                *APPARMOR,
                *("wildcard-verbs", "wildcard-resources", "cluster-admin-binding"),
                *("default-service-account-binding", "secret-reading", "runs-as-root"),
                *("non-root-not-required", "second-root-account", "apparmor-unconfined"),
                *("unconfined-apparmor-service", "disabled-selinux-service", "unlimited-role"),
                *("cluster-admin-workload", "escalating-workload", "exposed-powerful-workload"),
                "dangling-binding-subject",
            ),
        ),
        Control(
            id="8.1.4.3",
            title="Security audit",
            rules=("unlogged-service",),
            waits="audit policy and logs of the API server and of hosts",
        ),
        Control(
            id="8.1.4.4",
            title="Intrusion prevention: least installation, known vulnerabilities mended",
            rules=(
                *SECCOMP,
                *("kind:vulnerability", "compiler-installed", "ssh-server-installed"),
                *("privileged-container", "privileged-service", "host-path-volume"),
                *("seccomp-unconfined", "unconfined-seccomp-service"),
            ),
        ),
        Control(id="8.1.4.5", title="Malicious code is prevented", rules=("kind:malware",)),
        Control(
            id="8.1.4.6",
            title="Trusted verification",
            rules=("content-trust-disabled",),
            waits="measured boot, and signatures where images are pulled",
        ),
        Control(
            id="8.1.4.7",
            title="Integrity of data",
            rules=("tls-check-disabled", "unsigned-packages-allowed", "script-disables-tls-check"),
        ),
        Control(
            id="8.1.4.8",
            title="Confidentiality of data",
            rules=("kind:secret", "unencrypted-storage-class"),
        ),
        Control(
            id="8.1.4.9",
            title="Backup and recovery of data",
            rules=(
                *("stateful-set-without-backup", "single-replica", "missing-pod-disruption-budget"),
                *("missing-topology-spread", "autoscaler-down-to-one"),
            ),
        ),
        Control(
            id="8.1.4.10",
            title="Residual information is protected",
            manual="What is wiped when storage is given back the platform knows.",
        ),
        Control(
            id="8.1.4.11",
            title="Personal information is protected",
            manual="Which personal data a system keeps, and who sees them, you know.",
        ),
        Control(
            id="8.2.4.4",
            title="Images and snapshots are protected: hardened, whole, without secrets",
            rules=(
                *("kind:secret", "runs-as-root", "setuid-program", "untagged-base"),
                *("image-tag-latest", "latest-image-service"),
            ),
            waits="whether images are signed, and signatures asked for",
        ),
    ),
)
