"""The texts that come with the package."""

from pkgutil import get_data


def package_text(name: str) -> str:
    """A text of the folder ``data``.

    Args:
        name: Of its file.

    Raises:
        FileNotFoundError: If there is none of that name.

    >>> package_text("numbers.csv")[:10]
    'name,unit,'
    """
    # Beside pathlib this is quick to import, and it reads from archives as well.
    text = get_data("interviewfit", f"data/{name}")
    if text is None:
        raise FileNotFoundError(name)
    return text.decode("utf-8")
