"""A real PostgreSQL server in a temporary folder, as a user who is not root; gone when the test is done."""
import os
import pathlib
import pwd
import shutil
import subprocess
import tempfile

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")


class TemporaryPostgres:
    def __enter__(self):
        if not (BINARIES / "initdb").exists():
            raise FileNotFoundError("PostgreSQL 15 is not installed: tools/setup.sh test")
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="polybius_pg_", dir="/tmp"))
        self.user = "postgres" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name
        if os.geteuid() == 0:
            account = pwd.getpwnam(self.user)
            os.chown(self.folder, account.pw_uid, account.pw_gid)
        self.run("initdb", "-D", self.folder / "data", "-A", "trust", "-U", "polybius", "-N", "--locale=C", "-E", "UTF8")
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o",
                 f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off -c max_connections=30", "start")
        return self

    def __exit__(self, *_):
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "stop")
        shutil.rmtree(self.folder, ignore_errors=True)

    def run(self, program, *arguments):
        as_user = {"user": self.user, "group": pwd.getpwnam(self.user).pw_gid, "extra_groups": []} if os.geteuid() == 0 else {}
        done = subprocess.run([BINARIES / program, *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, cwd="/tmp", **as_user)
        if done.returncode != 0:
            raise RuntimeError(f"{program}: {done.stderr.decode()}")

    def url(self, database="postgres"):
        return f"postgresql:///{database}?host={self.folder}&user=polybius"

    def sql(self, statement, database="postgres"):
        done = subprocess.run([BINARIES / "psql", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", self.url(database), "-c", statement],
                              capture_output=True, text=True, cwd="/tmp", check=True)
        return done.stdout.strip()

    def fresh(self, database):
        """The address of an empty database."""
        self.sql(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
        self.sql(f'CREATE DATABASE "{database}"')
        return self.url(database)
