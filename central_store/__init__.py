"""The central store: an ordered, signed log of ciphertext for several organisations.

It imports nothing of the program but the wire format.
"""
