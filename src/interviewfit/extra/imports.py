"""Every module imported at once, for services that fork.

A module of interviewfit is imported when something of it is first used. If a process
forks while one of its threads imports, the child inherits the lock of that module with
nobody to release it, and waits for ever when it needs the module itself.
"""

from importlib import import_module
from pkgutil import walk_packages

import interviewfit

__all__ = ["import_all"]


def import_all() -> None:
    """Import every module that a call may need, about half a second's work.

    Call it once before a process starts threads and forks, as a web server does that
    loads an application before its workers: the workers then share the modules, no
    first call is slower than the others, and no child waits for a module. The modules
    of ``interviewfit.extra`` and of the command line stay out, because they need
    further packages.

    >>> import sys
    >>> from interviewfit.extra.imports import import_all
    >>> import_all()
    >>> "interviewfit.sensitivity._robustness" in sys.modules
    True
    """
    left_out = ("interviewfit.extra.", "interviewfit._command", "interviewfit.__main__")
    for module in walk_packages(interviewfit.__path__, "interviewfit."):
        if not module.name.startswith(left_out):
            import_module(module.name)
