"""Scripts that run downloads as they come."""

from collections.abc import Iterator

from hullmark.checks.declare_config import script_check
from hullmark.checks.download_flow import Downloads
from hullmark.checks.script_file import Script
from hullmark.model import Evidence, Severity
from hullmark.model.rule import Confidence

_GOOD = """\
curl -fsSLo i.sh https://example.com/i.sh
echo '00  i.sh' | sha256sum -c
sh i.sh
"""


@script_check(
    id="script-downloads-and-executes",
    title="Script executes a download unseen",
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    bad=(
        "#!/bin/sh\ncurl -fsSL https://example.com/install.sh | sudo sh\n",
        '#!/bin/bash\nset -e\nbash -c "$(wget -qO- https://example.com/i)"\n',
        "bash <(curl -s https://example.com/i)\n",
        "wget https://example.com/i.sh -O /tmp/i.sh\nchmod +x /tmp/i.sh\n/tmp/i.sh\n",
        'code=$(curl -s https://example.com/i)\neval "$code"\n',
    ),
    good=(
        _GOOD,
        "cat <<EOF\ncurl https://example.com/i | sh\nEOF\n",
        "curl -o /opt/tool https://example.com/tool\nchmod 755 /opt/tool\n",
        "# curl https://example.com/i | sh\ncurl -s https://example.com/x | jq .a\n",
    ),
    remediation=(
        "Download to a file, check its digest or signature against one in the script, then run it."
    ),
    references=("https://docs.docker.com/build/building/best-practices/#add-or-copy",),
    left="which digest or key vouches for it is for people to say",
)
def script_downloads_and_executes(script: Script) -> Iterator[Evidence]:
    """Whoever holds the server runs what they like, in the build or in every container.

    What ran is kept nowhere, so that nobody can tell later what it was.
    """
    downloads = Downloads()
    for line in script.lines:
        for each in downloads.executed(line.commands):
            yield line.tell(each.what, each.says, each.command)
