package main

import (
	"github.com/labstack/echo/v4"
	"os"
	"time"
)

func main() {
	e := echo.New()
	e.GET("/slow", func(c echo.Context) error { time.Sleep(2 * time.Second); return c.String(200, "slow") })
	e.GET("/*", func(c echo.Context) error { return c.String(200, "ok") })
	e.Start(":" + os.Getenv("PORT"))
}
