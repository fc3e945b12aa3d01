"""How the program is put together: settings fed by the environment, addresses, schedule, entry points."""
