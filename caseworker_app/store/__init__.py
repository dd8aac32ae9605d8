"""The only code that knows SQL: one SQLCipher file with the log of changes and its projection."""

STORE_NAME = "store.db"
"""The encrypted file. Here, so that looking for it imports no SQL."""

HANDOVER_NAME, SIGNED_OFF_NAME = "handover.cbor", "signed_off.cbor"
"""What a laptop that was signed off still has to hand in, and its note of who has done that."""
