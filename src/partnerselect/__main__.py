"""`python -m partnerselect` is the same program as `partnerselect`."""

import sys


def main() -> None:
    """Run the command line; Ctrl+C while it is imported ends as it does later."""
    try:
        from partnerselect.cli import main as command_line

        command_line(prog_name="partnerselect")
    except KeyboardInterrupt:
        sys.stderr.write("Stopped.\n")
        sys.exit(4)


if __name__ == "__main__":
    main()
