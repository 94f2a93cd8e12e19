import { describe, expect, it, vi } from 'vitest';
import { bridgeChannels, type Bridge } from '#contract/bridge';
import type { Message } from '#contract/rpc';
import { exposed, ipcRenderer } from '../../helpers/electron-double';

vi.mock('electron', async () => (await import('../../helpers/electron-double')).electronModule);

await import('../../../electron/preload');
const bridge = exposed.get('trailglass') as Bridge;

describe('the preload', () => {
  it('puts exactly three functions on the page', () => {
    expect([...exposed.keys()]).toEqual(['trailglass']);
    expect(Object.entries(bridge).map(([name, value]) => [name, typeof value])).toEqual([
      ['post', 'function'],
      ['onMessage', 'function'],
      ['registerFiles', 'function'],
    ]);
  });

  it('says that a page is there only once the page listens, and gives it messages without the event', () => {
    expect(ipcRenderer.sent).toEqual([]);
    const heard: unknown[][] = [];
    bridge.onMessage((...args) => heard.push(args));
    expect(ipcRenderer.sent).toEqual([[bridgeChannels.connect]]);
    const message: Message = { type: 'result', id: 1, result: null };
    ipcRenderer.emit(bridgeChannels.message, { sender: 'the event object' }, message);
    expect(heard).toEqual([[message]]);
  });

  it('sends messages on the one channel there is', () => {
    ipcRenderer.sent.length = 0;
    bridge.post({ type: 'cancel', id: 1 });
    expect(ipcRenderer.sent).toEqual([[bridgeChannels.message, { type: 'cancel', id: 1 }]]);
  });

  it('hands over the paths of files on disk, and those alone', async () => {
    await bridge.registerFiles([{ onDisk: '/logs/a.json' }, { name: 'made by a script' }]);
    expect(ipcRenderer.invoked).toEqual([[bridgeChannels.registerPaths, ['/logs/a.json']]]);
  });
});
