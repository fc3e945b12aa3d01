"""Tables for people are written in one place, where no cell can become a formula of somebody's office program."""

import ast

from tests.architecture.sources import nodes, nothing, place, python_files

WRITERS = {
    "src/ratusz/foundation/kit/spreadsheets.py": "the one place: it makes cells that begin like formulas harmless",
    "src/ratusz/participation/budget/pabulib/writer.py": "a format of researchers' programs, read by no office program",
    "src/ratusz/casework/documents/xlsx.py": "writes every cell as text or as a number",
}


def test_csv_and_xlsx_are_written_in_one_place():
    found = sorted(
        f"{place(path)}:{node.lineno} {node.attr}"
        for path in python_files()
        if place(path) not in WRITERS and "tests" not in path.parts
        for node in nodes(path, ast.Attribute)
        if isinstance(node.value, ast.Name)
        and (node.value.id, node.attr) in {("csv", "writer"), ("csv", "DictWriter"), ("xlsxwriter", "Workbook")}
    )
    nothing(found, "Write it with kit.spreadsheets.csv_lines or documents.xlsx.xlsx_of: a cell such as =1+1 must stay text.")
