"""What stands between the cells: citations, terms, formulas, dates, numbers."""
