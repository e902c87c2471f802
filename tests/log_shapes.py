"""Small logs in shapes of every kind, for ``logs/test_readings.py``."""

import json
from collections.abc import Mapping
from typing import Any

BOARD = {
    "lists": [
        {"id": "l1", "name": "Applied"},
        {"id": "l2", "name": "Phone screen"},
        {"id": "l3", "name": "Rejected"},
        "none",
    ],
    "cards": [
        {"id": "c1", "name": "Acme - Dev", "idList": "l2"},
        {"id": "c2", "name": "Bolt: Cook", "idList": "l3"},
        {"id": "c3", "name": "Core @ Clerk", "idList": "l1"},
        {"id": "c4", "name": "Dune", "idList": "l9"},
        {"id": "c5", "name": " Edge  |  Dev ", "idList": "l2"},
        {"id": "c6", "idList": "l1"},
        7,
    ],
    # The latest first, as Trello has them.
    "actions": [
        {"type": "updateCard", "date": "2026-03-20T09:00:00Z",
         "data": {"card": {"id": "c2"}, "listBefore": {"name": "Applied"},
                  "listAfter": {"name": "Rejected"}}},
        {"type": "updateCard", "date": "2026-03-19T09:00:00Z",
         "data": {"card": {"id": "c2"}, "list": {"name": "Offer"}}},
        {"type": "commentCard", "date": "2026-03-18T09:00:00Z",
         "data": {"card": {"id": "c2"}, "list": {"name": "Offer"}}},
        {"type": "createCard", "date": "2026-03-02T09:00:00Z",
         "data": {"card": {"id": "c2"}, "list": {"name": "Applied"}}},
        {"type": "copyCard", "date": "2026-03-03T09:00:00Z",
         "data": {"card": {"id": "c8", "name": "Gone – Dev"},
                  "list": {"name": "Applied"}}},
        {"type": "createCard", "data": {"card": {"id": "c9"}, "list": "Applied"}},
        {"type": "createCard", "data": {"card": 5}},
        {"type": "createCard", "data": None},
        5,
    ],
}  # fmt: skip

STATUSES = (
    *("Applied", "Contacted", "recruiter outreach", "Replied", "Phone screen"),
    *("Take home sent", "Interview", "2nd interview", "Interview 3", "Final round"),
    *("interview5", "Hiring manager", "Panel interview", "CEO interview", "Onsite"),
    *("Interview 2 panel", "Offer", "Offer accepted", "Accepted", "Offer declined"),
    *("Declined offer", "Declined", "Offer rescinded", "Rejected", "Withdrew"),
    *("Rejected after 2nd interview", "Rejected (no interview)", "Ghosted"),
    *("No response", "Closed", "On hold", "Not interested", "Not applied", "Wishlist"),
    *("Accepted interview invitation", "Interview scheduled", "Expired", "Discarded"),
    *("Offer, declined", "Rejected after offer", "Position cancelled", "Vibing", "👻"),
    *("Offer 2", "Interviewing 14", "Interview 15", "Role was a different job", "N/A"),
    *("Rejected 2026-03-09", "Abgelehnt", "Entretien 2", "第二次面试", "面接前", "x"),
    *("Hired", "Applied on 2026-03-02, rejected 2026-03-20", "Before interview"),
)

STAGES = "company,applied,phone screen,interview 1,onsite,offer,rejected"
CELLS = (
    *("2026-03-09", "x", "✓", "yes", "No", "n/a", "-", "2099-01-01", "3/4/2026"),
    *("passed", "rejected", "done 2026-03-09", "2026-03-09; 2026-03-12", "soon"),
    *("2026-03-09|1|phone; 2026-03-12|2|panel", "2026-03-09 and 2026-03-12 onsite"),
    *("2026-03-09 with HR; nothing yet; 2026-03-12 panel", "TRUE", "false", "120k"),
    *("2026-03-09 ok; 2099-03-12 panel; 2026-03-14 task", "x" * 70, "46090", "1"),
    *("2026-03-09 interview 2", "scheduled for 2026-03-09", "Rejected 2026-03-09"),
)
JSON_CELLS: tuple[object, ...] = (
    *(["2026-03-09", "2026-03-12"], ["2099-01-01"], [None, 5, {}], [], {}),
    *([{"date": "2026-03-09", "type": "panel"}], [{"on": "2026-03-09", "who": "Jo"}]),
    [{"date": "2026-03-09", "result": "rejected", "round": 2}],
    [{"date": "2099-03-09", "result": "rejected"}],
    [{"date": 1773014400, "type": "panel"}],
    [{"date": "never", "result": "interview 2"}, {"date": "2026-03-10"}],
    *(True, False, 1773014400, 1773014400000, 3.5, "2026-03-09", 20260309, "20260309"),
)


def table(head: str, *rows: str) -> str:
    return "\n".join((head, *rows)) + "\n"


def cells(column: str, beside: str = "2026-03-02") -> str:
    head = f"company,applied,{column}"
    rows = (f'C{n},{beside},"{cell}"' for n, cell in enumerate(CELLS))
    return table(head, *rows)


def objects(**more: Any) -> str:
    return json.dumps([{"company": "Acme", "role": "Dev", **more}])


STEPS: list[object] = [
    {"status": "Applied", "date": "2026-03-01", "via": "referral"},
    {"status": "Phone screen", "timestamp": "2026-03-08T10:00:00Z", "hours": 1},
    "Interview on 2026-03-10",
    "a note that says nothing of any kind",
    *("", None, 7, []),
    {"action": "moved", "type": "Interview", "day": "2026-03-12", "note": "good"},
    {"status": "Rejected", "date": "2099-01-01", "colour": "red"},
]

SHAPES: Mapping[str, str] = {
    "trello": json.dumps(BOARD),
    "trello without actions": json.dumps({**BOARD, "actions": None}),
    "sankey": "Applications [5] Rejected\nApplications [3] Phone screen #0a0\n"
    "Phone screen [1] Offer\nPhone screen [1] No answer\n// said\n",
    "arrows": "Applied -> Rejected: 3\nApplied => Interview (2)\nInterview → Offer, 1;"
    "\nInterview --> Ghosted [1]\n",
    "mermaid": "sankey-beta\nApplied, Rejected, 3\nApplied,Screen,2\nScreen,Offer,1x\n"
    "a,b\n",
    "flows": "Source, Target, Value\nApplied,Rejected,3\nApplied,Screen,2\n",
    "flows from": "from,to,count\nApplied,Silent,3\n",
    "statuses": table(
        "company,date,status",
        *(f'C{n},2026-03-02,"{status}"' for n, status in enumerate(STATUSES)),
    ),
    "statuses without days": table(
        "company,status", *(f'C{n},"{status}"' for n, status in enumerate(STATUSES))
    ),
    "statuses after an application": table(
        "company,applied,status,last contact",
        *(f'C{n},2026-03-02,"{s}",2026-03-20' for n, s in enumerate(STATUSES)),
    ),
    "outcomes": table(
        "company,date,status,outcome",
        *("A,2026-03-02,Applied,yes", "B,2026-03-02,Applied,no", "C,2026-03-02,x,?"),
        *("D,2026-03-02,Closed,Rejected", "E,2026-03-02,Interview,Offer"),
        *("F,2026-03-02,Closed,", "G,2026-03-02,,Withdrew", "H,2026-03-02,Offer,n/a"),
    ),
    "stages": table(
        STAGES,
        *("A,2026-03-01,2026-03-05,,,,2026-03-09", "B,x,x,x,,x,", "C,,,,,,"),
        *("D,2026-03-01,3/4/2026,13/4/2026,,,", "E,2026-03-01,,,yes,120k,no"),
        *("Total,4,2,2,1,2,1", "F,2026-03-09,2026-03-05,,,,", "G,2099-01-01,,,,,"),
    ),
    **{
        f"cells of {name}": cells(name)
        for name in ("phone screen", "interview", "offer date", "status", "response")
    },
    "cells of status date": table(
        "company,applied,status,status date",
        *(f'C{n},2026-03-02,Rejected,"{cell}"' for n, cell in enumerate(CELLS)),
    ),
    "cells of applied": table(
        "company,applied,status",
        *(f'C{n},"{cell}",Rejected' for n, cell in enumerate(CELLS)),
    ),
    "cells of hours": table(
        "company,date,status,hours,minutes,round",
        *("A,2026-03-02,Interview,2,,2", "B,2026-03-02,Interview,-1,,x"),
        *("C,2026-03-02,Interview,,90,0", "D,2026-03-02,Interview,abc,30,15"),
        *("E,2026-03-02,Interview,1e9,,14", "F,2026-03-02,Applied,3,,3"),
        *("G,2026-03-02,Interview 2,3,30,3", "H,,,1,1,1", "I,2026-03-02,Offer,inf,,"),
    ),
    **{
        f"items {number} of interviews": objects(applied="2026-03-02", interviews=cell)
        for number, cell in enumerate(JSON_CELLS)
    },
    **{
        f"item {number} of dates": objects(status="Rejected", date=cell)
        for number, cell in enumerate(JSON_CELLS)
    },
    "steps": objects(timeline=STEPS, status="Rejected", applied="2026-03-01"),
    "steps as text": table(
        "company,timeline",
        "A,Applied 2026-03-01; Screen 2026-03-05 | Offer 2026-03-20",
        "B,2026-03-01 applied -> 2026-03-09 rejected",
        "C,nothing yet",
    ),
    **{
        f"steps by {key}": objects(events=[{key: "Screen", "date": "2026-03-01"}])
        for key in ("kind", "activity", "what", "label", "round", "description",
                    "value", "text", "stage", "other")
    },
    **{
        f"steps by a kind beside {key}": objects(
            events=[{"type": "Interview", key: "Rejected", "date": "2026-03-01"}]
        )
        for key in ("status", "outcome", "stage", "from")
    },
    "merged cells": table(
        "company,role,status,date",
        *("Acme,Dev,Applied,2026-03-01", ",,Screen,2026-03-05"),
        *(",,Rejected,2026-03-09", "Bolt,,Applied,2026-03-02", "Acme,,Offer,"),
    ),
    "nothing above": table("company,role,status,date", ",,Screen,2026-03-05"),
    "one firm twice": table(
        "company,role,status,date",
        *("Acme,Dev,Applied,2026-03-01", "acme,dev,Rejected,2026-03-09"),
        *("Acme,Dev,Applied,2026-04-01", "Acme,Ops,Applied,2026-04-02"),
        *("Acme,Dev,Offer,2026-04-20", "Acme,Ops,Rejected,2026-04-20"),
        *("Acme,Ops,Rejected,2026-04-20", "Acme,Ops,Rejected,2026-05-20"),
        *("Confidential,Dev,Applied,2026-03-01", "confidential,Dev,Offer,2026-03-02"),
        "Gesamt,,7,",
    ),
    "own applications": table(
        "company,role,applied,status,status date,link,source",
        *("Acme,Dev,2026-03-01,Rejected,2026-03-09,https://a,board",),
        *("Acme,Dev,2026-04-01,Applied,,https://a,referral", "Acme,Dev,,Offer,,,"),
        *("Acme,Dev,2026-03-01,Rejected,2026-03-09,https://b,",),
        *("Acme,Dev,2026-03-01,Offer,,https://a,", "Acme,Dev,2026-03-01,Closed,,,"),
    ),
    "out of order": table(
        "company,status,date",
        *("A,Rejected,2026-03-20", "A,Applied,2026-03-01", "A,Screen,2026-03-09"),
        *("B,Interview 3,2026-03-01", "B,Interview 3,2026-03-01", "C,Offer,"),
    ),
    "from and to": table(
        "company,from,to,date",
        *("A,Applied,Screen,2026-03-05", "A,Screen,Rejected,2026-03-09"),
        *("B,Wishlist,Applied,2026-03-05", "C,Interview,Offer,"),
    ),
    "source and target": table(
        "company,source,target,date", "A,Applied,Screen,2026-03-05"
    ),
    "pairs": table(
        "company,status,date,status,date",
        *("A,Applied,2026-03-01,Rejected,2026-03-09", "B,Applied,2026-03-02,Odd,"),
    ),
    "by its cells": table(
        "firm name,remark,when it was",
        *("A,Applied,2026-03-01", "B,Rejected,2026-03-02", "C,odd,2026-03-03"),
    ),
    **{
        f"days beside {name}": table(
            f"company,status,{name},went",
            *("A,Rejected,2026-03-09,2026-03-01", "B,Offer,2026-03-08,2026-03-02"),
        )
        for name in ("date", "applied date", "status date", "first contact", "odd")
    },
    "first contact": table(
        "company,first contact,status,last contact",
        *("A,2026-03-01,Rejected,2026-03-09", "B,2026-03-01,,", "C,,Offer,2026-03-09"),
    ),
    "contradiction": table(
        "company,status,applied,interview",
        *("A,Applied,2026-03-01,2026-03-05", "B,Applied,2026-03-01,2026-03-06"),
        *("C,Interview,2026-03-01,2026-03-06", "D,Rejected,2026-03-01,2026-03-08"),
    ),
    "the day first": table(
        "company,applied,status", "A,3/5/2026,Rejected", "B,4/13/2026,Offer"
    ),
    "excel": table(
        "company,applied,status,status date", "A,46082,Rejected,46090", "B,46083,Odd,"
    ),
    "pasted twice": table(
        "My search,,", "", "company,status,date", "A,Applied,2026-03-01,more,and more",
        "company,status,date", "B,Rejected,2026-03-02",
    ),
    "separator alone": "sep=;\n",
    "separator and a line end": "sep=;\r\n\n",
    "separator": "sep=;\ncompany;status;date\nA, Inc.;Applied;2026-03-01\n",
    "pipes": "| **company** | `status` | date |\n|---|:--|--:|\n"
    "| [Acme](https://a) | Applied \\| sent | 2026-03-01 |\n",
    "tabs": "company\tstatus\tdate\nA\tApplied\t2026-03-01\n",
    "lines of objects": '{"company": "A", "status": "Applied", "date": "2026-03-01"}\n'
    '\n{"company": "B", "status": "Offer"}\n',
    "wrapped": json.dumps({"results": [{"properties": {
        "Company": {"title": [{"text": {"content": "Acme"}}]},
        "Status": {"select": {"name": "Rejected", "id": "1", "color": "red"}},
        "Date": {"date": {"start": "2026-03-01"}},
        "Deep": {"a": {"b": {"c": {"d": 1}}}},
    }}]}),
    **{
        f"below {name}": json.dumps({name: [{"company": "A", "status": "Applied"}]})
        for name in ("applications", "Stage-Events", "jobs", "items", "rows", "data",
                     "records", "results", "entries", "applicationList", "others")
    },
    "by number": json.dumps({"jobs": {"7": {"company": "A", "status": "Applied"}}}),
    "by name": json.dumps({
        "7": {"company": "A", "status": "Applied"},
        "8": {"company": "B", "status": "Offer"},
    }),
    "one object": json.dumps({"company": "A", "status": "Applied", "odd": 5}),
    "one status": json.dumps({"7": {"company": "A", "status": "Applied"}}),
    "no status": table("company,colour", "A,red", "B,blue"),
    "only days": table("company,date", "A,2026-03-01", "B,2026-03-02"),
    "only a role": table("role,status", "Dev,Applied", "Cook,Offer"),
    "much unknown": table(
        "company,status,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11",
        "A,Applied" + ",z" * 11,
        *(f"B,odd {'abcdefghijklm'[n]},,z" for n in range(13)),
    ),
    "one more unknown": table(
        "company,status,c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12",
        "A,Applied" + ",z" * 12,
        *(f"B,odd {'abcdefghijk'[n]}" for n in range(11)),
    ),
    "epochs": table("company,applied,odd", "A,2026-03-02,1773014400"),
    "either way": table("company,applied,status", "A,3/5/2026,Rejected 4/5/2026"),
    "early": table("company,status", "A,Saved", "B,Applied"),
    "nothing known": "abc,def\n1,2\n",
    "header alone": "company,status\n",
}  # fmt: skip

ASKED: list[tuple[str, dict[str, Any]]] = [
    ("the day first", {"day_first": True}),
    ("the day first", {"day_first": False}),
    ("much unknown", {"words": {"odd a": "Interview", "odd b": "early"}}),
    ("epochs", {"columns": {"phone screen": "odd"}}),
    ("epochs", {"columns": {"status_date": "odd"}}),
    ("either way", {"day_first": True}),
    ("either way", {"day_first": False}),
    ("early", {"words": {"Applied": "applied", "Saved": "vibing"}}),
    ("early", {"words": {"Applied": "hr screen 2"}}),
    ("much unknown", {"words": {"odd a": "offer declined", "ODD-B": "hiring_manager"}}),
    ("no status", {"columns": {"status": "colour"}, "words": {"red": "rejected"}}),
    ("only days", {"columns": {"phone screen": "date"}}),
    ("only days", {"columns": {"role": "DATE"}}),
    ("only days", {"columns": {"status_date": "date"}}),
    ("only days", {"columns": {"colour": "date"}}),
    ("only days", {"columns": {"role": "colour"}}),
    ("only days", {"words": {"red": "colour"}}),
    ("only days", {"words": 5}),
    ("only days", {"words": {"red": 5}}),
    ("only days", {"today": "soon"}),
]  # fmt: skip
"""Logs that are read with arguments."""
