"""What cells share, as it was at the end of each: names, contents, random states."""

import sys
import types
from collections import deque
from collections.abc import Iterable
from typing import Any

HEAVY = 10_000_000  # bytes of an array of which no copy is kept

main = sys.modules["__main__"] = types.ModuleType("__main__")  # where all cells run
Contents = dict[int, tuple[Any, Any]]  # by id: an object, and what stood in it


class Moment:
    """What cells share at one moment: names, what stands in them, random states.

    Restored, a cell finds what the cells above it left, whatever has run since. Out of
    reach: iterators, open files, and arrays too large to be kept twice.
    """

    def __init__(self, before: "Moment | None" = None) -> None:
        self.names: dict[str, Any] = dict(main.__dict__)
        self.contents: Contents = {}
        known: Contents = before.contents if before else {}
        roots = [("random", "_inst"), ("numpy.random.mtrand", "_rand")]
        found = [getattr(sys.modules.get(name), root, None) for name, root in roots]
        found.extend(self.names.values())
        while found:
            one = found.pop()
            if id(one) not in self.contents and not is_fixed(one):
                content, inside = state(one, known)
                self.contents[id(one)] = one, content
                found.extend(inside)

    def restore(self) -> None:
        main.__dict__.clear()
        main.__dict__.update(self.names)
        for one, content in self.contents.values():
            if content is not None:
                put_back(one, content)


PLAIN = {type(None), bool, int, float, complex, str, bytes, types.ModuleType}
# Tuples of plain things and of such tuples, by id: no need to look again.
fixed: dict[int, tuple[Any, ...]] = {}


def is_fixed(one: object) -> bool:
    if type(one) in PLAIN or id(one) in fixed:
        return True
    if not isinstance(one, tuple):
        return False
    if PLAIN.issuperset(map(type, one)) or all(map(is_fixed, one)):
        fixed[id(one)] = one
    return id(one) in fixed


def state(one: Any, known: Contents) -> tuple[Any, Iterable[Any]]:
    """Return what can change of an object, and the objects in it."""
    random, numpy = sys.modules.get("random"), sys.modules.get("numpy")
    if isinstance(one, dict):
        return dict(one), one.values()
    if isinstance(one, (list, set, deque, bytearray)):
        return list(one), () if isinstance(one, bytearray) else one
    if isinstance(one, (tuple, frozenset)):
        return None, one
    if isinstance(one, types.FunctionType):
        cells = [c for c in one.__closure__ or () if c != types.CellType()]  # not empty
        return None, [*(c.cell_contents for c in cells), *(one.__defaults__ or ())]
    if random and isinstance(one, random.Random):
        return None if isinstance(one, random.SystemRandom) else one.getstate(), ()
    if numpy and isinstance(one, numpy.random.Generator):
        return one.bit_generator.state, ()
    if numpy and isinstance(one, numpy.random.RandomState):
        return one.get_state(legacy=False), ()
    if numpy and isinstance(one, numpy.ndarray):
        return copied(one, known), one.ravel() if one.dtype == object else ()
    if isinstance(one, type) and one.__module__ == "__main__":
        return None, vars(one).values()
    if type(one).__module__ in ("__main__", "types") and hasattr(one, "__dict__"):
        return None, [vars(one)]
    return None, ()


def copied(array: Any, known: Contents) -> Any:
    """Return a copy of an array, the one already kept if nothing has changed."""
    _, old = known.get(id(array), (None, None))
    if array.nbytes > HEAVY:
        return None
    same = old is not None and sys.modules["numpy"].array_equal(old, array)
    return old if same else array.copy()


def put_back(one: Any, content: Any) -> None:
    if isinstance(one, (dict, set)):
        one.clear()
        one.update(content)
    elif isinstance(one, (list, deque, bytearray)):
        one.clear()
        one.extend(content)
    elif hasattr(one, "bit_generator"):
        one.bit_generator.state = content
    elif hasattr(one, "set_state"):
        one.set_state(content)
    elif hasattr(one, "setstate"):
        one.setstate(content)
    elif one.flags.writeable and one.shape == content.shape:
        one[...] = content
