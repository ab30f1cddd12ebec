package main

import (
	"github.com/valyala/fasthttp"
	"os"
	"time"
)

func main() {
	fasthttp.ListenAndServe(":"+os.Getenv("PORT"), func(c *fasthttp.RequestCtx) {
		if string(c.Path()) == "/slow" {
			time.Sleep(2 * time.Second)
		}
		c.WriteString("ok")
	})
}
