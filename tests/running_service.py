"""A service as a person starts it: a process of its own, on a free port."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

START_LIMIT_S = 60
END_LIMIT_S = 30
COMMAND = [sys.executable, "-m", "loaders"]
ROOT = Path(__file__).parent.parent


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
    return port


@contextmanager
def running_service(*arguments: str, **settings: object) -> Iterator[str]:
    """Start the service with arguments and settings, yield its host and port, and end it."""
    port = free_port()
    environment = os.environ | {
        f"INTERVENTIONS_{name.upper()}": str(value) for name, value in settings.items()
    }
    environment["PYTHONPATH"] = str(ROOT)
    command = [*COMMAND, "serve", "--port", str(port), *arguments]
    with subprocess.Popen(command, env=environment) as process:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/health/ready", process)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(END_LIMIT_S)


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the service answers, and fail if it ends or takes too long."""
    for _ in range(START_LIMIT_S * 10):
        assert process.poll() is None, "the service ended"
        try:
            with urlopen(address) as response:
                assert response.status == 200
                return
        except URLError:
            time.sleep(0.1)
    raise AssertionError(f"{address} does not answer within {START_LIMIT_S} s")
