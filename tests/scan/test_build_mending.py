"""Mends of Dockerfiles and scripts, text by text: what is changed, what is kept, what is left."""

import pytest

from hullmark.checks import image
from hullmark.checks.build_mends import closed_mode
from hullmark.checks.kinds import ImageCheck
from hullmark.unit import discover
from tests.scan.test_config_mending import CHECKS, mended, places

OF_BUILD = {id: each for id, each in discover(image, ImageCheck).items() if each.of_build}
FROM = "FROM debian:13.1\n"

PAIRS = [
    (
        "package-lists-kept",
        "RUN apt-get update && \\\n # kept\n apt-get install a=1\n",
        "RUN apt-get update && \\\n # kept\n apt-get install a=1 && rm -rf /var/lib/apt/lists/*\n",
    ),
    (
        "package-manager-not-cleaned",
        "RUN dnf -y install a\n",
        "RUN dnf -y install a && dnf clean all\n",
    ),
    ("package-manager-not-cleaned", "RUN apk add a b\n", "RUN apk add --no-cache a b\n"),
    (
        "pip-cache-kept",
        "RUN pip install a==1 \\\n && python3 -m pip install b==2\n",
        "RUN pip install --no-cache-dir a==1 \\\n && python3 -m pip install --no-cache-dir b==2\n",
    ),
    (
        "recommended-packages-installed",
        "RUN apt-get -y install a=1\n",
        "RUN apt-get -y install --no-install-recommends a=1\n",
    ),
    ("chmod-777", "RUN chmod -R 0777 /app\n", "RUN chmod -R 0755 /app\n"),
    ("chmod-777", "COPY --chown=1 --chmod=777 a /a\n", "COPY --chown=1 --chmod=755 a /a\n"),
    ("sudo-in-build", "RUN sudo make && sudo a\n", "RUN make && a\n"),
    (
        "tls-check-disabled",
        "RUN curl -fksSL https://a.example/x\n",
        "RUN curl -fsSL https://a.example/x\n",
    ),
    (
        "tls-check-disabled",
        "RUN wget -q --no-check-certificate https://a.example/x\n",
        "RUN wget -q https://a.example/x\n",
    ),
    (
        "cleartext-download",
        'RUN curl -f "http://a.example/x"\n',
        'RUN curl -f "https://a.example/x"\n',
    ),
    (
        "deprecated-maintainer",
        "maintainer Jo <jo@a.example>\n",
        'LABEL org.opencontainers.image.authors="Jo <jo@a.example>"\n',
    ),
    ("unlocked-npm-install", "RUN npm install --omit=dev\n", "RUN npm ci --omit=dev\n"),
    (
        "unsigned-packages-allowed",
        "RUN dnf -y install --nogpgcheck a\n",
        "RUN dnf -y install a\n",
    ),
    ("ssh-port-exposed", "EXPOSE 22 80\n", "EXPOSE 80\n"),
    ("ssh-port-exposed", "EXPOSE 22/tcp\nEXPOSE 80\n", "EXPOSE 80\n"),
    ("cleartext-login-port", "EXPOSE 80 23\n", "EXPOSE 80\n"),
    (
        "noninteractive-in-environment",
        "ENV DEBIAN_FRONTEND=noninteractive\n",
        "ARG DEBIAN_FRONTEND=noninteractive\n",
    ),
    (
        "noninteractive-in-environment",
        "ENV DEBIAN_FRONTEND noninteractive\n",
        "ARG DEBIAN_FRONTEND=noninteractive\n",
    ),
    ("user-by-name", "RUN useradd -u 1001 app\nUSER app\n", "RUN useradd -u 1001 app\nUSER 1001\n"),
    (
        "runs-as-root",
        "USER 10001\nUSER root\nRUN make\n",
        "USER 10001\nUSER root\nRUN make\nUSER 10001\n",
    ),
    ("cd-in-run", "RUN cd /srv/a\nRUN make\n", "WORKDIR /srv/a\nRUN make\n"),
    ("apt-in-build", "RUN apt full-upgrade -y\n", "RUN apt-get dist-upgrade -y\n"),
    (
        "pipeline-without-pipefail",
        "RUN a | b\nRUN c | d\n",
        'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b\nRUN c | d\n',
    ),
    ("relative-workdir", "WORKDIR /srv/\nWORKDIR ../b\n", "WORKDIR /srv/\nWORKDIR /b\n"),
    (
        "repeated-cmd",
        'CMD ["a", \\\n  "b"]\n# kept\nCMD ["c"]\n',
        '# kept\nCMD ["c"]\n',
    ),
    ("broken-exec-form", "CMD ['a', 'b c',]\n", 'CMD ["a", "b c"]\n'),
    ("copy-destination-without-slash", 'COPY ["a", "b", "/c"]\n', 'COPY ["a", "b", "/c/"]\n'),
    ("platform-in-from", "", ""),
]

LEFT = [
    ("package-lists-kept", "RUN apt-get update # lists\n", "a comment ends the step"),
    ("package-lists-kept", "RUN sudo apt-get update\n", "sudo"),
    ("package-lists-kept", "RUN apt-get update\nRUN apt-get install -y a=1\n", "later step"),
    ("user-by-name", "RUN useradd -g app -u 5 b\nUSER app\n", "number"),
    ("user-by-name", "RUN useradd -u 5 app\nRUN useradd -u 6 app\nUSER app\n", "number"),
    ("sudo-in-build", "USER app\nRUN sudo make\n", "not known"),
    ("cd-in-run", "RUN make && cd /srv\n", "for people"),
    ("cd-in-run", "RUN cd $HOME\n", "for people"),
    ("relative-workdir", "WORKDIR app\n", "not known"),
    ("relative-workdir", "WORKDIR $A\nWORKDIR app\n", "not known"),
    ("add-instead-of-copy", "ADD a.txt b.tar.gz /c/\n", "archive"),
    ("broken-exec-form", 'RUN ["make" "all"]\n', "not plain"),
    ("ssh-port-exposed", "EXPOSE 20-30\n", "range"),
    (
        "noninteractive-in-environment",
        "ENV DEBIAN_FRONTEND=noninteractive A=b\n",
        "other variables",
    ),
    ("user-by-name", "USER app\n", "number"),
    ("runs-as-root", "RUN make\n", "for people"),
    ("chmod-777", "RUN chmod a+rwx /a\n", "form"),
    ("deprecated-maintainer", "MAINTAINER $jo\n", "form"),
    ("pip-cache-kept", 'RUN ["pip", "install", "a==1"]\n', "form"),
]

SCRIPTS = [
    (
        "script-disables-tls-check",
        "curl -k -o a \\\n  https://a.example/x # kept\n",
        "curl -o a \\\n  https://a.example/x # kept\n",
    ),
    ("script-opens-files-to-everybody", "umask 000\r\n", "umask 022\r\n"),
    (
        "script-downloads-without-tls",
        "wget 'http://a.example/t.tar.gz'\n",
        "wget 'https://a.example/t.tar.gz'\n",
    ),
    (
        "script-starts-privileged-container",
        "docker run --privileged a:1 ls\n",
        "docker run a:1 ls\n",
    ),
    ("script-shares-host-namespaces", "docker run --pid=host a:1\n", "docker run a:1\n"),
]


@pytest.mark.parametrize(("rule", "before", "after"), PAIRS)
def test_a_dockerfile_is_changed_where_its_fault_stands(rule, before, after):
    start = FROM if before else "FROM --platform=linux/amd64 a:1 AS b\n"
    wanted = FROM + after if before else "FROM a:1 AS b\n"
    for eol in ("\n", "\r\n"):
        data = (start + before).replace("\n", eol).encode()
        answer = mended("Dockerfile", data, rule)
        assert [each.why for each in answer.outcomes if not each.mended] == []
        assert answer.after.decode() == wanted.replace("\n", eol)
        assert places("Dockerfile", answer.after, rule) == ()


@pytest.mark.parametrize(("rule", "text", "why"), LEFT)
def test_a_dockerfile_is_left_where_people_have_to_say(rule, text, why):
    data = (FROM + text).encode()
    answer = mended("Dockerfile", data, rule)
    assert answer.outcomes
    assert answer.after == data
    assert all(why in each.why for each in answer.outcomes)


@pytest.mark.parametrize(("rule", "before", "after"), SCRIPTS)
def test_a_script_is_changed_where_its_fault_stands(rule, before, after):
    answer = mended("build.sh", before.encode(), rule)
    assert answer.after.decode() == after


def test_a_folder_of_one_step_is_that_of_the_next_no_more():
    answer = mended("Dockerfile", b"FROM alpine:3\nRUN a | b\n", "pipeline-without-pipefail")
    assert "not known" in answer.outcomes[0].why


def test_files_with_an_escape_of_their_own_are_left():
    data = b"# escape=`\nFROM debian:13.1\nRUN apt update\n"
    answer = mended("Dockerfile", data, "apt-in-build")
    assert answer.after == data
    assert "escape" in answer.outcomes[0].why


def test_a_setting_that_other_stages_rely_on_stays():
    text = "FROM a:1 AS b\nENV DEBIAN_FRONTEND=noninteractive\nFROM b\nRUN make\n"
    answer = mended("Dockerfile", text.encode(), "noninteractive-in-environment")
    assert answer.after.decode() == text
    assert "rely on it" in answer.outcomes[0].why


def test_bytes_that_are_no_ascii_stay():
    data = "FROM debian:13.1\n# f\u00fcr\nRUN apt update && echo '\u00fc'\n".encode()
    answer = mended("Dockerfile", data, "apt-in-build")
    assert answer.after == data.replace(b"apt update", b"apt-get update")


def test_several_rules_of_one_step_are_mended_together():
    data = (FROM + "RUN apt update && apt install a=1\n").encode()
    rules = ("apt-in-build", "package-manager-prompts", "package-lists-kept")
    answer = mended("Dockerfile", data, *rules)
    assert answer.after.decode() == FROM + (
        "RUN apt-get update && apt-get -y install a=1 && rm -rf /var/lib/apt/lists/*\n"
    )


def test_modes_keep_what_the_owner_may():
    modes = {"777": "755", "0666": "0644", "1777": "1755", "a+w": "", "9": "", "778": ""}
    assert {each: closed_mode(each) for each in modes} == modes


def test_what_one_rule_moves_others_still_find():
    before = (
        "FROM debian:13.1\nRUN a | b\nMAINTAINER Jo\nWORKDIR /a\nWORKDIR b\n"
        "RUN apt update && \\\n  # kept\n  apt install -y c=1\nCMD a\nUSER 5\nCMD b\n"
    )
    rules = (
        *("pipeline-without-pipefail", "deprecated-maintainer", "relative-workdir"),
        *("apt-in-build", "repeated-cmd", "package-lists-kept", "unpinned-apt-package"),
    )
    answer = mended("Dockerfile", before.encode(), *rules)
    assert answer.after.decode() == (
        'FROM debian:13.1\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN a | b\n'
        'LABEL org.opencontainers.image.authors="Jo"\nWORKDIR /a\nWORKDIR /a/b\n'
        "RUN apt-get update && \\\n  # kept\n"
        "  apt-get install -y c=1 && rm -rf /var/lib/apt/lists/*\nUSER 5\nCMD b\n"
    )
    assert all("another rule" not in each.why for each in answer.outcomes)


def test_every_check_of_a_build_or_a_script_is_mended_or_says_why_not():
    rooms = ("dockerfile", "script")
    own = {id: each for id, each in CHECKS.items() if each.judge.__module__.split(".")[-2] in rooms}
    silent = [id for id, each in (own | OF_BUILD).items() if not (each.mend or each.left)]
    assert silent == []
    assert sum(bool(each.mend) for each in (own | OF_BUILD).values()) >= 40
