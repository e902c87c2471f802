"""What the library says of Python, in the words of somebody who types commands.

A fault names the function, the argument or the class that refused a value. Who types a
command has none of these: only options, files, and the keys that stand in a file.
"""

import re
from collections.abc import Mapping, Sequence

_OPTIONS: Mapping[str, str] = {
    **{
        name: f"--{name}"
        for name in (
            *("channel", "language", "form", "to", "recommend", "when", "purpose"),
            *("reason", "today", "budget", "slots"),
        )
    },
    "words": "--word",
    "columns": "--column",
    "day_first": "--day-first",
}
"""The options that set arguments of functions, by these."""

_NOT_JSON: Mapping[str, str] = {
    "Expecting value": "a value is missing",
    "Expecting ',' delimiter": "a comma or a closing bracket is missing",
    "Expecting ':' delimiter": "a colon is missing",
    "Expecting property name enclosed in double quotes": (
        "a key in double quotes is missing"
    ),
    "Illegal trailing comma before end of object": "a comma stands before a bracket",
    "Illegal trailing comma before end of array": "a comma stands before a bracket",
    "Extra data": "more follows than one value",
    "Unterminated string starting at": "a text has no closing quote",
    "Invalid control character at": "a line ends inside a text",
}
"""What Python's reader of JSON says, and what is wrong there."""

_EDIT_DAY = (
    "is over, say so by `interviewfit edit`; if not, set another day there, or none."
)
_EDIT_OFFER = (
    "say the new day by `interviewfit edit`; if not, say there that it is over."
)

_PHRASES: Sequence[tuple[str, str]] = (
    (r" \(words=\)", ", such as --word Vibing=interview"),
    (r" \(columns=\)", ", such as --column status=Progress"),
    (r"columns=\{'(\w+)': '(\w+)'\}", r"--column \1=\2"),
    (r" \(day_first=\)", " (--day-first or --month-first)"),
    (r" Name the format by its own function, such as read_\w+\.", ""),
    (r": read it with interviewfit\.\S+\.(?= |$)", ", which no command reads."),
    (r"; read_resume reads résumés\.", ", which no command reads."),
    (r"Add a Reading if it is pay\.", "If it is pay, add it by `interviewfit edit`."),
    (r" print\(interviewfit\.columns\.column_table\(\)\) lists", " --columns lists"),
    (r"\bCandidate\.(?=\w)", ""),
    (r" Convert it to float, with NaN for what is not known\.", ""),
    (r"\"<U\d+: ('[^']*')\"", r"\1"),
    (r"\bgot None\b", "got null"),
    (
        r"It has no rows below its header\.",
        "It has no rows below its headings. Save your tracker's table as CSV.",
    ),
    (r"^(.*: )It is empty\.$", r"\1It is empty. Export your log once more."),
    (
        r"It is neither JSON nor a CSV with a column named title\.",
        (
            "It is neither a saved page, JSON, nor a CSV with a column named title. Of "
            "text that was copied, answer a few questions: `interviewfit new`, or "
            "`interviewfit edit my.json --add`."
        ),
    ),
    (r"no posting: read_log reads it\.", "no posting. `interviewfit log` reads it."),
    (r"^source must", "FILE must"),
    (r"^target must", "--output must"),
    (r"(\d+) more in `notes`\.", r"\1 more: add --json to see all."),
    (r"more \(all in `\w+`\)", "more (--json has all)"),
    (r"say until when; if not, leave it out\.", _EDIT_OFFER),
    (r"is over, move `position` on; if you wait for news, leave it out\.", _EDIT_DAY),
    # The path of a whole file says nothing.
    (r" @ \$$", ""),
)
"""Pieces of text that speak of Python, as patterns, and what stands for them."""

# A class, or a function with its argument, before what it must be.
_CALL = re.compile(r"(^|: )[a-z]\w*\((\w+)\) must ")
_FIELD = re.compile(r"(^|: )[A-Z]\w*\.(\w+) must ")
_CLASS = re.compile(r"(^|: )[A-Z]\w* must (.* @ \$\S*?(\w+)(?:\[\d+\])?)$")
_AT = re.compile(r"(It is not JSON): (.*): line (\d+) column (\d+) \(char \d+\)")


def in_shell_words(text: str) -> str:
    """A line of the library in the words of the command line.

    Args:
        text: A fault, a warning or a part of an answer.

    >>> in_shell_words("letter(channel) must be email, got 'pigeon'.")
    "--channel must be email, got 'pigeon'."
    >>> in_shell_words("It is not JSON: Extra data: line 2 column 1 (char 9). @ $")
    'It is not JSON: more follows than one value, in line 2, column 1.'
    """
    text = _CALL.sub(_option, text)
    text = _FIELD.sub(r"\1\2 must ", text)
    text = _CLASS.sub(r"\1\3 must \2", text)
    text = _AT.sub(_where, text)
    for pattern, words in _PHRASES:
        text = re.sub(pattern, words, text)
    return text


def _option(match: re.Match[str]) -> str:
    """What sets an argument, as it stands before what it must be."""
    return f"{match[1]}{_OPTIONS.get(match[2], match[2])} must "


def _where(match: re.Match[str]) -> str:
    """What is wrong with a text that is no JSON, and where."""
    fault = _NOT_JSON.get(match[2], match[2])
    return f"{match[1]}: {fault}, in line {match[3]}, column {match[4]}"
