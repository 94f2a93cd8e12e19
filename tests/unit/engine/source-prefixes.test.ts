import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathRoot, sourcePrefixes } from '#engine/imports/source-prefixes';

type Kind = 'folder' | 'file';

const source = (kind: Kind, name: string, path = `/case/${name}`): { kind: Kind; name: string; path: string } => ({
  kind,
  name,
  path,
});

function prefixes(sources: readonly ReturnType<typeof source>[], taken: readonly string[] = []): readonly string[] {
  const names = sources.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
  return sourcePrefixes(sources, names, new Set(taken.map(pathRoot)));
}

describe('the prefix of a source', () => {
  it('is empty for a folder opened alone and for a file, and else the name', () => {
    expect(prefixes([source('folder', 'AWSLogs')])).toEqual(['']);
    expect(prefixes([source('file', 'a.json')])).toEqual(['']);
    expect(prefixes([source('folder', 'one'), source('folder', 'two'), source('file', 'a.json')])).toEqual([
      'one/',
      'two/',
      '',
    ]);
    expect(prefixes([source('folder', 'AWSLogs')], ['a.json'])).toEqual(['AWSLogs/']);
    expect(prefixes([source('folder', 'case/AWSLogs'), source('folder', '/', '/')])).toEqual([
      'case/AWSLogs/',
      'root/',
    ]);
  });

  it('has a number where paths begin so already, even with an archive of that name', () => {
    expect(prefixes([source('folder', 'logs')], ['logs/a.json', 'logs (2)/a.json'])).toEqual(['logs (3)/']);
    expect(prefixes([source('folder', 'case/logs')], ['case/x'])).toEqual(['case (2)/logs/']);
    expect(prefixes([source('file', 'a.zip')], ['a.zip!/b.json'])).toEqual(['a.zip (2)/']);
    expect(prefixes([source('file', 'a.json', '/x/a.json'), source('file', 'a.json', '/y/a.json')])).toEqual([
      '',
      'a.json (2)/',
    ]);
  });

  it('keeps all paths of all sources apart, however they are named', () => {
    const part = fc.constantFrom('a', 'a!', 'a (2)', 'b', '__proto__');
    const name = fc.array(part, { minLength: 1, maxLength: 2 }).map((parts) => parts.join('/'));
    const files = fc.uniqueArray(fc.constantFrom('a', 'a!/b', 'b', 'a (2)/b', 'c/d'), { minLength: 1 });
    const opened = fc.record({ kind: fc.constantFrom<Kind>('folder', 'file'), name, files });
    fc.assert(
      fc.property(fc.array(fc.array(opened, { minLength: 1, maxLength: 3 }), { maxLength: 4 }), (imports) => {
        const shown: string[] = [];
        for (const sources of imports) {
          const all = sources.map(({ kind, name: shownAs }) => source(kind, shownAs));
          const found = prefixes(all, shown);
          all.forEach(({ kind, path }, at) => {
            const own = path.slice(path.lastIndexOf('/') + 1);
            const paths = kind === 'file' ? [own, `${own}!/m`] : (sources[at]?.files ?? []);
            for (const each of paths) shown.push((found[at] ?? '') + each);
          });
        }
        expect(new Set(shown).size).toBe(shown.length);
      }),
    );
  });
});
