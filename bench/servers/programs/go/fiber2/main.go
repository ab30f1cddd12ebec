package main

import (
	"github.com/gofiber/fiber/v2"
	"os"
	"time"
)

func main() {
	a := fiber.New()
	a.Get("/slow", func(c *fiber.Ctx) error { time.Sleep(2 * time.Second); return c.SendString("slow") })
	a.Get("/*", func(c *fiber.Ctx) error { return c.SendString("ok") })
	a.Listen(":" + os.Getenv("PORT"))
}
