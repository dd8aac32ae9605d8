"""All that Caseworker does without a screen: values, store, keys, printing, actions."""

__version__ = "0.1.0"
