"""The same with Quart."""
import asyncio

from quart import Quart

app = Quart(__name__)


@app.get("/slow")
async def slow():
    await asyncio.sleep(2)
    return "ok"


@app.get("/")
@app.get("/health")
async def root():
    return "ok"
