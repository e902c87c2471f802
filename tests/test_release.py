"""What a release and a newcomer rely on: versions that agree, workflows, templates."""

import importlib.util
import re
import sys
import tomllib
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest

ROOT = Path(__file__).parents[1]
CI = ".github/workflows/ci.yml"


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


PROJECT = tomllib.loads(text("pyproject.toml"))["project"]


class TestVersions:
    @pytest.mark.parametrize(
        ("name", "pattern"),
        [
            ("CITATION.cff", r"^version: (\S+)$"),
            ("conda/recipe.yaml", r'^  version: "(\S+)"$'),
        ],
    )
    def test_they_agree(self, name: str, pattern: str) -> None:
        assert re.findall(pattern, text(name), re.MULTILINE) == [PROJECT["version"]]

    def test_the_recipe_needs_what_the_wheel_needs(self) -> None:
        _, _, run = text("conda/recipe.yaml").partition("  run:\n")
        run, _, _ = run.partition("\ntests:")
        listed = re.findall(r"^    - (\S+ >=\S+)$", run, re.MULTILINE)

        wheel = [need.replace(">=", " >=") for need in PROJECT["dependencies"]]
        assert listed == [f"python {PROJECT['requires-python']}", *wheel]

    def test_the_workflow_tries_every_python_that_is_stated(self) -> None:
        (line,) = re.findall(r"^        python: \[(.*)\]$", text(CI), re.MULTILINE)
        classifiers = "\n".join(PROJECT["classifiers"])
        stated = re.findall(r"Python :: (3\.\d+)$", classifiers, re.MULTILINE)

        assert re.findall(r'"([\d.]+)"', line) == stated


class TestWorkflows:
    def test_ci_is_what_everybody_runs(self) -> None:
        workflow = text(CI)

        assert "run: bash .ci/run" in workflow
        for system in ("ubuntu", "windows", "macos"):
            assert f"{system}-latest" in workflow

    @pytest.mark.parametrize("name", ["ci.yml", "release.yml"])
    def test_actions_are_pinned_and_may_only_read(self, name: str) -> None:
        workflow = text(f".github/workflows/{name}")

        used = re.findall(r"uses: (\S+)", workflow)
        assert used
        assert all(re.fullmatch(r"[\w/-]+@[0-9a-f]{40}", action) for action in used)
        assert "\npermissions:\n  contents: read\n" in workflow

    def test_commits_are_checked_by_the_tools_of_the_extras(self) -> None:
        hooks = text(".pre-commit-config.yaml")

        assert re.findall(r"- repo: (\S+)", hooks) == ["local"]
        for tool in ("ruff check", "ruff format", "mypy", "codespell"):
            assert f"entry: {tool}" in hooks


class TestTemplate:
    def test_surprising_advice_is_told_with_its_file(self) -> None:
        template = text(".github/ISSUE_TEMPLATE/surprising-advice.yml")

        assert template.startswith("name: This advice surprises me\n")
        assert "label: Your file my.json" in template
        assert template.count("required: true") == 5


def hook() -> ModuleType:
    """The hook of the build, without the package of the build."""
    spec = importlib.util.spec_from_file_location("hook", ROOT / "hatch_build.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class TestAddress:
    """No address is stated that the build does not know."""

    @pytest.fixture(autouse=True)
    def no_hatchling(self, monkeypatch: pytest.MonkeyPatch) -> None:
        package = SimpleNamespace(MetadataHookInterface=object)
        for name in ("hatchling", "hatchling.metadata", "hatchling.metadata.plugin"):
            monkeypatch.setitem(sys.modules, name, SimpleNamespace())
        place = "hatchling.metadata.plugin.interface"
        monkeypatch.setitem(sys.modules, place, package)

    def test_a_forge_tells_its_address(self) -> None:
        place = {"GITHUB_SERVER_URL": "forge:", "GITHUB_REPOSITORY": "we/interviewfit"}

        assert hook().urls_of(place) == {
            "Source": "forge:/we/interviewfit",
            "Issues": "forge:/we/interviewfit/issues",
            "Changelog": "forge:/we/interviewfit/blob/main/CHANGELOG.md",
        }

    @pytest.mark.parametrize("place", [{}, {"GITHUB_REPOSITORY": "we/interviewfit"}])
    def test_elsewhere_none_is_stated(self, place: dict[str, str]) -> None:
        assert hook().urls_of(place) == {}
