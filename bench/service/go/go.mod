module search-service-peer

go 1.19
