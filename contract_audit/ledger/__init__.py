"""The ledger (台账): findings become items of work, with who decided what, when and on which proof.

`store` opens a ledger and `writer` is the only way to change it: each change is one transaction that writes the item
and a link of the hash-chained history. `states` holds the state machine as data.
"""
