"""Each format's own files, read into what they say."""

import json
from datetime import date
from typing import Any

import pytest

from interviewfit import DecodeError, Reading, Sign, corporate, small_firm
from interviewfit._model.vocabulary import ASPECTS
from interviewfit.postings import (
    Posting,
    Postings,
    ReadingOptions,
    Salary,
    Workplace,
    read_ashby,
    read_greenhouse,
    read_job_posting,
    read_jobspy,
    read_lever,
)
from posting_trees import DATA, DOCUMENTS


def basis(amount: float, code: str, **rest: Any) -> ReadingOptions:
    salary = Salary(amount=amount, currency=code)
    return ReadingOptions(salary=salary, today=date(2026, 2, 10), **rest)


def text(name: str) -> str:
    return (DATA / name).read_text("utf-8")


def pays(posting: Posting) -> list[str]:
    return [str(one) for one in posting.fields.pays]


def reading(posting: Posting) -> Reading:
    (found,) = [one for one in posting.opportunity.signals if isinstance(one, Reading)]
    return found


class TestJobPosting:
    def test_everything_a_good_one_says(self) -> None:
        (found,) = read_job_posting(text("job_posting.json"), basis(60_000, "EUR"))

        fields = found.fields
        assert found.opportunity.name == "Harbour Insurance, Data analyst"
        assert found.opportunity.company == "Harbour Insurance"
        assert found.warnings == ()
        assert found.unknown == tuple(
            one for one in ASPECTS if one not in ("pay", "commute")
        )
        assert fields.location == "Hamburg, HH, DE"
        assert fields.workplace is Workplace.REMOTE
        assert fields.applicants == ("Germany", "Austria")
        assert fields.employment == ("FULL_TIME", "PART_TIME")
        assert pays(found) == ["60,000 to 70,000 EUR per year"]
        assert fields.extras == ("A bonus of up to 10 %",)
        assert fields.benefits == ("Pension, a bicycle",)
        assert (fields.posted, fields.closes) == (date(2026, 3, 2), date(2026, 4, 30))
        assert fields.openings == 3
        assert fields.details == {"skills": "SQL; statistics"}
        assert fields.url == "https://jobs.example/harbour/1"
        assert fields.description == "<p>You measure tides &amp; harbours.</p>"
        assert reading(found).value == pytest.approx(100 * (65 / 60 - 1))
        assert found.opportunity.signals[1:] == (
            Sign.REMOTE_ALLOWED,
            Sign.OTHER_OPENINGS,
        )

    def test_a_graph_with_references_lists_and_two_types(self) -> None:
        found = read_job_posting(text("job_posting_graph.json"), basis(40_000, "GBP"))

        first, second = found
        assert first.opportunity.name == "Tessel & Sons, First analyst"
        assert pays(first) == ["25.5 GBP per hour"]
        assert first.fields.location == "Leeds; York"
        assert first.fields.employment == ("CONTRACTOR", "TEMPORARY")
        assert first.fields.posted == date(2026, 1, 1)
        assert reading(first).value == pytest.approx(100 * (25.5 * 1800 / 40_000 - 1))
        assert pays(second) == ["30,000 to 35,000 GBP per year"]
        assert second.fields.workplace is None
        assert found.faults == (
            "It names neither a title nor a company. @ $.@graph[4]",
        )

    def test_a_dirty_list(self) -> None:
        found = read_job_posting(text("job_posting_dirty.json"), basis(90_000, "USD"))

        stoker, watch, clerk = found
        assert stoker.opportunity.name == "Boiler Works, Stoker (m/f/d)"
        assert pays(stoker) == [
            "80,000 to 90,000 USD per year",
            "from 95,000 USD per year",
        ]
        assert stoker.warnings == (
            "validThrough is 'soon', not a date of ISO 8601.",
            "2 ranges of pay are read as one, lowest to highest.",
        )
        assert reading(stoker).value == pytest.approx(100 * (87.5 / 90 - 1))
        # One opening is no other opening.
        assert Sign.OTHER_OPENINGS not in stoker.opportunity.signals
        assert watch.opportunity.signals == ()
        assert watch.fields.benefits == ("tea", "a lamp")
        (warning,) = watch.warnings
        assert warning.startswith("Pay of 95,000 USD per hour is not used")
        assert warning.endswith("1,900 times your salary. Is it per year?")
        assert clerk.fields.pays[0].loose
        assert clerk.warnings == (
            "currency is 'Dollar', not a currency of ISO 4217.",
            "Pay is 'competitive', which names no amount.",
            "Pay is an estimate of the site, not the employer's word.",
        )
        assert found.faults == ("It names neither a title nor a company. @ $[4]",)

    @pytest.mark.parametrize(
        ("salary", "read"),
        [
            (50_000, ["50,000 USD"]),
            ("50000", ["50,000 USD"]),
            ("$5 - $6 per hour", ["5 to 6 USD per hour"]),
            ({"value": 50_000, "unitText": "YEAR"}, ["50,000 USD per year"]),
            ({"minValue": 5, "maxValue": 4, "unitText": "DAY"}, ["4 to 5 USD per day"]),
            ({"value": {"minValue": 4, "unitCode": "MON"}}, ["from 4 USD per month"]),
            ({"value": {"maxValue": "50,000"}}, ["up to 50,000 USD"]),
            ({"value": "5k - 6k", "unitText": "WEEK"}, ["5,000 to 6,000 USD per week"]),
            ({"price": 50, "priceCurrency": "USD"}, ["50 USD"]),
            ([{"value": {"value": 5}}, {"value": [{"value": 6}]}], ["5 USD", "6 USD"]),
            ({"value": {"minValue": 0, "maxValue": 0, "value": 0}}, []),
            ({"value": None}, []),
            ({"value": -1}, []),
            ([], []),
        ],
    )
    def test_base_salary_in_all_its_shapes(self, salary: Any, read: list[str]) -> None:
        job = {
            "@type": "JobPosting",
            "title": "a",
            "baseSalary": salary,
            "salaryCurrency": "USD",
        }

        (found,) = read_job_posting(job)

        assert pays(found) == read

    def test_two_currencies_are_none_whatever_you_say(self) -> None:
        money = {"currency": "USD", "value": {"value": 5, "unitText": "HOUR"}}
        job = {
            "@type": "JobPosting",
            "title": "a",
            "baseSalary": money,
            "salaryCurrency": "EUR",
        }

        (found,) = read_job_posting(job, basis(5, "USD", currency="USD"))

        assert pays(found) == ["5 XXX per hour"]
        assert found.opportunity.signals == ()
        assert found.warnings[0] == "Two currencies are stated, USD and EUR."
        assert "not used" in found.warnings[-1]

    @pytest.mark.parametrize(
        "tree",
        [
            {"@type": "JobPosting", "title": "a"},
            {"@type": "schema:JobPosting", "schema:title": "a"},
            {"@type": ["x", "https://schema.org/JobPosting"], "name": "a"},
            {"hiringOrganization": "Acme", "title": "a"},
            [[{"@graph": [{"item": {"@type": "JobPosting", "title": "a"}}]}]],
        ],
    )
    def test_it_is_found_wherever_it_stands(self, tree: Any) -> None:
        (found,) = read_job_posting(tree)

        assert found.fields.title == "a"

    @pytest.mark.parametrize("tree", [{}, [], None, 3, "x", {"@type": "Person"}])
    def test_where_there_is_none_it_says_so(self, tree: Any) -> None:
        with pytest.raises(DecodeError, match="JobPosting"):
            read_job_posting(tree)


class TestGreenhouse:
    def test_a_board(self) -> None:
        found = read_greenhouse(text("greenhouse.json"), basis(100_000, "USD"))

        planner, prospect, mechanic, mate = found
        assert pays(planner) == [
            "120,000 to 150,000 USD per year",
            "110,000 to 135,000 USD per year",
        ]
        assert reading(planner).value == pytest.approx(30.0)
        assert planner.fields.workplace is Workplace.REMOTE
        assert planner.fields.posted == date(2026, 2, 11)
        assert planner.fields.details == {
            "departments": "Planning",
            "offices": "Denver; Boise",
        }
        assert prospect.opportunity.signals == (Sign.OTHER_OPENINGS,)
        assert "no single job" in prospect.warnings[0]
        assert pays(mechanic) == ["from 31 per hour"]
        assert pays(mate) == ["60,000 to 70,000 USD"]
        assert "per hour, month or year is not stated" in mate.warnings[0]
        assert found.faults == ("A posting is an object, got None. @ $.jobs[4]",)

    def test_what_it_does_not_say_you_may(self) -> None:
        """It has no field for the interval of pay, and this one has no currency."""
        said = basis(100_000, "USD", currency="USD", per="year")

        *_, mechanic, mate = read_greenhouse(text("greenhouse.json"), said)

        assert reading(mate).value == pytest.approx(-35.0)
        # What is stated stands.
        assert reading(mechanic).value == pytest.approx(100 * (0.31 * 1.8 - 1))

    def test_only_a_null_makes_a_prospect(self) -> None:
        for job, signs in (
            ({"title": "a"}, ()),
            ({"title": "a", "internal_job_id": 3}, ()),
            ({"title": "a", "internal_job_id": None}, (Sign.OTHER_OPENINGS,)),
        ):
            (found,) = read_greenhouse(job)
            assert found.opportunity.signals == signs


class TestLever:
    def test_a_list(self) -> None:
        found = read_lever(
            text("lever.json"),
            basis(60_000, "EUR", company="Atlas", stages=small_firm()),
        )

        cartographer, surveyor, nameless = found
        assert cartographer.opportunity.name == "Atlas, Cartographer"
        assert cartographer.opportunity.stages == small_firm()
        assert cartographer.assumed == ()
        assert cartographer.fields.workplace is Workplace.HYBRID
        assert cartographer.fields.location == "Lisbon; Porto"
        assert cartographer.fields.employment == ("Full-time",)
        assert cartographer.fields.posted == date(2026, 2, 1)
        assert cartographer.fields.description == "Draw maps.\nOf coasts."
        assert reading(cartographer).value == pytest.approx(-10.0)
        assert pays(surveyor) == ["22 to 28 EUR per hour"]
        assert surveyor.fields.workplace is Workplace.REMOTE
        assert surveyor.fields.extras == ("Plus a share in the survey ship.",)
        assert surveyor.warnings == ()
        assert nameless.warnings == ("It names no title.",)

    def test_a_refusal_of_the_board_is_told_as_one(self) -> None:
        with pytest.raises(DecodeError, match="answered with an error: 'Document not"):
            read_lever({"ok": False, "error": "Document not found"})


class TestAshby:
    def test_a_board(self) -> None:
        found = read_ashby(text("ashby.json"), basis(100_000, "CHF", company="Foundry"))

        engineer, maker, moulder = found
        assert pays(engineer) == ["110,000 to 130,000 CHF per year"]
        assert engineer.fields.extras == ("0.1% – 0.2%", "Bonus 10000 CHF")
        assert reading(engineer).value == pytest.approx(20.0)
        assert engineer.fields.workplace is Workplace.ON_SITE
        assert "commute" in engineer.unknown
        assert engineer.fields.location == "Zürich; Basel"
        assert engineer.fields.posted == date(2026, 1, 15)
        assert engineer.fields.description == "Cast things"
        assert pays(maker) == ["1,500 to 1,800 CHF per week"]
        assert maker.warnings == (
            "It is hybrid and has isRemote true.",
            "It is not listed on the board.",
        )
        assert Sign.REMOTE_ALLOWED not in maker.opportunity.signals
        assert pays(moulder) == ["81,000 to 87,000 CHF"]
        assert Sign.REMOTE_ALLOWED in moulder.opportunity.signals


class TestJobSpy:
    def test_a_saved_frame(self) -> None:
        found = read_jobspy(text("jobspy.csv"), basis(60_000, "USD"))

        clerk, packer, driver, tester = found
        assert pays(clerk) == ["60,000 to 72,000 USD per year"]
        assert reading(clerk).value == pytest.approx(10.0)
        assert clerk.fields.employment == ("fulltime", "contract")
        assert clerk.fields.posted == date(2026, 2, 1)
        assert clerk.fields.details == {
            "site": "indeed",
            "company_industry": "Insurance",
            "company_num_employees": "51 to 200",
            "company_rating": "3.7",
            "company_reviews_count": "120.0",
        }
        assert clerk.fields.description == "Line one\nline two"
        (warning,) = clerk.warnings
        assert warning.startswith("It is contract or freelance work")
        assert packer.fields.openings == 4
        assert Sign.OTHER_OPENINGS in packer.opportunity.signals
        assert Sign.REMOTE_ALLOWED in packer.opportunity.signals
        assert len(packer.warnings) == 2
        assert driver.warnings == ("It names no company.",)
        assert driver.fields.posted is None
        assert pays(tester) == []
        assert tester.warnings == ()
        assert found.faults == ("It names neither a title nor a company. @ $[3]",)

    def test_rows_of_any_kind(self) -> None:
        row = {"title": "a", "location": {"city": "Pune", "country": "IN"}}

        for source in (row, [row], (row,), iter([row]), '[{"title": "a"}]'):
            (found,) = read_jobspy(source)
            assert found.fields.title == "a"
        (found,) = read_jobspy(row)
        assert found.fields.location == "Pune, IN"

    def test_a_frame_is_read_by_its_rows(self) -> None:
        """Real ones are in ``tests/frames``; what only looks like one is refused."""

        class Frame:
            columns = ("title",)

        class WithRows(Frame):
            def to_dict(self, orient: str) -> list[dict[str, str]]:
                assert orient == "records"
                return [{"title": "a"}]

        (found,) = read_jobspy(WithRows())
        assert found.fields.title == "a"
        with pytest.raises(DecodeError, match="Rows are a list"):
            read_jobspy(Frame())

    @pytest.mark.parametrize(
        "source", ["", "a,b\n1,2\n", "title\n" + '"' + "x" * 200_000, 3, None, b"title"]
    )
    def test_what_has_no_rows_is_refused(self, source: Any) -> None:
        with pytest.raises(DecodeError):
            read_jobspy(source)


READERS: Any = {
    "job_posting_graph.json": read_job_posting,
    "greenhouse.json": read_greenhouse,
    "lever.json": read_lever,
    "ashby.json": read_ashby,
}


@pytest.mark.parametrize("name", READERS)
class TestEvery:
    def test_without_a_basis_pay_is_unknown_and_stages_are_assumed(
        self, name: str
    ) -> None:
        for one in READERS[name](text(name)):
            assert "pay" in one.unknown
            assert one.assumed == ("stages",)
            assert one.opportunity.stages == corporate()
            assert not one.opportunity.beliefs
            said = [one for one in one.warnings if "present salary is missing" in one]
            assert len(said) == (1 if one.fields.pays else 0)

    def test_text_bytes_and_trees_are_the_same(self, name: str) -> None:
        read = READERS[name]

        found: Postings = read(text(name))
        assert read(text(name).encode()) == found
        assert read(DOCUMENTS[name]) == found

    @pytest.mark.parametrize("source", ["[]", "{}", "null", "3", '"x"', "[[]]", "x"])
    def test_nothing_to_read_is_one_clear_error(self, name: str, source: str) -> None:
        with pytest.raises(DecodeError) as caught:
            READERS[name](source)

        assert caught.value.faults

    def test_a_number_that_python_will_not_print_is_no_traceback(
        self, name: str
    ) -> None:
        """As JSON it cannot come, but as a decoded tree it can."""
        huge = 10**5000
        job: dict[Any, Any] = {
            "@type": "JobPosting",
            "title": "a",
            "text": "a",
            "totalJobOpenings": huge,
            "baseSalary": huge,
            "isRemote": huge,
            huge: huge,
        }

        found = READERS[name]([job, huge])

        assert found.postings[0].fields.pays == ()

    def test_names_too_long_are_cut_and_said(self, name: str) -> None:
        del name
        job = {"title": "t" * 990, "company_name": "c" * 990}

        (found,) = read_greenhouse(job)

        assert len(found.opportunity.name) == 1000
        assert found.warnings == ("Its name has 1,982 characters and was cut.",)


@pytest.mark.parametrize(("count", "more"), [(0, False), (1, False), (2, True)])
def test_two_to_be_hired_are_another_opening(count: int, more: bool) -> None:
    posting = json.loads(text("job_posting.json")) | {"totalJobOpenings": count}

    (found,) = read_job_posting(json.dumps(posting), basis(60_000, "EUR"))

    assert (Sign.OTHER_OPENINGS in found.opportunity.signals) is more


@pytest.mark.parametrize("is_first", [True, False])
def test_ranges_of_which_some_are_estimates_are_an_estimate(is_first: bool) -> None:
    """Their noise is that of the same amounts that are all estimates."""
    plain = {"@type": "MonetaryAmount", "currency": "EUR", "value": {}}

    def noise(*estimates: bool) -> float:
        ranges = zip([(60_000, 66_000), (64_000, 70_000)], estimates, strict=True)
        values = []
        for (low, high), is_estimate in ranges:
            ends = {"minValue": low} | ({} if is_estimate else {"maxValue": high})
            values.append(plain | {"value": ends | {"unitText": "YEAR"}})
        posting = json.loads(text("job_posting.json")) | {"baseSalary": values}
        (found,) = read_job_posting(json.dumps(posting), basis(60_000, "EUR"))
        return reading(found).noise

    mixed = noise(is_first, not is_first)
    assert mixed > noise(False, False)
