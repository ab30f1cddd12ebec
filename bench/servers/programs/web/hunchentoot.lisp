; sbcl --non-interactive --load hunchentoot.lisp [advised]
(require :asdf)
(asdf:load-system :hunchentoot)
(hunchentoot:define-easy-handler (root :uri (lambda (request) (declare (ignore request)) t)) ()
  (when (string= (hunchentoot:script-name*) "/slow") (sleep 2))
  "ok")
(defvar *advised* (member "advised" sb-ext:*posix-argv* :test #'string=))
(defvar *acceptor*
  (apply #'make-instance 'hunchentoot:easy-acceptor :port (parse-integer (sb-ext:posix-getenv "PORT")) :access-log-destination nil
    (when *advised* (list :read-timeout 65 :write-timeout 65))))
(hunchentoot:start *acceptor*)
(defvar *stopped* (sb-thread:make-semaphore))
(when *advised*
  (sb-sys:enable-interrupt sb-unix:sigterm (lambda (&rest ignored) (declare (ignore ignored)) (sb-thread:signal-semaphore *stopped*))))
(sb-thread:wait-on-semaphore *stopped*)
(hunchentoot:stop *acceptor* :soft t)
(sb-ext:exit :abort t)
