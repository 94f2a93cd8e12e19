import { afterEach, describe, expect, it, vi } from 'vitest';
import { filesInDrop, uploadFiles } from '../../../../renderer/host/http-upload';

interface Tree {
  readonly [name: string]: Tree | string;
}

/** A file system entry as a drop gives it; folders tell two of their entries at a time. */
function entryOf(name: string, content: Tree | string): unknown {
  if (typeof content === 'string') {
    const file = (take: (file: File) => void): void => {
      take(new File([content], name));
    };
    return { name, isFile: true, isDirectory: false, file };
  }
  const inner = Object.entries(content).map(([innerName, innerContent]) => entryOf(innerName, innerContent));
  const readEntries = (take: (entries: unknown[]) => void): void => {
    take(inner.splice(0, 2));
  };
  return { name, isFile: false, isDirectory: true, createReader: () => ({ readEntries }) };
}

const drop = (items: readonly unknown[]): DataTransfer => ({ items }) as unknown as DataTransfer;

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('a drop in the browser', () => {
  it('gives the files of its folders, however deep, and those without an entry', async () => {
    const folder = { a: { b: { 'deep.json': '1' }, empty: {} }, '2.json': '2', '3.json': '3', '4.json': '4' };
    const items = [
      { webkitGetAsEntry: () => entryOf('logs', folder) },
      { webkitGetAsEntry: () => entryOf('single.json', '5') },
      { webkitGetAsEntry: () => null, getAsFile: () => new File(['6'], 'bare.json') },
      { webkitGetAsEntry: () => null, getAsFile: () => null },
    ];
    const files = await filesInDrop(drop(items));
    expect(files.map((file) => file.name)).toEqual([
      'deep.json',
      '2.json',
      '3.json',
      '4.json',
      'single.json',
      'bare.json',
    ]);
  });

  it('sends the files one after another, then asks for their source', async () => {
    const sent: string[] = [];
    vi.stubGlobal('fetch', (url: string, { body }: { readonly body: string | File }) => {
      sent.push(`${url} ${typeof body === 'string' ? body : body.name}`);
      if (url === '/upload/begin') return Promise.resolve(Response.json({ drop: 'd' }));
      if (url === '/upload/end') return Promise.resolve(Response.json({ sourceId: 's' }));
      return Promise.resolve(new Response(null, { status: 204 }));
    });
    expect(await uploadFiles([new File(['1'], 'a b.json'), new File(['23'], '&.json')], 'k')).toEqual([
      { sourceId: 's' },
    ]);
    expect(sent).toEqual([
      '/upload/begin {"files":2,"bytes":3}',
      '/upload/file?drop=d&name=a+b.json a b.json',
      '/upload/file?drop=d&name=%26.json &.json',
      '/upload/end {"drop":"d","name":""}',
    ]);
  });

  it('says what went wrong', async () => {
    await expect(uploadFiles([], 'k')).rejects.toMatchObject({ code: 'not-found' });
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('the disk is full\n', { status: 500 })));
    await expect(uploadFiles([new File([], 'a')], 'k')).rejects.toMatchObject({
      code: 'not-readable',
      message: 'the disk is full',
    });
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('failed to fetch')));
    await expect(uploadFiles([new File([], 'a')], 'k')).rejects.toMatchObject({ code: 'disconnected' });
  });
});
