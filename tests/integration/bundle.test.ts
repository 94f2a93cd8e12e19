import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * What lint promises of the sources, checked on what was built from them, packages included: no program but the browser host
 * can open a connection, and every program brings all it needs.
 */

const out = join(import.meta.dirname, '../../out');

const networkModules = ['dgram', 'dns', 'http', 'http2', 'https', 'inspector', 'net', 'tls'];
/** What Electron adds to Node's modules. */
const ofElectron = ['electron', 'original-fs', 'original-fs/promises'];
const networkGlobals = ['fetch', 'XMLHttpRequest', 'WebSocket', 'EventSource', 'WebTransport', 'sendBeacon'];

/** The built scripts of a program. */
function scripts(program: string): readonly { readonly name: string; readonly text: string }[] {
  return readdirSync(join(out, program), { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.c?js$/.test(name))
    .map((name) => ({ name, text: readFileSync(join(out, program, name), 'utf8') }));
}

/** The modules that a script imports or requires, by name. */
function importsOf(text: string): string[] {
  const patterns = [
    /\bfrom\s*["']([^"'\s]+)["']/g,
    /\bimport\s*["']([^"'\s]+)["']/g,
    /\b(?:import|require)\s*\(\s*["'`]([^"'`\s]+)["'`]/g,
    /\bgetBuiltinModule\s*\(\s*["'`]([^"'`\s]+)["'`]/g,
  ];
  return patterns.flatMap((pattern) => [...text.matchAll(pattern)].map((match) => match[1] ?? ''));
}

function networkImports(text: string): string[] {
  return importsOf(text).filter((name) => networkModules.includes(name.replace(/^node:/, '').split('/')[0] ?? ''));
}

/** The globals of the network that a script names outside comments and strings of prose. */
function networkNames(text: string): string[] {
  const code = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '');
  return networkGlobals.filter((name) => {
    // A class of a package may have a method of the name (`fetch(key) {`); only a call or a construction counts.
    const call = new RegExp(
      String.raw`(?<![.\w$'"\x60-])(?:(?:globalThis|window|self)\.)?${name}\s*\((?![^()]*\)\s*\{)|\bnew\s+${name}\b`,
    );
    return call.test(code);
  });
}

describe.each(['engine', 'electron', 'cli', 'tools'])('out/%s', (program) => {
  it('imports no module of the network', () => {
    expect(
      scripts(program).flatMap(({ name, text }) => networkImports(text).map((module) => `${name}: ${module}`)),
    ).toEqual([]);
  });

  it('calls no global of the network', () => {
    expect(
      scripts(program).flatMap(({ name, text }) => networkNames(text).map((global) => `${name}: ${global}`)),
    ).toEqual([]);
  });

  it('brings everything it needs but what Node and Electron have', () => {
    const outside = scripts(program)
      .flatMap(({ text }) => importsOf(text))
      .filter((name) => !name.startsWith('.') && !ofElectron.includes(name))
      .filter((name) => !builtinModules.includes(name.replace(/^node:/, '')));
    expect(outside).toEqual([]);
  });
});

describe('out/electron', () => {
  it('has a preload of one CommonJS file, as the sandbox demands', () => {
    const preload = readFileSync(join(out, 'electron/preload.cjs'), 'utf8');
    expect([...new Set(importsOf(preload))]).toEqual(['electron']);
    expect(preload).not.toMatch(/^\s*(import|export)\b/m);
  });
});

describe('out/electron/main.js', () => {
  it("leaves Electron's own network module alone", () => {
    const main = readFileSync(join(out, 'electron/main.js'), 'utf8');
    const names = [...main.matchAll(/import\s*\{([^}]*)\}\s*from\s*["']electron["']/g)].flatMap((match) =>
      (match[1] ?? '').split(',').map((name) => name.trim().split(' as ')[0]),
    );
    expect(names).toContain('app');
    expect(names).not.toContain('net');
    expect(main).not.toMatch(/import\s*\*\s*as\s+\w+\s+from\s*["']electron["']|\bopenExternal\b/);
  });
});

describe('a file named x.asar is a file to Electron, too', () => {
  it.each(['engine-worker.js', 'decode-worker.js'])('before %s looks at what it was asked', (name) => {
    const text = readFileSync(join(out, 'engine', name), 'utf8');
    const [call, asked] = [/^readAsarAsFiles\(\);/m, /= (?:parentPort|workerData);/].map((part) => text.search(part));
    expect(call).toBeGreaterThan(0);
    expect(call).toBeLessThan(asked ?? 0);
    const [chunk = ''] = /asar-[\w-]+\.js/.exec(text) ?? [];
    expect(readFileSync(join(out, 'engine', chunk), 'utf8')).toContain('Object.assign(process, { noAsar: true })');
  });

  it("in the main program, which takes Electron's fs for its own archive alone", () => {
    const main = readFileSync(join(out, 'electron/main.js'), 'utf8');
    const imports = [...main.matchAll(/^import \{([^}]*)\} from "(node:fs|node:fs\/promises|original-fs)"/gm)];
    const namesOf = (module: string): string[] =>
      imports
        .filter(([, , from]) => from === module)
        .flatMap(([, names = '']) => names.split(',').map((name) => name.trim().replace(/ as .*/, '')));
    expect(namesOf('node:fs')).toEqual(['existsSync']);
    expect(namesOf('node:fs/promises').sort()).toEqual(['readFile', 'readdir']);
    expect(namesOf('original-fs')).toContain('realpathSync');
  });
});

describe('out/renderer', () => {
  it('has a page with no inline script, no inline style and no address of another origin', () => {
    const page = readFileSync(join(out, 'renderer/index.html'), 'utf8');
    expect(page.match(/<script\b(?![^>]*\bsrc=)[^>]*>/gi)).toBeNull();
    expect(page.match(/<style\b|\sstyle=|\son\w+=|https?:/gi)).toBeNull();
  });

  it('builds no code from text and imports nothing from elsewhere', () => {
    const offences = scripts('renderer').flatMap(({ name, text }) => [
      ...(/\beval\s*\(|\bnew\s+Function\s*\(/.test(text) ? [`${name}: code from text`] : []),
      ...importsOf(text)
        .filter((module) => !module.startsWith('.'))
        .map((module) => `${name}: ${module}`),
    ]);
    expect(offences).toEqual([]);
  });
});

describe('out/host', () => {
  it('is where the network is, so that this test is known to see it', () => {
    expect(new Set(scripts('host').flatMap(({ text }) => networkImports(text)))).toEqual(new Set(['node:http']));
  });
});

it('the desktop app knows the checksum of every file of the engine that it starts', () => {
  const main = scripts('electron').find(({ name }) => name === 'main.js')?.text ?? '';
  const files = readdirSync(join(out, 'engine'));
  expect(files).toContain('engine-worker.js');
  for (const name of files) {
    const sum = createHash('sha256')
      .update(readFileSync(join(out, 'engine', name)))
      .digest('hex');
    expect([name, main.includes(sum)]).toEqual([name, true]);
  }
});
