"""Keys: slots and unlocking, recovery, device identity, sealing. Nothing else touches them."""
