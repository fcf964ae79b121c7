"""The scoreboard of `docs/timeline.yml`: bars of BLEU, and the same as a table."""

from collections.abc import Mapping, Sequence
from html import escape
from typing import Any

from builder.prose.drawn import Words, figure, folded, text
from builder.prose.values import show

UNIT = 8  # of width, for one point of BLEU
SHAPE = {"bleu": float, "no_unk?": float, "attention?": bool, "cite": str}
PAPER = "var(--md-default-bg-color)"


def fault(score: Mapping[str, Any]) -> str:
    """Say what is wrong with a score, or nothing."""
    for key in ("bleu", "no_unk"):
        if not 0 <= score.get(key, 0) <= 45:
            return f"{key} must be from 0 to 45, not {score[key]}"
    return "" if score["cite"].startswith("[@") else 'needs cite: "[@key]"'


def draw(scores: Sequence[Mapping[str, Any]], lang: str, words: Words) -> str:
    """Draw a bar for each score, and a ring for the one without unknown words."""
    body, rows = [], list(words["columns"])
    for place, score in enumerate(sorted(scores, key=lambda score: -score["bleu"])):
        y, end, known = 14 + place * 46, score["bleu"] * UNIT, score.get("no_unk")
        colour = "var(--line-1)" if score.get("attention") else "var(--line-4)"
        name, what = score[lang]
        note = f'<tspan font-weight="400">, {escape(what)}</tspan></text>'
        number = show(score["bleu"], ".2f", lang)
        body += [
            text(0, y, name, font_weight=700).replace("</text>", note),
            f'<path d="M0 {y + 6}h{end:.1f}v18h-{end:.1f}z" fill="{colour}"/>',
            text(end - 6, y + 19, number, text_anchor="end", fill=PAPER),
        ]
        if known:
            body += [
                f'<circle cx="{known * UNIT:.1f}" cy="{y + 15}" r="4" fill="none"'
                ' stroke="currentColor" stroke-width="2"/>',
                text(known * UNIT + 8, y + 19, show(known, ".2f", lang)),
            ]
        known = show(known, ".2f", lang) if known else "–"
        rows.append(f"| {name}, {what}{score['cite']} | {number} | {known} |")
    return figure(body, 46 * len(scores), words) + folded(words, rows)
