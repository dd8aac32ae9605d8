"""The only code that knows SQL: one SQLCipher file with the log of changes and its projection."""
