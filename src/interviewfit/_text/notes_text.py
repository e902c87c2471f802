"""What to check in a search, on a screen."""

from collections.abc import Sequence

from interviewfit._text.layout import Block, Paragraph


def checks(notes: Sequence[str]) -> list[Block]:
    """What to check in numbers that look like another unit, a paragraph each.

    Args:
        notes: On an answer.
    """
    return [Paragraph(f"Check: {note}", minor=True, optional=True) for note in notes]
