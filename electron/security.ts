/**
 * Electron's security checklist (numbers as in its `docs/tutorial/security.md`), one function per rule, and the layers that keep
 * the app off every network.
 *
 * Rules kept by leaving Electron's defaults alone have no function: 6 web security, 8 mixed content, 9 experimental features,
 * 10 blink features. 1 is the protocol, 2 and 3 the window's options, 7 the protocol's header, 17 and 20 the IPC.
 */
import { basename } from 'node:path';
import type { App, Session, WebContents } from 'electron';
import { hasAppScheme, isAppBlob, isAppOrigin, isAppUrl } from './app-protocol';
import { chromiumSwitches } from './switches';

type Log = (line: string) => void;

export interface SessionContext {
  /** Chromium serves its developer tools from a scheme of their own. */
  readonly hasDevTools: boolean;
  /** Asks where a file of this name is to be saved; null: nowhere. */
  readonly savePath: (fileName: string) => string | null;
  readonly log: Log;
}

/** Everything not named here is refused. */
const permissions: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write', // copying a value; reading the clipboard stays refused
  'fullscreen', // harmless, and the View menu offers it
]);

/** 4: every renderer is sandboxed, also one made without our options. Before the app is ready. */
function sandboxEverything(app: App): void {
  app.enableSandbox();
}

/** Off the network, by Chromium's own switches. Before the app is ready. */
function disableNetworkServices(app: App): void {
  for (const [name, value] of chromiumSwitches) {
    if (value === '') app.commandLine.appendSwitch(name);
    else app.commandLine.appendSwitch(name, value);
  }
}

/** Off the network: no request but to our own scheme and for bytes that our own page holds. The one listener there can be: a later one would replace it. */
function refuseRequests(session: Session, { hasDevTools, log }: SessionContext): void {
  session.webRequest.onBeforeRequest((details, callback) => {
    const isOurs = hasAppScheme(details.url) || isAppBlob(details.url);
    const isAllowed = isOurs || (hasDevTools && new URL(details.url).protocol === 'devtools:');
    if (!isAllowed) log(`refused a request to ${details.url}`);
    callback({ cancel: !isAllowed });
  });
}

/** Off the network: dictionaries would be fetched. */
function disableSpellChecker(session: Session): void {
  session.setSpellCheckerEnabled(false);
}

/** 5: both handlers, since some permissions are only asked for and others only checked; and the devices, which have their own. */
function refusePermissions(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, callback) => {
    callback(permissions.has(permission));
  });
  session.setPermissionCheckHandler((_contents, permission) => permissions.has(permission));
  session.setDevicePermissionHandler(() => false);
  session.setDisplayMediaRequestHandler((_request, callback) => {
    callback(null);
  });
}

/**
 * Only files made by our page, such as reports, can be saved, and only where the user chooses. All addresses of the download and its
 * initiator must be ours.
 */
function refuseDownloads(session: Session, { savePath, log }: SessionContext): void {
  session.on('will-download', (event, item) => {
    if (isAppOrigin(item.getInitiatorOrigin()) && [item.getURL(), ...item.getURLChain()].every(isAppBlob)) {
      const path = savePath(basename(item.getFilename()));
      if (path === null) event.preventDefault();
      else item.setSavePath(path);
      return;
    }
    event.preventDefault();
    log(`refused to download ${item.getURL()}`);
  });
}

/** 11, 12: no embedded pages. */
function refuseWebviews(contents: WebContents): void {
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
}

/** 13: the window stays on our page, in every frame; a file dropped beside the drop zone would navigate as well. */
function refuseNavigation(contents: WebContents, log: Log): void {
  const check = (event: { readonly url: string; preventDefault(): void }): void => {
    if (isAppUrl(event.url)) return;
    event.preventDefault();
    log(`refused to go to ${event.url}`);
  };
  contents.on('will-navigate', check);
  contents.on('will-frame-navigate', check);
  contents.on('will-redirect', check);
}

/** 14, 15: no other windows, and nothing is handed to the system's browser. */
function refuseNewWindows(contents: WebContents, log: Log): void {
  contents.setWindowOpenHandler(({ url }) => {
    log(`refused to open ${url}`);
    return { action: 'deny' };
  });
}

/** Off the network: WebRTC sends UDP past the policy and the rules for requests, unless it may use a proxy only, of which there is none. */
function shutWebRtc(contents: WebContents): void {
  contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp');
}

/** Everything that is set before the app is ready. */
export function secureApp(app: App, log: Log): void {
  sandboxEverything(app);
  disableNetworkServices(app);
  app.on('web-contents-created', (_event, contents) => {
    shutWebRtc(contents);
    refuseWebviews(contents);
    refuseNavigation(contents, log);
    refuseNewWindows(contents, log);
  });
}

/** Everything that is set per session: ours, and Electron's default one, which stays unused. */
export function secureSession(session: Session, context: SessionContext): void {
  refuseRequests(session, context);
  disableSpellChecker(session);
  refusePermissions(session);
  refuseDownloads(session, context);
}
