"""Where the work is done, from what fields and the name of the place say.

One rule holds for every text: words for hybrid work outrank those for work on site,
and both outrank words for remote work, wherever they stand. So what frees a candidate
of the commute is believed only if nothing speaks against it. The words of several
languages stand in ``data/posting-words.json``.
"""

import json
import re
from collections.abc import Mapping

from interviewfit._model.package_data import package_text
from interviewfit.postings._posting import PostingFields, Workplace

WORDS: Mapping[str, str] = json.loads(package_text("posting-words.json"))
"""Regular expressions by what they say."""

_HYBRID, _ON_SITE, _REMOTE, _NOT_REMOTE = (
    re.compile(WORDS[name], re.IGNORECASE)
    for name in ("hybrid", "on_site", "remote", "not_remote")
)
# A place "US, TX, Remote" is a bucket of a tracker and states nothing.
_REMOTE_PLACE = re.compile(
    rf"\s*(?:100\s?%\s*)?(?:fully\s+)?(?:{WORDS['remote']})"
    rf"|.*[(\[]\s*(?:100\s?%\s*)?(?:fully\s+)?(?:{WORDS['remote']})\s*[)\]]",
    re.IGNORECASE,
)
_HYBRID_TITLE = re.compile(
    r"[(\[\-–—|,/·]\s*hybrid[eo]?\W*(?:\w+\W*){0,3}\Z", re.IGNORECASE
)


def find_workplace(*texts: str) -> Workplace | None:
    """The workplace that some texts name together; None if none does.

    >>> find_workplace("Remote (Hybrid), Berlin"), find_workplace("not remote")
    (<Workplace.HYBRID: 'hybrid'>, None)
    """
    if any(map(_HYBRID.search, texts)):
        return Workplace.HYBRID
    if any(map(_ON_SITE.search, texts)):
        return Workplace.ON_SITE
    remote = any(map(_REMOTE.search, texts)) and not any(map(_NOT_REMOTE.search, texts))
    return Workplace.REMOTE if remote else None


def settle_workplace(fields: PostingFields) -> tuple[Workplace | None, str]:
    """The workplace of a posting, and a warning where its texts contradict each other.

    Returns:
        What the fields state, or the name of the place where they state nothing, or
        less than remote where the place or the title says so; and a sentence or "".
    """
    stated, place = fields.workplace, find_workplace(fields.location)
    if _HYBRID_TITLE.search(fields.title):
        place = Workplace.HYBRID
    if place in (Workplace.HYBRID, Workplace.ON_SITE):
        if stated is None:
            return place, ""
        if stated is Workplace.REMOTE:
            where = place.value.replace("_", " ")
            return place, f"It is called remote, but its place or title says {where}."
    if stated is None and place and _REMOTE_PLACE.match(fields.location):
        return Workplace.REMOTE, ""
    return stated, ""
