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
    (
        "package-lists-kept",
        "RUN apt-get update && echo voil\u00e0\n",
        "RUN apt-get update && echo voil\u00e0 && rm -rf /var/lib/apt/lists/*\n",
    ),
    ("chmod-777", "RUN chmod 777 /tmp /var/tmp/\n", "RUN chmod 1777 /tmp /var/tmp/\n"),
    (
        "cleartext-download",
        "RUN curl http://a.example/x && curl http://localhost/\n",
        "RUN curl https://a.example/x && curl http://localhost/\n",
    ),
    (
        "apt-in-build",
        "onbuild run --network=none apt update\n",
        "onbuild run --network=none apt-get update\n",
    ),
]

LEFT = [
    ("package-lists-kept", "RUN apt-get update # lists\n", "a comment ends the step"),
    ("package-lists-kept", "RUN sudo apt-get update\n", "sudo"),
    ("package-lists-kept", "RUN apt-get update\nRUN apt-get install -y a=1\n", "later step"),
    ("user-by-name", "RUN useradd -g app -u 5 b\nUSER app\n", "number"),
    ("user-by-name", "RUN useradd -u 5 app\nRUN useradd -u 6 app\nUSER app\n", "number"),
    ("sudo-in-build", "USER app\nRUN sudo make\n", "not known"),
    ("sudo-in-build", "ONBUILD RUN sudo make\n", "not known"),
    ("package-lists-kept", "RUN apt-get update; exit 0\n", "ends the shell"),
    ("package-lists-kept", "RUN apt-get update && exec a\n", "ends the shell"),
    ("package-lists-kept", "RUN apt-get update\nRUN apt-get upgrade -y\n", "later step"),
    ("package-manager-not-cleaned", "RUN a || dnf -y install b\n", "is not known"),
    ("package-manager-not-cleaned", "RUN if a; then yum install -y b; fi\n", "is not known"),
    ("yarn-cache-kept", "RUN yarn install --immutable\n", "version 2"),
    ("yarn-cache-kept", "RUN npm ci || yarn install\n", "is not known"),
    ("add-instead-of-copy", "ADD dist/* /srv/\n", "archives"),
    ("chmod-777", "RUN chmod 777 /tmp /srv\n", "form that is changed"),
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
    (
        "script-starts-privileged-container",
        "docker run --privileged a:1 b --privileged\n",
        "docker run a:1 b --privileged\n",
    ),
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


@pytest.mark.parametrize(
    "text",
    [
        "while true; do\n  nginx\ndone\n",
        'run() {\n  "$@"\n}\n',
        'if a; then\n  "$@"\nfi\n',
        "{ nginx\n}\n",
    ],
)
def test_a_service_is_started_by_exec_only_where_the_script_ends_with_it(text):
    data = f"#!/bin/sh\nset -e\n{text}".encode()
    answer = mended("entrypoint.sh", data, "entrypoint-without-exec")
    assert answer.after == data
    assert [each.mended for each in answer.outcomes] == [False]


def test_a_service_is_started_by_exec_before_comments():
    data = b'#!/bin/sh\nset -e\nif a; then b; fi\n"$@" > /log 2>&1 # kept\n\n# end\n'
    answer = mended("entrypoint.sh", data, "entrypoint-without-exec")
    assert answer.after == data.replace(b'"$@"', b'exec "$@"')


def test_sudo_stays_where_a_stage_below_names_another_user():
    text = "FROM debian:13.1 AS a\nUSER app\nFROM a\nRUN sudo make\n"
    assert mended("Dockerfile", text.encode(), "sudo-in-build").after.decode() == text
    as_root = text.replace("USER app", "USER root").encode()
    answer = mended("Dockerfile", as_root, "sudo-in-build")
    assert answer.after == as_root.replace(b"sudo ", b"")


def test_a_user_has_the_number_of_its_own_stage_or_of_one_whose_accounts_it_takes():
    text = "FROM debian:13.1 AS a\nRUN useradd -u 5 app\nFROM %s\n%sUSER app\n"
    wanted = {("b:1", ""): "app", ("a", ""): "5", ("b:1", "COPY --from=a /etc/passwd /etc/\n"): "5"}
    for filled, user in wanted.items():
        before = text % filled
        answer = mended("Dockerfile", before.encode(), "user-by-name")
        assert answer.after.decode() == before.replace("USER app", f"USER {user}")


def test_of_a_command_that_holds_another_each_is_told_for_itself():
    text = FROM + "RUN curl \\\n  -k \\\n  https://a.example && sh -c 'curl -k https://b.example'\n"
    answer = mended("Dockerfile", text.encode(), "tls-check-disabled")
    assert answer.after.decode() == text.replace("  -k \\\n", "")
    told = {each.place.at: each.mended for each in answer.outcomes}
    assert told == {"history step 1 command 1": True, "history step 1 command 3": False}


def test_what_another_change_makes_room_for_is_mended_too():
    before = FROM + "USER root\nRUN sudo make && dnf install -y a\nADD a b \\\n  /d\n"
    rules = ("package-manager-not-cleaned", "sudo-in-build", "add-instead-of-copy")
    answer = mended("Dockerfile", before.encode(), *rules, "copy-destination-without-slash")
    assert answer.after.decode() == (
        FROM + "USER root\nRUN make && dnf install -y a && dnf clean all\nCOPY a b \\\n  /d/\n"
    )
    assert all(each.mended for each in answer.outcomes)


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
