"""How gunicorn serves the web; bind and the number of workers come from the command."""

import gc
import os

from ratusz.config.logs import LOGGING

# Only these may say that the visitor came by TLS.
forwarded_allow_ips = os.environ.get("RATUSZ_TRUSTED_PROXIES") or "127.0.0.1,::1"
logconfig_dict = LOGGING
# Threads, because browsers open connections ahead and say nothing on them: each would hold a whole process until its timeout.
worker_class, threads = "gthread", 4
timeout = 60
graceful_timeout = 8
# Imported once, before the workers are forked: half the start and a third less memory.
preload_app = True
# A worker is renewed now and then, so that no leak grows for weeks; not all at once.
max_requests = 20_000
max_requests_jitter = 2_000
# A heartbeat file on a slow disk can block a worker; memory cannot.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True


def when_ready(server: object) -> None:
    """Before the forks: what was imported stays for good, and no collection in a worker walks through it."""
    gc.collect()
    gc.freeze()
    # A page makes thousands of objects that live for one request: a look at them after every 700 finds nothing.
    gc.set_threshold(20_000, 20, 20)


accesslog = None
errorlog = "-"
