import { expect, test } from 'vitest';
import { smallApp } from './small-app.js';

test.each(['/%', '/%zz', '/products/%ff', '/health?x=%', '/products/search?q=%zz', '/products/search?q=%ff', '/nope?q=%c3%28'])(
  '%s is rejected',
  async (url) => {
    const response = await smallApp().inject(url);
    expect(response.headers['content-type']).toMatch('application/problem+json');
    expect(response.json()).toMatchObject({ title: 'Bad Request', status: 400 });
  },
);

test.each(['/health?x=%25', '/products/search?q=%C3%A9', '/products/search?q=%00'])('%s is accepted', async (url) => {
  expect((await smallApp().inject(url)).statusCode).toBe(200);
});
