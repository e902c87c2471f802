"""Tries every entrance with input that is wrong: ``python tests/fuzz.py --runs 20000``.

Two engines. Hypothesis takes what is right and damages it: a value of another type, a
key gone, twice or renamed, a list a thousand times as long, a byte changed. atheris
(the extra ``fuzz``) looks for input that runs lines not yet run. Not part of the test
run: what either finds becomes a test of its own. Prints a Markdown table; the exit
status is 1 if anything but a promised error came out.
"""

import argparse
import contextlib
import json
import re
import subprocess
import sys
import tempfile
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, given, seed, settings, strategies as st, target

ENGINES = ("hypothesis", "atheris")
LONGEST = 20_000
"""Bytes in an input of atheris; most are short."""

SLOWEST = 1_200
"""Seconds on the clock after which atheris gives up; entrances count their own."""

HOSTILE_WORDS = (
    r"\x1b[2K",
    r"\xe2\x80\xae",
    r"\xc2\x9b31m",
    r"\\u001b[2K",
    r"\\u202e",
    r"\\ud800",
    "1e999",
    "&#x202e;",
    r"\xff\xfe",
)
"""For atheris: what a terminal obeys, raw and as JSON and HTML write it."""

# What JSON may hold, and what people and other programs put there.
NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.floats(allow_nan=False),
    st.sampled_from([1e308, -1e308, 1e-308, 5e-324, 10**30, 10**400, 1e6, -0.0]),
)
TEXTS = st.one_of(
    st.text(max_size=5),
    st.sampled_from(["", " ", "\n", "inf", "nan", "1", "é", "\ud800", "x" * 2_000]),
    st.sampled_from(["\x1b[2K", "a\u202eb", "\x9b31m", "\x00", "\u200b", "=1+1"]),
)
LEAVES = st.one_of(st.none(), st.booleans(), NUMBERS, TEXTS)
TREES = st.recursive(
    LEAVES,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(TEXTS, inner, max_size=3)
    ),
    max_leaves=6,
)


def places(tree: Any) -> list[tuple[Any, Any]]:
    """Every place in a tree: what holds it, and under which key."""
    found: list[tuple[Any, Any]] = []
    pending = [tree]
    while pending:
        node = pending.pop()
        keys = list(node) if isinstance(node, dict) else range(len(node))
        for key in keys:
            found.append((node, key))
            if isinstance(node[key], dict | list):
                pending.append(node[key])
    return found


def damage(tree: Any, draw: st.DrawFn, *, many: bool) -> None:
    """One thing wrong in a tree; *many* times what is there, once an input at most."""
    holder, key = draw(st.sampled_from(places(tree) or [({}, "")]))
    hows = ["other", "gone", "renamed", *(["many"] if many else [])]
    how = draw(st.sampled_from(hows))
    if how == "other" or not holder:
        holder[key] = draw(TREES)
    elif how == "gone":
        del holder[key]
    elif how == "many":
        times = draw(st.sampled_from([2, 60, 1_100]))
        holder[key] = [holder[key]] * times
    elif isinstance(holder, dict):
        holder[draw(TEXTS)] = holder.pop(key)


def parted(right: bytes) -> tuple[bytes, bytes]:
    """The text before the JSON in some input, and the JSON; empty if there is none."""
    for start in (right.find(b"{"), right.find(b"[")):
        if start >= 0:
            with contextlib.suppress(ValueError):
                json.loads(right[start:])
                return right[:start], right[start:]
    return right, b""


@st.composite
def damaged(draw: st.DrawFn, seeds: tuple[bytes, ...]) -> bytes:
    """
    Right input with up to three things wrong in its tree, and up to two in its bytes.
    """
    right = draw(st.sampled_from(seeds))
    head, body = parted(right)
    if body:
        tree = json.loads(body)
        for turn in range(draw(st.integers(0, 3))):
            damage(tree, draw, many=turn == 0)
        body = json.dumps(tree).encode("utf-8", "surrogatepass")
    if head.endswith(b"\n") and draw(st.booleans()):
        from entrances import COMMANDS  # noqa: PLC0415  # after atheris

        options = ["--json", "--budget", "--slots", "--explain", "--help"]
        words = st.sampled_from([*sorted(COMMANDS), "-", *options])
        odd = st.sampled_from(["0", "-1", "1e999", "nan", "2.5", "9" * 5_000, "\0"])
        line = " ".join(draw(st.lists(words | odd, max_size=6)))
        head = line.encode("utf-8", "surrogatepass") + b"\n"
    data = bytearray(head + body)
    for _ in range(draw(st.integers(0, 2)) if draw(st.booleans()) else 0):
        at = draw(st.integers(0, len(data)))
        data[at : at + draw(st.integers(0, 3))] = draw(st.binary(max_size=3))
    return bytes(data)


def with_hypothesis(name: str, runs: int, start: int) -> tuple[int, int, str]:
    """How many were tried, how many taken, and what came out, empty if all was well."""
    from entrances import ENTRANCES  # noqa: PLC0415  # after atheris, if it watches

    entrance = ENTRANCES[name]
    tried = taken = 0

    @seed(start)
    @settings(
        max_examples=runs,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    @given(data=damaged(entrance.seeds))
    def check(data: bytes) -> None:
        nonlocal tried, taken
        tried += 1
        was_taken, share = entrance.work(data)
        taken += was_taken
        # Hypothesis looks for input that takes more work.
        target(share)

    try:
        check()
    except Exception as error:  # noqa: BLE001  # whatever it is, it is what we look for
        notes = " ".join(getattr(error, "__notes__", []))
        return tried, taken, f"{type(error).__name__}: {error!s:.300} {notes:.2000}"
    return tried, taken, ""


def watched_by_atheris(name: str, runs: int, start: int, folder: Path) -> None:
    """Run atheris on one entrance, in this process, which it ends."""
    import atheris  # noqa: PLC0415  # only where it is installed

    with atheris.instrument_imports(include=["interviewfit"]):
        from entrances import ENTRANCES  # noqa: PLC0415  # after atheris

    entrance = ENTRANCES[name]
    corpus = folder / "corpus"
    corpus.mkdir()
    for number, right in enumerate(entrance.seeds):
        (corpus / str(number)).write_bytes(right)
    tokens = {
        token
        for right in entrance.seeds
        for token in right.split(b'"')[1::2] or re.findall(rb"[\w ]{3,}", right)
    }
    lines = [
        '"' + "".join(f"\\x{byte:02x}" for byte in token) + '"\n'
        for token in sorted(tokens)
        if token
    ]
    lines += [f'"{word}"\n' for word in HOSTILE_WORDS]
    (folder / "words").write_text("".join(lines), encoding="ascii")
    options = [
        sys.argv[0],
        f"-runs={runs}",
        f"-seed={start}",
        f"-max_len={LONGEST}",
        f"-timeout={SLOWEST}",
        f"-report_slow_units={SLOWEST}",
        f"-dict={folder / 'words'}",
        f"-artifact_prefix={folder}/",
        str(corpus),
    ]
    atheris.Setup(options, lambda data: entrance.try_(data) and None)
    atheris.Fuzz()


def with_atheris(name: str, runs: int, start: int) -> tuple[int, int, str]:
    """The same by atheris, which wants a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        options = ["--inside", folder, "--only", name, "--runs", str(runs)]
        done = subprocess.run(
            [sys.executable, __file__, *options, "--seed", str(start)],
            capture_output=True,
            check=False,
        )
        # What Python says comes last, not what the engine says of its progress.
        said = (done.stderr + done.stdout).decode(errors="replace")
        kept = len(list((Path(folder) / "corpus").iterdir()))
        # It says how many it has tried with every line.
        tried = max(map(int, re.findall(r"(?m)^#(\d+)\s", said)), default=0)
        found = [
            f"{path.name}: {path.read_bytes()[:500]!r}"
            for path in Path(folder).iterdir()
            if path.is_file() and path.name != "words"
        ]
    if done.returncode == 0 and not found:
        return tried, kept, ""
    return tried, kept, f"status {done.returncode} {' '.join(found)} {said[-3_000:]}"


def main() -> int:
    """The exit status: 1 if something came out that is not promised."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=2_000, help="inputs for each")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", help="one entrance")
    parser.add_argument("--engine", choices=ENGINES, action="append")
    parser.add_argument("--inside", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        watched_by_atheris(options.only, options.runs, options.seed, options.inside)
    from entrances import ENTRANCES  # noqa: PLC0415  # after atheris

    engines = options.engine or ENGINES
    status = 0
    print("| entrance | engine | inputs | taken, or kept | faults | s |")
    print("|---|---|---:|---:|---:|---:|")
    for name in [options.only] if options.only else ENTRANCES:
        for engine in engines:
            if engine == "atheris" and find_spec("atheris") is None:
                sys.stderr.write("atheris is not installed: pip install -e '.[fuzz]'\n")
                continue
            began = time.perf_counter()
            run = with_hypothesis if engine == "hypothesis" else with_atheris
            tried, taken, fault = run(name, options.runs, options.seed)
            took = time.perf_counter() - began
            print(
                f"| {name} | {engine} | {tried:,} | {taken:,} | {int(bool(fault))} "
                f"| {took:.0f} |",
                flush=True,
            )
            if fault:
                status = 1
                sys.stderr.write(f"{name}, {engine}: {fault}\n")
    return status


if __name__ == "__main__":
    sys.exit(main())
