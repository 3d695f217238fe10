"""Checks of images that a Dockerfile shows: what makes them fire on an image does so on a build."""

import pytest

import hullmark.checks.image
from hullmark.checks.build_file import build_file
from hullmark.checks.built_image import Places, as_image, every, instructions
from hullmark.checks.kinds import ImageCheck
from hullmark.model import File
from hullmark.unit import discover

CHECKS = {
    id: check for id, check in discover(hullmark.checks.image, ImageCheck).items() if check.of_build
}


def built(text):
    return build_file(File(path="Dockerfile", content=text.encode()))


@pytest.mark.parametrize("id", CHECKS)
def test_what_its_own_bad_images_say_is_said_of_nothing_in_a_sound_build(id):
    build = built(
        "FROM registry.example/base:1.2@sha256:" + "ab" * 32 + "\n"
        "COPY app /app/server\nUSER 10001:10001\nEXPOSE 8080\n"
        'HEALTHCHECK CMD ["/app/server", "--check"]\nENTRYPOINT ["/app/server"]\n'
    )
    assert [each.says for each in CHECKS[id].judge(as_image(list(instructions(build))))] == []


def test_the_image_is_what_the_last_stage_and_those_below_it_say():
    build = built(
        "FROM a AS base\nENV A=1 B='two words'\nUSER 5\nLABEL x=y\n"
        "FROM b AS other\nENV C=3\n"
        "FROM base\nENV D four words\nEXPOSE 80 53/udp\nVOLUME /data\nCMD run it\n"
        'ENTRYPOINT ["/a", "b"]\nHEALTHCHECK NONE\nWORKDIR /w\nRUN id\n'
    )
    image = as_image(list(instructions(build)))
    config = image.config
    assert config.env == ("A=1", "B=two words", "D=four words")
    assert (config.user, config.folder, dict(config.labels)) == ("5", "/w", {"x": "y"})
    assert (config.ports, config.volumes) == (("80/tcp", "53/udp"), ("/data",))
    assert (config.entrypoint, config.cmd) == (("/a", "b"), ("/bin/sh", "-c", "run it"))
    assert config.healthcheck == ("NONE",)
    assert config.history[-1].command == "RUN /bin/sh -c id # buildkit"
    assert len(every(build)) == len(config.history) + 1


def test_steps_of_the_history_lead_to_their_lines():
    build = built("FROM a AS x\nRUN one\nFROM b\n\nRUN two \\\n  three\nUSER 0\n")
    listed = every(build)
    lines = [Places(build, listed).line_of(f"history step {n}") for n in range(1, len(listed) + 2)]
    assert lines == [2, 5, 7, 3]
    assert Places(build, listed).line_of("User") == 7
    assert Places(build, listed).line_of("Healthcheck") == 3


def test_quotes_are_no_part_of_a_user():
    assert as_image(list(instructions(built('FROM a\nUSER "root"\n')))).config.user == "root"


def test_a_step_that_hands_a_script_to_a_shell_is_that_script():
    listed = list(instructions(built('FROM a\nRUN ["/bin/bash", "-ec", "a | b"]\nRUN ["sh", "c"]')))
    told = [each.command for each in as_image(listed).config.history]
    assert told == ["RUN /bin/sh -c a | b # buildkit", "RUN /bin/sh -c sh c # buildkit"]


@pytest.mark.parametrize("user", ["+0", "000", '"0:7"'])
def test_every_way_to_write_zero_is_root(user):
    image = as_image(list(instructions(built(f"FROM a\nUSER {user}\n"))))
    assert [each.at for each in CHECKS["runs-as-root"].judge(image)] == ["User"]


def test_ports_and_volumes_that_are_said_again_are_there_once():
    text = b"FROM a\nEXPOSE 22\nEXPOSE 22/tcp\nVOLUME /a\nVOLUME /a\n"
    again = as_image(build_file(File(path="Dockerfile", content=text)).final.instructions)
    assert (again.config.ports, again.config.volumes) == (("22/tcp",), ("/a",))
