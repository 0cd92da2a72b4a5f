"""A `polybius serve` that runs while a test does, and requests to it by the standard library."""
import contextlib
import http.client
import json
import os
import pathlib
import signal
import subprocess
import sys
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]


def make_records(documents, *options):
    return subprocess.run([sys.executable, ROOT / "bench/make_records.py", str(documents), *options], capture_output=True, check=True).stdout


class Answer:
    def __init__(self, status, headers, body):
        self.status, self.headers, self.body = status, headers, body

    def json(self):
        return json.loads(self.body)


class RunningServer:
    """`with RunningServer(program, db) as server: server.get("/api/events", actor="Holt")`"""

    def __init__(self, program, db, *options, port=0, env=None):
        self.child = subprocess.Popen([program, "serve", "--db", str(db), "--port", str(port), *options], stdout=subprocess.PIPE,
                                      stderr=subprocess.PIPE, text=True, env={**os.environ, **(env or {})})
        self.url = self.child.stdout.readline().strip()
        if not self.url:
            raise RuntimeError(self.child.communicate()[1])
        parts = urllib.parse.urlsplit(self.url)
        self.host, self.port = parts.hostname, parts.port

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.child.poll() is None:
            self.stop()

    def stop(self, number=signal.SIGTERM, timeout=60):
        """Ends it; gives the exit status and what it said."""
        self.child.send_signal(number)
        out, said = self.child.communicate(timeout=timeout)
        return self.child.returncode, said

    def connect(self, timeout=120):
        return http.client.HTTPConnection(self.host, self.port, timeout=timeout)

    def ask(self, method, target, body=None, headers=None, connection=None):
        own = connection or self.connect()
        try:
            with contextlib.suppress(BrokenPipeError):  # too long a body is answered before its end
                own.request(method, target, body=body, headers=headers or {})
            response = own.getresponse()
            return Answer(response.status, response.headers, response.read())
        finally:
            if connection is None:
                own.close()

    def get(self, path, headers=None, connection=None, **parameters):
        query = urllib.parse.urlencode({key.rstrip("_"): value for key, value in parameters.items()}, doseq=True)
        return self.ask("GET", path + ("?" + query if query else ""), headers=headers, connection=connection)

    def rows(self, path, **parameters):
        answer = self.get(path, **parameters)
        assert answer.status == 200, (path, parameters, answer.status, answer.body)
        return answer.json()["rows"]
