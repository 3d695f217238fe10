"""Libraries that are looked for where others may write."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import MAX_SHOWN_CHARS, is_odd_place, short, variables
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.phrases import shortened


@image_check(
    id="library-path-in-odd-place",
    of_build=True,
    title="Libraries are looked for in an odd place",
    severity=Severity.MEDIUM,
    remediation=(
        "Name folders that nobody may write to, without empty parts, or drop LD_LIBRARY_PATH and "
        "use ld.so.conf.d."
    ),
    references=("https://man7.org/linux/man-pages/man8/ld.so.8.html",),
    bad=lambda: (
        sound(env=("LD_LIBRARY_PATH=/tmp/lib:/usr/lib",)),
        sound(env=("LD_LIBRARY_PATH=lib",)),
        sound(env=("LD_LIBRARY_PATH=/opt/lib:",)),
    ),
    good=lambda: (
        sound(env=("LD_LIBRARY_PATH=/opt/app/lib:/usr/local/nvidia/lib64",)),
        sound(env=("LD_LIBRARY_PATH=",)),
    ),
    left="which of its folders the program needs is not known here",
)
def library_path_in_odd_place(image: Image) -> Iterator[Evidence]:
    """Who can put a library there has every program load it.

    An empty part of the list means the folder that the program is started in.
    """
    for name, value in variables(image):
        if name == "LD_LIBRARY_PATH" and value:
            for place in dict.fromkeys(value.split(":")):
                if is_odd_place(place):
                    yield Evidence(
                        at=f"Env {name} {shortened(place, MAX_SHOWN_CHARS)}",
                        says=f"{name} has {short(place)}",
                    )
