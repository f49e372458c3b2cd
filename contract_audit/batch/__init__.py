"""Many documents: collected from folders, each read and judged in a child process of its own, one result in fixed order."""

from contract_audit.batch.collect import Source, collect, names_below
from contract_audit.batch.pool import Progress
from contract_audit.batch.run import Options, picture_alone, read_alone, scan

__all__ = ["Options", "Progress", "Source", "collect", "names_below", "picture_alone", "read_alone", "scan"]
