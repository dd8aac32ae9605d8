"""The only code that knows SQL: one SQLCipher file with the log of changes and its projection."""

STORE_NAME = "store.db"
"""The encrypted file. Here, so that looking for it imports no SQL."""

HANDOVER_NAME = "handover.cbor"
"""What a laptop that was signed off could not hand in before it forgot its keys."""
