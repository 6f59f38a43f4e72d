"""What every test stands on: PostgreSQL and a broker of this run, and a browser to ask for."""

from hypothesis import HealthCheck, settings

pytest_plugins = ["config.embedded.pytest_plugin", "tests.browser.fixtures"]

# How long an example takes is the machine's business. The suite tries the same ones in every run;
# script/soak tries others each time, and says how to try again what failed.
at_leisure = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("suite", at_leisure, max_examples=100, derandomize=True)
settings.register_profile("soak", at_leisure, max_examples=5_000, print_blob=True)
settings.load_profile("suite")
