"""Metadata that is known only where a wheel is built: the address of the repository.

A build on a forge states the address that the forge gives it, so that a wheel never
names a repository that it was not built from. Elsewhere none is stated.
"""

import os
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface


class RepositoryAddress(MetadataHookInterface):
    """Adds ``[project.urls]`` where the address of the repository is known."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Put the addresses into the metadata of the project, which is changed."""
        metadata["urls"] = urls_of(os.environ)


def urls_of(environment: "os._Environ[str] | dict[str, str]") -> dict[str, str]:
    """The addresses of the project by their labels; none if they are not known."""
    server = environment.get("GITHUB_SERVER_URL")
    repository = environment.get("GITHUB_REPOSITORY")
    if not server or not repository:
        return {}
    home = f"{server}/{repository}"
    return {
        "Source": home,
        "Issues": f"{home}/issues",
        "Changelog": f"{home}/blob/main/CHANGELOG.md",
    }
