"""A mail server on this machine that keeps what it accepts: enough of SMTP for Django's own client."""

import email
import socketserver
import threading
from email.message import EmailMessage
from email.policy import default


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    def handle(self) -> None:
        """Answer until the other side goes away, also when that is in the middle of a word."""
        self.say("220 here")
        try:
            while line := self.rfile.readline():
                if not self.answer(line.strip().upper()):
                    return
        except OSError:
            return

    def say(self, text: str) -> None:
        self.wfile.write(text.encode() + b"\r\n")

    def answer(self, line: bytes) -> bool:
        """Answer one command; false when that was the last."""
        if line.startswith(b"QUIT"):
            self.say("221 bye")
            return False
        if line == b"DATA":
            self.say("354 go on")
            lines = []
            while (piece := self.rfile.readline()) not in (b".\r\n", b""):
                lines.append(piece)
            if piece:
                self.server.keep(b"".join(lines))
        self.say("250 ok")
        return True


class Mailbox(socketserver.ThreadingTCPServer):
    """The server; `mails` is everything that it accepted, repeats included."""

    allow_reuse_address = daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Talk)
        self.mails: list[EmailMessage] = []
        self.lock = threading.Lock()

    def keep(self, raw: bytes) -> None:
        """Keep one mail."""
        with self.lock:
            self.mails.append(email.message_from_bytes(raw, policy=default))

    @property
    def url(self) -> str:
        """Give the address for EMAIL_URL."""
        return f"smtp://127.0.0.1:{self.server_address[1]}"

    def __enter__(self) -> "Mailbox":
        threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
        return self

    def __exit__(self, *_fault: object) -> None:
        self.shutdown()
        self.server_close()
