from flows.records import left_queue_form


def test_leaving_the_queue_records_four_things_and_nothing_else() -> None:
    assert left_queue_form(period="2026-11", channel="web", wait_minutes=7) == {
        "period": "2026-11",
        "channel": "web",
        "outcome": "left_queue",
        "wait_minutes": "7",
    }
