"""Ansible: passwords of hosts and of sudo."""

from hullmark.checks.declare import secret
from hullmark.checks.kinds import Claim
from hullmark.checks.passwords import drawn, following, password, stand_in
from hullmark.model import Severity


@secret(
    id="ansible-password",
    title="Ansible password",
    severity=Severity.HIGH,
    **following(
        (
            r"\bansible_(?:ssh_pass|ssh_password|password|become_pass|become_password|sudo_pas"
            r"s|su_pass|winrm_password)[\"']?[ \t]{0,8}[:=][ \t]{0,8}"
        ),
        "ansible_",
        chars=50,
    ),
    path="srv/ansible/inventory.ini",
    remediation="Change it on the hosts, and keep it in Ansible Vault with its password elsewhere.",
    references=("https://docs.ansible.com/ansible/latest/vault_guide/index.html",),
    bad=lambda random: random.choice(
        (
            f"web1 ansible_user=root ansible_ssh_pass={drawn(random)}",
            f"ansible_become_password: {drawn(random)}",
        )
    ),
    good=lambda random: random.choice(
        (
            f"ansible_password: {stand_in(random)}",
            "ansible_user=deploy",
            "ansible_password: !vault |",
            'ansible_become_password: "{{ vault_become }}"',
        )
    ),
)
def ansible_password(value: str) -> Claim | None:
    """Whoever reads it logs in to those hosts, as root where it is for become."""
    return password(value)
