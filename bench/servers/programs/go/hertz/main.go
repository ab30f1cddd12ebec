package main

import (
	"context"
	"github.com/cloudwego/hertz/pkg/app"
	"github.com/cloudwego/hertz/pkg/app/server"
	"os"
	"time"
)

func main() {
	h := server.Default(server.WithHostPorts(":" + os.Getenv("PORT")))
	h.GET("/slow", func(c context.Context, ctx *app.RequestContext) { time.Sleep(2 * time.Second); ctx.String(200, "slow") })
	h.GET("/*any", func(c context.Context, ctx *app.RequestContext) { ctx.String(200, "ok") })
	h.Spin()
}
