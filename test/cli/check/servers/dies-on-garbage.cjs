require('./serve.cjs')
  .serve({})
  .on('clientError', ({ message }) => {
    throw new Error(message);
  });
