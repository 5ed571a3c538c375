"""An object store on loopback for tests: moto behind a door that counts, and that can be shut."""

import os
import threading
from contextlib import contextmanager

import pytest


class Door:
    """Counts what goes through; after ``left`` more writes it lets nothing through, as a cable that was cut."""

    def __init__(self, app):
        self.app, self.requests, self.left = app, [], None
        self._lock = threading.Lock()

    def __call__(self, environ, start_response):
        method, path = environ["REQUEST_METHOD"], environ["PATH_INFO"]
        with self._lock:
            if self.left is not None and method in {"PUT", "DELETE"}:
                self.left -= 1
            shut = self.left is not None and self.left < 0
            if not shut:
                self.requests.append((method, path))
        if shut:
            start_response("400 Bad Request", [])
            return [b"<Error><Code>Cut</Code></Error>"]
        return self.app(environ, start_response)

    def written(self):
        """The names of the objects that were put since last asked, in order."""
        found = [path.partition("/estran/")[2] for method, path in self.requests if method == "PUT"]
        self.requests.clear()
        return found


@contextmanager
def store():
    """The door of a store with one bucket, ``s3://estran``, and the environment that leads to it."""
    boto3 = pytest.importorskip("boto3")
    server = pytest.importorskip("moto.server")
    pytest.importorskip("obstore")
    from werkzeug.serving import WSGIRequestHandler, make_server

    class Silent(WSGIRequestHandler):
        def log(self, *_):
            pass

    door = Door(server.DomainDispatcherApplication(server.create_backend_app))
    one = make_server("127.0.0.1", 0, door, threaded=True, request_handler=Silent)
    thread = threading.Thread(target=one.serve_forever)
    thread.start()
    before = dict(os.environ)
    os.environ |= {
        "AWS_ACCESS_KEY_ID": "canary-identity",
        "AWS_SECRET_ACCESS_KEY": "canary-secret-of-the-store",
        "AWS_REGION": "us-east-1",
        "AWS_DEFAULT_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{one.server_port}",
    }
    try:
        client = boto3.client("s3")
        client.create_bucket(Bucket="estran")
        door.client = client
        door.requests.clear()
        yield door
    finally:
        client.close()
        one.shutdown()
        thread.join()
        one.server_close()
        os.environ.clear()
        os.environ.update(before)
