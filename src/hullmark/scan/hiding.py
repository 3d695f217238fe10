"""Secrets of a configuration, kept out of what a report repeats of it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from re import compile as regex

from msgspec.structs import replace

from hullmark.checks.image_facts import holds_secret
from hullmark.checks.image_steps import instruction
from hullmark.model import Artifact, Evidence, Finding, Layer
from hullmark.model.image import ImageConfig
from hullmark.model.phrases import one_line
from hullmark.model.repository import without_login
from hullmark.model.spotted import Spotted
from hullmark.scan.facts import Contents
from hullmark.sieve.redaction import redacted

MIN_HIDDEN_CHARS = 4
"""Shorter ones are in every second word."""

MAX_SEARCHED_CHARS = 10**9
"""Of all texts, once for each value: some seconds. Real images stay below a hundredth of it."""

QUOTES = "'\""
_assigned = regex(
    r"""\b[A-Za-z_][A-Za-z0-9_]*=(?:"[^"$`]+"|'[^'$`]+'|[^\s"'`;|&<>()$\\]+)"""
).findall
"""Assignments in the text of a shell, but for those of what only the shell knows."""

UNSHOWN = "(not shown: it may hold one of very many secrets)"


class Hidden:
    """Values that are not to be repeated, each with what is shown instead."""

    def __init__(self, shown: Mapping[str, str] | None = None) -> None:
        told = [each for each in (shown or {}).items() if len(each[0]) >= MIN_HIDDEN_CHARS]
        self._shown = sorted(told, key=lambda each: (-len(each[0]), each))
        self._left_chars = MAX_SEARCHED_CHARS

    def text(self, said: str) -> str:
        """A text with the ends alone of each value in it, and no login in its URLs."""
        line = one_line(said)
        self._left_chars -= len(line) * len(self._shown)
        if self._left_chars < 0:
            return UNSHOWN
        for value, shown in self._shown:
            line = line.replace(value, shown)
        line = without_login(line)
        return line if line != one_line(said) else said

    def artifact(self, artifact: Artifact) -> Artifact:
        """An image whose commands and entry point tell no secret."""
        exposure = artifact.exposure
        if exposure is not None:
            exposure = replace(exposure, entry=tuple(map(self.text, exposure.entry)))
        return replace(artifact, exposure=exposure, layers=self.layers(artifact.layers))

    def layers(self, layers: Iterable[Layer]) -> tuple[Layer, ...]:
        """The same layers, whose commands tell no secret."""
        return tuple(replace(each, command=self.text(each.command)) for each in layers)

    def finding(self, finding: Finding) -> Finding:
        """A finding that quotes no secret of the configuration."""
        evidence: Evidence = finding.evidence
        told = replace(evidence, at=self.text(evidence.at), says=self.text(evidence.says))
        return replace(finding, evidence=told) if told != evidence else finding


def hidden(config: ImageConfig, texts: Sequence[tuple[str, bytes]], contents: Contents) -> Hidden:
    """What a look at these texts of a configuration showed, and what is secret by its name."""
    seen = {value: redacted(value) for value in _seen(dict(texts), contents)}
    return Hidden({**dict(_named(config)), **seen})


def named(config: ImageConfig) -> Hidden:
    """What is secret by its name, where nobody looked."""
    return hidden(config, (), Contents())


def _seen(texts: dict[str, bytes], contents: Contents) -> Iterator[str]:
    for parsed in contents.parsed:
        for fact in parsed.facts:
            if isinstance(fact, Spotted) and fact.path in texts:
                start, end = fact.span
                yield texts[fact.path][start:end].decode(errors="replace")


def _named(config: ImageConfig) -> Iterator[tuple[str, str]]:
    """What is secret by its name (variables, build arguments, assignments), and what is shown."""
    words = list(config.env)
    for step in config.history:
        word, text, arguments = instruction(step.command)
        words += arguments
        if word in ("ARG", "ENV"):
            words += text.split()
        elif word == "RUN":
            words += _assigned(text)
    for each in words:
        name, _, value = each.partition("=")
        if holds_secret(name, value):
            yield one_line(each), f"{name}={redacted(value.strip(QUOTES))}"
