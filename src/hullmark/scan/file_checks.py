"""Checks of files as parsers, and the eyes: made once, before workers are forked."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from hullmark import __version__
from hullmark.checks.accounts import ACCOUNTS
from hullmark.checks.kinds import ConfigCheck, Detector, FileCheck, ImageCheck, Signature
from hullmark.model import File, Rule
from hullmark.model.repository import without_login
from hullmark.model.spotted import Spotted
from hullmark.scan.own_units import mark as marked
from hullmark.scan.own_units import own_rules
from hullmark.sieve.options import Looking
from hullmark.unit import Parser, discover

if TYPE_CHECKING:
    from hullmark.sieve.eyes import Eyes

FORM = 2
"""Raised when looking at the same content may tell something else."""


def file_checks(looking: Looking) -> Mapping[str, Parser]:
    """Checks of single files that are asked for, by id."""
    import hullmark.checks.files  # noqa: PLC0415 - for those who look

    found = discover(hullmark.checks.files, FileCheck)
    checks = {id: as_parser(each) for id, each in found.items() if looking.wants(each.rule.kind)}
    if not looking.config:
        return checks
    import hullmark.scan.assembler  # noqa: PLC0415 - as above, since workers can import nothing
    from hullmark.scan.config_files import config_parsers  # noqa: PLC0415
    from hullmark.scan.roots import ROOTS  # noqa: PLC0415

    return {**checks, ACCOUNTS.id: ACCOUNTS, **config_parsers(looking), **ROOTS}


def image_checks(looking: Looking) -> Mapping[str, ImageCheck]:
    """Checks of whole images, where somebody asks for such."""
    if not (looking.config or looking.malware):
        return {}
    import hullmark.checks.image  # noqa: PLC0415 - as above

    return discover(hullmark.checks.image, ImageCheck)


def manifest_checks(looking: Looking) -> Mapping[str, ConfigCheck]:
    """Checks of all manifests together, where somebody asks for configuration."""
    if not looking.config:
        return {}
    from hullmark.checks.declare_config import BUNDLE  # noqa: PLC0415 - as above
    from hullmark.scan.joining import bundle_checks  # noqa: PLC0415
    from hullmark.scan.own_units import of_system  # noqa: PLC0415

    own = [each for each in of_system(looking.units, "kubernetes") if BUNDLE in each.kinds]
    return {**bundle_checks(), **{each.rule.id: each for each in own}}


def rules(looking: Looking) -> dict[str, Rule]:
    """The rules of all checks that are asked for, by id, those of the user's own among them."""
    if not looking.files:
        return {}
    import hullmark.checks.files  # noqa: PLC0415 - as above

    known: list[FileCheck | ConfigCheck | ImageCheck] = [*image_checks(looking).values()]
    known += discover(hullmark.checks.files, FileCheck).values()
    if looking.config:
        from hullmark.checks.rooms import CONFIG  # noqa: PLC0415 - as above

        for room in CONFIG.values():
            known += discover(room, ConfigCheck).values()
    return {**{each.rule.id: each.rule for each in known}, **own_rules(looking.units)}


def as_parser(check: FileCheck) -> Parser:
    """A check that is offered files as parsers are, and tells what it saw in them."""
    return Parser(
        id=check.rule.id,
        names=check.names,
        magic=check.magic,
        beside=check.beside,
        declared=False,
        version=check.version,
        about=check.rule.why,
        example=check.bad()[0],
        expect=(),
        parse=_spotting(check),
    )


def _spotting(check: FileCheck) -> Callable[[File], Iterator[Spotted]]:
    rule = check.rule

    def look(file: File) -> Iterator[Spotted]:
        for each in check.look(file):
            yield Spotted(
                rule=rule.id,
                kind=rule.kind,
                severity=rule.severity,
                path=file.path,
                layer=file.layer,
                at=without_login(each.at),
                says=without_login(each.says),
                line=each.line,
            )

    return look


def _week() -> str:
    """Year and week: what expires is judged anew each week, though a layer stays the same."""
    return datetime.now(tz=UTC).strftime("%G-%V")


def opened_eyes(looking: Looking) -> tuple["Eyes | None", str]:
    """What content is looked at with, and a mark of it; nothing where nobody asks."""
    mark = hashlib.sha256(msgspec.msgpack.encode([FORM, __version__, looking.secrets]))
    mark.update(msgspec.msgpack.encode([looking.malware, looking.config, _week()]))
    mark.update(
        msgspec.msgpack.encode([looking.kubernetes, looking.registries, marked(looking.units)])
    )
    if not looking.content:
        return None, mark.hexdigest() if looking.files else ""
    import hullmark.checks.malware  # noqa: PLC0415 - as above
    import hullmark.checks.secret  # noqa: PLC0415
    from hullmark.sieve.eyes import Eyes  # noqa: PLC0415
    from hullmark.sieve.tools import Tools  # noqa: PLC0415

    detectors = discover(hullmark.checks.secret, Detector) if looking.secrets else {}
    signatures = discover(hullmark.checks.malware, Signature) if looking.malware else {}
    for detector in detectors.values():
        mark.update(repr([detector.rule.id, detector.pattern, detector.names]).encode())
    for signature in signatures.values():
        mark.update(signature.yara.encode())
    mark.update(repr(looking.own_rules).encode())
    mark.update(msgspec.msgpack.encode(looking.allow))
    tools = Tools(detectors, signatures, looking.folder, looking.own_rules)
    if not (looking.malware and looking.block_lists):
        return Eyes(tools, looking.allow), mark.hexdigest()
    from hullmark.sieve.known_bad import known_bad  # noqa: PLC0415 - for those who have lists
    from hullmark.sieve.wary import WaryEyes  # noqa: PLC0415

    known, of_lists = known_bad(looking.block_lists, looking.folder)
    mark.update(of_lists)
    return WaryEyes(tools, looking.allow, known), mark.hexdigest()
