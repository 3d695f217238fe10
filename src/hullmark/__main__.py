"""``python -m hullmark``: the command line."""

from hullmark.apps.cli.main import main

if __name__ == "__main__":
    main()
