"""A server of the tools for the Model Context Protocol, on standard input and output.

It opens no connection and keeps nothing between calls. The protocol is that of
modelcontextprotocol.io, spoken by the package ``mcp``.
"""

import json
from functools import partial
from typing import TYPE_CHECKING, Any

from interviewfit import InterviewFitError, __version__, dumps
from interviewfit.errors import MissingPackageError, faults_of
from interviewfit.extra.agent._tools import TOOLS, call_tool
from interviewfit.schema import schema_of

if TYPE_CHECKING:
    from mcp.server.lowlevel import Server

INSTRUCTIONS = (
    "interviewfit tells a job seeker whether the next interview is worth their time, "
    "and if not, how to leave. The arguments of the tools are the content of their "
    "file my.json, with a few keys more. State only what they said or what you read: "
    "what is left out counts as unknown, and the tool questions tells what to ask "
    "first. Never state an average as a belief, and never add a reason, a name or a "
    "date that nobody stated. If a call fails, its text says which key is at fault and "
    "what to write instead."
)
"""What the server tells an agent before its first call."""


def create_server() -> "Server[Any]":
    """Return a server of all tools, to be run on a transport of your own.

    Raises:
        MissingPackageError: If the extra ``agent`` is not installed.
    """
    try:
        import anyio.to_thread
        from mcp import types
        from mcp.server.lowlevel import Server
    except ImportError as error:
        raise MissingPackageError("mcp", "agent") from error

    tools = [
        types.Tool(
            name=tool.name,
            description=tool.description,
            input_schema=schema_of(tool.request),
            output_schema=schema_of(tool.answer),
            annotations=types.ToolAnnotations(
                read_only_hint=True, idempotent_hint=True, open_world_hint=False
            ),
        )
        for tool in TOOLS.values()
    ]

    async def list_tools(*_: Any) -> types.ListToolsResult:
        """Every tool with its schemas."""
        return types.ListToolsResult(tools=tools)

    async def run_tool(_: Any, call: types.CallToolRequestParams) -> Any:
        """The answer of a tool, or its faults.

        Args:
            _: Of the protocol; nothing is kept between calls.
            call: The name of the tool and its arguments.
        """
        try:
            # In a thread, so that a long plan does not keep the protocol waiting.
            ask = partial(call_tool, call.name, call.arguments or {})
            answer = await anyio.to_thread.run_sync(ask)
        except InterviewFitError as error:
            text = "\n".join(faults_of(error))
            fault = types.TextContent(type="text", text=text)
            return types.CallToolResult(content=[fault], is_error=True)
        return types.CallToolResult(
            content=[types.TextContent(type="text", text=str(answer))],
            structured_content=json.loads(dumps(answer)),
        )

    return Server(
        "interviewfit",
        version=__version__,
        instructions=INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=run_tool,
    )


def serve() -> None:
    """Serve the tools on standard input and output until the input ends.

    Raises:
        MissingPackageError: If the extra ``agent`` is not installed.
    """
    server = create_server()
    import anyio
    from mcp.server.stdio import stdio_server

    async def run() -> None:
        """Serve until the input ends."""
        async with stdio_server() as (incoming, outgoing):
            options = server.create_initialization_options()
            await server.run(incoming, outgoing, options)

    anyio.run(run)
