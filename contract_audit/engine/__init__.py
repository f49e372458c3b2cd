"""Rules and an understood document to findings."""
