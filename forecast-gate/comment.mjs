// Writes a comment in Markdown to the summary of the job, and to the pull request: one comment, which each push changes.
//
//   node comment.mjs FILE
//
// GITHUB_TOKEN may comment, and without it only the summary is written. PULL_REQUEST is the number, PICTURE_URL the address of the picture, and
// COMMENT_NAME tells comments of several gates apart. GitHub Actions sets the others: GITHUB_API_URL, GITHUB_REPOSITORY, GITHUB_STEP_SUMMARY.
import { appendFileSync, existsSync, readFileSync } from 'node:fs';

/** As many comments as the API returns at once. */
const PAGE_SIZE = 100;

const {
  GITHUB_API_URL,
  GITHUB_REPOSITORY,
  GITHUB_STEP_SUMMARY,
  GITHUB_TOKEN,
  PULL_REQUEST,
  PICTURE_URL,
  COMMENT_NAME = 'forecast',
} = process.env;

const [file] = process.argv.slice(2);
if (file === undefined || !existsSync(file)) {
  console.log(`no comment: ${file ?? 'a file'} is missing, as the forecast has failed`);
} else {
  const picture = PICTURE_URL ? `\n[The picture of both](${PICTURE_URL})\n` : '';
  const body = `${readFileSync(file, 'utf8')}${picture}`;
  if (GITHUB_STEP_SUMMARY) appendFileSync(GITHUB_STEP_SUMMARY, body);
  if (GITHUB_TOKEN && PULL_REQUEST) await comment(body);
  else console.log('no comment on a pull request: GITHUB_TOKEN or PULL_REQUEST is empty');
}

/** Changes the comment of the same name, or adds one. What may not be commented on is no reason to fail: the summary has the text. */
async function comment(body) {
  const mark = `<!-- forecast-gate: ${COMMENT_NAME} -->`;
  const issue = `repos/${GITHUB_REPOSITORY}/issues`;
  try {
    const id = await findComment(`${issue}/${PULL_REQUEST}/comments`, mark);
    const text = { body: `${mark}\n${body}` };
    if (id === undefined) await request('POST', `${issue}/${PULL_REQUEST}/comments`, text);
    else await request('PATCH', `${issue}/comments/${id}`, text);
    console.log(id === undefined ? 'comment added' : 'comment changed');
  } catch (error) {
    console.log(`::warning::no comment on the pull request: ${error.message}`);
  }
}

async function findComment(path, mark) {
  for (let page = 1; ; page += 1) {
    const comments = await request('GET', `${path}?per_page=${PAGE_SIZE}&page=${page}`);
    const found = comments.find(({ body }) => body.startsWith(mark));
    if (found !== undefined) return found.id;
    if (comments.length < PAGE_SIZE) return undefined;
  }
}

async function request(method, path, body) {
  const headers = { accept: 'application/vnd.github+json', authorization: `Bearer ${GITHUB_TOKEN}`, 'content-type': 'application/json' };
  const response = await fetch(`${GITHUB_API_URL ?? 'https://api.github.com'}/${path}`, {
    method,
    headers,
    body: body && JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${method} ${path} got ${response.status}: ${(await response.text()).slice(0, 300)}`);
  return response.json();
}
