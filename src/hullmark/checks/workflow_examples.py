"""Workflows and pipelines to try checks on."""

COMMIT = "8f4b7f84864484a7bf31766abe9204da3cbe65b3"
"""Of an action that is pinned."""


def hub(*commands: str, on: str = "push") -> str:
    """A workflow of GitHub Actions with a job that runs these commands."""
    run = "".join(f"        {each}\n" for command in commands for each in command.split("\n"))
    return f"on: {on}\npermissions: {{}}\n{JOB}    steps:\n    - run: |\n{run}"


def hub_steps(*steps: str, on: str = "push", job: str = "") -> str:
    """One with a job of these steps, each the text of its mapping."""
    more = f"    {job}\n" if job else ""
    listed = "".join(f"    - {each}\n".replace("\n", "\n      ").rstrip(" ") for each in steps)
    return f"on: {on}\npermissions: {{}}\n{JOB}{more}    steps:\n{listed}"


def lab(*commands: str) -> str:
    """A pipeline of GitLab CI with a job that runs these commands."""
    script = "".join(f"  - {each}\n" for each in commands)
    return f"@.gitlab-ci.yml\nbuild:\n  image: alpine:3.22\n  script:\n{script}"


JOB = "jobs:\n  build:\n    runs-on: ubuntu-24.04\n"
