import { ipcMain, type IpcMainEvent, type IpcMainInvokeEvent, type WebContents } from 'electron';
import * as v from 'valibot';
import { bridgeChannels } from '#contract/bridge';
import type { Message } from '#contract/rpc';
import type { SourceRef } from '#contract/sources';
import type { AppService, Connection } from '#host/app-service';
import { windowMessage } from '#host/guards';
import { isAppUrl } from './app-protocol';

/** Connects the one window to the service. */
export interface Ipc {
  /** Serves this window from now on. */
  attach(contents: WebContents): void;
  /** The window is closed. */
  detach(): void;
}

const pathsSchema = v.pipe(v.array(v.pipe(v.string(), v.maxLength(32_768))), v.maxLength(10_000));

/** 17: our window, its top frame, our page. Anything else that reaches the channels is dropped. */
export function isTrustedSender(event: IpcMainEvent | IpcMainInvokeEvent, contents: WebContents | null): boolean {
  const frame = event.senderFrame;
  return contents !== null && event.sender.id === contents.id && frame?.parent === null && isAppUrl(frame.url);
}

/** Registers the channels, once. */
export function createIpc(service: AppService, log: (line: string) => void): Ipc {
  let window: WebContents | null = null;
  let connection: Connection | null = null;
  let receive: (message: Message) => void = () => undefined;

  function isTrusted(event: IpcMainEvent | IpcMainInvokeEvent): boolean {
    if (isTrustedSender(event, window)) return true;
    log(`refused a message from ${event.senderFrame?.url ?? 'a frame that is gone'}`);
    return false;
  }

  function disconnect(): void {
    connection?.close();
    connection = null;
    receive = () => undefined;
  }

  function connect(contents: WebContents): void {
    disconnect();
    connection = service.connect({
      post: (message) => {
        if (!contents.isDestroyed()) contents.send(bridgeChannels.message, message);
      },
      onMessage: (listener) => {
        receive = listener;
      },
    });
  }

  ipcMain.on(bridgeChannels.connect, (event) => {
    if (isTrusted(event)) connect(event.sender);
  });
  ipcMain.on(bridgeChannels.message, (event, value: unknown) => {
    if (!isTrusted(event)) return;
    const message = windowMessage(value);
    if (message === null) log('dropped a malformed message');
    else receive(message);
  });
  ipcMain.handle(bridgeChannels.registerPaths, async (event, value: unknown): Promise<readonly SourceRef[]> => {
    const paths = isTrusted(event) ? v.parse(pathsSchema, value) : [];
    const found = await Promise.allSettled(paths.map((path) => service.sources.add(path)));
    return found.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
  });

  return {
    attach(contents) {
      window = contents;
    },
    detach() {
      disconnect();
      window = null;
    },
  };
}
