"""Libraries that are loaded into every program."""

from collections.abc import Iterator

from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import sound
from hullmark.checks.image_facts import MAX_SHOWN_CHARS, normal, short, variables
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image
from hullmark.model.phrases import shortened

ALLOCATORS = (
    "jemalloc",
    "tcmalloc",
    "mimalloc",
    "snmalloc",
    "faketime",
    "nss_wrapper",
    "uid_wrapper",
    "stdbuf",
    "gcompat",
    "gomp",
    "asan",
    "tsan",
)
"""Libraries that people preload for good reasons, by what their file names hold."""


@image_check(
    id="preloaded-library-in-environment",
    of_build=True,
    title="Environment preloads a library into every program",
    severity=Severity.MEDIUM,
    remediation="Drop LD_PRELOAD from the image, or set it for the one program that needs it.",
    references=("https://man7.org/linux/man-pages/man8/ld.so.8.html",),
    bad=lambda: (sound(env=("LD_PRELOAD=/usr/lib/libhelper.so",)), sound(env=("LD_AUDIT=/x.so",))),
    good=lambda: (
        sound(env=("LD_PRELOAD=/usr/lib/x86_64-linux-gnu/libjemalloc.so.2",)),
        sound(env=("LD_PRELOAD=",)),
    ),
    left="which program needs it is for people to say",
)
def preloaded_library_in_environment(image: Image) -> Iterator[Evidence]:
    """It sees and changes what every program does: userland rootkits hide themselves like this."""
    for name, value in variables(image):
        if name not in ("LD_PRELOAD", "LD_AUDIT"):
            continue
        for library in value.replace(":", " ").split():
            if not any(each in library.rpartition("/")[2] for each in ALLOCATORS):
                yield Evidence(
                    at=f"Env {name} {shortened(library, MAX_SHOWN_CHARS)}",
                    says=f"{name} loads {short(library)} into every program",
                    path=normal(library),
                    layer=image.layer_of.get(normal(library), ""),
                )
