"""Follows names of other packages through the syntax tree of one file: imports, assignments, loops, annotations, errors caught.

A name that may stand for several things, after an `if` or a fallback import, stands for each of them. Plain Python.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

from community_dashboard.operations.syntax import errors_named, is_foreign, is_none, last_name, taken_apart, texts_of
from community_dashboard.operations.uses import IMPORT_ERRORS, Each, Instance, Origin, Use


@dataclass
class _Scope:
    """What names stand for in one function, and in those around it."""

    known: dict[str, tuple[Origin, ...]] = field(default_factory=dict)
    depth: int = 0  # how many ifs, loops and tries we are inside of


class Reader(ast.NodeVisitor):
    def __init__(self, file: str, guards: Mapping[str, frozenset[str]]) -> None:
        self.file = file
        self.guards = guards
        self.uses: list[Use] = []
        self.scopes = [_Scope()]
        self.verbs: list[str] = []
        self.caught: frozenset[str] = frozenset()
        self.instead_of: tuple[tuple[str, str], ...] = ()
        self.for_types_only = False

    # Imports

    def visit_Import(self, node: ast.Import) -> None:
        for alias in filter(lambda alias: is_foreign(alias.name), node.names):
            self._note(node, Origin(alias.name, ""))
            bound = alias.asname or alias.name.split(".")[0]
            self._bind(bound, (Origin(alias.name if alias.asname else bound, ""),), beside=True)

    def visit_ImportFrom(self, node: ast.ImportFrom) -> None:
        if node.level or not node.module or not is_foreign(node.module):
            return
        for alias in node.names:
            origin = Origin(node.module, "" if alias.name == "*" else alias.name)
            self._note(node, origin)
            self._bind(alias.asname or alias.name, (origin,), beside=True)

    # Places where something is provided for

    def visit_Try(self, node: ast.Try | ast.TryStar) -> None:
        before = len(self.uses)
        names = frozenset(name for handler in node.handlers for name in errors_named(handler.type))
        with self._providing_for(names):
            self._visit_all(node.body)
        tried = tuple((use.module, use.name) for use in self.uses[before:] if not use.steps)
        for handler in node.handlers:
            outer, self.instead_of = self.instead_of, tried if errors_named(handler.type) & IMPORT_ERRORS else ()
            with self._providing_for(frozenset()):
                self._visit_all(handler.body)
            self.instead_of = outer
        with self._providing_for(frozenset()):
            self._visit_all([*node.orelse, *node.finalbody])

    visit_TryStar = visit_Try  # noqa: N815

    def visit_With(self, node: ast.With) -> None:
        names: frozenset[str] = frozenset()
        for item in node.items:
            self.visit(item.context_expr)
            call = item.context_expr
            if isinstance(call, ast.Call) and last_name(call.func) == "suppress":
                names = names.union(*map(errors_named, call.args))
            if isinstance(item.optional_vars, ast.Name):
                self._bind(item.optional_vars.id, ())
        with self._providing_for(names):
            self._visit_all(node.body)

    def visit_If(self, node: ast.If) -> None:
        self.visit(node.test)
        if last_name(node.test) == "TYPE_CHECKING":
            self.for_types_only = True
            self._visit_all(node.body)
            self.for_types_only = False
        else:
            asked = any(
                isinstance(part, ast.Call) and last_name(part.func) == "hasattr" for part in ast.walk(node.test)
            )
            with self._providing_for(frozenset({"AttributeError"}) if asked else frozenset()):
                self._visit_all(node.body)
        with self._providing_for(frozenset()):
            self._visit_all(node.orelse)

    def visit_While(self, node: ast.While) -> None:
        with self._providing_for(frozenset()):
            self.generic_visit(node)

    # Names that stand for something

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._visit_all([*node.decorator_list, *node.args.defaults, *filter(None, node.args.kw_defaults)])
        self.verbs.append(node.name)
        self.scopes.append(_Scope())
        outer, self.caught = self.caught, self._guarded_by(node)  # what is provided for around it is over when it runs
        for argument in [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]:
            self._bind(argument.arg, self._annotated(argument.annotation))
        self._visit_all(node.body)
        self.caught = outer
        self.scopes.pop()
        self.verbs.pop()

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def _guarded_by(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> frozenset[str]:
        """What decorators of ours catch. Counts for a private function, whose caller goes on: a verb that is empty is lost."""
        names = (last_name(part.func if isinstance(part, ast.Call) else part) for part in node.decorator_list)
        caught = frozenset().union(*(self.guards.get(name, frozenset()) for name in names))
        return caught if node.name.startswith("_") else frozenset()

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._visit_all([*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)])
        self.verbs.append(node.name)
        self._visit_all(node.body)
        self.verbs.pop()

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self.scopes.append(_Scope({argument.arg: () for argument in node.args.args}))
        self.visit(node.body)
        self.scopes.pop()

    def visit_Assign(self, node: ast.Assign) -> None:
        self.visit(node.value)
        for target in node.targets:
            self._bind_target(target, () if is_none(node.value) else self._origins(node.value), is_none(node.value))

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)
        known = self._annotated(node.annotation) or (self._origins(node.value) if node.value else ())
        self._bind_target(node.target, known)

    def visit_NamedExpr(self, node: ast.NamedExpr) -> None:
        self.visit(node.value)
        self._bind_target(node.target, self._origins(node.value))

    def visit_For(self, node: ast.For) -> None:
        self.visit(node.iter)
        with self._providing_for(frozenset()):
            self._bind_target(node.target, self._each(node.iter))
            self._visit_all([*node.body, *node.orelse])

    def _visit_comprehension(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp | ast.DictComp) -> None:
        self.scopes.append(_Scope())
        for generator in node.generators:
            self.visit(generator.iter)
            self._bind_target(generator.target, self._each(generator.iter))
            self._visit_all(generator.ifs)
        self._visit_all([node.key, node.value] if isinstance(node, ast.DictComp) else [node.elt])
        self.scopes.pop()

    visit_ListComp = visit_SetComp = visit_GeneratorExp = visit_DictComp = _visit_comprehension  # noqa: N815

    # Chains: Y.attribute(…).method(…)

    def _visit_chain(self, node: ast.Attribute | ast.Call | ast.Subscript) -> None:
        origins = self._origins(node)
        for origin in origins:
            self._note(node, origin)
        if not origins:
            self.generic_visit(node)
            return
        link: ast.expr | None = node
        while isinstance(link, ast.Attribute | ast.Call | ast.Subscript):
            link, beside, _step = taken_apart(link)
            self._visit_all(beside)
        if link is not None and not isinstance(link, ast.Name):
            self.visit(link)

    visit_Attribute = visit_Call = visit_Subscript = _visit_chain  # noqa: N815

    def _origins(self, node: ast.expr) -> tuple[Origin, ...]:
        """What an expression may stand for, as far as it comes from a foreign name."""
        if isinstance(node, ast.Name):
            return next((scope.known[node.id] for scope in reversed(self.scopes) if node.id in scope.known), ())
        if isinstance(node, ast.IfExp | ast.BoolOp):
            branches = node.values if isinstance(node, ast.BoolOp) else [node.body, node.orelse]
            return tuple(dict.fromkeys(origin for branch in branches for origin in self._origins(branch)))
        if isinstance(node, ast.NamedExpr | ast.Await):
            return self._origins(node.value)
        if isinstance(node, ast.Call) and last_name(node.func) == "import_module":
            module = next(iter(texts_of(node)), None)
            return (Origin(module, ""),) if module and is_foreign(module) else ()
        if isinstance(node, ast.Attribute | ast.Call | ast.Subscript):
            inner, _beside, step = taken_apart(node)
            found = self._origins(inner) if inner is not None else ()
            return tuple(origin.then(step) for origin in found) if step else found
        return ()

    def _each(self, node: ast.expr) -> tuple[Origin, ...]:
        return tuple(origin.then(Each()) for origin in self._origins(node))

    def _annotated(self, annotation: ast.expr | None) -> tuple[Origin, ...]:
        """What a variable stands for whose annotation names one foreign class, or that class or None."""
        if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
            annotation = ast.parse(annotation.value, mode="eval").body
        if isinstance(annotation, ast.BinOp):
            return self._annotated(annotation.left) or self._annotated(annotation.right)
        if isinstance(annotation, ast.Name | ast.Attribute):
            return tuple(origin.then(Instance()) for origin in self._origins(annotation))
        return ()

    # What is kept

    def _note(self, node: ast.stmt | ast.expr, origin: Origin) -> None:
        if self.for_types_only:
            return
        self.uses.append(
            Use(
                module=origin.module,
                name=origin.name,
                steps=origin.steps,
                file=self.file,
                line=node.lineno,
                verb=".".join(self.verbs),
                caught=self.caught,
                instead_of=() if origin.steps else self.instead_of,
            )
        )

    def _bind(self, name: str, origins: tuple[Origin, ...], *, beside: bool = False) -> None:
        """From here on, a name stands for this. Inside a branch, it may still stand for what it stood for before."""
        scope = self.scopes[-1]
        before = scope.known.get(name, ()) if beside or scope.depth else ()
        scope.known[name] = tuple(dict.fromkeys((*before, *origins)))

    def _bind_target(self, target: ast.expr, origins: tuple[Origin, ...], nothing: bool = False) -> None:
        if isinstance(target, ast.Name):
            self._bind(target.id, origins, beside=nothing)
        elif isinstance(target, ast.Tuple | ast.List):
            for element in target.elts:
                self._bind_target(element, ())
        else:
            self.visit(target)

    @contextmanager
    def _providing_for(self, names: frozenset[str]) -> Iterator[None]:
        outer, self.caught = self.caught, self.caught | names
        self.scopes[-1].depth += 1
        yield
        self.scopes[-1].depth -= 1
        self.caught = outer

    def _visit_all(self, nodes: Iterable[ast.AST]) -> None:
        for node in nodes:
            self.visit(node)
