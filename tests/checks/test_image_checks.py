"""Every check of images keeps its promises: by its own examples, on nothing, and on rubbish."""

import pytest
from msgspec.structs import replace

import hullmark.checks.image
from hullmark.checks.image_examples import sound
from hullmark.checks.kinds import ImageCheck
from hullmark.model import BaseImage, Distribution, Package
from hullmark.model.exposure import Exposure
from hullmark.model.image import Image, ImageConfig, ImageLayer, Step
from hullmark.model.spotted import Entry
from hullmark.unit import discover

CHECKS = discover(hullmark.checks.image, ImageCheck)
RUBBISH = (
    "",
    " ",
    "=",
    "==",
    ":",
    "/",
    "//",
    "..",
    "\0",
    "\x1b[31m",
    "é́",
    "a" * 5000,
    "'",
    '"',
    "\\",
)
MORE_RUBBISH = (
    "|",
    "| /bin/sh -c",
    "#(nop)",
    "RUN",
    "1-99999999999/tcp",
    "$(",
    "²",
    "RUN |1 x",
    "{}",
    "<<E",
)
ALL_RUBBISH = RUBBISH + MORE_RUBBISH


def ids(image):
    """Which checks fire on an image."""
    return {id for id, check in CHECKS.items() if list(check.judge(image))}


@pytest.mark.parametrize("id", CHECKS)
def test_check_fires_on_bad_and_nothing_else_does(id):
    check = CHECKS[id]
    assert check.rule.id == id
    assert check.bad(), "a check without a bad example proves nothing"
    for image in check.bad():
        assert ids(image) == {id}, image


@pytest.mark.parametrize("id", CHECKS)
def test_check_is_silent_on_good(id):
    check = CHECKS[id]
    assert check.good(), "a check without a good example may fire on everything"
    for image in check.good():
        assert list(check.judge(image)) == [], image


@pytest.mark.parametrize("id", CHECKS)
def test_check_tells_places_and_sentences(id):
    rule = CHECKS[id].rule
    assert rule.title
    assert not rule.title.endswith(".")
    assert rule.why.endswith(".")
    assert rule.remediation.endswith(".")
    assert rule.references
    assert all(each.startswith("https://") for each in rule.references)
    for image in CHECKS[id].bad():
        told = list(CHECKS[id].judge(image))
        assert all(each.at and each.says and each.says.isprintable() for each in told)
        assert len({each.at for each in told}) == len(told), "each finding has a place of its own"


def test_nothing_is_said_of_nothing():
    assert ids(Image()) == {"runs-as-root"}
    assert ids(sound()) == set()


def rubbish(text):
    return Image(
        name=text,
        config=ImageConfig(
            user=text,
            env=(text, f"PATH={text}", f"LD_PRELOAD={text}", f"TOKEN={text}"),
            entrypoint=(text,),
            cmd=(text, text),
            ports=(text,),
            volumes=(text,),
            labels={text: text, "org.opencontainers.image.base.name": text},
            healthcheck=(text,),
            onbuild=(text,),
            folder=text,
            architecture=text,
            os=text,
            created=text,
            history=(
                Step(command=text),
                Step(command=f"RUN {text}", created=text),
                Step(command=f"RUN /bin/sh -c curl {text} | sh {text}; apt-get install {text}"),
                Step(command=f"ADD {text}", empty=True),
            ),
        ),
        layers=(ImageLayer(diff_id=text, command=text, size_bytes=-1, wasted_bytes=1 << 70),),
        files={text: -1, f"{text}/.git/HEAD": 0, "usr/bin/gcc": 1},
        links={text: text, "bin": "bin", "usr/bin/nc": text},
        entries=(Entry(path=text, kind=text, mode=-1, uid=-1, gid=1 << 70),),
        layer_of={text: text},
        architectures={text: text},
        owners={text: text},
        packages=(Package(type=text or "x", name=text, version=text, requires=(text,)),),
        distribution=Distribution(id=text),
        base=BaseImage(name=text, digest=text, layers=-1, told_by=text, newer=text),
        exposure=Exposure(root=True, ports=(text,), entry=(text,), folder=text),
        today=text,
    )


@pytest.mark.parametrize("text", ALL_RUBBISH, ids=range(len(ALL_RUBBISH)))
def test_rubbish_raises_nothing_and_moves_no_terminal(text):
    image = rubbish(text)
    for check in CHECKS.values():
        for each in check.judge(image):
            assert each.says.isprintable(), (check.rule.id, each.says)
            assert len(each.says) < 4000


def test_many_faults_are_told_within_bounds():
    """No check tells more than some dozens of findings of one image."""
    names = [f"srv/{number}/.git/HEAD" for number in range(500)]
    names += [f"srv/{number}/core.{number}" for number in range(500)]
    entries = tuple(
        Entry(path=f"opt/{number}/tool", kind="file", mode=0o6777, uid=0, gid=0)
        for number in range(500)
    )
    image = replace(sound(), files=dict.fromkeys(names, 1), entries=entries)
    for check in CHECKS.values():
        assert len(list(check.judge(image))) <= 101, check.rule.id
