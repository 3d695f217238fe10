"""What happened on a node, as the kernel or the API server told it."""

from datetime import datetime

from msgspec import Struct


class Event(Struct, frozen=True, kw_only=True):
    """Base of all events; each kind of event is a subclass with typed fields.

    ``at`` is an aware UTC time; ``container`` is a runtime id, empty for the host itself.
    """

    at: datetime
    container: str = ""
