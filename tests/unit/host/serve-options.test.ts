import { describe, expect, it } from 'vitest';
import { browserCommand } from '#host/open-browser';
import { parseServeOptions, serveUsage } from '#host/serve-options';

describe('the command line of the browser host', () => {
  it('says in its help what a page in a browser cannot shut', () => {
    for (const way of ['new windows', 'WebRTC', 'names looked up', 'connections made'])
      expect(serveUsage).toContain(way);
  });

  it('takes paths and options in any order', () => {
    expect(parseServeOptions(['a', '--port', '8080', '--no-open', 'b', '--config', 'c'])).toEqual({
      ok: true,
      value: { paths: ['a', 'b'], port: 8080, opensBrowser: false, config: 'c', help: false },
    });
    expect(parseServeOptions([])).toMatchObject({ ok: true, value: { paths: [], port: 0, opensBrowser: true } });
    expect(parseServeOptions(['--', '--odd'])).toMatchObject({ ok: true, value: { paths: ['--odd'] } });
  });

  it.each([
    ['--port'],
    ['--port', 'x'],
    ['--port', '70000'],
    ['--port', '-1'],
    ['--port', '1e3'],
    // Every user of the computer could read it.
    ['--token', 't'],
    ['--wat'],
  ])('refuses %s %s', (...args) => {
    expect(parseServeOptions(args)).toMatchObject({ ok: false, error: expect.stringMatching(/\w/) as string });
  });

  it('starts the browser by the means of each platform', () => {
    const url = 'file:///tmp/x/open-trailglass.html';
    expect((['linux', 'darwin', 'win32'] as const).map((platform) => browserCommand(platform, url))).toEqual([
      ['xdg-open', url],
      ['open', url],
      ['cmd', '/c', 'start', '', url],
    ]);
  });
});
