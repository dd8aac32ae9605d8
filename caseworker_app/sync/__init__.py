"""The exchange with the central store. Its wire format and client come with the central store."""
