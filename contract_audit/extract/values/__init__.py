"""What a text says in figures: dates, recurrences, durations, deadlines, money, areas, percentages, counts."""

from contract_audit.extract.values.scan import moved, values, values_in

__all__ = ["moved", "values", "values_in"]
