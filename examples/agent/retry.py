#!/usr/bin/env python3
"""Runs a command. Where an AWS session has lapsed: logs in, and runs it once more.

    AWS_PROFILE=dev retry.py COMMAND [ARGUMENT...]

Needs `credlapse` on PATH, and nothing but the standard library.
"""

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading

CHUNK = 64 * 1024


def run(command):
    """Runs the command: its exit status, and a file of what it wrote to stderr.

    The status is below 0 where a signal ended the command, and without a file where it did not start.
    """
    try:
        child = subprocess.Popen(command, stderr=subprocess.PIPE)
    except OSError as error:
        say(f"cannot run `{command[0]}`: {error.strerror}")
        return (127 if isinstance(error, FileNotFoundError) else 126), None

    # The terminal sends an interrupt to the command as well: wait for what it makes of it.
    signal.signal(signal.SIGINT, lambda *_: None)
    signal.signal(signal.SIGTERM, lambda *_: child.terminate())

    printed = tempfile.TemporaryFile()

    def pass_on():
        while chunk := os.read(child.stderr.fileno(), CHUNK):
            printed.write(chunk)
            sys.stderr.buffer.write(chunk)
            sys.stderr.buffer.flush()

    reader = threading.Thread(target=pass_on, daemon=True)
    reader.start()
    status = child.wait()
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    reader.join()
    return status, printed


def explain(printed):
    """The error object for what was printed, or None where it is not a matter of AWS credentials."""
    printed.seek(0)
    try:
        answer = subprocess.run(
            ["credlapse", "explain", "--format", "json"],
            stdin=printed,
            stdout=subprocess.PIPE,
        )
        error = json.loads(answer.stdout)["error"]
    except (OSError, ValueError, KeyError):
        say("cannot ask credlapse what that was")
        return None
    return error if error and "kind" in error else None


def log_in(argv):
    """Whether the login succeeded. It is run as it is, never by a shell; stdout belongs to the command."""
    try:
        return subprocess.run(argv, stdout=sys.stderr).returncode == 0
    except OSError as error:
        say(f"cannot run `{argv[0]}`: {error.strerror}")
        return False


def say(line):
    print(line, file=sys.stderr, flush=True)


def main():
    command = sys.argv[1:]
    if command[:1] == ["--"]:
        del command[0]
    if not command:
        say("usage: retry.py COMMAND [ARGUMENT...]")
        return 2

    may_log_in = not os.environ.get("CI")
    while True:
        status, printed = run(command)
        if status < 0:
            return 128 - status
        if status == 0 or printed is None:
            return status
        error = explain(printed)
        if error is None:
            return status
        say(error["message"])
        argv = error["reauth_argv"]
        if not (error["retryable"] and argv and may_log_in):
            say(f"  {error['action']}")
            # A guess is shown, and decides nothing.
            return status if error["confidence"] == "possible" else error["exit_code"]
        say(f"  Running: {' '.join(argv)}")
        if not log_in(argv):
            return error["exit_code"]
        may_log_in = False


if __name__ == "__main__":
    sys.exit(main())
