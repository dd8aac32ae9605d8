"""The organisation's office: its keys, its directory, its people and laptops.

What needs the organisation's key file works without a database, so that it can be done on a machine
that has never seen a network.
"""
