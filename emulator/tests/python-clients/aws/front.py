"""HTTPS in front of an org: the clients that are tested here call `https://` and nothing else.

Calls and answers are passed on with the org's own addresses replaced, as by a proxy in front of an org. Two addresses stand
for AWS: the page that takes an assertion and shows its roles, and the service that gives credentials for one.

Not here: what the clients send.
"""

from __future__ import annotations

import datetime
import http.client
import ipaddress
import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

ROLES = ("arn:aws:iam::123456789012:role/Developer", "arn:aws:iam::123456789012:role/Auditor")
#: What the clients read on the page of AWS.
PAGE = (
    '<fieldset><div class="saml-account"><div><div class="saml-account-name">Account: emulator (123456789012)</div></div>'
    '<div class="saml-account">'
    + "".join(f'<div class="saml-role"><input id="{role}"><label for="{role}">{role[31:]}</label></div>' for role in ROLES)
    + "</div></div></fieldset>"
)

#: The page of AWS. One of the clients wants the address to end like the real one.
SIGN_IN = "/aws/signin.aws.amazon.com/saml"
#: The service that gives credentials, and its answer.
STS = "/aws/sts"
CREDENTIALS = """<AssumeRoleWithSAMLResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithSAMLResult>
<Credentials><AccessKeyId>key-of-the-role</AccessKeyId><SecretAccessKey>secret</SecretAccessKey>
<SessionToken>token</SessionToken><Expiration>2036-01-01T00:00:00Z</Expiration></Credentials>
</AssumeRoleWithSAMLResult></AssumeRoleWithSAMLResponse>"""

#: Headers that belong to one connection.
OF_A_CONNECTION = {"connection", "content-length", "host", "keep-alive", "transfer-encoding"}


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for this machine that is its own authority, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    now = datetime.datetime.now(datetime.timezone.utc)
    names = [x509.DNSName("localhost"), x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName(names), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    files = folder / "certificate.pem", folder / "key.pem"
    files[0].write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    files[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain))
    return files


class Front:
    """The front; it passes calls on to `org`, an address that can be set later."""

    def __init__(self, folder: Path) -> None:
        self.org = ""
        self.authority, key = certificate(folder)
        #: What was sent to the service that gives credentials.
        self.asked_for: list[dict[str, list[str]]] = []
        self._server = ThreadingHTTPServer(("localhost", 0), self._handler())
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(self.authority, key)
        self._server.socket = tls.wrap_socket(self._server.socket, server_side=True)
        self.host = f"localhost:{self._server.server_port}"
        self.url = f"https://{self.host}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def _handler(front) -> type[BaseHTTPRequestHandler]:
        class Handler(BaseHTTPRequestHandler):
            def _answer(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                if self.path == SIGN_IN:
                    self._send(200, [("Content-Type", "text/html")], PAGE.encode())
                    return
                if self.path == STS:
                    front.asked_for.append(parse_qs(body.decode()))
                    self._send(200, [("Content-Type", "text/xml")], CREDENTIALS.encode())
                    return
                connection = http.client.HTTPConnection(urlsplit(front.org).netloc)
                headers = {name: value for name, value in self.headers.items() if name.lower() not in OF_A_CONNECTION}
                # Compressed text could not be replaced in.
                headers["Accept-Encoding"] = "identity"
                path = self.path.replace(quote(front.url, safe=""), quote(front.org, safe=""))
                connection.request(self.command, path, body or (b"" if self.command == "POST" else None), headers)
                answer = connection.getresponse()
                content = front._public(answer.read())
                kept = [(name, value) for name, value in answer.getheaders() if name.lower() not in OF_A_CONNECTION]
                kept = [(name, front._public(value.encode()).decode()) for name, value in kept]
                connection.close()
                self._send(answer.status, kept, content)

            def _send(self, status: int, headers: list[tuple[str, str]], content: bytes) -> None:
                self.send_response_only(status)
                for name, value in headers:
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            do_GET = do_POST = _answer

            def log_message(self, format: str, *args: object) -> None:
                pass

        return Handler

    def _public(self, content: bytes) -> bytes:
        return content.replace(self.org.encode(), self.url.encode())
