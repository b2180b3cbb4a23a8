"""`python -m grader`, where the command `grader` is not on the path."""

import sys

from grader.cli import main

if __name__ == "__main__":
    sys.exit(main())
