"""Keys: slots and unlocking, recovery, device identity, sealing. Nothing else touches them."""

SLOTS_NAME = "slots.json"
"""The file that every store has beside it. Here, so that asking for it imports no keys."""
