"""A process that writes to a ledger, for tests of many writers and of sudden death.

python writing.py PLACE WHO COUNT      adds its name to the note of item 1 COUNT times, and prints each version
"""

import sys
from datetime import UTC, datetime

from contract_audit.ledger.moves import edit
from contract_audit.ledger.store import open_ledger
from contract_audit.ledger.writer import writing


def main() -> None:
    place, who, count = sys.argv[1], sys.argv[2], int(sys.argv[3])
    ledger = open_ledger(place)
    for turn in range(count):
        with writing(ledger, who, datetime(2026, 6, 30, tzinfo=UTC)) as writer:
            before = writer.item(1)
            after = edit(writer, 1, {"note": f"{before.note or ''}{who}{turn};"})
        sys.stdout.write(f"{after.version}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
