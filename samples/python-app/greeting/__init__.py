"""Greets whoever is named on the command line."""

import sys


def main() -> None:
    print("Hello, " + " ".join(sys.argv[1:]) + "!")
