"""Findings of content: of files, of configurations, of whole images."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import msgspec

from hullmark.model import Evidence, Finding, Gap, Rule
from hullmark.model.finding import Kind
from hullmark.model.image import Image, ImageConfig
from hullmark.model.phrases import one_line
from hullmark.model.spotted import Spotted
from hullmark.sandbox.zygote import Crash, Zygote
from hullmark.scan.facts import Contents
from hullmark.scan.finish import Inventory
from hullmark.scan.images import Images, Read
from hullmark.scan.jobs import TextsJob
from hullmark.scan.judging import CONFIGURATION
from hullmark.scan.relating import related
from hullmark.scan.skip import Skip
from hullmark.scan.spots import Judged, judged
from hullmark.scan.trees import Trees
from hullmark.sieve.options import Looking
from hullmark.unit import OpenImage, OpenTree

if TYPE_CHECKING:
    from hullmark.scan.hiding import Hidden

UNTOLD = "there is none that could be read: what runs, as whom and where it listens was not judged"
"""Of an image without a configuration."""


def of_image(
    zygote: Zygote,
    image: OpenImage,
    images: Images,
    reads: Sequence[Read],
    inventory: Inventory,
    *,
    rules: Mapping[str, Rule],
    looking: Looking,
    skip: Skip,
) -> tuple[Judged, list[Gap], "Hidden"]:
    """What was spotted in an image's layers and configuration, and what the whole shows.

    The last are secrets that are not to be repeated where a report quotes the configuration.
    """
    from hullmark.scan.hiding import hidden  # noqa: PLC0415 - for those who look
    from hullmark.scan.spotting import gathered, in_configuration, in_image, in_layers  # noqa: PLC0415

    layers = [each.contents for each in reads]
    labels = [each.blob.diff_id or each.diff_id for each in reads]
    reads_texts = looking.secrets or looking.block_lists
    contents = _look_at_texts(zygote, image.config) if reads_texts else Contents()
    seen = in_layers(layers, images.overlay, inventory, labels=labels, skip=skip)
    joined = related(zygote, gathered(images.overlay, labels, skip), _gaps(layers))
    seen += in_image(joined, inventory)
    contents.gaps.extend(joined.gaps)
    found = judged([*in_configuration(contents), *seen], looking.feeds, rules)
    secret = hidden(image.config, texts(image.config), contents)
    if not (looking.config or looking.malware):
        return found, contents.gaps, secret
    found, gaps = _with_whole(
        found,
        zygote,
        image,
        images,
        reads=reads,
        inventory=inventory,
        rules=rules,
        looking=looking,
    )
    told = tuple(map(secret.finding, found.findings))
    return msgspec.structs.replace(found, findings=told), [*contents.gaps, *gaps], secret


def of_tree(
    tree: OpenTree, trees: Trees, inventory: Inventory, rules: Mapping[str, Rule]
) -> tuple[Judged, list[Gap]]:
    """What was spotted in a tree's files, and what those show together.

    The gaps are of what could not be held together.
    """
    from hullmark.scan.spotting import in_tree  # noqa: PLC0415 - as above

    feeds = trees.looking.feeds
    found = judged(in_tree(trees.spotted, inventory, tree), feeds, rules)
    joined = trees.together()  # workers were at it until now
    more = judged(in_tree(joined.parsed, inventory, tree), feeds, rules)
    if found.rules.keys() & more.rules.keys() or (found.suppressed and more.suppressed):
        found = judged(in_tree([*trees.spotted, *joined.parsed], inventory, tree), feeds, rules)
    else:
        found = found.with_more(more)
    return msgspec.structs.replace(found, subjects=trees.subjects), joined.gaps


def _gaps(layers: Sequence[Contents]) -> Iterator[Gap]:
    return (gap for each in layers for gap in each.gaps)


def texts(config: ImageConfig) -> list[tuple[str, bytes]]:
    """What a configuration says, as texts to look at, a line for each thing said."""
    said = (
        ("env", config.env),
        ("labels", [f"{key}={value}" for key, value in config.labels.items()]),
        ("entrypoint", config.entrypoint),
        ("cmd", config.cmd),
        ("healthcheck", config.healthcheck),
        ("onbuild", config.onbuild),
        ("history", [f"{each.command} {each.comment}".strip() for each in config.history]),
    )
    return [
        (f"{CONFIGURATION}: {name}", "\n".join(map(one_line, lines)).encode(errors="replace"))
        for name, lines in said
        if any(lines)
    ]


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
    zygote: Zygote,
    opened: OpenImage,
    images: Images,
    *,
    reads: Sequence[Read],
    inventory: Inventory,
    rules: Mapping[str, Rule],
    looking: Looking,
) -> tuple[Judged, list[Gap]]:
    """With what the checks of whole images say, and what they could not judge."""
    from hullmark.scan.altered import ALTERED, altered  # noqa: PLC0415 - for those who look
    from hullmark.scan.imaging import Merged, image  # noqa: PLC0415
    from hullmark.scan.spotting import entries  # noqa: PLC0415

    layers = [each.contents for each in reads]
    labels = [each.blob.diff_id or each.diff_id for each in reads]
    merged = Merged(layers, images.overlay)
    whole = image(
        opened.artifact,
        opened.config,
        opened.names,
        diff_ids=labels,
        commands=[each.blob.command for each in reads],
        sizes=[each.contents.size_bytes or each.blob.size for each in reads],
        overlay=images.overlay,
        entries=entries(images.overlay),
        inventory=inventory,
        merged=merged,
        today=datetime.now(tz=UTC).date().isoformat(),
    )
    findings, fired, unheld = [*found.findings], dict(found.rules), list[Gap]()
    if looking.malware:
        shipped, aliases = inventory.shipped, inventory.aliases()
        held = list(
            altered(layers, merged.layer_of, shipped, aliases, labels, told_as=merged.told_as)
        )
        changed = [each for each in held if isinstance(each, Finding)]
        unheld = [each for each in held if isinstance(each, Gap)]
        findings += changed
        fired |= {ALTERED.id: ALTERED} if changed else {}
    contents = _judge(zygote, whole, looking, complete=all(map(_is_whole, reads)))
    told = [
        fact for parsed in contents.parsed for fact in parsed.facts if isinstance(fact, Spotted)
    ]
    findings += [_finding(each, whole) for each in told]
    fired |= {each.rule: rules[each.rule] for each in told if each.rule in rules}
    gaps = [*contents.gaps, *unheld]
    if not opened.config.is_told and looking.config:
        gaps.append(Gap(unit="config", subject=CONFIGURATION, why=UNTOLD))
    return msgspec.structs.replace(found, findings=tuple(findings), rules=fired), gaps


def _judge(zygote: Zygote, whole: Image, looking: Looking, *, complete: bool) -> Contents:
    """What a jailed worker says of a whole image; its crash is a gap."""
    from hullmark.scan.judging import packed  # noqa: PLC0415 - as above

    kinds = [kind for kind in Kind if looking.wants(kind)]
    try:
        request = msgspec.msgpack.encode(packed(whole, kinds, complete=complete))
        return msgspec.msgpack.decode(zygote.start(request, []).result(), type=Contents)
    except (Crash, msgspec.DecodeError) as error:
        return Contents(gaps=[Gap(unit="config", subject=CONFIGURATION, why=str(error))])


def _is_whole(read: Read) -> bool:
    """Whether a layer was read to its end."""
    label = read.blob.diff_id or read.blob.digest
    broken = any(gap.unit == "layer" and gap.subject == label for gap in read.contents.gaps)
    return read.blob.fd >= 0 and not broken


def _finding(spotted: Spotted, whole: Image) -> Finding:
    is_named = spotted.kind is Kind.MALWARE and whole.name
    return Finding(
        rule=spotted.rule,
        kind=spotted.kind,
        severity=spotted.severity,
        subject=spotted.path or (whole.name if is_named else CONFIGURATION),
        evidence=Evidence(
            at=spotted.at,
            says=spotted.says,
            path=spotted.path,
            line=spotted.line,
            layer=spotted.layer,
        ),
    )
