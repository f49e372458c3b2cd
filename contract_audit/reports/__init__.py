"""A scan to files. WRITERS is the closed list, by suffix."""
