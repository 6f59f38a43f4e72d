"""PostgreSQL and a Redis-protocol broker from wheels, for a machine that has neither (docs/adr/0001)."""
