# Rscript plumber.R
library(plumber)
pr() |>
  pr_get("/slow", function() { Sys.sleep(2); "ok" }) |>
  pr_get("/health", function() "ok") |>
  pr_get("/", function() "ok") |>
  pr_run(host = "0.0.0.0", port = as.integer(Sys.getenv("PORT")), quiet = TRUE, docs = FALSE)
