"""Tools that fetch files from the network."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import holding, sound
from hullmark.checks.image_facts import listed, owner, programs, seen
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image


@image_check(
    id="download-tool-installed",
    title="Download tool is installed",
    severity=Severity.INFO,
    remediation="Download in an earlier build stage; let the service check its own health.",
    references=("https://docs.docker.com/build/building/multi-stage/",),
    bad=lambda: (holding("usr/bin/curl"), holding("usr/bin/wget", "usr/bin/scp")),
    good=lambda: (sound(), holding("usr/lib/libcurl.so.4")),
)
def download_tool_installed(image: Image) -> Iterator[Evidence]:
    """The first thing an intruder does is to fetch the rest of the tools."""
    found = [
        *programs(
            image,
            (
                "curl",
                "wget",
                "aria2c",
                "axel",
                "scp",
                "rsync",
                "lynx",
                "w3m",
                "links",
                "httpie",
                "http",
            ),
        )
    ]
    if found:
        yield seen(image, found[0], f"there are {listed(found)}{owner(image, found[0])}")
