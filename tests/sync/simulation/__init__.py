"""Many laptops and one central store in one process: the real code over a network that fails.

A *schedule* is everything that happens after one seed: who writes, who is offline, what is lost on
the way, who loses a laptop. The same seed gives the same schedule, and the same trace.
"""
