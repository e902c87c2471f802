"""The ways in that ``fuzz.py`` tries: they take what is right, and a fault gets out."""

import pytest

from entrances import ENTRANCES, Entrance
from interviewfit import DecodeError


def refuse(data: bytes) -> None:
    raise DecodeError("Search", [data.decode("utf-8", "surrogateescape")])


class TestEntrances:
    @pytest.mark.parametrize("name", ENTRANCES)
    def test_each_takes_what_it_starts_from(self, name: str) -> None:
        entrance = ENTRANCES[name]

        if name == "records":
            # Nested records are objects in JSON, which Python must not take for them.
            assert any(map(entrance.try_, entrance.seeds))
        else:
            assert all(map(entrance.try_, entrance.seeds))

    @pytest.mark.parametrize("name", ["loads", "advice"])
    def test_what_is_wrong_is_not_taken(self, name: str) -> None:
        assert not ENTRANCES[name].try_(b"{}")


class TestEntrance:
    def test_a_promised_error_is_an_answer(self) -> None:
        assert not Entrance(refuse, (DecodeError,), ()).try_(b"wrong")

    def test_any_other_gets_out(self) -> None:
        with pytest.raises(DecodeError):
            Entrance(refuse, (KeyError,), ()).try_(b"wrong")

    def test_so_does_a_message_that_cannot_be_written_down(self) -> None:
        class RawError(KeyError):
            def __str__(self) -> str:
                return str(self.args[0])

        def refuse_as_it_is(data: bytes) -> None:
            raise RawError(data.decode("utf-8", "surrogateescape"))

        assert not Entrance(refuse, (DecodeError,), ()).try_(b"\xff")
        with pytest.raises(UnicodeEncodeError):
            Entrance(refuse_as_it_is, (RawError,), ()).try_(b"\xff")
