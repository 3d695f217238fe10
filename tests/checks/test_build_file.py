"""Dockerfiles are read as a build reads them, and findings stand at the right instruction."""

import pytest

from hullmark.checks.build_file import build_file
from hullmark.checks.build_scripts import scripts
from hullmark.checks.build_values import MAX_TEXT_CHARS, substituted
from hullmark.checks.built_image import Places, as_image, instructions
from hullmark.model import File, ParseError


def build(*lines, end="\n"):
    return build_file(File(path="Dockerfile", content=end.join(lines).encode()))


def only(*lines, word="RUN"):
    (found,) = build("FROM a:1", *lines).final.of(word)
    return found


def test_directives_stand_only_at_the_very_top():
    top = build("# syntax=docker/dockerfile:1", "#escape = `", "FROM a")
    assert top.directives == {"syntax": "docker/dockerfile:1", "escape": "`"}
    assert build("# about", "# escape=`", "FROM a").directives == {}
    assert build("", "# escape=`", "FROM a").directives == {}
    with pytest.raises(ParseError, match="escape"):
        build("# escape=x", "FROM a")


def test_escape_directive_joins_lines_by_its_sign():
    found = build("# escape=`", "FROM a", "COPY C:\\x\\ `", " D:\\y\\").final.instructions
    assert [each.text for each in found] == ["C:\\x\\  D:\\y\\"]


def test_lines_are_joined_over_comments_and_empty_lines():
    found = only("RUN a \\", "# comment", "", "  # another", "  && b \\  ", "\t&& c")
    assert [each.program for each in found.commands] == ["a", "b", "c"]
    assert found.line == 2


def test_doubled_backslash_ends_a_line():
    assert [each.text for each in build("FROM a", "RUN x \\\\", "RUN y").every("RUN")] == [
        "x \\\\",
        "y",
    ]


@pytest.mark.parametrize(
    ("lines", "texts", "programs"),
    [
        (["RUN <<EOF", "a", "b", "EOF"], ("a\nb",), ["a", "b"]),
        (['RUN <<-"E.O-F"', "\ta", "\tE.O-F"], ("a",), ["a"]),
        (["RUN <<EOF", "#!/usr/bin/env python3", "import os", "EOF"], None, []),
        (["RUN <<EOF", "#!/bin/bash -e", "a", "EOF"], None, ["a"]),
        (["RUN bash -x <<EOF", "a", "EOF"], ("a",), ["bash", "a"]),
        (["RUN cat <<A > /x && b", "curl", "A"], ("curl",), ["cat", "b"]),
        (["RUN cat <<A <<'B'", "1", "A", "2", "B"], ("1", "2"), ["cat"]),
        (["RUN echo $((1<<x)) <<< word"], (), None),
        (["RUN echo 'a <<EOF'"], (), ["echo"]),
        (["run a \\", " && cat <<EOF", "FROM b", "EOF"], ("FROM b",), ["a", "cat"]),
    ],
)
def test_here_documents(lines, texts, programs):
    found = only(*lines)
    if texts is not None:
        assert found.heredocs == texts
    if programs is not None:
        assert [each.program for each in found.commands] == programs


def test_here_documents_of_copy_and_of_triggers():
    found = build("FROM a", "COPY <<A <<B /x/", "1", "A", "2", "B", "ONBUILD RUN <<E", "b", "E")
    copy, onbuild, waiting = found.final.instructions
    assert copy.heredocs == ("1", "2")
    assert (onbuild.word, onbuild.line) == ("ONBUILD", 7)
    assert (waiting.word, waiting.trigger, waiting.heredocs) == ("RUN", True, ("b",))
    assert list(found.every("RUN")) == [waiting]
    assert [waiting.line_of(each) for each in waiting.commands] == [8]


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["FROM a", "", "INSTALL x"], 3),
        (["FROM a", "RUN <<EOF", "b"], 2),
        (["FROM a", "ONBUILD FROM b"], 2),
        (["FROM a", "ONBUILD"], 2),
        (["FROM a", "ONBUILD NEVER x"], 2),
    ],
)
def test_what_no_build_takes_is_told_with_its_line(lines, line):
    with pytest.raises(ParseError, match=f"line {line}:"):
        build(*lines)


def test_bytes_before_and_between_lines():
    found = build("\ufefffrom a as B", "\tenv\tX\t1 2", "Run\tls", end="\r\n")
    assert found.final.name == "b"
    assert found.final.values == {"X": "1 2"}
    assert [each.text for each in found.every("RUN")] == ["ls"]


def test_no_stage_is_no_build():
    assert build("# nothing", "") is None
    assert build("ARG A=1") is None


def test_flags_are_apart_from_the_text():
    found = only('RUN --mount=type=secret,id=a --mount=type=bind,from="b c" --network=none ls -l')
    assert found.flags == (
        ("mount", "type=secret,id=a"),
        ("mount", "type=bind,from=b c"),
        ("network", "none"),
    )
    assert (found.flag("network"), found.flag("security"), found.text) == ("none", "", "ls -l")
    health = only("HEALTHCHECK --interval=30s --retries=2 CMD curl -f x", word="HEALTHCHECK")
    assert health.flag("interval") == "30s"
    assert health.text == "CMD curl -f x"
    copy = only("COPY --link --chown=1:1 a b", word="COPY")
    assert (copy.flags, copy.words) == ((("link", ""), ("chown", "1:1")), ["a", "b"])


def test_forms_of_json_and_shell():
    assert only('CMD ["a", "b c"]', word="CMD").listed == ("a", "b c")
    assert only("CMD ['a']", word="CMD").listed is None
    assert only('COPY ["a b", "/c"]', word="COPY").words == ["a b", "/c"]
    assert [each.words for each in only('RUN ["a", "b c"]').commands] == [("b c",)]


def test_pairs_of_both_forms():
    pairs = list(only('ENV A="x y" "B"=\'z\' C=a\\ b D="q\\"q"', word="ENV").pairs)
    assert pairs == [("A", "x y"), ("B", "z"), ("C", "a b"), ("D", 'q"q')]
    assert list(only("ENV A b=c d", word="ENV").pairs) == [("A", "b=c d")]
    assert list(only("LABEL a 'b c'", word="LABEL").pairs) == [("a", "b c")]
    assert list(only("ARG A B=1", word="ARG").pairs) == [("B", "1")]


def test_values_of_stages():
    found = build(
        "ARG V=1",
        "ARG W=${V}.2",
        "FROM a:$W AS one",
        "ARG V",
        "ARG X=$V-x",
        "ENV E=${X:-d} PATH=/p:$PATH",
        "FROM one",
        "ENV F=$E$X",
        "FROM two:${NO:-3}",
    )
    one, two, three = found.stages
    assert (one.base, two.base, three.base) == ("a:1.2", "one", "two:3")
    assert one.values == {"V": "1", "X": "1-x", "E": "1-x", "PATH": "/p:$PATH"}
    assert two.values == {"E": "1-x", "PATH": "/p:$PATH", "F": "1-x$X"}
    assert two.expanded("$F ${E:+there}") == "1-x$X there"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("$A", "1"),
        ("${A}b", "1b"),
        ("${N:-d}", "d"),
        ("${E:-d}${E-d}", "d"),
        ("${A:+x}${N:+x}", "x"),
        ("${N:-${A:-2}}", "1"),
        ("\\$A $N ${N}", "\\$A $N ${N}"),
        ("${A#x} ${A/b/c}", "${A#x} ${A/b/c}"),
    ],
)
def test_variables_are_filled_in(text, told):
    assert substituted(text, {"A": "1", "E": ""}) == told


def test_variables_do_not_grow_without_end():
    assert substituted("$A" * MAX_TEXT_CHARS, {"A": "x"}).startswith("$A")
    grown = build("FROM a", "ENV A=xxxxxxxx", *["ENV A=$A$A$A$A"] * 100)
    assert len(grown.final.values["A"]) < MAX_TEXT_CHARS


def test_defaults_that_never_end_take_no_time():
    text = "${X:-" + "$aa" * 2000
    assert substituted(text, {}) == text
    assert substituted("${X:-$aa-$(b)}", {}) == "$aa-$(b)"


def test_last_instruction_is_none_that_waits():
    found = build("FROM a", "CMD a", "CMD b", "ONBUILD CMD c").final
    assert found.last("CMD").text == "b"
    assert found.last("USER") is None


def test_findings_of_images_stand_at_their_instructions():
    found = build(
        "FROM a",
        "ARG PORT=22",
        "EXPOSE 80 443",
        "EXPOSE 20-21 $PORT",
        "EXPOSE 53/udp",
        "ENV TOKEN=a \\",
        "  B=c",
        "ENV TOKENS=x",
        "VOLUME /var /etc",
        "VOLUME /etcetera",
        "USER root",
        "ONBUILD RUN a",
        "ONBUILD RUN b",
        "HEALTHCHECK NONE",
        "LABEL a=b",
    )
    listed = list(instructions(found))
    image = as_image(listed)
    assert image.config.ports == ("80/tcp", "443/tcp", "20-21/tcp", "22/tcp", "53/udp")
    places = {
        "ExposedPorts 22/tcp": 4,
        "ExposedPorts 21/tcp": 4,
        "ExposedPorts 80/tcp": 3,
        "ExposedPorts 53/udp": 5,
        "Env TOKEN": 6,
        "Env B": 6,
        "Volumes /etc": 9,
        "User": 11,
        "OnBuild 1": 12,
        "OnBuild 2": 13,
        "Healthcheck": 14,
        "Label a": 15,
        "history step 2": 3,
        "Entrypoint": 1,
    }
    assert {at: Places(found, listed).line_of(at) for at in places} == places


def test_image_of_a_build_has_its_values_filled_in():
    found = build("FROM a", "ARG ID=10001", "ENV A=$ID B=$PATH:/x", "USER ${ID}:$ID", "VOLUME /v$A")
    config = as_image(list(instructions(found))).config
    assert config.user == "10001:10001"
    assert config.env == ("A=10001", "B=$PATH:/x")
    assert config.volumes == ("/v10001",)


def test_commands_of_an_instruction_know_their_lines():
    lines = "RUN --mount=type=cache,target=/c \\\n  a \\\n# no line\n && b $(c \\\n d) && \\\n e"
    found = only(*lines.split("\n"))
    assert [(each.program, found.line_of(each)) for each in found.commands] == [
        ("a", 3),
        ("c", 5),
        ("b", 5),
        ("e", 7),
    ]


def test_lines_in_here_documents_and_triggers():
    found = build(
        *("FROM a", "ONBUILD RUN x \\", " && sh <<-E <<F && y", "\tb", "", "\tc", "\tE", "d", "F"),
    ).final.instructions[-1]
    told = [(each.program, found.line_of(each)) for each in found.commands]
    assert told == [("x", 2), ("sh", 3), ("y", 3), ("b", 4), ("c", 6), ("d", 8)]


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("CMD a && b", ["a", "b"]),
        ('ENTRYPOINT ["sh", "-c", "a | b"]', ["sh", "a", "b"]),
        ("HEALTHCHECK --interval=5s CMD a || exit 1", ["a", "exit"]),
        ('HEALTHCHECK CMD ["a", "b"]', ["a"]),
        ("HEALTHCHECK NONE", []),
        ("COPY a b", []),
    ],
)
def test_commands_of_other_instructions(line, found):
    (_, *each) = build("FROM a", "ENV b=c", line).final.instructions
    assert [one.program for one in each[0].commands] == found


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["FROM mcr.microsoft.com/windows/servercore:ltsc2025 AS a", "FROM a"], True),
        (["# escape=`", "FROM app"], True),
        (["FROM mcr.microsoft.com/dotnet/aspnet:9.0"], False),
        (["FROM a AS a", "FROM a"], False),
    ],
)
def test_builds_on_windows_are_known(lines, expected):
    assert build(*lines).is_windows is expected


def test_scripts_in_here_documents_of_copy_are_read():
    found = scripts(
        build(
            *("FROM a", "COPY <<E /docker-entrypoint.sh", "ls", "E"),
            *("COPY <<x.sh <<y /to/", "a", "x.sh", "#!/bin/bash -e", "b", "y"),
            *("COPY <<E /x.sh", "#!/usr/bin/env python3", "E", "COPY <<E /nginx.conf", "c", "E"),
        )
    )
    told = [(each.path, [line.number for line in each.lines]) for each in found]
    assert told == [("/docker-entrypoint.sh", [3]), ("/to/x.sh", [6]), ("/to/y", [9])]


def test_a_here_document_before_its_shell_is_a_script():
    build = build_file(
        File(path="Dockerfile", content=b"FROM a\nRUN --mount=type=cache <<E bash -ex\nls\nE\n")
    )
    (run,) = build.every("RUN")
    assert [each.program for each in run.commands] == ["bash", "ls"]
    assert run.line_of(run.commands[1]) == 3
