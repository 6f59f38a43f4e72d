"""One listener a web process, however many pages it serves: one connection to the broker."""

import threading
import time

from redis.exceptions import RedisError

from core.push import channel

LOOK_EVERY = 1.0  # seconds between two looks whether anybody still listens, or the process stops
SUBSCRIBED_WITHIN = 3.0  # seconds


class LostTouch(Exception):
    """The broker does not answer: nothing can be pushed now."""


class Watch:
    """One page's ear: the latest mark of its BCU that it has not been told yet."""

    def __init__(self, bcu: str, listener: "Listener") -> None:
        self.bcu = bcu
        self.mark = ""
        self.lost = False
        self._listener = listener

    def wait(self, seconds: float) -> str:
        """The mark of a change, as soon as there is one; empty when there is none in that time.

        Raises LostTouch.
        """
        return self._listener.wait(self, seconds)

    def close(self) -> None:
        """Listen no more; may be repeated."""
        self._listener.leave(self)


class Listener:
    """Subscribes while at least one page listens, in a thread of its own."""

    def __init__(self) -> None:
        self._something = threading.Condition()
        self._watches: set[Watch] = set()
        self._thread: threading.Thread | None = None
        self._is_subscribed = False

    @property
    def listens(self) -> bool:
        """Whether the thread runs."""
        return self._thread is not None

    def watch(self, bcu: str) -> Watch:
        """Begin to listen: whatever is published after this returns is heard. Raises LostTouch."""
        watch = Watch(bcu, self)
        until = time.monotonic() + SUBSCRIBED_WITHIN
        with self._something:
            self._watches.add(watch)
            if self._thread is None:
                self._thread = threading.Thread(target=self._listen, name="push", daemon=True)
                self._thread.start()
            while not self._is_subscribed and not watch.lost and time.monotonic() < until:
                self._something.wait(LOOK_EVERY)
            is_heard = self._is_subscribed and not watch.lost
        if not is_heard:
            watch.close()
            raise LostTouch
        return watch

    def wait(self, watch: Watch, seconds: float) -> str:
        """See `Watch.wait`."""
        with self._something:
            if not watch.mark and not watch.lost:
                self._something.wait(seconds)
            if watch.lost:
                raise LostTouch
            mark, watch.mark = watch.mark, ""
            return mark

    def leave(self, watch: Watch) -> None:
        """See `Watch.close`."""
        with self._something:
            self._watches.discard(watch)

    def _listen(self) -> None:
        """Pass messages on until nobody listens or the broker is gone."""
        try:
            with channel.redis().pubsub() as messages:  # type: ignore[no-untyped-call]  # redis has none
                messages.psubscribe(channel.prefix() + "*")
                while self._is_wanted():
                    self._pass_on(messages.get_message(timeout=LOOK_EVERY))
        except (RedisError, OSError):
            self._lose()

    def _is_wanted(self) -> bool:
        """Whether anybody listens; if not, the thread is given up under the same lock."""
        with self._something:
            if not self._watches:
                self._give_up()
            return bool(self._watches)

    def _lose(self) -> None:
        with self._something:
            for watch in self._watches:
                watch.lost = True
            self._watches.clear()
            self._give_up()
            self._something.notify_all()

    def _give_up(self) -> None:
        self._thread, self._is_subscribed = None, False

    def _pass_on(self, message: dict[str, str] | None) -> None:
        if message is None:
            return
        with self._something:
            if message["type"] == "psubscribe":
                self._is_subscribed = True
            elif message["type"] == "pmessage":
                bcu = message["channel"].removeprefix(channel.prefix())
                for watch in self._watches:
                    if watch.bcu == bcu:
                        watch.mark = message["data"]
            self._something.notify_all()


listener = Listener()
