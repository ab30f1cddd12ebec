// deno run -A deno.js [advised]
const server = Deno.serve({ port: Number(Deno.env.get('PORT')), hostname: '0.0.0.0' }, async (request) => {
  if (new URL(request.url).pathname === '/slow') await new Promise((resolve) => setTimeout(resolve, 2000));
  return new Response('ok');
});
if (Deno.args.includes('advised')) Deno.addSignalListener('SIGTERM', () => server.shutdown());
