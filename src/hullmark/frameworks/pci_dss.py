"""PCI DSS 4: requirements that images, build files and manifests can keep or break.

Source: https://www.pcisecuritystandards.org/document_library/
"""

from hullmark.frameworks.nist_800_190 import APPARMOR, SECCOMP
from hullmark.model.framework import Control, Framework

PCI_DSS = Framework(
    id="pci-dss",
    title="PCI DSS, as far as it is about containers",
    version="4.0.1",
    references=("https://www.pcisecuritystandards.org/document_library/",),
    controls=(
        Control(
            id="1.2.5",
            title="Services, protocols and ports that are allowed are known and needed",
            rules=(
                *("exposed-login-service", "exposed-database-service", "exposed-control-service"),
                *("database-published-everywhere", "cleartext-port-published-everywhere"),
            ),
            waits="which ports you approved",
        ),
        Control(
            id="1.3.1",
            title="Traffic into the environment of card data is restricted",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                *("network-policy-allows-all-ingress", "network-policy-ingress-from-anywhere"),
                *("workload-without-ingress-policy", "network-policy-selects-nothing"),
                *("network-policy-rules-without-type", "network-policy-split-everywhere"),
                *("network-policy-ingress-from-all-namespaces", "cilium-policy-open-ingress"),
                "calico-policy-allows-everything",
            ),
        ),
        Control(
            id="1.3.2",
            title="Traffic out of the environment of card data is restricted",
            rules=(
                *("missing-egress-policy", "network-policy-allows-all-egress"),
                *("network-policy-reaches-metadata", "workload-without-egress-policy"),
                *("network-policy-split-everywhere", "cilium-policy-open-egress"),
            ),
        ),
        Control(
            id="2.2.1",
            title="Components are configured by a standard of hardening",
            rules=(
                *("privileged-container", "host-network", "host-pid", "host-ipc", "runs-as-root"),
                *("non-root-not-required", "privilege-escalation-allowed", "privileged-service"),
                *("privileged-with-host-pid", "host-network-service", "host-pid-service"),
                *("host-ipc-service", "all-capabilities-service", "root-user-service"),
                "privilege-gain-service",
            ),
        ),
        Control(
            id="2.2.2",
            title="Accounts and passwords of vendors are not left as they came",
            rules=(
                *("account-without-password", "authentication-off-service"),
                *("keystore-with-known-password", "rabbitmq-guest-from-anywhere"),
                *("root-password-set", "account-password-set"),
            ),
        ),
        Control(
            id="2.2.4",
            title="What is not needed is off or not there",
            rules=(
                *("compiler-installed", "debugger-installed", "ssh-server-installed"),
                *("network-tool-installed", "unneeded-packages", "development-packages"),
                *("debug-mode-service", "debugger-published-everywhere"),
            ),
        ),
        Control(
            id="2.2.5",
            title="Insecure services and protocols are justified, and made less of a risk",
            rules=(
                *("cleartext-service-installed", "cleartext-login-port", "weak-tls-protocol"),
                *("cleartext-port-published-everywhere", "ssh-protocol-one"),
                "istio-gateway-old-tls",
            ),
        ),
        Control(
            id="2.2.6",
            title="Settings of security keep systems from being misused",
            rules=(
                *SECCOMP,
                *APPARMOR,
                *("seccomp-profile-missing", "seccomp-unconfined", "apparmor-unconfined"),
                *("unconfined-seccomp-service", "unconfined-apparmor-service"),
                *("disabled-selinux-service", "custom-selinux-options", "unsafe-sysctl"),
                *("weakening-sysctl-service", "unmasked-proc-mount", "unmasked-paths-service"),
                *("script-disables-mandatory-access-control", "script-disables-firewall"),
            ),
        ),
        Control(
            id="2.2.7",
            title="Administration over networks is encrypted",
            rules=(
                *("docker-without-tls-service", "pipeline-docker-without-tls"),
                *("docker-socket-without-tls", "script-starts-open-docker-daemon"),
                *("cleartext-login-port", "ssh-protocol-one", "weak-ssh-algorithm"),
            ),
        ),
        Control(
            id="3.5.1",
            title="Keys and stored card data are unreadable",
            rules=("kind:secret", "unencrypted-storage-class"),
            waits="the card data itself",
        ),
        Control(
            id="4.2.1",
            title="Card data is encrypted where it travels",
            rules=(
                *("ingress-without-tls", "gateway-plain-http", "mtls-permissive", "mtls-disabled"),
                *("istio-gateway-plain-http", "openshift-route-plain-http"),
                *("mesh-strict-mode-undone", "destination-rule-without-tls"),
                *("destination-rule-skips-verification", "ingress-backend-unverified"),
                *("istio-gateway-old-tls", "traefik-skips-verification"),
                *("unencrypted-overlay-network", "tls-check-off-service"),
            ),
        ),
        Control(id="5.2.1", title="Malware is looked for", rules=("kind:malware",)),
        Control(
            id="6.3.1",
            title="Vulnerabilities are known and ranked",
            rules=("kind:vulnerability",),
        ),
        Control(
            id="6.3.3",
            title="Patches are installed in time",
            rules=("kind:vulnerability", "outdated-image", "outdated-base"),
        ),
        Control(
            id="7.2.1",
            title="Access follows what people and programs need",
            rules=(
                *("wildcard-verbs", "wildcard-resources", "cluster-admin-binding"),
                *("secret-reading", "system-masters-binding", "unlimited-cluster-role"),
                *("cluster-wide-admin-binding", "namespace-cluster-admin-binding"),
                *("unlimited-role", "escalating-workload"),
            ),
        ),
        Control(
            id="7.2.5",
            title="Accounts of applications have least privilege",
            rules=(
                *("default-service-account", "service-account-token-mounted"),
                *("default-service-account-binding", "every-service-account-binding"),
                *("cluster-admin-workload", "exposed-powerful-workload"),
                *("dangling-binding-subject", "cloud-role-of-default-service-account"),
                "namespace-service-accounts-binding",
            ),
        ),
        Control(
            id="8.3.1",
            title="Users and administrators prove who they are",
            rules=(
                *("anonymous-binding", "ssh-empty-passwords", "sudo-without-password"),
                *("jwt-not-required", "kubelet-anonymous-access", "mongodb-without-authorization"),
                *("mysql-without-authentication", "postgres-trusts-hosts"),
                *("redis-without-protection", "elasticsearch-without-security"),
                *("memcached-on-all-addresses", "jupyter-without-authentication"),
                *("pam-lets-anybody-in", "pam-accepts-empty-password"),
            ),
            waits="how users log in to the cluster",
        ),
        Control(
            id="8.3.2",
            title="Passwords are unreadable where they are kept",
            rules=("weak-password-hash", "dated-password-hash"),
        ),
        Control(
            id="8.6.2",
            title="No passwords of applications in scripts and configuration",
            rules=(
                *("kind:secret", "secret-in-environment", "secret-argument-in-environment"),
                *("password-set-in-build", "script-sets-literal-password"),
            ),
        ),
        Control(
            id="10.2.1",
            title="Audit logs are on",
            waits="audit policy and logs of the API server and of hosts",
        ),
        Control(
            id="11.3.1",
            title="Vulnerabilities are scanned for every three months",
            manual="How often scans run, and who reads them, you know.",
        ),
        Control(
            id="11.5.2",
            title="Changes of files are noticed",
            rules=("writable-root-filesystem", "writable-root-service"),
            waits="files of running containers",
        ),
    ),
)
