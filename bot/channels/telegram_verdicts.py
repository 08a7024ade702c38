"""What is done with every field that Telegram may put into an update or a message.

Somebody who writes words is read; everything else that a person can send gets a kind sentence and
is deleted; nothing is fetched. A field that stands in none of these lists came with a newer version
of the Bot API and wants a verdict before that version is used.
"""

READ = frozenset({"message_id", "chat", "date", "text", "from_user"})
"""Of the sender nothing but the language of their app, to answer in it; when it was written, to
count a flood by."""

BESIDE = frozenset(
    {
        "edit_date", "entities", "link_preview_options", "effect_id", "message_thread_id",
        "is_topic_message", "is_from_offline", "has_protected_content", "reply_markup",
        "reply_to_message", "external_reply", "quote", "reply_to_story",
        "reply_to_checklist_task_id", "reply_to_poll_option_id", "sender_chat", "sender_tag",
        "sender_boost_count", "sender_business_bot", "business_connection_id", "author_signature",
        "paid_star_count", "is_paid_post", "suggested_post_info", "direct_messages_topic",
        "is_automatic_forward", "guest_query_id", "guest_bot_caller_chat", "guest_bot_caller_user",
        "media_group_id", "has_media_spoiler", "show_caption_above_media", "caption_entities",
    }
)  # fmt: skip
"""Says something about a message and is dropped unread."""

DECLINED = frozenset(
    {
        "animation", "audio", "caption", "checklist", "contact", "dice", "document",
        "forward_origin", "game", "gift", "giveaway", "giveaway_winners", "invoice", "live_photo",
        "location", "paid_media", "passport_data", "photo", "poll", "sticker", "story",
        "unique_gift", "users_shared", "chat_shared", "venue", "via_bot", "video", "video_note",
        "voice", "web_app_data",
    }
)  # fmt: skip
"""Something a person sends that is not their own words, and may show a third person."""

SERVICE = frozenset(
    {
        "boost_added", "channel_chat_created", "chat_background_set", "chat_owner_changed",
        "chat_owner_left", "checklist_tasks_added", "checklist_tasks_done", "connected_website",
        "delete_chat_photo", "direct_message_price_changed", "forum_topic_closed",
        "forum_topic_created", "forum_topic_edited", "forum_topic_reopened",
        "general_forum_topic_hidden", "general_forum_topic_unhidden", "gift_upgrade_sent",
        "giveaway_completed", "giveaway_created", "group_chat_created", "left_chat_member",
        "managed_bot_created", "message_auto_delete_timer_changed", "migrate_from_chat_id",
        "migrate_to_chat_id", "new_chat_members", "new_chat_photo", "new_chat_title",
        "paid_message_price_changed", "pinned_message", "poll_option_added", "poll_option_deleted",
        "proximity_alert_triggered", "refunded_payment", "successful_payment",
        "suggested_post_approval_failed", "suggested_post_approved", "suggested_post_declined",
        "suggested_post_paid", "suggested_post_refunded", "supergroup_chat_created",
        "video_chat_ended", "video_chat_participants_invited", "video_chat_scheduled",
        "video_chat_started", "write_access_allowed",
    }
)  # fmt: skip
"""Telegram's own notes on what happened in a chat: nobody has said anything."""

UPDATES_READ = frozenset(
    {"update_id", "message", "edited_message", "callback_query", "my_chat_member"}
)
UPDATES_DROPPED = frozenset(
    {
        "business_connection", "business_message", "channel_post", "chat_boost",
        "chat_join_request", "chat_member", "chosen_inline_result", "deleted_business_messages",
        "edited_business_message", "edited_channel_post", "guest_message", "inline_query",
        "managed_bot", "message_reaction", "message_reaction_count", "poll", "poll_answer",
        "pre_checkout_query", "purchased_paid_media", "removed_chat_boost", "shipping_query",
    }
)  # fmt: skip
"""We never ask for these; one that comes all the same is passed over."""
