"""Which receivers a source file connects with `@receiver(SIGNAL, …)`, read from the file. Plain Python, nothing is imported."""

from __future__ import annotations

import ast
from dataclasses import dataclass

from community_dashboard.operations.syntax import last_name


@dataclass(frozen=True)
class Receiver:
    """A function that wants to be told."""

    function: str
    signal_module: str
    signal: str
    uid: str
    sender: str = ""  # "forum.Comment" where a table is named by a text


def receivers_in(source: str) -> list[Receiver]:
    """Every decorated receiver of this source that has a dispatch_uid written out. SyntaxError if it is no Python."""
    tree = ast.parse(source)
    modules = {
        alias.asname or alias.name: (node.module, alias.name)
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module
        for alias in node.names
    }
    return [
        Receiver(function.name, *modules[signal.id], uid=uid, sender=_text(decorator, "sender"))
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef)
        for decorator in function.decorator_list
        if isinstance(decorator, ast.Call) and last_name(decorator.func) == "receiver" and decorator.args
        if (uid := _text(decorator, "dispatch_uid"))
        for signal in _all(decorator.args[0])
        if isinstance(signal, ast.Name) and signal.id in modules
    ]


def _all(node: ast.expr) -> list[ast.expr]:
    return node.elts if isinstance(node, ast.List | ast.Tuple) else [node]


def _text(call: ast.Call, keyword: str) -> str:
    values = [word.value for word in call.keywords if word.arg == keyword]
    return (
        values[0].value if values and isinstance(values[0], ast.Constant) and isinstance(values[0].value, str) else ""
    )
