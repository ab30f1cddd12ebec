(* caml *)
open Lwt.Infix
let respond _ request _ =
  let slow = Uri.path (Cohttp.Request.uri request) = "/slow" in
  (if slow then Lwt_unix.sleep 2.0 else Lwt.return_unit) >>= fun () ->
  Cohttp_lwt_unix.Server.respond_string ~status:`OK ~body:"ok" ()
let () =
  let mode = `TCP (`Port (int_of_string (Sys.getenv "PORT"))) in
  Lwt_main.run (Cohttp_lwt_unix.Server.create ~mode (Cohttp_lwt_unix.Server.make ~callback:respond ()))
