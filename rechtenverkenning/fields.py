"""Stored lists of blocks whose form lives in the code, so that new help text needs no migration."""

from typing import Any

from wagtail.fields import StreamField

from rechtenverkenning.blocks import OptionBlock, PhraseBlock, condition_blocks


class CodedStreamField(StreamField):
    """A StreamField that knows its own blocks."""

    coded_blocks: list[tuple[str, Any]] = []

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(self.blocks(), **kwargs)

    @classmethod
    def blocks(cls) -> list[tuple[str, Any]]:
        """Give the blocks."""
        return cls.coded_blocks

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Leave the blocks out of migrations."""
        name, path, _blocks, kwargs = super().deconstruct()
        return name, path, [], {key: value for key, value in kwargs.items() if key != "block_lookup"}


class ConditionsField(CodedStreamField):
    """Conditions of a right."""

    @classmethod
    def blocks(cls) -> list[tuple[str, Any]]:
        """Give one block per kind of condition, and the groups."""
        return condition_blocks()


class OptionsField(CodedStreamField):
    """The answers of a question."""

    coded_blocks = [("option", OptionBlock())]


class PhrasesField(CodedStreamField):
    """The phrases of a question about a number."""

    coded_blocks = [("phrase", PhraseBlock())]
