"""Forms about officers and their duty."""
