"""What a BPMN file documents in words, told by whoever asks for it in one language."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Notes:
    """The name of the item; what is documented of the process, of each step and each choice of a way."""

    name: str
    process: str
    steps: Mapping[str, str]
    choices: Mapping[str, str]
