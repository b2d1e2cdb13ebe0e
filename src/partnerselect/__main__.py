"""`python -m partnerselect` is the same program as `partnerselect`."""

from partnerselect.cli import main

main(prog_name="partnerselect")
