"""The floor: bytes by plain HTTP into PostgreSQL and out again. No keys, no checks, no order.

`python -m benchmarks.peers.plain_http DSN PORT` serves.
"""

from __future__ import annotations

import sys

import cbor2
import psycopg
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

AT_ONCE = 500
TABLE = "CREATE TABLE plain (number bigint PRIMARY KEY, body bytea NOT NULL)"


def app(dsn: str) -> Starlette:
    """One table, one way in and one way out."""
    connection = psycopg.connect(dsn, autocommit=True)
    connection.execute("DROP TABLE IF EXISTS plain")
    connection.execute(TABLE)

    async def put(request: Request) -> Response:
        after = int(request.path_params["after"])
        bodies = cbor2.loads(await request.body())
        with (
            connection.cursor() as cursor,
            cursor.copy("COPY plain FROM STDIN (FORMAT BINARY)") as copy,
        ):
            copy.set_types(["int8", "bytea"])
            for number, body in enumerate(bodies, after + 1):
                copy.write_row((number, body))
        return Response()

    async def get(request: Request) -> Response:
        query = "SELECT body FROM plain WHERE number > %s ORDER BY number LIMIT %s"
        after = int(request.path_params["after"])
        rows = connection.execute(query, (after, AT_ONCE), binary=True).fetchall()
        return Response(cbor2.dumps([row[0] for row in rows]))

    ways = [
        Route("/{after:int}", put, methods=["POST"]),
        Route("/{after:int}", get, methods=["GET"]),
    ]
    return Starlette(routes=ways)


if __name__ == "__main__":
    uvicorn.run(app(sys.argv[1]), port=int(sys.argv[2]), log_level="warning", access_log=False)
