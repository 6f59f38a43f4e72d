"""What every test stands on: PostgreSQL and a broker of this run, and a browser to ask for."""

pytest_plugins = ["config.embedded.pytest_plugin", "tests.browser.fixtures"]
