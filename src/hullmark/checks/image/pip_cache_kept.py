"""Downloads that pip keeps."""

from collections.abc import Iterator

from hullmark.checks.build_mends import of_calls
from hullmark.checks.declare import image_check
from hullmark.checks.image_examples import built, sound
from hullmark.checks.image_facts import variables
from hullmark.checks.image_steps import own_lines
from hullmark.checks.shell import Command
from hullmark.checks.written import Call, Written, inserted
from hullmark.model import Evidence, Severity
from hullmark.model.image import Image, Step
from hullmark.model.mending import Edit


def _uncached(_: Written, call: Call) -> Iterator[Edit]:
    install = call.word("install")
    if _is_install(call.command) and install:
        yield inserted(install.end, " --no-cache-dir")


@image_check(
    id="pip-cache-kept",
    of_build=True,
    title="pip keeps its downloads in the layer",
    severity=Severity.INFO,
    remediation=(
        "Use pip install --no-cache-dir, or mount the cache: RUN "
        "--mount=type=cache,target=/root/.cache/pip."
    ),
    references=("https://pip.pypa.io/en/stable/topics/caching/",),
    bad=lambda: (
        built("RUN /bin/sh -c pip install -r requirements.txt"),
        built("RUN /bin/sh -c python3 -m pip install flask"),
    ),
    good=lambda: (
        built(
            "RUN /bin/sh -c pip install --no-cache-dir -r requirements.txt",
            "RUN /bin/sh -c pip install x && rm -rf /root/.cache",
        ),
        built("RUN /bin/sh -c PIP_NO_CACHE_DIR=1 pip install x"),
        sound(history=(Step(command="RUN /bin/sh -c pip install x"),), env=("PIP_NO_CACHE_DIR=1",)),
    ),
    mend=of_calls(_uncached, says="keep no downloads of pip"),
)
def pip_cache_kept(image: Image) -> Iterator[Evidence]:
    """Every package is there twice: installed, and as it was downloaded."""
    if any(name == "PIP_NO_CACHE_DIR" and value for name, value in variables(image)):
        return
    for line in own_lines(image):
        if (
            ".cache" in line.text
            or "PIP_NO_CACHE_DIR" in line.text
            or any(each.startswith("PIP_NO_CACHE_DIR=") for each in line.arguments)
        ):
            continue
        for number, command in enumerate(line.commands, 1):
            if _is_install(command):
                yield Evidence(
                    at=f"{line.at} command {number}",
                    says="pip install without --no-cache-dir",
                    layer=line.layer,
                )


def _is_install(command: Command) -> bool:
    """Whether pip installs, and keeps what it downloads."""
    words = command.words
    is_pip = command.program in ("pip", "pip2", "pip3") or (
        command.program.startswith("python") and words[:2] == ("-m", "pip")
    )
    return is_pip and "install" in words and "--no-cache-dir" not in words
