"""How ``job-search-2025.csv`` was made from the log its author published.

    python derive_job_search_2025.py job-search-log.json > job-search-2025.csv

One row an entry of ``statusLog``, in the file's order, with the day of its time stamp.
Processes are numbered in that order; titles of jobs, notes and times of day are
dropped.
"""

import csv
import json
import sys
from pathlib import Path


def main(name: str) -> None:
    log = json.loads(Path(name).read_text(encoding="utf-8"))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("process", "company", "source", "status", "date"))
    for number, process in enumerate(log, start=1):
        for step in process["statusLog"]:
            writer.writerow(
                (
                    f"p{number:03d}",
                    process["companyName"],
                    process["source"],
                    step["status"],
                    step["timestamp"][:10],
                )
            )


if __name__ == "__main__":
    main(sys.argv[1])
