"""The only code that knows SQL: one SQLCipher file with the log of changes and its projection."""

STORE_NAME = "store.db"
"""The encrypted file. Here, so that looking for it imports no SQL."""
