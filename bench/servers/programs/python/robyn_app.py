"""The same with Robyn."""
import asyncio
import os

from robyn import Robyn

app = Robyn(__file__)


@app.get("/slow")
async def slow(request):
    await asyncio.sleep(2)
    return "ok"


@app.get("/health")
async def health(request):
    return "ok"


@app.get("/")
async def root(request):
    return "ok"


app.start(host="0.0.0.0", port=int(os.environ["PORT"]))
