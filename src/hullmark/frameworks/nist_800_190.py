"""NIST SP 800-190, application container security guide: the risks of its section 3.

Source: https://csrc.nist.gov/pubs/sp/800/190/final
"""

from hullmark.model.framework import Control, Framework

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
            ),
        ),
        Control(id="3.1.3", title="Embedded malware", rules=("kind:malware",)),
        Control(id="3.1.4", title="Embedded clear text secrets", rules=("kind:secret",)),
        Control(
            id="3.1.5",
            title="Use of untrusted images",
            rules=(
                *("image-tag-latest", "untagged-base", "base-tag-latest", "lookalike-name"),
                "untrusted-registry",
            ),
            waits="whether images are signed, and signatures asked for where they are pulled",
        ),
        Control(
            id="3.2.1",
            title="Insecure connections to registries",
            rules=("insecure-registry",),
            waits="whether the registry itself speaks TLS alone",
        ),
        Control(
            id="3.2.2",
            title="Stale images in registries",
            rules=("outdated-image",),
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
            ),
        ),
        Control(
            id="3.3.2",
            title="Unauthorized access",
            rules=("anonymous-binding", "authenticated-binding"),
            waits="how users log in to the API server, and whether etcd encrypts what it keeps",
        ),
        Control(
            id="3.3.3",
            title="Poorly separated inter-container network traffic",
            rules=(
                *("missing-network-policy", "unisolated-workload"),
                *("network-policy-allows-all-ingress", "network-policy-allows-all-egress"),
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
            rules=("network-policy-allows-all-egress", "network-policy-reaches-metadata"),
            waits="what running containers connect to, which nothing watches yet",
        ),
        Control(
            id="3.4.3",
            title="Insecure container runtime configurations",
            rules=(
                *("privileged-container", "privileged-service", "host-pid", "host-ipc"),
                *("runtime-socket-host-path", "engine-socket-service", "seccomp-unconfined"),
                *("apparmor-unconfined", "capability-beyond-baseline", "all-capabilities-added"),
                *("sys-admin-capability", "sys-module-capability", "sys-ptrace-capability"),
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
            ),
        ),
        Control(
            id="4.6",
            title="Hardware root of trust",
            waits="measured boot, and the attestation of what was measured",
        ),
    ),
)
