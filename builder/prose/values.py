"""Numbers and words of a run in the prose: `{{ row_sum:.2f }}`."""

import re

VALUE = re.compile(r"\{\{\s*(\w+)\s*(?::\s*([^{}\s]*)\s*)?\}\}|\{\{\s[^{}\n]*\}*")
SWAP = str.maketrans(",.", ".,")


def show(value, spec, language):
    """Format a value as its readers write it.

    >>> show(1234.5, ",.2f", "pt"), show(1234.5, ",.2f", "en")
    ('1.234,50', '1,234.50')
    """
    if isinstance(value, str):
        return format(value, spec)
    if isinstance(value, float) and not spec:
        raise ValueError("say how many digits to show, for example :.2f")
    text = format(value, spec).replace("-", "\N{MINUS SIGN}")
    return text.translate(SWAP) if language == "pt" else text


class Values:
    """The values a chapter names, filled into its texts; each must be used."""

    def __init__(self, chapter, results, language):
        self.chapter, self.language = chapter, language
        self.known, self.unused = {}, {}
        for cell in chapter.code:
            for name, value in results[cell.number].values.items():
                if name in self.known:
                    raise chapter.error(f"names the value '{name}' a second time", cell)
                self.known[name], self.unused[name] = value, cell

    def fill(self, text, cell):
        """Put the values into a text that stands in `cell`."""

        def value(match):
            line = cell.line + (
                0 if cell.is_code else text.count("\n", 0, match.start())
            )
            where = type(cell)(cell.source, line, cell.number)
            if not match[1]:
                cause = f"cannot read '{match[0]}'; write {{{{ name:.2f }}}}"
                raise self.chapter.error(cause, where)
            if match[1] not in self.known:
                known = ", ".join(self.known) or "none"
                cause = f"no cell names a value '{match[1]}' (named: {known})"
                raise self.chapter.error(cause, where)
            self.unused.pop(match[1], None)
            try:
                return show(self.known[match[1]], match[2] or "", self.language)
            except ValueError as error:
                raise self.chapter.error(f"{match[0]}: {error}", where) from error

        return VALUE.sub(value, text)

    def require_all_used(self):
        for name, cell in self.unused.items():
            cause = f"names the value '{name}', which the prose never uses"
            raise self.chapter.error(cause, cell)
