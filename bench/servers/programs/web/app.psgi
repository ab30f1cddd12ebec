sub { my $env = shift; sleep 2 if $env->{PATH_INFO} eq '/slow'; [200, ['Content-Type' => 'text/plain', 'Content-Length' => 2], ['ok']] };
