"""`python -m tests.golden.regenerate` writes the golden files anew.

Read the difference before committing it.
"""

from __future__ import annotations

from tests.golden.answers import SHIPPED, answer
from tests.golden.commands import COMMANDS, printed
from tests.golden.families import FAMILIES
from tests.golden.outputs import PAGE, page
from tests.golden.places import ANSWERS, PRINTED, PROGRAMS
from tests.golden.programs import formulated, text


def main() -> None:
    """Write every golden file, and remove those that belong to nothing."""
    wanted = {
        PROGRAMS / f"{family}.lp": text(f.program, objective)
        for family, data in FAMILIES.items()
        for f, objective in [formulated(data)]
    }
    wanted |= {ANSWERS / f"{path.stem}.json": answer(path) for path in SHIPPED}
    wanted |= {PRINTED / f"{name}.json": printed(name) for name in COMMANDS}
    for path in (*PROGRAMS.glob("*.lp"), *ANSWERS.glob("*.json"), *PRINTED.glob("*.json")):
        if path not in wanted:
            path.unlink()
    for path, content in wanted.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
