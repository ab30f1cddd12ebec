"""The same with Litestar."""
import asyncio

from litestar import Litestar, get


@get("/slow")
async def slow() -> str:
    await asyncio.sleep(2)
    return "ok"


@get(["/", "/health"])
async def root() -> str:
    return "ok"


app = Litestar([slow, root])
