"""The same with FastAPI."""
import asyncio

from fastapi import FastAPI

app = FastAPI()


@app.get("/slow")
async def slow():
    await asyncio.sleep(2)
    return "ok"


@app.get("/")
@app.get("/health")
async def root():
    return "ok"
