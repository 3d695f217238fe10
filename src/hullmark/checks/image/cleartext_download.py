"""Downloads without TLS."""

from collections.abc import Iterator

from hullmark.checks.build_mends import by_tls, of_calls
from hullmark.checks.declare import image_check
from hullmark.checks.downloads import CHECKERS, LOCAL
from hullmark.checks.image_examples import built
from hullmark.checks.image_facts import host
from hullmark.checks.image_steps import lines
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="cleartext-download",
    of_stages=True,
    title="Download without TLS",
    severity=Severity.MEDIUM,
    remediation="Use https:// and check the digest of what was downloaded.",
    references=("https://docs.docker.com/build/building/best-practices/#add-or-copy",),
    bad=lambda: (
        built("RUN /bin/sh -c curl -O http://example.com/tool.tar.gz # buildkit"),
        built("RUN /bin/sh -c git clone git://example.com/tool # buildkit"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c curl -O https://example.com/tool.tar.gz",
            "RUN /bin/sh -c curl http://localhost:8080/ && curl http://127.0.0.1/",
        ),
        built("RUN /bin/sh -c wget http://example.com/x && echo '00  x' | sha256sum -c -"),
    ),
    mend=of_calls(
        by_tls,
        says="ask by https",
        breaks="fails where the server does not speak it",
        risky=True,
    ),
)
def cleartext_download(image: Image) -> Iterator[Evidence]:
    """Anybody on the way may hand the build another file, and it becomes part of the image."""
    for line in lines(image):
        if any(command.program in CHECKERS for command in line.commands):
            continue
        for number, command in enumerate(line.commands, 1):
            if command.program in ("curl", "wget", "git", "aria2c"):
                for word in command.words:
                    if (
                        word.startswith(("http://", "ftp://", "git://"))
                        and host(word, quoted=False) not in LOCAL
                    ):
                        yield Evidence(
                            at=f"{line.at} command {number}",
                            says=f"{command.program} asks {host(word)} without TLS",
                            layer=line.layer,
                        )
                        break
