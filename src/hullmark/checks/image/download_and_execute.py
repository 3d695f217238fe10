"""Downloads that are run as they come."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.step_downloads import told_by_steps
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.rule import Confidence


@image_check(
    id="download-and-execute",
    of_stages=True,
    title="Download is executed unseen",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    remediation=(
        "Download to a file, check its digest or signature against one in the Dockerfile, then "
        "run it."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#add-or-copy",),
    bad=lambda: (
        built("RUN /bin/sh -c curl -fsSL https://example.com/install.sh | sh # buildkit"),
        built("/bin/sh -c wget -qO- https://example.com/x.py | env A=1 python3 -"),
        built('RUN /bin/sh -c bash -c "$(curl -fsSL https://example.com/i)" # buildkit'),
        built("RUN /bin/bash -c bash <(curl -s https://example.com/i) # buildkit"),
        built('RUN /bin/sh -c bash -ec "curl -s https://example.com/i | sh" # buildkit'),
        built("RUN /bin/sh -c curl -fo /tmp/i.sh https://example.com/i.sh && sh /tmp/i.sh"),
        built("RUN /bin/sh -c cd /tmp; wget https://example.com/x.bin && ./x.bin # buildkit"),
        built("RUN /bin/sh -c curl https://example.com/env > x; . ./x # buildkit"),
        built(
            "WORKDIR /opt",
            "RUN /bin/sh -c curl -O https://example.com/i.sh # buildkit",
            "RUN /bin/sh -c sh /opt/i.sh # buildkit",
        ),
        built(
            "RUN /bin/sh -c curl -s https://example.com/x.tgz | tar xz && ./x/install # buildkit"
        ),
        built("RUN /bin/sh -c curl -O https://example.com/x.deb && dpkg -i x.deb # buildkit"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c curl -fsSLo x.sh https://example.com/x.sh"
            " && echo '00  x.sh' | sha256sum -c && sh x.sh"
        ),
        built("RUN /bin/sh -c curl -s https://example.com/key | gpg --dearmor -o /k; cat a | sh"),
        built("RUN /bin/sh -c curl -s https://example.com/x | python3 -m json.tool"),
        built(
            "RUN /bin/sh -c curl -fsSLO https://example.com/x.sh && gpg --verify x.sh.asc"
            " && bash x.sh",
        ),
        built("RUN /bin/sh -c wget -O x https://example.com/x && install -m 755 x /usr/bin/x"),
        built("ADD --checksum=sha256:00 https://example.com/i /i", "RUN /bin/sh -c sh /i"),
        built("RUN /bin/sh -c curl -s https://example.com/x.tgz | tar xz && ./build.sh # buildkit"),
    ),
    left="which digest or key vouches for it is for people to say",
)
def download_and_execute(image: Image) -> Iterator[Evidence]:
    """Whoever holds the server, or the way to it, runs what they like in the build or later.

    What ran in the build is kept nowhere: nobody can tell later what the image was made of.
    """
    for line, each in told_by_steps(image):
        yield Evidence(at=f"{line.at} {each.what}", says=each.says, layer=line.layer)
