"""Letters: what to write or say to an employer, for every answer.

``letter`` turns an answer into an email, a message or the words of a call. Its
sentences are templates in ``data/letters.json``; its facts are those that somebody
stated.
"""

from interviewfit.letters._letter import letter
from interviewfit.letters._templates import CHANNELS, FORMS, LANGUAGES, PURPOSES

__all__ = ["CHANNELS", "FORMS", "LANGUAGES", "PURPOSES", "letter"]
