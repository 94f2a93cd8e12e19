import { parseArgs } from 'node:util';
import { err, ok, type Result } from '#contract/result';

/** The command line options of the browser host. */
export interface ServeOptions {
  readonly paths: readonly string[];
  readonly port: number;
  readonly opensBrowser: boolean;
  readonly config: string | undefined;
  readonly help: boolean;
}

export const serveUsage = `Usage: node out/host/serve.js [options] [PATH...]

Opens Trailglass in the browser, with the files and folders named.

  --port N      listen on this port of 127.0.0.1 (default: a free one)
  --no-open     print the address only
  --config DIR  keep settings and recent archives here
  --help        show this

Nothing in Trailglass opens a connection. Its page may load from 127.0.0.1 only, but in a browser
no page can shut everything: new windows, WebRTC, and what the browser does ahead of a request
(names looked up, connections made) are settings of the browser. The desktop app shuts these too.
`;

/** Reads the arguments; the error is the line to print. */
export function parseServeOptions(args: readonly string[]): Result<ServeOptions, string> {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        port: { type: 'string' },
        'no-open': { type: 'boolean' },
        config: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
    const port = Number(values.port ?? 0);
    if (!/^\d{1,5}$/.test(values.port ?? '0') || port > 65_535) return err(`--port takes a number up to 65535`);
    return ok({
      paths: positionals,
      port,
      opensBrowser: values['no-open'] !== true,
      config: values.config,
      help: values.help === true,
    });
  } catch (error) {
    return err(error instanceof Error ? error.message : String(error));
  }
}
