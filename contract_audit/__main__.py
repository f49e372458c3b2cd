"""`python -m contract_audit` is the command `contract-audit`."""

from contract_audit.cli import main

if __name__ == "__main__":
    main()
