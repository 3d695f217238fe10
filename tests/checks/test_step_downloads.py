"""What one step of a build downloads is known to the next ones of its stage."""

import pytest

from hullmark.checks.build_file import build_file
from hullmark.checks.built_image import as_image, every
from hullmark.checks.image_examples import built
from hullmark.checks.step_downloads import told_by_steps
from hullmark.model import File

URL = "https://example.com/i"


def told(text: str) -> list[str]:
    """What is told of a Dockerfile that begins with ``FROM a``."""
    build = build_file(File(path="Dockerfile", content=f"FROM a\n{text}\n".encode()))
    assert build is not None
    image = as_image(every(build), stages=[each.line for each in build.stages])
    return [f"{line.at}: {each.says}" for line, each in told_by_steps(image)]


@pytest.mark.parametrize(
    ("text", "file"),
    [
        (f"ADD {URL} /x\nRUN sh /x", "ADD downloads to '/x'"),
        (f"ADD --chmod=755 {URL}.sh /opt/\nRUN /opt/i.sh", "ADD downloads to '/opt/i.sh'"),
        (f'ADD ["{URL}.sh", "."]\nRUN sh i.sh', "ADD downloads to 'i.sh'"),
        (f"WORKDIR /a\nADD {URL} {URL}2 ./\nRUN sh i2", "ADD downloads to '/a/i2'"),
        (f"ADD {URL}.deb /\nRUN dpkg -i /i.deb", "ADD downloads to '/i.deb'"),
        (
            f"ADD {URL}.tgz /\nRUN tar xzf /i.tgz && i/run",
            "ADD downloads and tar unpacks to 'i/run'",
        ),
        (f"RUN curl -o /x {URL}\nUSER a\nRUN sh /x", "curl downloads to '/x'"),
        (f"WORKDIR /a\nRUN curl -O {URL}\nWORKDIR b\nRUN sh ../i", "curl downloads to '/a/i'"),
        (f"RUN cd /a && curl -O {URL}\nRUN sh /a/i", "curl downloads to '/a/i'"),
        (f"ENV D=/a E=$D/b\nRUN curl -o $E {URL}\nRUN sh /a/b", "curl downloads to '/a/b'"),
        (f"ARG D=/a\nRUN curl -o ${{D}}/b {URL} && sh /a/b", "curl downloads to '/a/b'"),
        (f"ARG D\nRUN curl -o $D {URL}\nRUN sh $D", "curl downloads to '$D'"),
        (
            f"RUN curl -o /x {URL}\nFROM b\nRUN curl -o /y {URL}\nRUN sh /y",
            "curl downloads to '/y'",
        ),
        (f'ADD {URL} /i\nENTRYPOINT ["/i", "--"]', "ADD downloads to '/i'"),
        (
            f"WORKDIR /a\nRUN wget {URL}.jar\nCMD exec java -jar i.jar",
            "wget downloads to '/a/i.jar'",
        ),
        (f"RUN curl -o /bin/i {URL}\nRUN chmod +x /bin/i\nCMD i", "curl downloads to '/bin/i'"),
    ],
)
def test_a_step_that_runs_what_one_before_has_downloaded_is_told(text, file):
    (said,) = told(text)
    assert said.endswith((f"what {file} is executed", f"what {file} is installed"))


@pytest.mark.parametrize(
    "text",
    [
        f"ADD --checksum=sha256:00 {URL} /x\nRUN sh /x",
        f"ADD {URL} /x\nRUN echo 00 /x | sha256sum -c && sh /x",
        f"ADD {URL} /x\nRUN sha256sum -c sums\nRUN sh /x",
        f"ADD {URL} /x\nCOPY x /\nRUN sh /x",
        f"ADD {URL} /x\nCOPY y /x\nRUN sh /x",
        f"ADD {URL} /x\nRUN chmod +x /x",
        f"ADD {URL}.git#v1 /x\nRUN sh /x\nADD {URL}.git /y\nRUN sh /y",
        f"ADD i /x\nRUN sh /x\nRUN echo {URL}",
        f"ADD {URL} /x\nFROM b\nRUN sh /x",
        f"RUN cd /a && curl -O {URL}\nRUN sh i",
        f"RUN D=$(mktemp) && curl -o $D {URL}\nRUN sh $D",
        f"RUN get() {{ curl {URL}; }}\nRUN get | sh",
        f'ADD {URL} /i\nENTRYPOINT ["/j", "/i"]\nCMD ["--i"]\nENTRYPOINT [/i',
        f'ADD --checksum=sha256:00 {URL} /i\nENTRYPOINT ["/i"]',
        f"WORKDIR /a/b\nRUN curl {URL} | tar xz --strip 1\nCOPY . .\nRUN ./build.sh",
        f"WORKDIR /a/b\nRUN curl {URL}.tgz | tar xz\nCOPY src /a\nRUN i/run",
        "ADD\nADD x\nCOPY --from=a\nWORKDIR\nENV\nRUN true",
    ],
)
def test_a_step_that_runs_something_else_is_not_told(text):
    assert not told(text)


def test_the_same_step_is_told_wherever_it_runs_another_file():
    text = f"RUN curl -o /x {URL}\nRUN sh /x\nRUN curl -o /x {URL}2\nRUN sh /x"
    assert [each.partition(":")[0] for each in told(text)] == ["history step 2", "history step 4"]


def test_steps_of_a_history_are_of_one_stage_and_see_what_they_were_given():
    image = built(
        "ADD https://example.com/i /opt/ # buildkit",
        "RUN |1 D=/opt /bin/sh -c sh $D/i # buildkit",
        "ADD https://example.com/j /opt/ # buildkit",
        'ENTRYPOINT ["/opt/j" "--"]',
        'CMD ["/opt/j \'"]',
    )
    assert [each.says for _, each in told_by_steps(image)] == [
        "what ADD downloads to '/opt/i' is executed",
        "what ADD downloads to '/opt/j' is executed",
    ]


def test_many_steps_take_time_by_their_number():
    text = "".join(f"ENV A{n}=$A{n - 1}b\nADD {URL} /x{n}\nRUN true\n" for n in range(2000))
    assert not told(text)
