"""A backward slice: the statements that some others need, in a straight program.

Weiser, "Program slicing", 1984. What is bound last before a use is what it needs, with
every change in place since; what a function needs counts where it is called.
"""

import builtins
from collections.abc import Iterable, Sequence
from functools import cached_property

from builder.program.changes import aliases, changers_in, changes, with_aliases
from builder.program.statement import Statement

BUILT_IN = {*dir(builtins), "__name__", "__file__"}


class Program:
    """Statements that run one after the other, and what each of them needs."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        self.statements: Sequence[Statement] = list(statements)
        self.modules = {
            n for s in self.statements if s.is_import for n in s.names.gives
        }
        changers = changers_in([one.node for one in self.statements], self.modules)
        self.binders: dict[str, list[int]] = {}
        self.changers: dict[str, list[int]] = {}
        for at, one in enumerate(self.statements):
            for name in one.names.gives:
                self.binders.setdefault(name, []).append(at)
            if not one.is_definition:
                for name in changes([one.node], changers, self.modules):
                    self.changers.setdefault(name, []).append(at)

    @cached_property
    def shared(self) -> set[tuple[str, str]]:
        """Pairs of names that may stand for one object."""
        return aliases(one.node for one in self.statements if not one.is_definition)

    def needed(self, wanted: Iterable[int]) -> list[int]:
        """The numbers of the statements that those wanted need, and their own.

        KeyError names what no statement gives.
        """
        found: set[int] = set()
        open_ = list(wanted)
        asked: set[tuple[str, int]] = set()  # a name, and where it is asked for
        while open_:
            at = open_.pop()
            if at in found:
                continue
            found.add(at)
            names = [(name, at) for name in self._reads(at)]
            while names:
                name, where = names.pop()
                if (name, where) in asked:
                    continue
                asked.add((name, where))
                givers = self._givers(name, where)
                open_ += givers
                for giver in givers:
                    names += [(n, where) for n in self.statements[giver].names.later]
        return sorted(found)

    def _reads(self, at: int) -> set[str]:
        """What a statement needs at once; a module's own generator is a name, too."""
        changed = {name for name, places in self.changers.items() if at in places}
        drawn = {name for name in changed if name.endswith(".")}
        return self.statements[at].names.needs | drawn

    def _givers(self, name: str, where: int) -> list[int]:
        """The statements that make of a name what it is where it is asked for."""
        before = [at for at in self.binders.get(name, []) if at < where]
        givers: list[int] = []
        for at in reversed(before):
            givers.append(at)
            if name in self.statements[at].names.surely:
                break
        else:
            if not givers and name not in BUILT_IN and not name.endswith("."):
                givers = self.binders[name][:1]  # a function calls it: it comes later
        begin = givers[-1] if givers else -1
        changed = with_aliases({name}, self.shared) if givers else {name}
        for other in changed:
            places = self.changers.get(other, [])
            givers += [at for at in places if begin < at < where]
        return givers
