"""What comes back: redirects are checked, sizes and times bounded, bombs and cut bodies refused, the name kept for TLS."""

import datetime
import gzip
import resource
import socket
import ssl
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from ratusz.foundation.fetching.actions import Fetched, FetchFailed, Looked, fetch, look
from ratusz.foundation.fetching.adapters import pinned
from ratusz.foundation.fetching.rules import FetchRefused

BOMB = gzip.compress(b"0" * 50_000_000)


class Foreign(BaseHTTPRequestHandler):
    """A server of the outside world, good and bad."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        getattr(self, "at_" + self.path.strip("/").partition("?")[0], self.at_missing)()

    def reply(self, body=b"", code=200, **headers):
        self.send_response(code)
        for name, value in {"Content_Type": "text/plain", "Content_Length": str(len(body)), **headers}.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(body)

    def at_missing(self):
        self.reply(code=404)

    def at_hello(self):
        self.reply(b"hello " + self.headers["Host"].encode(), ETag='"1"')

    def at_same(self):
        self.reply(code=304 if self.headers["If-None-Match"] == '"1"' else 200)

    def at_packed(self):
        self.reply(gzip.compress(b"packed"), Content_Encoding="gzip")

    def at_bomb(self):
        self.reply(BOMB, Content_Encoding="gzip")

    def at_oddlength(self):
        self.reply(b"whole", Content_Length="\xb2", Connection="close")
        self.close_connection = True

    def at_cut(self):
        self.reply(b"half", Content_Length="100")
        self.close_connection = True

    def at_cutpack(self):
        self.reply(gzip.compress(b"x" * 1000)[:20], Content_Encoding="gzip")

    def at_brotli(self):
        self.reply(b"x", Content_Encoding="br")

    def at_big(self):
        self.reply(b"x" * 2000)

    def at_endless(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            while True:
                self.wfile.write(b"x" * 65536)
        except OSError:
            self.close_connection = True

    def at_drip(self):
        self.send_response(200)
        self.send_header("Content-Length", "1000")
        self.end_headers()
        try:
            for _ in range(200):
                self.wfile.write(b"x")
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def at_dripheaders(self):
        try:
            for letter in b"HTTP/1.1 200 OK\r\nX: " + b"y" * 400:
                self.wfile.write(bytes([letter]))
                self.wfile.flush()
                time.sleep(0.05)
        except OSError:
            self.close_connection = True

    def at_moved(self):
        self.reply(code=302, Location="/hello")

    def at_loop(self):
        self.reply(code=302, Location="/loop")

    def at_inside(self):
        self.reply(code=302, Location=f"http://127.0.0.2:{self.server.server_port}/hello")

    def at_metadata(self):
        self.reply(code=301, Location="http://169.254.169.254/latest/")

    def at_file(self):
        self.reply(code=301, Location="file:///etc/passwd")

    def at_nonsense(self):
        self.reply(code=301, Location="http://[zle/")

    def log_message(self, *args):
        """Tests are quiet."""


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """Clients that hang up are the point of these tests."""


@pytest.fixture(scope="module")
def foreign():
    server = Server(("127.0.0.1", 0), Foreign)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def url(foreign, settings):
    settings.RATUSZ_FETCHING_EXCEPTIONS = [f"127.0.0.1:{foreign.server_port}"]
    return f"http://127.0.0.1:{foreign.server_port}"


def test_an_answer_comes_back_whole(url):
    host = url.removeprefix("http://")
    expected = Fetched(f"{url}/hello", 200, "text/plain", f"hello {host}".encode(), etag='"1"')
    assert fetch(f"{url}/hello") == expected
    assert fetch(f"{url}/moved") == expected
    assert fetch(f"{url}/packed").body == b"packed"
    assert fetch(f"{url}/same", etag='"1"').status == 304


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("missing", "404"),
        ("cut", "incomplete"),
        ("cutpack", "incomplete"),
        ("brotli", "encoding"),
        ("loop", "redirects"),
        ("big", "size"),
        ("bomb", "size"),
        ("endless", "size"),
    ],
)
def test_what_is_not_an_answer_is_refused(url, path, code):
    with pytest.raises(FetchFailed, match=code):
        fetch(f"{url}/{path}", limit_bytes=1000 if path == "big" else 1_000_000)


def test_a_length_that_is_no_number_is_passed_by(url):
    assert fetch(f"{url}/oddlength").body == b"whole"


def test_only_the_kinds_asked_for_are_taken(url):
    assert fetch(f"{url}/hello", accept=["text/"]).status == 200
    with pytest.raises(FetchFailed, match="type"):
        fetch(f"{url}/hello", accept=["application/rss+xml"])


@pytest.mark.parametrize("path", ["inside", "metadata", "file", "nonsense"])
def test_a_redirect_leads_nowhere_forbidden(url, path):
    with pytest.raises(FetchRefused):
        fetch(f"{url}/{path}")


@pytest.mark.parametrize("path", ["drip", "dripheaders"])
@pytest.mark.slow
def test_a_server_that_sends_a_byte_at_a_time_is_cut_off(url, path):
    with pytest.raises(FetchFailed, match="timeout"):
        fetch(f"{url}/{path}", timeout=0.4)


def test_a_server_that_is_not_there_fails_cleanly(settings):
    settings.RATUSZ_FETCHING_EXCEPTIONS = ["127.0.0.1:1"]
    with pytest.raises(FetchFailed, match="ConnectionRefusedError"):
        fetch("http://127.0.0.1:1/")


@pytest.mark.slow
def test_a_feed_of_a_hundred_megabytes_keeps_memory_near_the_limit(url, foreign):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FetchFailed, match="size"):
        fetch(f"{url}/endless", limit_bytes=100_000_000, timeout=30)
    with pytest.raises(FetchFailed, match="size"):
        fetch(f"{url}/bomb", limit_bytes=10_000_000)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 256 * 1024


@pytest.fixture(scope="module")
def certificate(tmp_path_factory):
    """A self-signed certificate for city.example, as a file with its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "city.example")])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1)).not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName("city.example")]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    path = tmp_path_factory.mktemp("tls") / "certificate.pem"
    pem = key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path.write_bytes(pem + made.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def secure(certificate, settings, monkeypatch):
    """The same server over TLS; gives its port and the names clients asked for."""
    names = []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    context.sni_callback = lambda connection, name, context: names.append(name)
    server = Server(("127.0.0.1", 0), Foreign)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    port = server.server_port
    settings.RATUSZ_FETCHING_EXCEPTIONS = [f"127.0.0.1:{port}", f"city.example:{port}", f"other.example:{port}"]
    answer = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *args, **kwargs: answer)
    monkeypatch.setattr(pinned, "ssl_context", lambda: ssl.create_default_context(cafile=certificate))
    yield port, names
    server.shutdown()
    server.server_close()


def test_the_name_is_kept_for_tls_and_for_the_host(secure):
    port, names = secure
    assert fetch(f"https://city.example:{port}/hello").body == f"hello city.example:{port}".encode()
    assert names == ["city.example"]


def test_a_certificate_of_another_name_is_refused(secure):
    port, _names = secure
    with pytest.raises(FetchFailed):
        fetch(f"https://other.example:{port}/hello")


def test_an_unknown_authority_is_refused(secure, monkeypatch):
    port, _names = secure
    monkeypatch.setattr(pinned, "ssl_context", ssl.create_default_context)
    with pytest.raises(FetchFailed):
        fetch(f"https://city.example:{port}/hello")


def test_a_look_takes_any_status_for_an_answer_and_reads_no_more_than_asked(url):
    def asked(path, **options):
        return look(f"{url}/{path}", **options)

    assert asked("missing") == Looked(f"{url}/missing", 501, "text/html")
    assert asked("missing", method="GET") == Looked(f"{url}/missing", 404, "text/plain")
    assert asked("moved", method="GET", beginning_bytes=5) == Looked(f"{url}/hello", 200, "text/plain", b"hello", (302,))
    assert asked("endless", method="GET", beginning_bytes=1000).beginning == b"x" * 1000


@pytest.mark.parametrize("path", ["inside", "metadata", "file", "nonsense"])
def test_a_look_is_led_nowhere_forbidden(url, path):
    with pytest.raises(FetchRefused):
        look(f"{url}/{path}", method="GET")


def test_a_look_in_a_circle_ends(url):
    with pytest.raises(FetchFailed, match="redirects"):
        look(f"{url}/loop", method="GET")


def test_a_look_goes_back_from_https_to_http_never(secure, monkeypatch):
    port, _names = secure
    monkeypatch.setattr(
        Foreign, "at_downgrade", lambda self: self.reply(code=301, Location=f"http://127.0.0.1:{port}/hello"), raising=False
    )
    with pytest.raises(FetchRefused, match="downgrade"):
        look(f"https://city.example:{port}/downgrade", method="GET")


def test_each_request_of_a_look_passes_the_gate(url):
    passed = []

    @contextmanager
    def gate(target):
        passed.append(target.path)
        yield lambda: passed.append("arrived")
        passed.append("over")

    look(f"{url}/moved", method="GET", gate=gate)
    assert passed == ["/moved", "arrived", "over", "/hello", "arrived", "over"]
