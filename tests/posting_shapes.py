"""A job of every board with all its keys, for ``postings/test_readings.py``."""

from typing import Any

TEXT = "Of {}"

BOARDS: dict[str, dict[str, Any]] = {
    "Greenhouse": {
        "title": "Cook", "company_name": "Acme", "location": {"name": "Berlin"},
        "absolute_url": "https://a", "first_published": "2026-11-01",
        "application_deadline": "2026-12-01", "internal_job_id": 5,
        "departments": [{"name": "Kitchen"}], "offices": [{"name": "North"}],
        "requisition_id": "R1", "content": "Come <b>cook</b>.",
        "pay_input_ranges": [{
            "title": "Per hour OTE", "blurb": "a year", "currency_type": "EUR",
            "min_cents": 2000, "max_cents": 3000,
        }],
    },
    "Lever": {
        "text": "Cook", "title": "Chef", "hostedUrl": "https://a",
        "applyUrl": "https://b", "workplaceType": "hybrid", "country": "DE",
        "categories": {
            "allLocations": ["Berlin", "Bonn"], "location": "Ulm", "team": "Kitchen",
            "commitment": "Permanent, Full-time", "department": "Food", "level": "2",
        },
        "salaryRange": {
            "currency": "EUR", "interval": "per-month-salary", "min": 2000, "max": 3000,
        },
        "salaryDescriptionPlain": "and a bonus", "salaryDescription": "<b>bonus</b>",
        "createdAt": 1793491200000, "descriptionPlain": "Plain", "description": "Rich",
    },
    "Ashby": {
        "title": "Cook", "organizationName": "Acme", "companyName": "Bolt",
        "location": "Berlin", "secondaryLocations": [{"location": "Bonn"}],
        "workplaceType": "OnSite", "isRemote": True, "isListed": False,
        "jobUrl": "https://a", "applyUrl": "https://b", "employmentType": "FullTime",
        "publishedAt": "2026-11-01", "publishedDate": "2026-11-02",
        "department": "Food", "team": "Kitchen", "descriptionPlain": "Plain",
        "descriptionHtml": "<b>Rich</b>",
        "compensation": {
            "scrapeableCompensationSalarySummary": "€40K - €50K",
            "compensationTierSummary": "€60K",
            "summaryComponents": [
                {"compensationType": "Salary", "interval": "1 YEAR", "minValue": 5e4,
                 "maxValue": 6e4, "currencyCode": "EUR", "summary": "€50K"},
                {"compensationType": "Bonus", "summary": "10 %", "label": "Ten"},
                {"compensationType": "EquityCash", "minValue": 5, "maxValue": 9,
                 "currencyCode": "USD"},
                {"compensationType": "Commission", "label": "some"},
            ],
            "compensationTiers": [{"components": [
                {"compensationType": "salary", "minValue": 7e4, "currencyCode": "CHF"},
            ]}],
        },
    },
    "Workday": {
        "hiringOrganization": {"name": "Acme"}, "title": "Outside",
        "jobPostingInfo": {
            "title": "Cook", "location": "Berlin", "locationsText": "2 Locations",
            "additionalLocations": ["Bonn", "Ulm"], "remoteType": "Hybrid",
            "externalUrl": "https://a", "externalPath": "/b", "timeType": "Full time",
            "startDate": "2026-11-01", "endDate": "2026-12-24", "jobReqId": "R1",
            "postedOn": "Posted 30+ Days Ago", "bulletFields": ["R2"],
            "jobDescription": "<p>Cook</p>",
        },
    },
    "SmartRecruiters": {
        "refNumber": "1", "name": "Cook", "title": "Chef", "company": {"name": "Acme"},
        "location": {
            "fullLocation": "Berlin, Germany", "city": "Bonn", "region": "nw",
            "country": "de", "hybrid": False, "remote": True,
        },
        "postingUrl": "https://a", "applyUrl": "https://b", "ref": "https://c",
        "typeOfEmployment": {"label": "Full-time"}, "releasedDate": "2026-11-01",
        "compensation": {"min": 20, "max": 30, "currency": "EUR", "period": "HOUR"},
        "department": {"label": "Food"}, "function": {"label": "Kitchen"},
        "industry": {"label": "Hotels"}, "experienceLevel": {"label": "Junior"},
        "jobAd": {"sections": {"one": {"text": "First"}, "two": {"text": "Second"}}},
    },
    "Recruitee": {
        "employment_type_code": "fulltime", "title": "Cook", "company_name": "Acme",
        "location": "Berlin", "city": "Bonn", "country": "de", "hybrid": False,
        "remote": False, "on_site": True, "careers_url": "https://a",
        "careers_apply_url": "https://b", "min_hours": 20, "max_hours": 30,
        "salary": {"min": 2000, "max": 3000, "currency": "EUR", "period": "month"},
        "published_at": "2026-11-01 00:00:00 UTC", "created_at": "2026-11-02",
        "close_at": "2026-12-24", "department": "Food", "experience_code": "junior",
        "description": "First", "requirements": "Second",
    },
    "Personio": {
        "schedule": "full-time", "name": "Cook", "title": "Chef", "subcompany": "Acme",
        "company": "Bolt", "office": "Berlin", "offices": ["Bonn", "Berlin"],
        "additionalOffices": ["Ulm"], "employmentType": "permanent",
        "employment_type": "intern", "createdAt": "2026-11-01",
        "created_at": "2026-11-02", "department": "Food", "seniority": "junior",
        "yearsOfExperience": "1-2", "occupation": "cook", "keywords": "food",
        "jobDescriptions": {"jobDescription": [{"name": "a", "value": "First"},
                                               {"name": "b", "value": "Second"}]},
        "description": "Third",
    },
    "Teamtailor": {
        "attributes": {
            "title": "Cook", "location": "Berlin", "locations": ["Bonn"],
            "remote-status": "temporary", "employment-type": "fulltime",
            "min-salary": 2000, "max-salary": 3000, "currency": "EUR",
            "salary-time-unit": "monthly", "start-date": "2026-11-01",
            "created-at": "2026-11-02", "date_published": "2026-11-03",
            "end-date": "2026-12-24", "employment-level": "entry", "tags": ["food"],
            "pitch": "First", "body": "Second", "content_html": "Third",
        },
        "links": {"careersite-job-url": "https://a"}, "url": "https://b",
    },
    "Workable": {
        "shortcode": "A1", "title": "Cook", "full_title": "Chef", "company": "Acme",
        "company_name": "Bolt", "board_name": "Core",
        "location": {
            "location_str": "Berlin, Germany", "city": "Bonn", "region": "NW",
            "state": "North", "country": "Germany", "workplace_type": "hybrid",
            "telecommuting": True, "remote": True,
        },
        "workplace_type": "on_site", "workplace": "remote", "telecommuting": True,
        "remote": True, "url": "https://a", "shortlink": "https://b",
        "application_url": "https://c", "employment_type": "Full-time", "type": "other",
        "salary": {"salary_from": 20000, "salary_to": 30000, "salary_currency": "EUR"},
        "published_on": "2026-11-01", "published": "2026-11-02",
        "created_at": "2026-11-03", "department": "Food", "function": "Kitchen",
        "industry": "Hotels", "experience": "some", "education": "none",
        "description": "First", "requirements": "Second", "benefits": "Third",
    },
    "JobSpy": {
        "title": "Cook", "company": "Acme", "company_name": "Bolt", "min_amount": 2000,
        "max_amount": 3000, "currency": "EUR", "interval": "monthly",
        "salary_source": "description", "is_remote": True,
        "work_from_home_type": "Hybrid", "city": "Bonn", "state": "NW",
        "country": "Germany", "location": "Berlin, Germany",
        "job_url_direct": "https://a", "job_url": "https://b",
        "job_type": "fulltime, contract", "date_posted": "2026-11-01",
        "vacancy_count": 3, "site": "indeed", "job_level": "junior",
        "job_function": "cooking", "company_industry": "Hotels",
        "company_num_employees": "11-50", "company_revenue": "low",
        "company_rating": 4.5, "company_reviews_count": 7, "experience_range": "0-1",
        "skills": "knives", "description": "Come and cook.",
    },
    "schema.org JobPosting": {
        "@type": "JobPosting", "title": "Cook", "name": "Chef",
        "hiringOrganization": {"name": "Acme"}, "jobLocationType": "TELECOMMUTE",
        "jobLocation": [
            {"address": {"addressLocality": "Berlin", "addressRegion": "BE",
                         "addressCountry": "DE"}, "name": "Office"},
            {"address": "Bonn", "name": "Other"}, {"name": "Third"}, "Ulm",
        ],
        "applicantLocationRequirements": [{"name": "Germany"}, {"name": "France"}],
        "url": "https://a", "mainEntityOfPage": "https://b", "sameAs": "https://c",
        "employmentType": "FULL_TIME, TEMPORARY",
        "baseSalary": {
            "currency": "EUR", "priceCurrency": "EUR", "unitCode": "MON",
            "value": {"minValue": 2000, "maxValue": 3000, "unitText": "MONTH"},
        },
        "salaryCurrency": "EUR",
        "estimatedSalary": {"currency": "CHF", "median": 50000, "unitText": "YEAR",
                            "percentile10": 40000, "percentile25": 45000,
                            "percentile75": 55000, "percentile90": 60000},
        "incentiveCompensation": "a bonus", "incentives": "more",
        "jobBenefits": "a car", "benefits": "a desk", "datePosted": "2026-11-01",
        "validThrough": "2026-12-24", "totalJobOpenings": 2, "skills": "knives",
        "qualifications": "none", "experienceRequirements": "some",
        "educationRequirements": "school", "industry": "Hotels",
        "occupationalCategory": "Food", "workHours": "20 hours a week",
        "identifier": {"value": "J1"}, "description": "Come and cook.",
    },
}  # fmt: skip
"""Every key that is read, as a board writes it."""

LEAST: dict[str, dict[str, Any]] = {
    "Greenhouse": {"title": "Clerk", "internal_job_id": 5},
    "Lever": {"text": "Clerk", "hostedUrl": ""},
    "Ashby": {"title": "Clerk", "isListed": True},
    "Workday": {"jobReqId": "R9", "jobPostingInfo": {"title": "Clerk"}},
    "SmartRecruiters": {"refNumber": "9", "name": "Clerk"},
    "Recruitee": {"employment_type_code": "full", "title": "Clerk"},
    "Personio": {"schedule": "full-time", "name": "Clerk"},
    "Teamtailor": {"attributes": {"title": "Clerk"}},
    "Workable": {"shortcode": "A9", "title": "Clerk"},
    "JobSpy": {"title": "Clerk", "job_url": "https://z"},
    "schema.org JobPosting": {"@type": "JobPosting", "title": "Clerk"},
}
"""The least by which a job of each is known."""

VARIANTS: list[tuple[str, Any]] = [
    ("a list", [{"text": "Cook", "hostedUrl": "a"}, 5, {"text": "", "hostedUrl": "b"}]),
    ("an error", {"error": "gone"}),
    ("nothing", {"jobs": []}),
    ("unknown", {"colour": "red"}),
    ("a prospect", {"title": "Cook", "internal_job_id": None}),
    ("pay in content", {
        "title": "Cook", "absolute_url": "a",
        "content": '&lt;div class="title"&gt;Per hour&lt;/div&gt;\n&lt;div class="pay-'
        'range"&gt;&lt;span&gt;$20&lt;/span&gt; - &lt;span&gt;$30 USD&lt;/span&gt;'
        '&lt;/div&gt;<div class=\'pay-range\'>40,000 EUR</div>',
    }),
    ("a workday list", {"jobPostings": [
        {"title": "Cook", "externalPath": "/a", "locationsText": "Bonn",
         "postedOn": "Posted 3 Days Ago", "bulletFields": ["R1"]},
        {"title": "Chef", "externalPath": "/b", "postedOn": "Posted 30+ days ago"},
    ]}),
    ("a firm beside its jobs", {
        "name": "Acme", "jobs": [{"shortcode": "A", "title": "B"}]}),
    ("one in place of a list", {"offer": {"careers_url": "a", "title": "Cook"}}),
    ("a smart list", {"content": [{"refNumber": "1", "name": "Cook", "location": {
        "city": "Bonn", "region": "nw", "country": "de", "hybrid": True}}]}),
    ("teamtailor", {"items": [{
        "title": "Cook", "content_html": "Come.", "url": "a",
        "date_published": "2026-11-01", "remote-status": "none"}]}),
    ("fully remote", {"data": [{"attributes": {
        "title": "A", "remote-status": "Fully"}}]}),
    ("workable place", {"full_title": "Cook", "city": "Bonn", "state": "NW",
                        "country": "de", "remote": True}),
    ("personio list", {"data": [{
        "name": "Cook", "office": "Bonn", "schedule": "part-time"}]}),
    ("tiers", {"title": "Cook", "isListed": True, "isRemote": True, "compensation": {
        "compensationTiers": [{"components": [
            {"compensationType": "Salary", "minValue": 7e4, "currencyCode": "CHF"},
            {"compensationType": "Equity"}]}]}}),
    ("summaries", {"title": "Cook", "isListed": True, "compensation": {
        "compensationTierSummary": "€60K a year"}}),
    ("typed with a prefix", {"@graph": [
        {"@type": "http://schema.org/JobPosting", "http://schema.org/title": "A",
         "hiringOrganization": {"@id": "#firm"}, "jobLocation": [{"@id": "#place"}]},
        {"@type": ["schema:JobPosting", "Thing"], "schema:title": "B",
         "hiringOrganization": {"@id": "#none"}},
        {"@id": "#firm", "name": "Acme"}, {"@id": "#place", "address": "Bonn"},
    ]}),
    ("without a type", {"title": "A", "employmentType": "FULL_TIME"}),
    ("pay in words", {"@type": "JobPosting", "title": "A", "salaryCurrency": "EUR",
        "baseSalary": ["40k - 50k a year", 3000, {"value": "20 per hour"}]}),
    ("with and without a currency", {"@type": "JobPosting", "title": "A",
                                     "baseSalary": ["50k a year", "60k EUR a year"]}),
    ("two currencies", {"@type": "JobPosting", "title": "A", "baseSalary": {
        "currency": "EUR", "priceCurrency": "USD", "value": 500,
        "unitText": "2 WEEK"}}),
    ("odd units", {"@type": "JobPosting", "title": "A", "baseSalary": {
        "currency": "shells", "minPrice": 9, "maxPrice": 5, "unitCode": "fortnight"}}),
    ("an old estimate", {
        "@type": "JobPosting", "title": "A", "datePosted": "2026-05-01",
        "estimatedSalary": {"price": 50000, "currency": "EUR"}}),
    ("long ago closed", {
        "@type": "JobPosting", "title": "A", "validThrough": "2026-05-01"}),
    ("pay in its text", {"@type": "JobPosting", "title": "A (contract)",
                         "description": "<b>&lt;i&gt;$120k&lt;/i&gt;</b> to start"}),
    ("two firms", {"@type": "JobPosting", "title": "A",
                   "hiringOrganization": [{"name": "B"}, {"legalName": "C"}, 5, True]}),
]  # fmt: skip

VALUES: list[Any] = [
    *(None, "", " n/a ", "NaN", "not specified", True, False, 0, 1, -1, 2.5, 5e9),
    *(1e300, 10**400, -(10**400), 1e14, 1e15, 1793491200, 1793491200000, 631152000),
    4102444799,
    *("5", "5.0", "2.5", "1e3", "1.500", "€5", "yes", "0", "Remote", "US, Remote"),
    *("2026-11-01", "2026-11-01T23:30:00-05:00", "01/02/2026", "November 1, 2026"),
    *("20261101", "2026", "2026-13-01", '["a", "b"]', '{"name": "a"}', '["[1]"]', "[1"),
    *(["a", "a", None, ["b", ["c"]]], [], {}, {"@value": "a"}, {"name": ["a", "b"]}),
    *({"legalName": "a", "value": 5}, {"title": {"name": "x"}}, {"other": "a"}),
    *(list(range(100)), list(range(101)), "x" * 400, "a, b,,a", "12 %"),
    *({"value": "3,000 EUR"}, {"minValue": 5, "maxValue": 3}, {"value": -5}),
    {"value": {"value": 5000}},
    *("a\u0000\u202eb", "  a \n b "),
]  # fmt: skip
"""What stands below a key in the wild, and worse."""

FIELDS = (
    *("title", "jobLocation", "employmentType", "baseSalary", "datePosted"),
    *("totalJobOpenings", "description"),
)

PAYS = (
    *("$120k - 150k a year", "120-150k", "45.000 € brutto", "US$350 per day", "1.500"),
    *("from 3,000 EUR monthly", "up to £50k pa", "£50,000+", "60k + bonus", "60k+"),
    *("€50k net", "0 EUR", "50 to 5,000 EUR", "5 to 100 EUR", "5 to 101 EUR", "1e15"),
    *("EUR 50 or USD 60", "Salary (USD): $120k", "C$90k", "¥5000000", "kr 40000 /mån"),
    *("12 LPA", "5 lakh", "30万", "3,000 x 14", "14 pagas de 2.000 €", "2000€ 13th"),
    *("20 €/h, 38.5 h/week", "40 hours a week, 20 EUR an hour", "25 EUR", "25 €/Std."),
    *("£500 per fortnight", "500 EUR per project", "biweekly 900 USD", "900 USD semi-"),
    *("401k", "10 % bonus", "5% to 50,000 EUR", "Grade 7 - £50,000", "G7 £50,000 pa"),
    *("70000EUR", "EUR70000", "70kEUR", "50,000pa", "~ 50k EUR", "ca. 50 000 EUR"),
    *("50'000 CHF", "50 000,50 EUR", "1,234.5 USD", "1.234,5 EUR", "1,23,456 INR"),
    *("between 40k and 50k EUR", "40k bis 50k €", "40k/50k EUR", "40k, 50k, 60k EUR"),
    *("50k EUR per year or 5k EUR per month", "zł 9000 miesięcznie", "月薪 20千 元"),
    *("competitive", "DOE", "50000 (EUR)", "5 000 000 000 000 000 EUR", "9e14 EUR"),
    *("999,999,999,999,999 EUR", "50k€ p.a.", "50,000 per annum", "20/hr USD", "20/h"),
)
"""Pay in words."""

TIMES = (
    *("YEAR", "2 WEEK", "semi-monthly", "bi-weekly", "0 WEEK", "HOUR", "day or week"),
    *(
        "per annum",
        "/h",
        "hourly",
        "P1Y",
        "ANNUALLY",
        "Monat",
        "pro Stunde",
        "3 MONTHS",
    ),
)
"""Times that pay is for."""

EMPLOYMENT = (
    *("FULL_TIME", "PART_TIME", "part-time, 20 hours a week", "30 hours per week"),
    *("29 hours per week", "20-25 Stunden pro Woche", "part-time 50%", "Teilzeit 80 %"),
    *("part-time 4 h a day, 5 days a week", "part-time, 3 days a week", "0.6 FTE"),
    *("part-time 0.6 FTE", "part-time 20", "part-time 16-20", "20h", "part-time 20 h"),
    *("CONTRACTOR", "TEMPORARY", "permanent contract", "freelance", "INTERN", "vikar"),
    *(
        "full-time or part-time",
        "part-time, 60 hours a week",
        "part-time 0 hours a week",
    ),
)
"""Kinds of employment and hours."""

PLACES = (
    *("Berlin, Germany", "Lahore, Pakistan", "Georgia", "Atlanta, Georgia", "Tbilisi"),
    *("Atlanta, GA, US", "London; Paris, France", "Zürich (CH)", "IN", "Mumbai, IN"),
    *("Indianapolis, IN", "Toronto, ON, CA", "San Francisco, CA", "Remote - Germany"),
    *(
        "Hybrid, Berlin",
        "On-site Berlin",
        "Remote",
        "Berlin (100 % remote)",
        "not remote",
    ),
)
"""Where a job is, whose currency may be another."""
