package main

import (
	"github.com/gorilla/mux"
	"net/http"
	"os"
	"time"
)

func main() {
	r := mux.NewRouter()
	r.HandleFunc("/slow", func(w http.ResponseWriter, r *http.Request) { time.Sleep(2 * time.Second); w.Write([]byte("slow")) })
	r.PathPrefix("/").HandlerFunc(func(w http.ResponseWriter, r *http.Request) { w.Write([]byte("ok")) })
	http.ListenAndServe(":"+os.Getenv("PORT"), r)
}
