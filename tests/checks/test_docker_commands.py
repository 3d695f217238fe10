"""What commands do with containers, and which secrets they show."""

import time

import pytest

from hullmark.checks import command_secrets, docker_commands
from hullmark.checks.shell import commands
from hullmark.checks.workflow_expressions import of_strangers
from hullmark.model.placed import Block


def only(text):
    (found,) = commands(text)
    return found


@pytest.mark.parametrize(
    ("text", "image"),
    [
        ("docker run nginx:1 sh", "nginx:1"),
        ("docker -H tcp://a run --rm -it -v /a:/b nginx:1", "nginx:1"),
        ("docker container run -dp 80:80 --name x nginx:1 --name y", "nginx:1"),
        ("podman create -v/a:/b --privileged=false --init nginx:1", "nginx:1"),
        ("docker run --platform linux/arm64 -e A=b -eC=d nginx:1", "nginx:1"),
    ],
)
def test_images_of_containers_that_are_started(text, image):
    assert docker_commands.started(only(text)).image == image


@pytest.mark.parametrize("text", ["docker build .", "docker", "ls run a", "docker compose run a"])
def test_other_commands_start_no_container(text):
    assert docker_commands.started(only(text)) is None


def test_options_end_at_the_image():
    assert not docker_commands.privileged(only("docker run a:1 --privileged"))
    assert docker_commands.privileged(only("docker run --privileged a:1"))
    assert docker_commands.privileged(only("docker run --cap-add CAP_SYS_ADMIN a:1"))


def test_mounts_in_every_form():
    for text in ("-v /run/docker.sock:/s", "--volume=/run/docker.sock:/s"):
        assert docker_commands.socket_mounted(only(f"docker run {text} a:1"))
    assert docker_commands.root_mounted(only("docker run --mount type=bind,src=/,dst=/h a:1"))
    assert not docker_commands.root_mounted(only("docker run -v data:/ a:1"))


@pytest.mark.parametrize("name", ["$IMAGE", "app:1", "app@sha256:0", "./x", "", "{{ x }}"])
def test_names_that_ask_for_no_latest(name):
    assert not docker_commands.latest(name)


@pytest.mark.parametrize("name", ["app", "app:latest", "registry.example:5000/app"])
def test_names_that_ask_for_the_latest(name):
    assert docker_commands.latest(name)


def test_images_that_were_built_are_nobody_else_s():
    built = docker_commands.built_names(commands("docker build -t app:latest . && docker tag a b"))
    assert not docker_commands.moving_image(only("docker run app"), built)
    assert docker_commands.moving_image(only("docker run other"), built)


@pytest.mark.parametrize(
    "text",
    [
        "docker login -u a -p $X r",
        "docker login --password=$X r",
        "mysql -u a -psecret",
        "mysqldump --password=$X db",
        "sshpass -p $X ssh a",
        "redis-cli -a $X ping",
        "curl -u jo:Kx7vantageQp2 https://a",
        "openssl rsa -passin pass:abcd",
        "htpasswd -bc f a b",
    ],
)
def test_passwords_on_command_lines(text):
    assert command_secrets.password_given(only(text))


@pytest.mark.parametrize(
    "text",
    [
        "docker login -u a --password-stdin r",
        "docker run -p 80:80 a",
        "mysql -u a -p db",
        "mysql -u a --password db",
        "curl -u jo:$TOKEN https://a",
        "openssl rsa -passin env:A",
        "htpasswd -ic f a",
        "mkdir -p a",
        "",
    ],
)
def test_command_lines_without_passwords(text):
    assert not any(command_secrets.password_given(each) for each in commands(text))


@pytest.mark.parametrize(
    ("text", "known", "told"),
    [
        ("echo $DB_PASSWORD", (), True),
        ("echo $X", ("X",), True),
        ("echo $X", (), False),
        ("echo ${{ secrets.A }} | base64 | rev", (), True),
        ("echo $DB_PASSWORD | docker login --password-stdin", (), False),
        ("echo $DB_PASSWORD | base64 > f", (), False),
        ("echo ${#DB_PASSWORD}", (), False),
    ],
)
def test_secrets_that_are_printed(text, known, told):
    assert bool([*command_secrets.printed(commands(text), frozenset(known))]) == told


@pytest.mark.parametrize(
    "value",
    [
        "github.event.issue.title",
        "github.head_ref || github.ref_name",
        "github.event.pull_request.head.ref",
        "github.event.comment.body",
        "github.event.commits[0].message",
        "github.event.head_commit.author.name",
    ],
)
def test_expressions_of_strangers(value):
    text = Block(f"ls\necho ${{{{ {value} }}}}\n", 10, folded=False)
    assert [line for _, line in of_strangers(text, 9)] == [11]


@pytest.mark.parametrize(
    "value",
    [
        "github.sha",
        "github.event.number",
        "github.head_ref == 'a'",
        "contains(github.event.issue.title, 'a')",
        "github.event.pull_request.head.sha",
    ],
)
def test_expressions_that_nobody_else_writes(value):
    assert not [*of_strangers(f"${{{{ {value} }}}}", 1)]


def test_hostile_texts_take_no_time():
    started = time.monotonic()
    assert not [*of_strangers("${{" * 300_000, 1)]
    assert not [*command_secrets.printed(commands("echo;" * 50_000))]
    docker_commands.started(only("docker run " + "-e a " * 50_000))
    assert time.monotonic() - started < 10
