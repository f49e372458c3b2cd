"""Document and clauses to values, parties, facts and obligations."""
