"""The nouns everything speaks. Frozen, no I/O; imports nothing else of ours."""

from hullmark.model.advisory import Advisory, Range
from hullmark.model.artifact import (
    Artifact,
    ArtifactKind,
    BaseImage,
    Digest,
    Distribution,
    Layer,
    LayerState,
)
from hullmark.model.decision import Decision, Policy, Verdict
from hullmark.model.errors import (
    FeedError,
    HullmarkError,
    ParseError,
    PolicyError,
    SourceError,
    StoreError,
    VerifyError,
)
from hullmark.model.event import Event
from hullmark.model.facts import Fact, Licensed, Owned, Package, Resource, dig
from hullmark.model.file import Content, File
from hullmark.model.finding import Evidence, Finding, Fix, Kind, Severity
from hullmark.model.report import Gap, Report
from hullmark.model.rule import Confidence, Rule

__all__ = [
    "Advisory",
    "Artifact",
    "ArtifactKind",
    "BaseImage",
    "Confidence",
    "Content",
    "Decision",
    "Digest",
    "Distribution",
    "Event",
    "Evidence",
    "Fact",
    "FeedError",
    "File",
    "Finding",
    "Fix",
    "Gap",
    "HullmarkError",
    "Kind",
    "Layer",
    "LayerState",
    "Licensed",
    "Owned",
    "Package",
    "ParseError",
    "Policy",
    "PolicyError",
    "Range",
    "Report",
    "Resource",
    "Rule",
    "Severity",
    "SourceError",
    "StoreError",
    "Verdict",
    "VerifyError",
    "dig",
]
