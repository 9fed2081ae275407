"""A YAML text in the form that libyaml reads, which follows YAML 1.1 in some characters."""

from __future__ import annotations

import re

from contractgen.load.problem import MAX_DEPTH

# YAML 1.2 has no line breaks but CR and LF (5.4) and lets JSON characters stand (5.1);
# libyaml breaks lines at the first three and refuses the others.
FOREIGN = "[\x85\u2028\u2029\x7f-\x84\x86-\x9f\ufffe\uffff]"
PRIVATE_USE = 0xF0000
_ASCII = bytes(range(0x7F))
_SURROGATE_ESCAPE = r"\\u[dD][89abAB]"
_SURROGATES = r"\\u([dD][89abAB][0-9a-fA-F]{2})\\u([dD][c-fC-F][0-9a-fA-F]{2})"


def readable(text: str) -> str:
    """The text in the form that libyaml reads: same lines, nearly the same columns."""
    if "\x7f" in text or not text.isascii():
        chars = sorted(set(re.findall(FOREIGN, _beyond_ascii(text))))
        replaced = {ord(char): PRIVATE_USE + i for i, char in enumerate(chars)}
        text = text.translate(replaced) if replaced else text
    if "\\u" in text and re.search(_SURROGATE_ESCAPE, text):
        text = _with_whole_characters(text)
    return text if text.endswith("\n") else text + "\n"


def _beyond_ascii(text: str) -> str:
    """The characters of a text that are not ASCII, and DEL; few, and found ten times as fast."""
    written = text.encode("utf-8", "surrogatepass").translate(None, _ASCII)
    return written.decode("utf-8", "surrogatepass")


def _with_whole_characters(text: str) -> str:
    """Write pairs of surrogate escapes, which JSON strings may hold, as one escape each."""
    while (offset := _refused_escape(text)) is not None:
        start = text.rfind("\\u", 0, offset + 2)
        pair = re.compile(_SURROGATES).match(text, start) if start >= 0 else None
        if pair is None:
            break
        high, low = (int(half, 16) for half in pair.groups())
        whole = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00)
        text = f"{text[:start]}\\U{whole:08x}{text[pair.end() :]}"
    return text


def _refused_escape(text: str) -> int | None:
    import yaml  # noqa: PLC0415 - 10 ms, and such escapes are rare

    depth = 0
    try:
        for event in yaml.parse(text, Loader=yaml.CSafeLoader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > MAX_DEPTH:
                break
    except yaml.MarkedYAMLError as error:
        if error.problem and "Unicode character escape" in error.problem and error.problem_mark:
            return error.problem_mark.index
    except yaml.reader.ReaderError:
        pass
    return None
