"""A tree of some 900 MB of Python libraries, from pinned packages."""

import sys
from pathlib import Path

from bench.image import kept, run

PINNED = """
ansible==12.3.0 ansible-core==2.19.14 azure-mgmt-compute==39.0.0 azure-mgmt-containerservice==41.8.0
azure-mgmt-network==33.1.0 azure-mgmt-sql==4.0.0 azure-mgmt-storage==25.3.0 azure-mgmt-web==11.0.1
azure-identity==1.27.0 azure-storage-blob==12.31.1 boto3==1.44.5 botocore==1.44.5 celery==5.7.0
cryptography==50.0.2 django==5.2.19 google-api-python-client==2.202.0
google-cloud-aiplatform==2.7.0 google-cloud-bigquery==3.47.0 google-cloud-compute==1.57.0
google-cloud-storage==3.17.1 kubernetes==37.0.2 matplotlib==3.11.2 moto==5.2.5 pandas==3.1.1
paramiko==5.1.0 requests==2.34.2 scipy==1.17.1 sqlalchemy==2.1.9 sympy==1.14.0 twisted==26.10.0
"""


def make_libraries(home: Path) -> Path:
    """Return the tree kept in ``home``, after installing it where it is not there."""
    return kept(home / "libraries", _install)


def _install(target: Path) -> None:
    """Install each package alone, none of their code run or compiled."""
    options = ("--quiet", "--no-compile", "--no-deps", "--only-binary", ":all:", "--target")
    run(sys.executable, "-m", "pip", "install", *options, target, *PINNED.split())
