"""A person as claims: names as they were written, partial dates, identifiers, status; files of people in and out.

This room never decides whether two records are the same person (`homeward.matching` proposes, two officers decide).

`read_people` reads a list from XLSX, CSV, XLS, XLSB or ODS; every row comes back accepted, accepted with remarks, or refused
with a reason. `write_table` writes tables that a spreadsheet shows and never executes; `annotate` puts remarks beside the rows
of a copy. What lists may look like is described in `docs/list-formats.md`.
"""

from typing import TYPE_CHECKING

from homeward.people.lazily import when_asked_for

if TYPE_CHECKING:
    from homeward.people.annotating import annotate
    from homeward.people.columns import COLUMN_KINDS, HEADINGS
    from homeward.people.dates import PartialDate
    from homeward.people.errors import PROBLEMS, PeopleFileError
    from homeward.people.mapping import read_mapping
    from homeward.people.peoplefile import Counts, PeopleFile, Row, Verdict
    from homeward.people.person import CODES, Absence, Claim, Field, Person, Source, Value
    from homeward.people.progress import Progress, one_step
    from homeward.people.reader import read_people
    from homeward.people.remarks import FIELD_NAMES, REMARKS, Remark
    from homeward.people.writer import Column, Writable, table_bytes, write_table
else:
    __getattr__ = when_asked_for(
        __name__,
        {
            "annotating": "annotate",
            "columns": "COLUMN_KINDS HEADINGS",
            "dates": "PartialDate",
            "errors": "PROBLEMS PeopleFileError",
            "mapping": "read_mapping",
            "peoplefile": "Counts PeopleFile Row Verdict",
            "person": "CODES Absence Claim Field Person Source Value",
            "progress": "Progress one_step",
            "reader": "read_people",
            "remarks": "FIELD_NAMES REMARKS Remark",
            "writer": "Column Writable table_bytes write_table",
        },
    )

__all__ = [
    "CODES",
    "COLUMN_KINDS",
    "FIELD_NAMES",
    "HEADINGS",
    "PROBLEMS",
    "REMARKS",
    "Absence",
    "Claim",
    "Column",
    "Counts",
    "Field",
    "PartialDate",
    "PeopleFile",
    "PeopleFileError",
    "Person",
    "Progress",
    "Remark",
    "Row",
    "Source",
    "Value",
    "Verdict",
    "Writable",
    "annotate",
    "one_step",
    "read_mapping",
    "read_people",
    "table_bytes",
    "write_table",
]
