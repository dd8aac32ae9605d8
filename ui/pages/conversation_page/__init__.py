"""The conversation, from the coach's side of the table."""

from ui.pages.conversation_page.page import ConversationPage

__all__ = ["ConversationPage"]
