"""`make anywhere`: the same bytes on other processors, with other Pythons and shells.

Each variant builds the site in a copy of the project where every cell runs.
`test_reproducible.py` does one of these builds in `make test`. Besides Python it needs
what it compares with: other Pythons, and a network to install what they need, once.
"""

import os
import platform
import re
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor

import outputs
from elsewhere import (
    PLAIN,
    PROCESSORS,
    ROOT,
    X86,
    Variant,
    before_cells,
    build,
    copy_project,
    different,
    files,
    run,
    told,
    without_time_limit,
)

WORK = ROOT / ".cache" / "anywhere"
PYTHONS = "python3.11 python3.12 python3.13 python3.14"
PROPERDOCS = Variant("ProperDocs", shell="properdocs")
LOCKED = {
    "mkdocs": [ROOT / "requirements.txt"],
    "properdocs": [ROOT / "requirements.txt", ROOT / "tests" / "properdocs.txt"],
}
GENERATOR = re.compile(rb'<meta name="generator" content="[^"]*">')


def printed(site):
    """What the pages of a built site print, as the kept outputs are."""
    return {name: text.encode() for name, text in outputs.of_site(site).items()}


def kept():
    found = outputs.KEPT.glob("*/*.txt")
    return {
        path.relative_to(outputs.KEPT).as_posix(): path.read_bytes() for path in found
    }


def report(site, plain):
    """Compare a site with the kept outputs and with the plain build: (fine?, words)."""
    if wrong := different(kept(), printed(site)):
        return False, f"PRINTS OTHERWISE than tests/outputs\n{told(wrong)}"
    if wrong := different(plain, files(site)):
        names = f"printed the same, {len(wrong)} files differ"
        return False, f"{names}\n{told(wrong)}"
    return True, "same"


def report_shell(site, plain):
    """Compare with the plain build, but for the tag that names the shell."""
    theirs = files(site)
    named = sum(GENERATOR.sub(b"", text) != text for text in theirs.values())
    if wrong := different(without_name(plain), without_name(theirs)):
        return False, f"{len(wrong)} files differ in more than its name\n{told(wrong)}"
    return True, f"same but for its name, the generator tag of {named} pages"


def without_name(site):
    """Leave out what names the shell, and with it the checksums."""
    own = {name: text for name, text in site.items() if name != "SHA256SUMS"}
    return {name: GENERATOR.sub(b"", text) for name, text in own.items()}


def pythons():
    """Find the other Pythons: (variants, what was not found)."""
    variants, missing = [], []
    code = "import platform as p; print(p.python_version(), p.machine())"
    own = f"{platform.python_version()} {platform.machine()}"
    for name in os.environ.get("PYTHONS", PYTHONS).split():
        command = shutil.which(name)
        asked = run([command, "-c", code]) if command else None
        if asked is None or asked.returncode:
            if "PYTHONS" in os.environ:
                raise SystemExit(f"PYTHONS names {name}, which is no Python that runs")
            missing.append(name)
        elif asked.stdout.strip() != own:
            variants.append(Variant(f"Python {asked.stdout.strip()}", python=command))
    return variants, missing


def install(variant):
    """Give a Python what a shell needs, once, in a folder of its own."""
    locked = LOCKED[variant.shell]
    text = b"".join(path.read_bytes() for path in locked)
    folder = WORK / variant.name.replace(" ", "-").lower()
    done = folder / "ready"
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not done.is_file() or done.read_bytes() != text:
        shutil.rmtree(folder, ignore_errors=True)
        pip = [sys.executable, "-m", "pip", "--python", python, "install", "-q"]
        pip += ["--require-hashes", "--only-binary", ":all:"]
        pip += [word for path in locked for word in ("-r", path)]
        for command in ([variant.python, "-m", "venv", "--without-pip", folder], pip):
            ran = run(command)
            if ran.returncode:
                raise RuntimeError(f"{variant.name}: cannot set it up\n{ran.stdout}")
        done.write_bytes(text)
    variant.python = python


def shells():
    """Set up the other shell: (variants, why there is none)."""
    try:
        install(PROPERDOCS)
    except RuntimeError as error:
        return [], f"{error}\nProperDocs could not be installed, not tried"
    return [PROPERDOCS], ""


def describe(variant):
    """Ask a Python in a variant's environment what it makes of the processor."""
    code = "import sys; sys.path[:0] = [sys.argv[1]]; import processor as p"
    command = [variant.python, "-c", f"{code}; print(p.describe())"]
    return run([*command, ROOT / "tests"], env=variant.environment()).stdout.strip()


def attempt(variant):
    """Build a variant: (what it ran on, its site, None) or (.., None, what failed)."""
    ran = ""
    try:
        if variant.python != sys.executable:
            install(variant)
        folder = WORK / "builds" / "".join(c for c in variant.name if c.isalnum())
        shutil.rmtree(folder, ignore_errors=True)
        copy, ran = copy_project(folder), describe(variant)
        before_cells(copy, variant.proof())
        without_time_limit(copy)
        build(copy, variant)
        return ran, copy / "site", None
    except RuntimeError as error:
        return ran, None, str(error)


def main():
    others, missing = pythons()
    other_shells, why_none = shells()
    processors = PROCESSORS if X86 else []
    lacking = {one.name: one.lacks() for one in processors if one.lacks()}
    for name in missing:
        print(f"{name}: not found, not tried; PYTHONS='...' names others")
    for name, feature in lacking.items():
        print(f"{name}: this processor lacks it ({feature}), not tried")
    if not X86:
        print(f"Kernels for other processors: none on {platform.machine()}, not tried")
    if why_none:
        print(why_none)
    tried = [PLAIN, *processors, *others, *other_shells]
    tried = [one for one in tried if one.name not in lacking]
    good, plain = True, None
    # A build itself runs two pages at a time.
    with ThreadPoolExecutor(max(1, os.cpu_count() // 2)) as pool:
        for variant, (ran, site, failure) in zip(tried, pool.map(attempt, tried)):
            if plain is None and site:
                plain = files(site)
            compare = report if variant.shell == PLAIN.shell else report_shell
            fine, words = (False, failure) if failure else compare(site, plain)
            good = good and fine
            print(f"{variant.name} ({ran}): {words}", flush=True)
    sys.exit(not good)


if __name__ == "__main__":
    main()
