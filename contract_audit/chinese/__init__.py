"""Pure functions on Chinese text: folding with an offset map, numerals, dates, masks. Knows nothing of contracts."""
