"""SARIF 2.1.0, as much of it as is read of other analysers' results.

Format: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from msgspec import Struct, field

FAULT = "fail"
"""The kind of result that tells of a fault."""


class Message(Struct):
    """Text, or the id of one that the rule holds, with arguments for its placeholders."""

    text: str = ""
    id: str = ""
    arguments: list[str] = []


class Configuration(Struct):
    """The level of a rule whose results state none."""

    level: str = ""


class Properties(Struct):
    """What code scanning reads beside the standard."""

    severity: object = field(name="security-severity", default=None)


class Described(Struct):
    """A rule, as its analyser describes it."""

    id: str = ""
    name: str = ""
    short: Message | None = field(name="shortDescription", default=None)
    full: Message | None = field(name="fullDescription", default=None)
    help: Message | None = None
    page: str = field(name="helpUri", default="")
    configuration: Configuration | None = field(name="defaultConfiguration", default=None)
    messages: dict[str, Message] = field(name="messageStrings", default_factory=dict)
    properties: Properties | None = None


class Component(Struct):
    """An analyser or a part of it, with its rules."""

    name: str
    rules: list[Described] = []


class Tool(Struct):
    """An analyser."""

    driver: Component
    extensions: list[Component] = []


class ComponentReference(Struct):
    """A place among the extensions."""

    index: int = -1


class RuleReference(Struct):
    """A rule by id or by place."""

    id: str = ""
    index: int = -1
    component: ComponentReference | None = field(name="toolComponent", default=None)


class ArtifactLocation(Struct):
    """A file by its address, or by its place among the run's."""

    uri: str = ""
    index: int = -1


class Region(Struct):
    """Where in a file; lines count from 1."""

    line: int = field(name="startLine", default=0)


class Physical(Struct):
    """A place in a file."""

    artifact: ArtifactLocation | None = field(name="artifactLocation", default=None)
    region: Region | None = None


class Logical(Struct):
    """A place in a program."""

    name: str = ""
    full: str = field(name="fullyQualifiedName", default="")


class Location(Struct):
    """Where a result is."""

    physical: Physical | None = field(name="physicalLocation", default=None)
    logical: list[Logical] = field(name="logicalLocations", default_factory=list)


class Suppression(Struct):
    """Why a result does not count."""

    kind: str = ""
    status: str = "accepted"
    justification: str = ""


class Result(Struct):
    """One result."""

    message: Message
    rule_id: str = field(name="ruleId", default="")
    rule_index: int = field(name="ruleIndex", default=-1)
    rule: RuleReference | None = None
    kind: str = FAULT
    level: str = ""
    state: str = field(name="baselineState", default="")
    locations: list[Location] = []
    suppressions: list[Suppression] | None = None
    properties: Properties | None = None


class Notification(Struct):
    """What happened to the analyser."""

    message: Message
    level: str = "warning"


class Invocation(Struct):
    """One call of the analyser."""

    successful: bool = field(name="executionSuccessful", default=True)
    told: list[Notification] = field(name="toolExecutionNotifications", default_factory=list)
    setup: list[Notification] = field(name="toolConfigurationNotifications", default_factory=list)


class Listed(Struct):
    """A file that the run lists."""

    location: ArtifactLocation | None = None


class Run(Struct):
    """One run of an analyser; without results it did not look."""

    tool: Tool
    results: list[Result] | None = None
    artifacts: list[Listed] = []
    invocations: list[Invocation] = []
    outside: object = field(name="externalPropertyFileReferences", default=None)


class Log(Struct):
    """A whole file."""

    version: str
    runs: list[Run]
