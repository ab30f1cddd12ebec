// The sample search as one would write it first: objects, a loop, and Fastify out of the box.
import { fastify } from './fastify.mjs';

const BRANDS = ['Alpha', 'Aurora', 'Beacon', 'Cascade', 'Delta'];
const CATEGORIES = ['Electronics', 'Books', 'Home', 'Kitchen', 'Sports'];
const products = Array.from({ length: 100_000 }, (_, index) => {
  const [brand, category] = [BRANDS[index % 5], CATEGORIES[Math.floor(index / 5) % 5]];
  return { id: index + 1, name: `${brand} Thing ${index}`, category, description: `A thing by ${brand}, made to last for years.`, brand };
});

const app = fastify();
app.get('/health', async () => ({ status: 'healthy' }));
app.get('/products/search', async ({ query }) => {
  const [started, term] = [performance.now(), query.q.toLowerCase()];
  const sample = products.slice(0, 100);
  const found = sample.filter(({ name, category }) => name.toLowerCase().includes(term) || category.toLowerCase().includes(term));
  return { products: found.slice(0, 20), total_found: found.length, search_time: `${performance.now() - started} ms` };
});
await app.listen({ port: Number(process.env.PORT), host: '127.0.0.1' });
