"""Drive a Firefox, where there is one, by WebDriver BiDi: just what the tests need."""

import asyncio
import json
import re
import shutil
import subprocess
import threading
import time
from itertools import count

from tornado.websocket import websocket_connect

QUIET = """
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""


def find():
    return shutil.which("firefox") or shutil.which("firefox-esr")


class Firefox:
    """A headless Firefox with a new profile whose proxy leads nowhere: no network."""

    def __init__(self, folder):
        (folder / "user.js").write_text(QUIET, encoding="utf-8")
        command = [find(), "--headless", "--no-remote", "--profile", folder]
        log = folder / "log"
        with log.open("w") as errors:
            self.process = subprocess.Popen(
                [*command, "--remote-debugging-port", "0", "about:blank"],
                stderr=errors,
                stdout=errors,
            )
        end, listens = time.monotonic() + 60, r"WebDriver BiDi listening on (ws://\S+)"
        while not (found := re.search(listens, log.read_text(encoding="utf-8"))):
            assert time.monotonic() < end, log.read_text(encoding="utf-8")
            time.sleep(0.1)
        # In a thread of its own: Playwright's loop may be running in this one.
        self.loop, self.ids = asyncio.new_event_loop(), count(1)
        self.thread = threading.Thread(target=self.loop.run_forever)
        self.thread.start()
        self.socket = self._wait(websocket_connect, f"{found[1]}/session")
        self.ask("session.new", capabilities={})
        (self.context,) = (
            one["context"] for one in self.ask("browsingContext.getTree")["contexts"]
        )

    def _wait(self, function, *arguments):
        async def wait():
            return await function(*arguments)

        return asyncio.run_coroutine_threadsafe(wait(), self.loop).result(60)

    def ask(self, method, **params):
        number = next(self.ids)
        message = {"id": number, "method": method, "params": params}
        self._wait(self.socket.write_message, json.dumps(message))
        while text := self._wait(self.socket.read_message):
            answer = json.loads(text)
            if answer.get("id") == number:
                assert answer["type"] == "success", answer
                return answer["result"]

    def open(self, url):
        self.ask(
            "browsingContext.navigate", context=self.context, url=url, wait="complete"
        )

    def evaluate(self, script):
        """Return what a script in the page gives: a text, a number, true or false."""
        answer = self.ask(
            "script.evaluate",
            expression=script,
            target={"context": self.context},
            awaitPromise=True,
        )
        assert answer["type"] == "success", answer
        return answer["result"].get("value")

    def until(self, script, seconds=120):
        end = time.monotonic() + seconds
        while not self.evaluate(script):
            if time.monotonic() > end:
                raise TimeoutError(f"still not true after {seconds} s: {script}")
            time.sleep(0.1)

    def close(self):
        self.process.terminate()
        self.process.wait(30)
        self.loop.call_soon_threadsafe(self.socket.close)
        self._wait(asyncio.sleep, 0.1)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(30)
        self.loop.close()
