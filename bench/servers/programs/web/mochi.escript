%% escript mochi.escript
main(_) ->
    {ok, _} = application:ensure_all_started(crypto),
    {ok, _} = mochiweb_http:start([{port, list_to_integer(os:getenv("PORT"))}, {name, server}, {loop, fun(Request) ->
        case mochiweb_request:get(path, Request) of
            "/slow" -> timer:sleep(2000);
            _ -> ok
        end,
        mochiweb_request:respond({200, [], "ok"}, Request)
    end}]),
    receive stop -> ok end.
