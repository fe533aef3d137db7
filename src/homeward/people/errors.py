"""The one error that a file of people can cause: which file, which sheet or row, what is wrong, and what to do about it.

Every problem is one line of the table `PROBLEMS`; the code, the documentation and the tests read the same table. The text
names files, sheets, rows and headings of columns, and never what stands in a person's row.

>>> print(PeopleFileError("empty_file", "list.csv"))
list.csv: The file is empty. Ask the sender for the file again.
>>> print(PeopleFileError("two_headers", "list.xlsx", sheet="Sheet1", row=40, first=3))  # doctest: +ELLIPSIS
list.xlsx, sheet "Sheet1", row 40: Rows 3 and 40 both claim to be the header of the table, with different columns. Put ...
"""

from __future__ import annotations

from collections.abc import Mapping

#: code -> (what is wrong, what to do). Words in braces are filled in by the code that raises.
PROBLEMS: Mapping[str, tuple[str, str]] = {
    "no_file": ("There is no such file.", "Check the path and the name."),
    "directory": ("This is a folder, not a file.", "Name one file in it."),
    "not_readable": ("The file may not be read.", "Ask for the right to read it, or copy it to a place of your own."),
    "not_writable": ("The file could not be written.", "Close it in other programs, and check the folder, its rights and the free space."),
    "empty_file": ("The file is empty.", "Ask the sender for the file again."),
    "too_big": ("The file has {size} MB; at most {limit} MB are read.", "Split the list, or remove pictures from it."),
    "pdf": ("This is a PDF.", "Ask the sender for the table itself, as XLSX or CSV; a PDF cannot be read without guessing."),
    "image": ("This is a picture.", "Type the list into a table, or ask the sender for the table as XLSX or CSV."),
    "word": ("This is a text document, not a spreadsheet.", "Copy its table into a spreadsheet and save that as XLSX."),
    "presentation": ("This is a presentation, not a spreadsheet.", "Copy its table into a spreadsheet and save that as XLSX."),
    "html": ("This is a web page, whatever its name ends in.", "Open it in a spreadsheet program and save it as XLSX."),
    "xml": ("This is an XML file (perhaps Excel 2003 XML).", "Open it in a spreadsheet program and save it as XLSX."),
    "rtf": ("This is a rich text document.", "Copy its table into a spreadsheet and save that as XLSX."),
    "archive": ("This is a packed archive.", "Unpack it and name the file of the list inside."),
    "numbers": ("This is an Apple Numbers file.", "Export it as Excel (XLSX)."),
    "program": ("This is a program or a database, not a list.", "Do not open it. Ask the sender for the list as XLSX or CSV."),
    "binary": ("This is neither a spreadsheet nor a text file.", "Ask the sender for the list as XLSX or CSV."),
    "encrypted": ("The workbook is locked with a password.", "Open it with the password and save a copy without one."),
    "damaged": ("The workbook is damaged or was cut off on the way.", "Ask the sender for the file again."),
    "bomb": (
        "The workbook unpacks to more than {limit} MB.",
        "Do not open it in other programs. Ask the sender for the list as plain XLSX or CSV.",
    ),
    "too_wide": (
        "The sheet claims {rows} rows and {columns} columns, more than a list can have.",
        "Copy the list alone into a new workbook (a stray cell far away makes a sheet this large).",
    ),
    "encoding": ("The letters of this text file are in no encoding that can be told.", "Save it again as CSV UTF-8, or as XLSX."),
    "open_quote": ("A quotation mark opens here and never closes.", "Close or remove it, or save the list as XLSX."),
    "no_sheet": ("There is no sheet of this name. The sheets are: {sheets}.", "Choose one of them with the option `sheet`."),
    "sheet_of_csv": ("A text file has no sheets.", "Leave the option `sheet` out."),
    "empty_sheet": ("The sheet is empty.", "Check that the right file and the right sheet were named."),
    "no_header": (
        "No row with headings of columns was found.",
        "Put one row such as Surname, Given names, Date of birth above the people, or name your headings in a mapping file.",
    ),
    "no_name_column": (
        "The header has no column with a surname or a full name.",
        "Correct the heading of that column, or name it in a mapping file.",
    ),
    "two_headers": (
        "Rows {first} and {row} both claim to be the header of the table, with different columns.",
        "Put each table on a sheet of its own and choose one with the option `sheet`.",
    ),
    "two_sheets": (
        "Several sheets hold a list: {sheets}.",
        "Choose one with the option `sheet`, and read the others one by one.",
    ),
    "mapping_file": ("The mapping file is not valid TOML: {reason}.", 'Write one line per column: "heading" = "field".'),
    "mapping_value": (
        'The heading "{heading}" is mapped to "{field}", which is no field.',
        "Use one of: {fields}.",
    ),
    "mapping_twice": (
        'The headings "{heading}" and "{second}" are the same heading with different fields.',
        "Keep one of the two lines.",
    ),
}  # fmt: skip


class PeopleFileError(Exception):
    """A file of people that cannot be read or written. `code` is a key of `PROBLEMS`; `file` is the file's name without folders.

    `row` is the number that Excel shows. `problem` and `remedy` are whole sentences.
    """

    def __init__(self, code: str, file: str, *, sheet: str = "", row: int | None = None, **details: object) -> None:
        problem, remedy = PROBLEMS[code]
        fill = {key: str(value) for key, value in details.items()} | {"row": str(row)}
        self.code = code
        self.file = file
        self.sheet = sheet
        self.row = row
        self.problem = problem.format(**fill)
        self.remedy = remedy.format(**fill)
        where = [file or "(no name)"]
        if sheet:
            where.append(f'sheet "{sheet}"')
        if row is not None:
            where.append(f"row {row}")
        super().__init__(f"{', '.join(where)}: {self.problem} {self.remedy}")
