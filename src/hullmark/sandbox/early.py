"""A zygote that is forked before it is known what will be asked of it.

It imports what most are asked for while this process reads options, step by step: what it
is to be comes on a pipe, and no further step begins once that is there.
"""

import os
import select
from collections.abc import Callable, Iterable

from hullmark.sandbox.jail import Limits
from hullmark.sandbox.zygote import Work, Zygote, fill_standard_descriptors

Step = Callable[[], None]


class Early:
    """Forks on creation; ``steps`` and ``load`` run in the child, ``load`` with the brief.

    Create it before any thread is started. Raises ``OSError`` where no process can be had.
    """

    def __init__(
        self, steps: Iterable[Step], load: Callable[[bytes], tuple[bytes, Work]], limits: Limits
    ) -> None:
        fill_standard_descriptors()
        reader, self._writer = os.pipe()

        def begun() -> tuple[bytes, Work]:
            os.close(self._writer)
            return load(_brief(reader, steps))

        try:
            self._zygote = Zygote(begun, limits)
        except OSError:
            os.close(self._writer)
            raise
        finally:
            os.close(reader)

    def told(self, brief: bytes) -> Zygote:
        """The zygote, which now learns what it is to be: ``brief``, which is not empty."""
        try:
            with os.fdopen(self._writer, "wb") as pipe:
                pipe.write(brief)
        except BrokenPipeError:
            pass  # it died, which its greeting will tell
        return self._zygote

    def close(self) -> None:
        """End it, where nobody has a use for it."""
        os.close(self._writer)
        self._zygote.close()


def _brief(reader: int, steps: Iterable[Step]) -> bytes:
    """What the parent says, taken as soon as it does; the steps that come before that are done."""
    poll = select.poll()
    poll.register(reader, select.POLLIN)
    for step in steps:
        if poll.poll(0):
            break
        step()
    with os.fdopen(reader, "rb") as pipe:
        brief = pipe.read()
    if not brief:
        raise SystemExit  # the parent ended without a use for it, and has said why
    return brief
