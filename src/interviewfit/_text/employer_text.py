"""What being passed on and being refused tell of the fit, in sentences.

They say as well what a refusal does not mean, since most people are refused.
"""

from collections.abc import Iterator

from interviewfit._model.units import PercentOfPay, rounded
from interviewfit._results.assessment import EmployerNews, Verdict
from interviewfit._text.amounts import share_of

# Percent of pay that round to nothing.
_SMALL = 0.05
# What is at least as likely had to be expected.
_EXPECTED = 0.5


def passing_words(verdict: Verdict) -> str:
    """What being passed on has told, and what it would tell next; maybe nothing.

    Args:
        verdict: Of a process that is not over.
    """
    return " ".join(_passing(verdict.employer_news)) if verdict.employer_news else ""


def _passing(news: EmployerNews) -> Iterator[str]:
    """Yield the sentences of ``passing_words``."""
    if abs(news.so_far) >= _SMALL:
        what = "passed you on" if news.passes else "seem to like you"
        if news.passes and news.is_liked:
            what = "passed you on and seem to like you"
        change = "raised" if news.so_far > 0.0 else "lowered"
        yield f"That they {what} has {change} it by {_percent(news.so_far)} of pay."
    passed, refused = news.if_passed, news.if_refused
    if passed is None or refused is None:
        return
    if max(abs(passed), abs(refused)) >= _SMALL:
        yield (
            f"Being passed on next would {_change(passed)}, being refused would "
            f"{_change(refused)}."
        )


def refusal_words(verdict: Verdict) -> str:
    """What a refusal means for the fit and for the next openings, and what it does not.

    Args:
        verdict: Of a process that is over.
    """
    news = verdict.employer_news
    if news is None or news.refused_share is None:
        return "thank them if you like. A refusal says little about you."
    share, fall = share_of(news.refused_share), share_of(news.rates_fall or 0.0)
    chance = f"is common: its chance was {share}"
    if news.refused_share >= _EXPECTED:
        chance = f"had to be expected: its chance was {share}"
    expected = (
        f"thank them if you like. A refusal {chance}, so it says little about you."
    )
    lower = (
        f"It makes your chance to pass such a stage elsewhere {fall} smaller than it "
        "was."
    )
    if abs(news.so_far) < _SMALL:
        about = (
            "It is taken to say nothing about how well the job would have suited you, "
            "because nobody has said that their view of the match agrees with yours."
            if not news.so_far
            else "It says next to nothing about how well the job would have suited you."
        )
        return f"{expected} {about} {lower}"
    worse = "less" if news.so_far < 0.0 else "more"
    about = (
        "With what they decided, the job would have suited you "
        f"{_percent(news.so_far)} of pay {worse} than you believed"
    )
    similar = news.similar or 0.0
    if abs(similar) >= _SMALL:
        about += f", and a similar opening {_percent(similar)} {worse}"
    return f"{expected} {about}. {lower} It says nothing about other kinds of jobs."


def _percent(percent: PercentOfPay) -> str:
    """The size of a change of the fit, one digit."""
    return f"{abs(rounded(percent, 1)):,.1f} %"


def _change(percent: PercentOfPay) -> str:
    """What a decision would do to the fit, as it follows "would"."""
    if abs(percent) < _SMALL:
        return "not change it"
    return f"{'raise' if percent > 0.0 else 'lower'} it by {_percent(percent)}"
