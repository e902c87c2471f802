"""Names of opportunities in short, and as somebody types them in a shell."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from interviewfit._model.fields import canonical

_REST = re.compile(r",|:|\s[-–—/|]\s|\s\(")


def short_name(name: str, names: Iterable[str]) -> str:
    """The first words of a name by which it is told from the others.

    Args:
        name, names: The name, and all names there are.

    >>> short_name("Acme, analyst", ["Acme, analyst", "Bolt"])
    'Acme'
    >>> short_name("Acme, analyst", ["Acme, analyst", "Acme, clerk"])
    'Acme, analyst'
    """
    others = [canonical(item) for item in names if item != name]
    words = name.split(" ")
    for count in range(1, len(words)):
        begin = " ".join(words[:count]).rstrip(",;:")
        wanted = canonical(begin)
        if begin and not any(item.startswith(wanted) for item in others):
            return begin
    return name


def called(name: str, names: Sequence[str]) -> str:
    """The part of a name before its first comma, if no other name begins so.

    Args:
        name, names: The name, and all names there are.
    """
    begin = name.partition(",")[0].rstrip()
    others = [canonical(item) for item in names if item != name]
    is_clear = not any(item.startswith(canonical(begin)) for item in others)
    return begin if begin and is_clear else name


def brief_names(names: Sequence[str]) -> tuple[str, ...]:
    """Names without what follows a comma, a dash or a bracket, if all still differ.

    Args:
        names: The names.

    >>> brief_names(["Acme Inc., analyst", "Bolt (remote)", "Cary – planning"])
    ('Acme Inc.', 'Bolt', 'Cary')
    >>> brief_names(["Acme, analyst", "Acme, clerk", "Bolt"])
    ('Acme, analyst', 'Acme, clerk', 'Bolt')
    """
    begins = [_REST.split(name, maxsplit=1)[0].rstrip() or name for name in names]
    count = Counter(map(canonical, begins))
    return tuple(
        begin if count[canonical(begin)] == 1 else name
        for begin, name in zip(begins, names, strict=True)
    )


def quoted(name: str) -> str:
    r"""A name as a shell takes it as one word.

    >>> print(quoted("Acme"), quoted("Acme, analyst"), quoted("It's $5"))
    Acme "Acme, analyst" 'It'\''s $5'
    """
    if re.fullmatch(r"[\w./+-][\w./+=-]*", name, re.ASCII):
        return name
    if not set(name) & set('"$`\\!'):
        return f'"{name}"'
    escaped = name.replace("'", "'\\''")
    return f"'{escaped}'"
