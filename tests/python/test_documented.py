"""Every public function says what it takes, what it gives, and shows itself at work; the stub says what the extension has."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import chainqual as cq
from chainqual import _chainqual as native
from conftest import public

EVERYWHERE = {"self", "cls", "threads", "progress"}
"""Parameters that mean the same everywhere, and which the package's own text describes."""


def sections(function: Callable[..., Any]) -> dict[str, str]:
    """The parts of a docstring by heading."""
    parts = re.split(r"^([A-Z]\w+)\n-+\n", inspect.getdoc(function) or "", flags=re.MULTILINE)
    return {"": parts[0], **dict(zip(parts[1::2], parts[2::2]))}


def test_there_is_much_to_look_at() -> None:
    names = {name for name, _ in public()}
    assert len(names) > 180 and {"cascade", "Store.step", "plots.radar", "datasets.folder", "Network.open"} <= names


def test_public_functions_have_examples() -> None:
    assert [name for name, function in public() if ">>>" not in sections(function).get("Examples", "")] == []


def test_public_functions_say_what_they_give() -> None:
    silent = []
    for name, function in public():
        given = inspect.signature(function).return_annotation
        if given != "None" and not sections(function).get("Returns", "").strip():
            silent.append(name)
    assert silent == []


def test_public_functions_describe_their_parameters() -> None:
    silent = {}
    for name, function in public():
        lines = [line for line in sections(function).get("Parameters", "").splitlines() if line and line[0] != " "]
        described = {one.strip().lstrip("*") for line in lines for one in line.split(" : ")[0].split(",")}
        missing = set(inspect.signature(function).parameters) - described - EVERYWHERE
        unknown = described - set(inspect.signature(function).parameters)
        if missing or unknown:
            silent[name] = (missing, unknown)
    assert silent == {}


def test_public_properties_and_classes_are_described() -> None:
    silent = []
    for name in cq.__all__:
        one = getattr(cq, name)
        if isinstance(one, type):
            silent += [name] * (not (one.__doc__ or "").strip() or (one.__doc__ or "").startswith(f"{name}("))
            members = [(key, member) for key, member in vars(one).items() if isinstance(member, property)]
            silent += [
                f"{name}.{key}" for key, member in members if key[0] != "_" and not (member.__doc__ or "").strip()
            ]
    assert silent == []


def test_what_means_the_same_everywhere_is_described_once() -> None:
    for word in ("threads", "progress"):
        assert re.search(rf"^{word} : ", cq.__doc__ or "", re.MULTILINE)


# ---- the stub ------------------------------------------------------------------------------------------------------

PLAIN = {"int", "str", "bool", "float", "None", "object"}
"""Types that pybind11 writes as a stub does."""


def stubbed() -> dict[str, list[tuple[list[str], list[str], int, str]]]:
    """By name: parameters, their types, how many have a default, and what is given; several where it is overloaded."""
    found: dict[str, list[tuple[list[str], list[str], int, str]]] = {}

    def take(prefix: str, body: list[ast.stmt]) -> None:
        for node in body:
            if isinstance(node, ast.ClassDef):
                found[node.name] = []
                take(node.name + ".", node.body)
            elif isinstance(node, ast.FunctionDef):
                marks = {mark.id for mark in node.decorator_list if isinstance(mark, ast.Name)}
                if "property" in marks:
                    found[f"{prefix}{node.name}"] = []
                    continue
                assert node.args.vararg is None and node.args.kwarg is None and not node.args.kwonlyargs, node.name
                arguments = [one for one in node.args.args if one.arg != "self"]
                types = [ast.unparse(one.annotation) if one.annotation else "" for one in arguments]
                given = ast.unparse(node.returns) if node.returns else ""
                one = ([one.arg for one in arguments], types, len(node.args.defaults), given)
                found.setdefault(f"{prefix}{node.name}", []).append(one)
            elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
                found[f"{prefix}{node.target.id}"] = []

    take("", ast.parse((Path(cq.__path__[-1]) / "_chainqual.pyi").read_text(encoding="utf-8")).body)
    return found


def bound(doc: str) -> list[tuple[list[str], list[str], int, str]]:
    """The same of what pybind11 writes atop a function's text."""
    found = []
    for arguments, given in re.findall(r"^(?:\d+\. )?\w+\((.*)\) -> (.*)$", doc, re.MULTILINE):
        parts = [one.strip() for one in re.split(r", (?=\w+: )", arguments) if one.strip() and "self:" not in one]
        names, types = (
            [one.split(":")[0] for one in parts],
            [one.split(":", 1)[1].split("=")[0].strip() for one in parts],
        )
        found.append((names, types, sum("=" in one for one in parts), given))
    return found


def extension() -> dict[str, list[tuple[list[str], list[str], int, str]]]:
    """What the extension has, as `stubbed`."""
    found: dict[str, list[tuple[list[str], list[str], int, str]]] = {}

    def take(prefix: str, home: Any) -> None:
        for name, member in vars(home).items():
            if name.startswith("_") and name != "__init__":
                continue
            one = member if isinstance(member, property) else getattr(home, name)
            if isinstance(one, type):
                found[name] = []
                take(name + ".", one)
            elif callable(one) and not isinstance(one, property):
                if "Initialize self" not in (one.__doc__ or ""):
                    found[prefix + name] = bound(one.__doc__ or "")
            else:
                found[prefix + name] = []

    take("", native)
    return {name: one for name, one in found.items() if one or not name.endswith("__init__")}


def test_the_stub_names_what_the_extension_has() -> None:
    said, has = set(stubbed()), set(extension())
    assert said - has == set() and has - said == set()


def test_the_stubs_signatures_are_those_of_the_extension() -> None:
    said, has = stubbed(), extension()
    assert sum(map(len, has.values())) > 150
    for name in said:
        assert [(names, defaults) for names, _, defaults, _ in said[name]] == [
            (names, defaults) for names, _, defaults, _ in has[name]
        ], name
        for (_, types, _, given), (_, real_types, _, real_given) in zip(said[name], has[name]):
            for stub, real in zip([*types, given], [*real_types, real_given]):
                assert agrees(stub, real), f"{name}: {stub} for {real}"


def agrees(stub: str, real: str) -> bool:
    """Whether a stub's type can be what pybind11 names: the same plain word or class, or a more exact one."""
    stub = stub.removeprefix("builtins.")  # where a method is called list
    if real.startswith("chainqual._chainqual."):
        return stub.removesuffix(" | None") == real.rsplit(".", 1)[1]  # a pointer can be None
    if real in ("dict", "list", "tuple"):
        return stub.startswith((real, "_Dict" if real == "dict" else real, "_How" if real == "tuple" else real))
    return real == "object" or real not in PLAIN or stub == real
