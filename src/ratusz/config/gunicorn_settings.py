"""How gunicorn serves the web; bind and the number of workers come from the command."""

import os

worker_class = "sync"
timeout = 60
graceful_timeout = 8
# A worker is renewed now and then, so that no leak grows for weeks; not all at once.
max_requests = 20_000
max_requests_jitter = 2_000
# A heartbeat file on a slow disk can block a worker; memory cannot.
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None
control_socket_disable = True
accesslog = None
errorlog = "-"
