%% escript inets.escript
-module(inets_server).
-include_lib("inets/include/httpd.hrl").
-export([do/1]).
-mode(compile).
do(#mod{request_uri = Uri}) ->
    case Uri of
        "/slow" -> timer:sleep(2000);
        _ -> ok
    end,
    {proceed, [{response, {response, [{code, 200}, {content_length, "2"}], "ok"}}]}.
main(_) ->
    application:ensure_all_started(inets),
    {ok, _} = inets:start(httpd, [{port, list_to_integer(os:getenv("PORT"))}, {server_name, "server"}, {server_root, "."},
        {document_root, "."}, {bind_address, any}, {modules, [?MODULE]}]),
    receive stop -> ok end.
