"""The same with Sanic."""
import asyncio

from sanic import Sanic
from sanic.response import text

app = Sanic("servers")


@app.get("/slow")
async def slow(request):
    await asyncio.sleep(2)
    return text("ok")


@app.get("/")
async def root(request):
    return text("ok")


@app.get("/health")
async def health(request):
    return text("ok")
