"""Logs as other trackers keep them, written for the tests."""

import json

# The form of the log the shipped file was made from.
STATUS_LOG = json.dumps(
    [
        {
            "id": "1a",
            "companyName": "Acme Inc",
            "role": "Sr Eng Mgr",
            "status": "rejected",
            "note": "",
            "source": "referral",
            "statusLog": [
                {"status": "recruiterOutreach", "timestamp": "2025-05-01T13:00:00Z"},
                {"status": "initialScreen", "timestamp": "2025-05-08T17:09:39.201Z"},
                {"status": "interview1", "timestamp": "2025-05-12T00:00:00Z"},
                {"status": "interview5", "timestamp": "2025-05-19:00:00Z"},
                {"status": "rejected", "timestamp": "2025-05-28:00:00Z"},
            ],
            "firstContactDate": "2025-05-01",
            "lastContactDate": "2025-05-28",
            "reminderDate": "",
        },
        {
            "id": "2b",
            "companyName": "Moe's",
            "role": "Barback",
            "status": "applicationIgnored",
            "source": "board",
            "statusLog": [],
            "firstContactDate": "2025-05-02",
            "lastContactDate": "2025-05-20",
        },
    ]
)
# career-ops, data/status-log.tsv: number, date, from, to, source, note.
CAREER_OPS = (
    "# status log\n"
    "12\t2025-05-02\tEvaluated\tApplied\tset-status\tsent; by form\n"
    "3\t2025-05-03\tEvaluated\tSKIP\tset-status\t\n"
    "12\t2025-05-20\tApplied\tInterview\tset-status\t\n"
    "12\t2025-05-16\t-\tInterview\tcorrection\twrong day\n"
    "12\t2025-05-21\tInterview\tOffer\tset-status\t\n"
    "12\t2025-05-21\tOffer\t-\tset-status\tthat was another one\n"
    "12\t2025-05-28\tInterview\tInterview\tset-status\tanother round\n"
    "14\t2025-05-04\tEvaluated\tApplied\tweb\t\n"
    "14\t2025-05-10\tApplied\tResponded\t\n"
    "14\t2025-05-30\tResponded\tRejected\tset-status\t\n"
)
# job-ops, stage events: seconds since 1970, an end is "closed" with an outcome.
JOB_OPS = json.dumps(
    [
        {
            "id": str(number),
            "applicationId": "app-1",
            "title": "Status update",
            "groupId": None,
            "fromStage": origin,
            "toStage": stage,
            "occurredAt": 1746100800 + 86400 * number,
            "metadata": {"actor": "user", "eventType": "status_update"},
            "outcome": outcome,
        }
        for number, (origin, stage, outcome) in enumerate(
            [
                (None, "applied", None),
                ("applied", "recruiter_screen", None),
                ("recruiter_screen", "recruiter_screen", None),
                ("recruiter_screen", "hiring_manager_screen", None),
                ("hiring_manager_screen", "technical_interview", None),
                ("technical_interview", "closed", "ghosted"),
            ]
        )
    ]
)
# Simplify's export keeps the latest status alone.
SIMPLIFY = (
    "Job Title,Company Name,Job URL,Applied Date,Status,Status Date,Archived,Notes\n"
    "Analyst,Acme,https://a.example,2025-05-01,Rejected,2025-05-20,false,\n"
    '"Engineer, data",Globex,https://b.example,2025-05-02,Applied,2025-05-02,false,x\n'
    "Clerk,Initech,https://c.example,,Saved,,false,\n"
)
WIDE = (
    "Company;Position;Applied;Phone screen date;On-site interview;Offer\n"
    "Acme;Analyst;14.05.2025;20.05.2025;;\n"
    "Globex;Clerk;15.05.2025;;2.6.2025;120k\n"
)
FORMS = {
    "status log": STATUS_LOG,
    "career-ops": CAREER_OPS,
    "job-ops": JOB_OPS,
    "simplify": SIMPLIFY,
    "table": WIDE,
}
