package main

import (
	"github.com/go-chi/chi/v5"
	"net/http"
	"os"
	"time"
)

func main() {
	r := chi.NewRouter()
	r.Get("/slow", func(w http.ResponseWriter, r *http.Request) { time.Sleep(2 * time.Second); w.Write([]byte("slow")) })
	r.Get("/*", func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) })
	http.ListenAndServe(":"+os.Getenv("PORT"), r)
}
