package main

import (
	"github.com/gin-gonic/gin"
	"os"
	"time"
)

func main() {
	g := gin.New()
	g.GET("/slow", func(c *gin.Context) { time.Sleep(2 * time.Second); c.String(200, "slow") })
	g.GET("/", func(c *gin.Context) { c.String(200, "ok") })
	g.GET("/health", func(c *gin.Context) { c.String(200, "ok") })
	g.Run(":" + os.Getenv("PORT"))
}
