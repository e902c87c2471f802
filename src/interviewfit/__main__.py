"""The command line: ``interviewfit`` or ``python -m interviewfit``.

Without a command it plans the example that comes with the package. The exit status is
0, or 2 with one line on standard error for every fault in the input.
"""

import sys

from interviewfit._command.running import main

__all__ = ["main"]

if __name__ == "__main__":
    # PYTHON_ARGCOMPLETE_OK
    sys.exit(main())
