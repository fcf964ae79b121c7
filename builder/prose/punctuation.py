"""Punctuation stays on the line of the term or formula that it follows.

Browsers may break a line on either side of a button or a formula, also before a comma.
"""

import re

BOX = (
    r'<math\b(?:(?!</math>).)*</math>|<button type="button" class="term"[^>]*>[^<]*'
    r'</button><span class="definition"(?:(?!</span>).)*</span>'
)
NOTE = r'<sup id="fnref.*?</sup>'
ATTACHED = re.compile(
    rf"((?:<(em|strong)>)?(?:{BOX})(?(2)</\2>)(?:[.,;:!?)\]»”’…]+(?:{NOTE})?|{NOTE}))",
    re.DOTALL,
)


def attach(html):
    """Keep what follows a term or formula with it.

    >>> attach("<p><math>x</math>, y</p>")
    '<p><span class="whole"><math>x</math>,</span> y</p>'
    >>> attach("<math>x</math> <math>y</math>!")
    '<math>x</math> <span class="whole"><math>y</math>!</span>'
    """
    return ATTACHED.sub(r'<span class="whole">\1</span>', html)
