"""`python -m wideberth` is the command line."""

from wideberth.cli import main

main()
