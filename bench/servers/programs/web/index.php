<?php
if ($_SERVER['REQUEST_URI'] === '/slow') sleep(2);
header('Content-Length: 2');
echo 'ok';
