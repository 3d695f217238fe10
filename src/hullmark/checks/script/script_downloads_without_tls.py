"""Downloads that anybody on the way may change."""

from collections.abc import Iterator

from hullmark.checks.build_mends import by_tls, of_script
from hullmark.checks.declare_config import script_check
from hullmark.checks.downloads import (
    CHECKERS,
    TAKERS,
    is_program,
    plain_address,
)
from hullmark.checks.image_facts import short
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence


@script_check(
    id="script-downloads-without-tls",
    title="Script downloads programs without TLS",
    severity=Severity.MEDIUM,
    confidence=Confidence.LIKELY,
    bad=(
        "#!/bin/sh\nwget http://example.com/tool.tar.gz\ntar xzf tool.tar.gz\n",
        "curl -s http://example.com/key.gpg | apt-key add -\n",
        "git clone git://example.com/tool\n",
    ),
    good=(
        "wget http://example.com/tool.tar.gz\necho '00  tool.tar.gz' | sha256sum -c\n",
        "curl -fs http://localhost:8080/tool.sh\ncurl -fs http://db.internal/dump.sh\n",
        "curl -fs http://example.com/health\nwget https://example.com/tool.tar.gz\n",
    ),
    remediation="Use https://, and check the digest of what was downloaded.",
    references=("https://docs.docker.com/build/building/best-practices/#add-or-copy",),
    mend=of_script(
        by_tls,
        says="ask by https",
        breaks="fails where the server does not speak it",
        risky=True,
    ),
)
def script_downloads_without_tls(script: Script) -> Iterator[Evidence]:
    """Anybody on the way may hand over another file, and the script installs it."""
    if any(command.program in CHECKERS for command in script.commands):
        return
    for line in script.lines:
        commands = line.commands
        for number, command in enumerate(commands, 1):
            address = plain_address(command)
            follower = commands[number] if number < len(commands) else None
            taken = follower is not None and follower.reads_pipe and follower.program in TAKERS
            if address and (taken or is_program(address) or command.program == "git"):
                host = address.partition("://")[2].partition("/")[0].rpartition("@")[2]
                yield line.tell(
                    f"command {number}",
                    f"{command.program} asks {short(host)} without TLS",
                    command,
                )
