"""What somebody else said, word for word: it is evidence, and is left as it was said."""

import re

# A quotation ends in the paragraph in which it begins.
_WITHIN = r"(?:(?!\n[ \t]*\n)[^{closing}])"
_DOUBLE = re.compile(r'(?<![\w"])"(?=\S)' + _WITHIN.format(closing='"') + r'+(?<=\S)"(?!\w)')
_CURLY = re.compile("\u201c" + _WITHIN.format(closing="\u201d\u201c") + "+\u201d")
# Single marks are apostrophes too: one opens only before a word and after none, and closes only
# after a word and before none; and a word cut short at its front ('til, '90s) opens nothing.
_CUT_SHORT = r"(?!(?:til|till|cause|cos|coz|em|n|tis|twas|bout|round|\d0s)\b)"
_SINGLE = re.compile(
    rf"(?<![\w'\u2019])['\u2018]{_CUT_SHORT}(?=\w)"
    r"(?:(?!\n[ \t]*\n).){1,300}?"
    r"(?<=[\w.,!?\u2026])['\u2019](?!\w)",
    re.DOTALL | re.IGNORECASE,
)


def quotations(text: str) -> list[tuple[int, int]]:
    """Where each quotation begins and ends, its marks included. An unclosed one is none."""
    found = [match.span() for kind in (_DOUBLE, _CURLY) for match in kind.finditer(text)]
    found += [
        match.span()
        for match in _SINGLE.finditer(text)
        if not any(start < match.start() < end for start, end in found)
    ]
    return found
