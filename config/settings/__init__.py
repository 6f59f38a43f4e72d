"""Settings: `base` for everything, then `local` (demo), `test` and `production`."""
