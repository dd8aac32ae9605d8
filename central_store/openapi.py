"""The OpenAPI description, generated from the table of routes and the classes of the wire."""

from __future__ import annotations

import re
import types
from dataclasses import fields, is_dataclass
from enum import Enum
from functools import cache
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from caseworker_app.sync.wire.directory import SignedDirectory
from caseworker_app.sync.wire.messages import MEDIA_TYPE, PROTOCOL, REFUSALS, Refusal
from central_store.call import Plain, Raw
from central_store.routes import ROUTES, Access, Route, path_of

_BYTES = {"type": "string", "format": "binary"}
_PLAIN: dict[Any, dict[str, Any]] = {
    bytes: _BYTES,
    UUID: {**_BYTES, "description": "16 bytes"},
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Any: {},
}


@cache
def description() -> dict[str, Any]:
    """All routes, as OpenAPI 3.1 says it. Messages are CBOR maps of these shapes."""
    schemas: dict[str, Any] = {}
    paths: dict[str, dict[str, Any]] = {}
    for route in ROUTES:
        paths.setdefault(path_of(route), {})[route.method.lower()] = _operation(route, schemas)
    return {
        "openapi": "3.1.0",
        "info": {"title": "Caseworker, central store", "version": str(PROTOCOL)},
        "paths": paths,
        "components": {
            "schemas": schemas,
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    }


def _operation(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "operationId": route.name,
        "summary": route.sentence,
        "parameters": [_parameter(name) for name in re.findall(r"{(\w+)}", path_of(route))],
        "responses": _responses(route, schemas),
    }
    if route.access is not Access.ANYBODY:
        said["security"] = [{"token": []}]
    if route.asks is not Raw:
        said["requestBody"] = {"required": True, "content": _content(route.asks, schemas)}
    return said


def _responses(route: Route, schemas: dict[str, Any]) -> dict[str, Any]:
    good: dict[str, Any] = {"description": "What was asked for."}
    if route.answers is not Plain:
        good["content"] = _content(route.answers, schemas)
    refused = {
        str(status): {"description": error, "content": _content(Refusal, schemas)}
        for error, status in REFUSALS.items()
    }
    order = {"description": "revoked", "content": _content(SignedDirectory, schemas)}
    return {"200": good, **refused, str(REFUSALS["revoked"]): order}


def _parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _content(cls: type, schemas: dict[str, Any]) -> dict[str, Any]:
    return {MEDIA_TYPE: {"schema": _schema(cls, schemas)}}


def _schema(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    if kind in _PLAIN:
        return _PLAIN[kind]
    if get_origin(kind) in (tuple, list):
        items = [_schema(one, schemas) for one in get_args(kind) if one is not ...]
        same = len(items) == 1
        return {"type": "array", "items" if same else "prefixItems": items[0] if same else items}
    if get_origin(kind) in (Union, types.UnionType):
        return {"anyOf": [_schema(one, schemas) for one in get_args(kind)]}
    if isinstance(kind, type) and issubclass(kind, Enum):
        return {"type": "string", "enum": [one.value for one in kind]}
    return _named(kind, schemas)


def _named(kind: Any, schemas: dict[str, Any]) -> dict[str, Any]:
    if not is_dataclass(kind):
        return {"type": "null"}
    name = kind.__name__ if isinstance(kind, type) else ""
    if name not in schemas:
        schemas[name] = {}  # so that a shape may hold itself
        hints = get_type_hints(kind)
        schemas[name] = {
            "type": "object",
            "description": (kind.__doc__ or "").partition("\n")[0],
            "properties": {one.name: _schema(hints[one.name], schemas) for one in fields(kind)},
        }
    return {"$ref": f"#/components/schemas/{name}"}
