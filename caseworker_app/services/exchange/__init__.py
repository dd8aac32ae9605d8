"""One exchange with the central store, and what a coach can do about it. See docs/exchange.md."""
