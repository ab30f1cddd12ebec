// The peer of the benchmark: a search looks at exactly 100 of the 100,000 products in a sync.Map.
package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"strings"
	"sync"
	"time"
)

const (
	catalogueSize = 100_000
	sampleSize    = 100
	maxReturned   = 20
)

type product struct {
	ID          int    `json:"id"`
	Name        string `json:"name"`
	Category    string `json:"category"`
	Description string `json:"description"`
	Brand       string `json:"brand"`
}

type answer struct {
	Products   []product `json:"products"`
	TotalFound int       `json:"total_found"`
	SearchTime string    `json:"search_time"`
}

var (
	brands     = []string{"Alpha", "Beta", "Gamma", "Delta", "Epsilon", "Zeta", "Eta", "Theta", "Iota", "Kappa"}
	categories = []string{"Electronics", "Books", "Home", "Sports", "Clothing", "Toys", "Garden", "Beauty", "Music", "Food"}
	products   sync.Map
)

func fill() {
	for id := 1; id <= catalogueSize; id++ {
		brand, category := brands[id%len(brands)], categories[(id/len(brands))%len(categories)]
		products.Store(id, product{id, fmt.Sprintf("Product %s %d", brand, id), category,
			fmt.Sprintf("A %s product by %s, made to last for years.", category, brand), brand})
	}
}

func search(term string) answer {
	started, term := time.Now(), strings.ToLower(term)
	found, looked := answer{Products: []product{}}, 0
	products.Range(func(_, value any) bool {
		each := value.(product)
		if strings.Contains(strings.ToLower(each.Name), term) || strings.Contains(strings.ToLower(each.Category), term) {
			found.TotalFound++
			if len(found.Products) < maxReturned {
				found.Products = append(found.Products, each)
			}
		}
		looked++
		return looked < sampleSize
	})
	found.SearchTime = time.Since(started).String()
	return found
}

func main() {
	fill()
	http.HandleFunc("/health", func(writer http.ResponseWriter, _ *http.Request) {
		writer.Header().Set("Content-Type", "application/json")
		fmt.Fprint(writer, `{"status":"healthy"}`)
	})
	http.HandleFunc("/products/search", func(writer http.ResponseWriter, request *http.Request) {
		writer.Header().Set("Content-Type", "application/json")
		json.NewEncoder(writer).Encode(search(request.URL.Query().Get("q")))
	})
	if err := http.ListenAndServe("127.0.0.1:"+os.Getenv("PORT"), nil); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
