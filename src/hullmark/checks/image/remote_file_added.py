"""Files that a build takes from the network without a checksum."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_facts import host
from hullmark.checks.image_steps import lines
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="remote-file-added",
    of_stages=True,
    title="File added from the network without a checksum",
    severity=Severity.MEDIUM,
    remediation=(
        "Use ADD --checksum=sha256:..., or download in a RUN that checks a digest or a signature."
    ),
    references=("https://docs.docker.com/reference/dockerfile/#add---checksum",),
    bad=lambda: (
        built("ADD https://example.com/tool.tar.gz /opt/ # buildkit"),
        built("/bin/sh -c #(nop) ADD 1234abcd in http://example.com/x.sh "),
    ),
    good=lambda: (
        built("ADD --checksum=sha256:00 https://example.com/tool.tar.gz /opt/ # buildkit"),
        built(
            "ADD rootfs.tar.xz / # buildkit",
            "COPY . /app",
            "ADD https://github.com/example/app.git#v1 /src",
        ),
    ),
    left="the digest of the file is not known here",
)
def remote_file_added(image: Image) -> Iterator[Evidence]:
    """What the address answers tomorrow is another file, and nobody notices.

    The image may already hold what an attacker put there.
    """
    for line in lines(image):
        if line.word == "ADD" and "--checksum=" not in line.text:
            for number, word in enumerate(line.text.split()):
                if (
                    word.startswith(("http://", "https://"))
                    and ".git#" not in word
                    and not word.endswith(".git")
                ):
                    yield Evidence(
                        at=f"{line.at} source {number}",
                        says=f"ADD takes a file from {host(word)}",
                        layer=line.layer,
                    )
