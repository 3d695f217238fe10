"""Everything that can go wrong, as one tree.

HullmarkError
├── SourceError    an artifact, cluster or host cannot be read
├── ParseError     a file is not what its name claims
├── FeedError      advisory data is missing, stale or malformed
├── VerifyError    a signature, digest or attestation does not hold
├── PolicyError    a policy is malformed (a *denied* artifact is a Decision, not an error)
└── StoreError     results cannot be kept or read back
"""


class HullmarkError(Exception):
    """Base of every error we raise on purpose.

    The message is the place, a colon and one lower-case clause without a full stop.
    """

    def __init__(self, place: str, why: str) -> None:
        super().__init__(f"{place}: {why}")
        self.place = place
        self.why = why


class SourceError(HullmarkError):
    """An artifact, cluster or host cannot be read; ``place`` is the target or a path in it."""


class ParseError(HullmarkError):
    """A file is not what its name claims; ``place`` is its path inside the artifact."""


class FeedError(HullmarkError):
    """Advisory data is missing, stale or malformed; ``place`` is the feed."""


class VerifyError(HullmarkError):
    """A signature, digest or attestation does not hold. Never softened to a gap."""


class PolicyError(HullmarkError):
    """A policy or a configuration of ours is malformed; ``place`` is the file and key."""


class StoreError(HullmarkError):
    """Results cannot be kept or read back; ``place`` is the store's file."""
