"""One check kind a module; CHECKS is the closed list."""
