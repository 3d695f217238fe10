"""Findings of content: of files, of configurations, of whole images."""

from collections.abc import Sequence
from datetime import UTC, datetime

import msgspec

from hullmark.model import Evidence, Finding, Gap
from hullmark.model.finding import Kind
from hullmark.model.image import Image, ImageConfig
from hullmark.sandbox.zygote import Crash, Zygote
from hullmark.scan.facts import Contents
from hullmark.scan.finish import Inventory
from hullmark.scan.images import Images, Read
from hullmark.scan.jobs import TextsJob
from hullmark.scan.skip import Skip
from hullmark.scan.spots import Judged, judged
from hullmark.scan.trees import Trees
from hullmark.sieve.options import Looking
from hullmark.unit import OpenImage, OpenTree

CONFIGURATION = "image configuration"
"""The subject of what a configuration says."""


def of_image(
    zygote: Zygote,
    image: OpenImage,
    images: Images,
    reads: Sequence[Read],
    inventory: Inventory,
    *,
    looking: Looking,
    skip: Skip,
) -> tuple[Judged, list[Gap]]:
    """What was spotted in an image's layers and configuration, and what the whole shows."""
    from hullmark.scan.spotting import in_configuration, in_layers  # noqa: PLC0415 - for those who look

    layers = [each.contents for each in reads]
    labels = [each.blob.diff_id or each.diff_id for each in reads]
    contents = _look_at_texts(zygote, image.config) if looking.secrets else Contents()
    seen = in_layers(layers, images.overlay, inventory, labels=labels, skip=skip)
    found = judged([*in_configuration(contents), *seen])
    if looking.config or looking.malware:
        found = _with_whole(found, image, images, reads=reads, inventory=inventory, looking=looking)
    return found, contents.gaps


def of_tree(tree: OpenTree, trees: Trees, inventory: Inventory) -> Judged:
    """What was spotted in a tree's files."""
    from hullmark.scan.spotting import in_tree  # noqa: PLC0415 - as above

    return judged(in_tree(trees.spotted, inventory, tree))


def texts(config: ImageConfig) -> list[tuple[str, bytes]]:
    """What a configuration says, as texts to look at, a line for each thing said."""
    said = (
        ("env", config.env),
        ("labels", [f"{key}={value}" for key, value in config.labels.items()]),
        ("entrypoint", config.entrypoint),
        ("cmd", config.cmd),
        ("healthcheck", config.healthcheck),
        ("onbuild", config.onbuild),
        ("history", [each.command or each.comment for each in config.history]),
    )
    return [
        (f"{CONFIGURATION}: {name}", "\n".join(map(_line, lines)).encode(errors="replace"))
        for name, lines in said
        if any(lines)
    ]


def _line(text: str) -> str:
    return text.replace("\n", " ")


def _look_at_texts(zygote: Zygote, config: ImageConfig) -> Contents:
    """A jailed worker's look at what the configuration says."""
    listed = texts(config)
    if not listed:
        return Contents()
    try:
        answer = zygote.start(msgspec.msgpack.encode(TextsJob(texts=listed)), []).result()
        return msgspec.msgpack.decode(answer, type=Contents)
    except (Crash, msgspec.DecodeError) as error:
        return Contents(gaps=[Gap(unit="content", subject=CONFIGURATION, why=str(error))])


def _with_whole(
    found: Judged,
    opened: OpenImage,
    images: Images,
    *,
    reads: Sequence[Read],
    inventory: Inventory,
    looking: Looking,
) -> Judged:
    """With what the checks of whole images say."""
    import hullmark.checks.image  # noqa: PLC0415 - sixty small modules
    from hullmark.checks.kinds import ImageCheck  # noqa: PLC0415
    from hullmark.scan.altered import ALTERED, altered  # noqa: PLC0415
    from hullmark.scan.imaging import Merged, image  # noqa: PLC0415
    from hullmark.scan.spotting import entries  # noqa: PLC0415
    from hullmark.unit import discover  # noqa: PLC0415

    layers = [each.contents for each in reads]
    labels = [each.blob.diff_id or each.diff_id for each in reads]
    merged = Merged(layers)
    whole = image(
        opened.artifact,
        opened.config,
        opened.names,
        diff_ids=labels,
        commands=[each.blob.command for each in reads],
        sizes=[each.contents.size_bytes or each.blob.size for each in reads],
        links=images.overlay.links,
        entries=entries(images.overlay),
        inventory=inventory,
        merged=merged,
        today=datetime.now(tz=UTC).date().isoformat(),
    )
    findings, rules = [*found.findings], dict(found.rules)
    if looking.malware:
        shipped, aliases = inventory.shipped, inventory.aliases()
        changed = list(altered(layers, merged.layer_of, shipped, aliases, labels))
        findings += changed
        rules |= {ALTERED.id: ALTERED} if changed else {}
    for check in discover(hullmark.checks.image, ImageCheck).values():
        if not looking.wants(check.rule.kind):
            continue
        for each in check.judge(whole):
            rules[check.rule.id] = check.rule
            findings.append(
                Finding(
                    rule=check.rule.id,
                    kind=check.rule.kind,
                    severity=check.rule.severity,
                    subject=each.path or _subject(whole, check.rule.kind),
                    evidence=Evidence(
                        at=each.at or check.rule.id,
                        says=each.says,
                        path=each.path,
                        line=each.line,
                        layer=each.layer or whole.layer_of.get(each.path, ""),
                    ),
                )
            )
    return msgspec.structs.replace(found, findings=tuple(findings), rules=rules)


def _subject(whole: Image, kind: Kind) -> str:
    return whole.name if kind is Kind.MALWARE and whole.name else CONFIGURATION
