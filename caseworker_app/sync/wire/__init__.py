"""The wire format: all that laptops and the central store have in common, and nothing else.

Every message is one CBOR map with known names. Names that are not known are ignored, so that a
newer program can add some; what is signed is kept and handed on as the bytes that were signed.
"""
