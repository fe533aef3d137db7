"""`python -m homeward` is the command line."""

from homeward.cli import main

main()
