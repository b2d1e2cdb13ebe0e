"""Tables as data: what stands in each is said here once, and drawn by `report.render`."""

from partnerselect.tables.spec import Cell, Column, Row, Span, Table, Text, sentences, table

__all__ = ["Cell", "Column", "Row", "Span", "Table", "Text", "sentences", "table"]
