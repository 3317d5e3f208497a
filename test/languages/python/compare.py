"""Compares what a program wrote with what is expected, byte for byte: compare.py OUT EXPECTED."""

import difflib
import pathlib
import sys

out, expected = (pathlib.Path(argument) for argument in sys.argv[1:])
written = b"---\n".join(path.read_bytes() for path in sorted(out.rglob("*.yaml")))
wanted = expected.read_bytes()
if written != wanted:
    lines = [text.decode().splitlines(keepends=True) for text in (wanted, written)]
    sys.stdout.writelines(difflib.unified_diff(*lines, str(expected), "written by Python"))
    sys.exit(f"Python writes other bytes than {expected}")
print(f"{len(written)} bytes, as expected")
