"""``python -m hullmark.charts PARENT``: render the charts that arrive on the standard input."""

from hullmark.charts.process import main

if __name__ == "__main__":
    main()
