% swipl swi.pl [advised]
:- use_module(library(http/thread_httpd)).
:- use_module(library(http/http_dispatch)).
:- http_handler(root(.), reply, [prefix]).
:- initialization(main, main).

reply(Request) :-
    memberchk(path(Path), Request),
    ( Path == '/slow' -> sleep(2) ; true ),
    format('Content-type: text/plain~n~nok').

main(Arguments) :-
    getenv('PORT', Text),
    atom_number(Text, Port),
    ( Arguments = [advised|_] -> Options = [keep_alive_timeout(65)] ; Options = [] ),
    http_server(http_dispatch, [port(Port)|Options]),
    thread_get_message(_).
