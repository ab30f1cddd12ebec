package main

import (
	"context"
	"fmt"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "hello") })
	http.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { time.Sleep(2 * time.Second); fmt.Fprint(w, "slow") })
	s := &http.Server{Addr: ":" + os.Getenv("PORT")}
	go s.ListenAndServe()
	c, _ := signal.NotifyContext(context.Background(), syscall.SIGTERM)
	<-c.Done()
	if len(os.Args) > 1 {
		time.Sleep(5 * time.Second)
	}
	s.Shutdown(context.Background())
}
