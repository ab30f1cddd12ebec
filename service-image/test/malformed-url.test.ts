import { expect, test } from 'vitest';
import { smallApp } from './small-app.js';

test.each(['/%', '/%zz', '/products/%ff', '/health?x=%', '/products/search?q=%zz', '/products/search?q=%ff', '/nope?q=%c3%28'])(
  '%s is refused',
  async (url) => {
    const answer = await smallApp().inject(url);
    expect(answer.headers['content-type']).toMatch('application/problem+json');
    expect(answer.json()).toMatchObject({ title: 'Bad Request', status: 400 });
  },
);

test.each(['/health?x=%25', '/products/search?q=%C3%A9', '/products/search?q=%00'])('%s is answered', async (url) => {
  expect((await smallApp().inject(url)).statusCode).toBe(200);
});
