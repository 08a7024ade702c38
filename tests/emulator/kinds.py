"""The kinds of messages that are no words, with the fields that Telegram sends for them."""

from typing import Any

from tests.emulator.office import Json


def _file(**more: Any) -> Json:
    """A file that waits on Telegram's servers; nobody here ever fetches it."""
    return {
        "file_id": "AgACAgQAAxkBAAIBZ2Zk",
        "file_unique_id": "AQADx7sxGxXx",
        "file_size": 48_213,
        **more,
    }


_USER: Json = {"id": 5_000_000_001, "is_bot": False, "first_name": "Robin"}
_PLACE: Json = {"latitude": 59.3293, "longitude": 18.0686}
_VIDEO = _file(width=640, height=480, duration=4, mime_type="video/mp4")
_POLL: Json = {
    "id": "5458210983126794241",
    "question": "Vilken dag passar?",
    "options": [
        {"persistent_id": "0", "text": "Måndag", "voter_count": 0},
        {"persistent_id": "1", "text": "Tisdag", "voter_count": 0},
    ],
    "total_voter_count": 0,
    "is_closed": False,
    "is_anonymous": True,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}
_STICKER = _file(type="regular", width=512, height=512, is_animated=False, is_video=False)
_FORWARDED: Json = {"type": "user", "sender_user": _USER, "date": 1_760_000_000}

KINDS: dict[str, Json] = {
    "animation": {"animation": _VIDEO, "document": _file(mime_type="video/mp4")},
    "audio": {"audio": _file(duration=181, mime_type="audio/mpeg")},
    "contact": {"contact": {"phone_number": "46700000000", "first_name": "Robin"}},
    "dice": {"dice": {"emoji": "🎲", "value": 4}},
    "document": {"document": _file(file_name="brev.pdf", mime_type="application/pdf")},
    "forward": {"text": "Så här skrev hen", "forward_origin": _FORWARDED},
    "game": {"game": {"title": "Spel", "description": "Ett spel", "photo": []}},
    "location": {"location": _PLACE},
    "photo": {
        "photo": [_file(width=90, height=67), _file(width=1280, height=960)],
        "caption": "Det här hände",
    },
    "poll": {"poll": _POLL},
    "quiz": {"poll": {**_POLL, "type": "quiz"}},
    "sticker": {"sticker": {**_STICKER, "emoji": "👍", "set_name": "Katter"}},
    "story": {"story": {"chat": {"id": 5_000_000_001, "type": "private"}, "id": 3}},
    "users_shared": {"users_shared": {"request_id": 1, "users": [{"user_id": 5_000_000_001}]}},
    "venue": {
        "venue": {"location": _PLACE, "title": "Kafé", "address": "Storgatan 1"},
        "location": _PLACE,
    },
    "video": {"video": _VIDEO},
    "video_note": {"video_note": _file(length=384, duration=6)},
    "voice": {"voice": _file(duration=7, mime_type="audio/ogg")},
    "web_app_data": {"web_app_data": {"data": '{"a": 1}', "button_text": "Öppna"}},
}


def fields_of(kind: str, fields: Json) -> Json:
    """Give what a message of a kind holds; KeyError for one that is unknown here and not given."""
    if kind in fields:
        return fields
    return {**KINDS[kind], **fields}
