/** Runs in the window's sandbox before the page: puts the {@link Bridge} on it, and nothing of Electron. */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { bridgeChannels, type Bridge } from '#contract/bridge';
import type { Message } from '#contract/rpc';
import type { SourceRef } from '#contract/sources';

let listener: (message: Message) => void = () => undefined;

ipcRenderer.on(bridgeChannels.message, (_event, message: Message) => {
  listener(message);
});

const bridge: Bridge = {
  post(message) {
    ipcRenderer.send(bridgeChannels.message, message);
  },
  onMessage(newListener) {
    listener = newListener;
    // Drops the calls of an earlier page. Sent by the page and not when this script runs: at that time the main process may not know
    // the frame's new address yet, and would refuse the message.
    ipcRenderer.send(bridgeChannels.connect);
  },
  async registerFiles(files) {
    // The platform's own File, typed as an object by the contract. Not on disk: an empty path.
    const paths = files.map((file) => webUtils.getPathForFile(file as File)).filter((path) => path !== '');
    return (await ipcRenderer.invoke(bridgeChannels.registerPaths, paths)) as readonly SourceRef[];
  },
};

contextBridge.exposeInMainWorld('trailglass', bridge);
