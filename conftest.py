"""What every test stands on: PostgreSQL and a broker of this run."""

pytest_plugins = ["config.embedded.pytest_plugin"]
