"""Secrets of a configuration are not repeated where a report quotes it."""

from random import Random

from hullmark.checks.drawing import text
from hullmark.model import Artifact, ArtifactKind, Evidence, Finding, Severity
from hullmark.model.exposure import Exposure
from hullmark.model.finding import Kind
from hullmark.model.image import ImageConfig, Step
from hullmark.model.spotted import Spotted
from hullmark.scan import hiding
from hullmark.scan.content import texts
from hullmark.scan.facts import Contents, Parsed
from hullmark.scan.hiding import UNSHOWN, Hidden, hidden, named

VALUE = text(Random(1), 24)


def spotted(path, start, end):
    return Spotted(
        rule="x",
        kind=Kind.SECRET,
        severity=Severity.HIGH,
        path=path,
        says="",
        span=(start, end),
    )


def test_a_value_that_was_seen_shows_its_ends_alone_wherever_it_stands():
    config = ImageConfig(cmd=("run", f"--key={VALUE}\n"), history=(Step(command=f"RUN a {VALUE}"),))
    listed = texts(config)
    [(path, data)] = [each for each in listed if each[0].endswith("cmd")]
    start = data.index(VALUE.encode())
    fact = spotted(path, start, start + len(VALUE))
    contents = Contents(parsed=[Parsed(path=path, entry=0, unit="content", facts=[fact])])
    found = hidden(config, listed, contents)
    shown = f"{VALUE[:4]}...{VALUE[-4:]} (24 characters)"
    assert found.text(f"RUN a {VALUE} b") == f"RUN a {shown} b"
    exposure = Exposure(root=True, entry=config.cmd)
    artifact = Artifact(kind=ArtifactKind.IMAGE, name="x", exposure=exposure)
    assert found.artifact(artifact).exposure.entry == ("run", f"--key={shown} ")
    quoting = Finding(
        rule="x",
        kind=Kind.MISCONFIGURATION,
        severity=Severity.LOW,
        subject="s",
        evidence=Evidence(at=VALUE, says=f"runs {VALUE}"),
    )
    assert VALUE not in repr(found.finding(quoting))


def test_what_is_secret_by_its_name_is_hidden_where_nobody_looked():
    config = ImageConfig(
        env=("DB_PASSWORD=hunter2hunter2", "PATH=/bin", "TOKEN_TTL=3600"),
        history=(
            Step(command="RUN |2 A=1 NPM_TOKEN=abc1234 /bin/sh -c npm ci # buildkit"),
            Step(command="/bin/sh -c #(nop)  ARG API_KEY=abcde55"),
            Step(command="ENV OTHER_SECRET=q9q9q9q9"),
            Step(command="""RUN /bin/sh -c echo "APP_SECRET=z8z8z8z8" >a; B_TOKEN='y7 y7' c"""),
            Step(command="/bin/sh -c C_TOKEN=$D E_TOKEN=`f` G_PASSWORD_FILE=/h I=j k"),
        ),
    )
    told = [named(config).text(each.command) for each in config.history]
    assert told == [
        "RUN |2 A=1 NPM_TOKEN=a...4 (7 characters) /bin/sh -c npm ci # buildkit",
        "/bin/sh -c #(nop)  ARG API_KEY=a...5 (7 characters)",
        "ENV OTHER_SECRET=q...9 (8 characters)",
        'RUN /bin/sh -c echo "APP_SECRET=z...8 (8 characters)" >a; B_TOKEN=(5 characters) c',
        config.history[4].command,
    ]
    assert named(config).text("ENV DB_PASSWORD=hunter2hunter2") != "ENV DB_PASSWORD=hunter2hunter2"
    assert named(config).text("TOKEN_TTL=3600 /bin") == "TOKEN_TTL=3600 /bin"


def test_a_text_without_secrets_stays_as_it_is():
    assert Hidden().text("RUN a\n\tb") == "RUN a\n\tb"
    assert Hidden().text("RUN git clone https://jo:pass@code.example/x") == (
        "RUN git clone https://code.example/x"
    )
    assert Hidden({"abc": "x"}).text("abc") == "abc"


def test_very_many_values_hide_texts_instead_of_searching_them(monkeypatch):
    monkeypatch.setattr(hiding, "MAX_SEARCHED_CHARS", 30)
    found = Hidden({"value1": "a", "value2": "b"})
    assert found.text("RUN value1") == "RUN a"
    assert found.text("RUN value2") == UNSHOWN
    assert Hidden().text("RUN " + "a" * 40) == "RUN " + "a" * 40


def test_comments_of_the_history_are_texts_too():
    listed = dict(texts(ImageConfig(history=(Step(command="a", comment="b"), Step(comment="c")))))
    assert list(listed.values()) == [b"a b\nc"]
