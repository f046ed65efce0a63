"""Small questions about one node of a Python syntax tree. Plain Python."""

from __future__ import annotations

import ast
import sys

from community_dashboard.operations.uses import Attribute, Call, Each, Step

OURS = ("referral_xblock", "community_dashboard")


def is_foreign(module: str) -> bool:
    """Whether a module belongs neither to us nor to Python."""
    top = module.split(".")[0]
    return top not in OURS and top not in sys.stdlib_module_names and top != "__future__"


def taken_apart(node: ast.expr) -> tuple[ast.expr | None, list[ast.expr], Step | None]:
    """One link of a chain: what it hangs on, the expressions beside it, and the step. A slice of rows is rows: no step."""
    if isinstance(node, ast.Attribute):
        return node.value, [], Attribute(node.attr)
    if isinstance(node, ast.Subscript):
        return node.value, [node.slice], None if isinstance(node.slice, ast.Slice) else Each()
    if not isinstance(node, ast.Call):
        return None, [], None
    texts = texts_of(node)
    if last_name(node.func) == "getattr" and isinstance(node.func, ast.Name):
        asked = texts[1] if len(texts) == 2 else None  # with a default of its own, nothing is asked
        return (node.args[0], [], Attribute(asked)) if asked else (None, [*node.args], None)
    call = Call(
        positional=sum(not isinstance(argument, ast.Starred) for argument in node.args),
        keywords=tuple(keyword.arg for keyword in node.keywords if keyword.arg),
        texts=texts,
        conditions=tuple(
            keyword.arg
            for argument in node.args
            for part in ast.walk(argument)
            if isinstance(part, ast.Call) and last_name(part.func) == "Q"
            for keyword in part.keywords
            if keyword.arg
        ),
        open_ended=any(isinstance(argument, ast.Starred) for argument in node.args)
        or any(keyword.arg is None for keyword in node.keywords),
    )
    return node.func, [*node.args, *(keyword.value for keyword in node.keywords)], call


def texts_of(call: ast.Call) -> tuple[str | None, ...]:
    """Of each positional argument the text, None where none is written out."""
    values = [argument.value if isinstance(argument, ast.Constant) else None for argument in call.args]
    return tuple(value if isinstance(value, str) else None for value in values)


def last_name(node: ast.expr) -> str:
    """The name, or the attribute, at the end of a dotted path; "" for anything else."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def errors_named(handled: ast.expr | None) -> frozenset[str]:
    """The errors that an except clause names; a bare one catches all."""
    if handled is None:
        return frozenset({"BaseException"})
    return frozenset(last_name(part) for part in (handled.elts if isinstance(handled, ast.Tuple) else [handled]))


def is_none(node: ast.expr) -> bool:
    """Whether it is the word None."""
    return isinstance(node, ast.Constant) and node.value is None


def guards_in(tree: ast.Module) -> dict[str, frozenset[str]]:
    """The file's own functions that catch errors, each with the errors that it does not raise again."""
    return {
        part.name: frozenset().union(*map(_swallowed, tries))
        for part in tree.body
        if isinstance(part, ast.FunctionDef)
        and (tries := [node for node in ast.walk(part) if isinstance(node, ast.Try)])
    }


def _swallowed(node: ast.Try) -> frozenset[str]:
    kept = [handler for handler in node.handlers if not any(isinstance(line, ast.Raise) for line in handler.body)]
    return frozenset(name for handler in kept for name in errors_named(handler.type))
