import asyncio

from bot.feeds import Bell, Feeds


async def test_a_ring_wakes_who_watches_the_topic_and_nobody_else() -> None:
    feeds = Feeds()
    with feeds.watch("one", "desk") as bell, feeds.watch("two") as other:
        feeds.ring("one")
        assert await bell.wait(1)
        assert not await other.wait(0.01)


async def test_a_ring_that_comes_while_the_watcher_is_busy_is_not_lost() -> None:
    feeds = Feeds()
    with feeds.watch("one") as bell:
        feeds.ring("one")
        feeds.ring("one")
        assert await bell.wait(1)
        assert not await bell.wait(0.01)


async def test_who_has_stopped_watching_is_forgotten() -> None:
    feeds = Feeds()
    with feeds.watch("one") as first:
        with feeds.watch("one"):
            pass
        feeds.ring("one")
        assert await first.wait(1)
    feeds.ring("one")
    assert not await first.wait(0.01)


async def test_closing_wakes_everybody() -> None:
    feeds = Feeds()
    with feeds.watch("one") as bell:
        waiting = asyncio.create_task(bell.wait(5))
        await asyncio.sleep(0)
        feeds.close()
        assert await waiting
        assert feeds.is_closing


async def test_a_bell_that_nobody_rings_gives_up_in_time() -> None:
    assert not await Bell().wait(0.01)
