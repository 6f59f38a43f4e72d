"""PostgreSQL and a broker from wheels, for a machine that has neither (docs/adr/0001)."""
