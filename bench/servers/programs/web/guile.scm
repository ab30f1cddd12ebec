; guile guile.scm
(use-modules (web server) (web request) (web uri))
(run-server
  (lambda (request body)
    (when (string=? (uri-path (request-uri request)) "/slow") (sleep 2))
    (values '((content-type . (text/plain))) "ok"))
  'http
  (list #:port (string->number (getenv "PORT")) #:addr INADDR_ANY))
