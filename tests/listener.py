"""A server that only notes that somebody came."""

from __future__ import annotations

import socket
import threading

RECEIVED_BYTES = 2**16


class Listener:
    """A server that only notes that somebody came."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.address = f"http://127.0.0.1:{self.port}/"
        self.came = 0
        self._thread = threading.Thread(target=self._note, daemon=True)
        self._thread.start()

    def _note(self) -> None:
        """Count those who come, and answer that there is nothing."""
        while True:
            try:
                link, _ = self._listening.accept()
            except OSError:
                return
            with link:
                self.came += 1
                link.settimeout(1)
                link.recv(RECEIVED_BYTES)
                link.sendall(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    def close(self) -> None:
        """Stop listening."""
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join()
