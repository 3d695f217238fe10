"""The instruction MAINTAINER, which labels replaced."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_step
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built
from hullmark.checks.image_steps import own_lines
from hullmark.checks.instruction_mends import as_label
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="deprecated-maintainer",
    of_stages=True,
    title="Deprecated MAINTAINER instruction",
    severity=Severity.INFO,
    remediation="Use LABEL org.opencontainers.image.authors instead.",
    references=("https://docs.docker.com/reference/build-checks/maintainer-deprecated/",),
    bad=lambda: (
        built("/bin/sh -c #(nop)  MAINTAINER Jo <jo@example.com>"),
        built("MAINTAINER Jo"),
    ),
    good=lambda: (built("LABEL maintainer=jo", "RUN /bin/sh -c echo MAINTAINER"),),
    mend=of_step(as_label, says="say it by a label"),
)
def deprecated_maintainer(image: Image) -> Iterator[Evidence]:
    """Builders warn of it and will drop it; a label says the same and can be asked for."""
    for line in own_lines(image):
        if line.word == "MAINTAINER":
            yield Evidence(at=line.at, says="the history has a MAINTAINER", layer=line.layer)
