"""The commands of `caseworker-central`, a module for each thing they are about.

Each module adds its commands to the parser; each command names the function that carries it out.
"""
