"""CIS Docker Benchmark, section 4: images and build files.

Source: https://www.cisecurity.org/benchmark/docker
"""

from hullmark.model.framework import Control, Framework

CIS_DOCKER = Framework(
    id="cis-docker",
    title="CIS Docker Benchmark, section 4",
    version="1.6.0",
    references=("https://www.cisecurity.org/benchmark/docker",),
    controls=(
        Control(id="4.1", title="Containers have a user of their own", rules=("runs-as-root",)),
        Control(
            id="4.2",
            title="Containers are built on trusted images alone",
            rules=(
                *("untagged-base", "base-tag-latest", "untrusted-registry", "latest-tag"),
                *("missing-tag", "copy-from-unpinned-image"),
            ),
        ),
        Control(
            id="4.3",
            title="Nothing is installed that is not needed",
            rules=(
                *("compiler-installed", "debugger-installed", "network-tool-installed"),
                *("ssh-server-installed", "cleartext-client-installed", "unneeded-packages"),
                *("development-packages", "recommended-packages-installed"),
            ),
        ),
        Control(
            id="4.4",
            title="Images are scanned, and rebuilt with what mends them",
            rules=("kind:vulnerability",),
        ),
        Control(
            id="4.5",
            title="Only signed images are used",
            rules=("content-trust-disabled",),
            waits="whether signatures are asked for where images are pulled",
        ),
        Control(id="4.6", title="Images say how they are well", rules=("no-healthcheck",)),
        Control(
            id="4.7",
            title="Package lists are fetched in the step that installs",
            rules=("update-without-install",),
        ),
        Control(
            id="4.8",
            title="Programs with setuid and setgid are removed",
            rules=(
                *("setuid-program", "setgid-program", "packaged-setuid-program"),
                *("unusual-setuid-program", "unusual-setgid-program", "setuid-bit-set-in-build"),
                *("setuid-shell", "writable-setuid-program"),
            ),
        ),
        Control(
            id="4.9",
            title="Files are copied by COPY, not by ADD",
            rules=("add-instead-of-copy", "remote-file-added"),
        ),
        Control(
            id="4.10",
            title="No secrets in build files",
            rules=(
                *("kind:secret", "secret-in-environment", "secret-in-build-argument"),
                *("secret-build-argument-declared", "secret-file-copied", "build-secret-kept"),
                *("secret-argument-written", "password-set-in-build"),
                *("proxy-credentials-in-environment", "script-secret-as-build-argument"),
                "pipeline-secret-as-build-argument",
            ),
        ),
        Control(
            id="4.11",
            title="Only packages that are verified are installed",
            rules=(
                *("unsigned-packages-allowed", "tls-check-disabled", "download-and-execute"),
                *("apt-without-authentication", "unsigned-apt-source", "unsigned-rpm-packages"),
                *("cleartext-download", "download-without-tls-check", "pip-without-tls-check"),
                "npm-without-tls-check",
                *("script-downloads-and-executes", "script-downloads-without-tls"),
                *("script-installs-unsigned-packages", "pipeline-downloads-and-executes"),
            ),
        ),
        Control(
            id="4.12",
            title="Signed artifacts are verified",
            manual="What of a build is signed, and by whom, its makers know.",
        ),
    ),
)
