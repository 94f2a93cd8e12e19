import type { IncomingMessage, ServerResponse } from 'node:http';
import * as v from 'valibot';
import type { DropStore } from './drop-store';
import { answerDone, answerJson, BodyError, readJson } from './http-answer';
import type { SourceRegistry } from './source-registry';

const size = v.pipe(v.number(), v.safeInteger(), v.minValue(0));
const beginSchema = v.strictObject({ files: size, bytes: size });
const endSchema = v.strictObject({ drop: v.string(), name: v.pipe(v.string(), v.maxLength(4_096)) });

/**
 * The three steps of a drop: `POST /upload/begin` with `{files, bytes}`, then one `POST /upload/file?drop=…&name=…` per file with its bytes, then
 * `POST /upload/end` with `{drop, name}`, which answers with the source that can be opened.
 */
export async function handleUpload(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  drops: DropStore,
  sources: SourceRegistry,
  bodyMs: number,
): Promise<void> {
  if (path === '/upload/begin') {
    const body = v.safeParse(beginSchema, await readJson(request, { bytes: 1_024, bodyMs }));
    if (!body.success) throw new BodyError(400, v.summarize(body.issues));
    answerJson(response, { drop: await drops.begin(body.output) });
  } else if (path === '/upload/file') {
    // A plain form can send neither this type nor our Origin.
    if (request.headers['content-type'] !== 'application/octet-stream') {
      throw new BodyError(415, 'the body must be application/octet-stream');
    }
    const query = new URLSearchParams((request.url ?? '').split('?')[1]);
    await drops.receive(query.get('drop') ?? '', query.get('name') ?? '', request);
    answerDone(response);
  } else {
    const body = v.safeParse(endSchema, await readJson(request, { bytes: 16_384, bodyMs }));
    if (!body.success) throw new BodyError(400, v.summarize(body.issues));
    const { path: stored, kind, files } = await drops.end(body.output.drop);
    const name = body.output.name === '' ? `${String(files)} dropped files` : body.output.name;
    answerJson(response, sources.noteCopy(stored, kind, name));
  }
}
