"""Programs that are looked for where others may write."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import MAX_SHOWN_CHARS, is_odd_place, path_folders, short
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.phrases import shortened


@image_check(
    id="unsafe-search-path",
    of_build=True,
    title="Programs are looked for in an unsafe place",
    severity=Severity.MEDIUM,
    remediation="Let PATH name absolute folders that only root may write to.",
    references=("https://docs.docker.com/reference/dockerfile/#env",),
    bad=lambda: (
        sound(env=("PATH=.:/usr/bin",)),
        sound(env=("PATH=/usr/bin:/tmp/bin",)),
        sound(env=("PATH=/usr/bin::/bin",)),
    ),
    good=lambda: (sound(), sound(env=("PATH=/opt/app/bin:/usr/bin:$HOME/bin",)), sound(env=())),
    left="which programs are found by it is not known here",
)
def unsafe_search_path(image: Image) -> Iterator[Evidence]:
    """Who can put a file there has it run instead of the program that was meant."""
    for place in dict.fromkeys(path_folders(image)):
        if is_odd_place(place):
            yield Evidence(
                at=f"Env PATH {shortened(place, MAX_SHOWN_CHARS)}", says=f"PATH has {short(place)}"
            )
