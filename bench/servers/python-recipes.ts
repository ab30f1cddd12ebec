import type { Recipe } from './recipe';

const pip = (...packages: string[]) => ({ kind: 'pip' as const, packages });
const versionOf = (name: string) => ['$FOLDER/venv/bin/python', '-c', `import importlib.metadata as m; print(m.version('${name}'))`];
const VENV = '$FOLDER/venv/bin';

/** A server with a command of its own. */
function commandRecipe(name: string, packageName: string, args: string, details: Partial<Recipe> & { advisedArgs?: string } = {}): Recipe {
  const { advisedArgs, ...rest } = details;
  const words = (text: string) => [`${VENV}/${text.split(' ')[0]}`, ...text.split(' ').slice(1)];
  return {
    name,
    server: name,
    installation: pip(packageName),
    version: versionOf(packageName),
    command: words(args),
    ...(advisedArgs !== undefined && { advised: { command: words(advisedArgs) } }),
    ...rest,
  };
}

/** A server that `servers.py` starts. */
function programRecipe(name: string, packageName: string, details: Partial<Recipe> & { isAdvised?: boolean } = {}): Recipe {
  const { isAdvised = false, ...rest } = details;
  const command = [`${VENV}/python`, 'servers.py', name];
  return {
    name,
    server: name,
    installation: pip(packageName),
    version: versionOf(packageName),
    command,
    ...(isAdvised && { advised: { command: [...command, 'advised'] } }),
    ...rest,
  };
}

const GUNICORN = 'gunicorn -b 0.0.0.0:$PORT';
const UVICORN = 'uvicorn asgi:app --host 0.0.0.0 --port $PORT';

/** Servers of Python. */
export const PYTHON_RECIPES: readonly Recipe[] = [
  commandRecipe('gunicorn', 'gunicorn', `${GUNICORN} wsgi:app`, {
    advisedArgs: `${GUNICORN} -k gthread --threads 4 --keep-alive 65 --limit-request-field_size 16380 wsgi:app`,
  }),
  commandRecipe('gunicorn-variable', 'gunicorn', `${GUNICORN} --threads 4 wsgi:app`, {
    server: 'gunicorn',
    variant: '--threads 4',
    advised: { environment: { GUNICORN_CMD_ARGS: '-k gthread --threads 4 --keep-alive 65' } },
  }),
  commandRecipe('gunicorn-uvicorn', 'uvicorn-worker', `${GUNICORN} -k uvicorn_worker.UvicornWorker asgi:app`, {
    server: 'gunicorn with uvicorn workers',
    installation: pip('gunicorn', 'uvicorn', 'uvicorn-worker'),
    version: versionOf('gunicorn'),
    advisedArgs: `${GUNICORN} -k uvicorn_worker.UvicornWorker --keep-alive 65 asgi:app`,
  }),
  commandRecipe('uvicorn', 'uvicorn', UVICORN, {
    installation: pip('uvicorn', 'uvloop', 'httptools'),
    advisedArgs: `${UVICORN} --timeout-keep-alive 65`,
  }),
  commandRecipe('uvicorn-workers', 'uvicorn', `${UVICORN} --workers 2`, {
    server: 'uvicorn',
    variant: '--workers 2',
    advised: { environment: { UVICORN_TIMEOUT_KEEP_ALIVE: '65' } },
  }),
  commandRecipe('hypercorn', 'hypercorn', 'hypercorn -b 0.0.0.0:$PORT asgi:app', {
    advisedArgs: 'hypercorn -b 0.0.0.0:$PORT --keep-alive 65 asgi:app',
  }),
  commandRecipe('waitress', 'waitress', 'waitress-serve --host=0.0.0.0 --port=$PORT wsgi:app'),
  commandRecipe('granian', 'granian', 'granian --interface asgi --host 0.0.0.0 --port $PORT asgi:app', {
    variant: 'asgi',
    advised: { command: [`${VENV}/python`, 'servers.py', 'granian'] },
  }),
  commandRecipe('daphne', 'daphne', 'daphne -b 0.0.0.0 -p $PORT asgi:app'),
  commandRecipe('sanic', 'sanic', 'sanic sanic_app:app --host 0.0.0.0 --port $PORT --single-process', { variant: '--single-process' }),
  commandRecipe('quart', 'quart', 'hypercorn -b 0.0.0.0:$PORT quart_app:app', {
    server: 'hypercorn',
    variant: 'quart',
    installation: pip('quart', 'hypercorn'),
    version: versionOf('hypercorn'),
    advisedArgs: 'hypercorn -b 0.0.0.0:$PORT --keep-alive 65 quart_app:app',
  }),
  commandRecipe('flask', 'flask', 'flask --app flask_app run --host 0.0.0.0 --port $PORT', {
    server: 'Flask',
    installation: pip('flask', 'gunicorn'),
    version: versionOf('werkzeug'),
    advisedArgs: `${GUNICORN} -k gthread --threads 4 --keep-alive 65 flask_app:app`,
  }),
  commandRecipe('fastwsgi', 'fastwsgi', 'fastwsgi wsgi:app --host 0.0.0.0 --port $PORT', { server: 'FastWSGI' }),
  commandRecipe('uwsgi', 'uwsgi', 'uwsgi --http 0.0.0.0:$PORT --master --die-on-term --wsgi-file wsgi.py --callable app', {
    server: 'uWSGI',
    variant: '--http --master --die-on-term',
  }),
  programRecipe('aiohttp', 'aiohttp'),
  programRecipe('tornado', 'tornado', { server: 'Tornado', isAdvised: true }),
  programRecipe('twisted', 'twisted', { server: 'Twisted Web', variant: 'web.Site' }),
  programRecipe('eventlet', 'eventlet'),
  programRecipe('gevent', 'gevent'),
  programRecipe('httpserver', 'pip', {
    server: 'http.server',
    version: [`${VENV}/python`, '-c', 'import platform; print(platform.python_version())'],
  }),
  programRecipe('bottle', 'bottle', {
    server: 'Bottle',
    version: [`${VENV}/python`, '-c', 'import platform; print(platform.python_version())'],
  }),
  programRecipe('cheroot', 'cheroot', { server: 'Cheroot' }),
  programRecipe('cherrypy', 'CherryPy', { server: 'CherryPy', isAdvised: true }),
  programRecipe('microdot', 'microdot', { server: 'Microdot' }),
];
