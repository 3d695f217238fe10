"""Broken variants of good bytes, and for how long to try them."""

import os
import random
import time
from collections.abc import Callable, Iterator

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

SECONDS = float(os.environ.get("HULLMARK_FUZZ_SECONDS", "0"))
SEED = os.environ.get("HULLMARK_FUZZ_SEED", "")
ROUND = 200 if SECONDS else 40
TOKENS = (
    b"", b"\0", b"\xff\xfe", b"\n", b"\n\n", b": ", b"=", b"-1", b"0", b"1e999", b"9" * 400,
    b'"', b"'", b"{", b"}", b"[", b"]", b"[[", b"null", b"{}", b"[]", b"../", b"%00", b"\x1b[31m",
    b"\\u0000", b"&a [*a]", b"<<: ", b"- " * 50, b"[" * 300, b"x" * 5000, "é\u202e".encode(),
    b"\x7fELF", b"PK\x01\x02", b"\x80" * 12, b"\xff\xff\xff\xff", b"\x00\x00\x00\x00",
)  # fmt: skip


@st.composite
def broken(draw: Callable[..., object], data: bytes) -> bytes:
    """A few cuts, flips, repetitions, insertions and swaps of a good file."""
    made = bytearray(data)
    chance = random.Random(str(draw(st.integers(0, 2**48))))
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(made) + 1)
        to = min(len(made), at + chance.choice((1, 2, 4, 8, 40, len(made))))
        match chance.randrange(7):
            case 0 if made:
                made[min(at, len(made) - 1)] ^= 1 << chance.randrange(8)
            case 1:
                del made[at:to]
            case 2:
                made[at:at] = made[at:to] * chance.choice((1, 2, 30))
            case 3:
                made[at:at] = chance.choice(TOKENS)
            case 4:
                made[at:to] = chance.choice(TOKENS)
            case 5 if made:
                made[min(at, len(made) - 1)] = chance.choice((0, 1, 127, 128, 255, 10, 34))
            case 6:
                del made[at:]
    return bytes(made)


def rounds() -> Iterator[int]:
    """Seeds: one fixed, or others until the time is over; HULLMARK_FUZZ_SEED repeats a row."""
    if not SECONDS:
        yield 20_260_101
        return
    dice = random.Random(SEED) if SEED else random.SystemRandom()
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        yield dice.getrandbits(64)


def feed(variants: st.SearchStrategy[bytes], reader: Callable[[bytes], None], number: int) -> None:
    """One round: hypothesis shrinks and prints what fails."""

    @seed(number)
    @settings(
        max_examples=ROUND,
        deadline=None,
        database=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(variants)
    def run(data: bytes) -> None:
        reader(data)

    run()
