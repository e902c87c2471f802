"""The answers as tools for an agent: schemas in and out, and a server of them.

``call_tool`` needs nothing but the library: the page that runs in a browser calls it as
well. ``serve`` needs the extra ``agent``. The records that a tool takes and returns are
its ``request`` and ``answer``.
"""

from interviewfit.extra.agent._server import create_server, serve
from interviewfit.extra.agent._tools import TOOLS, Tool, call_tool

__all__ = ["TOOLS", "Tool", "call_tool", "create_server", "serve"]
