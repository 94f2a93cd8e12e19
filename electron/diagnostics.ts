/** What helps to find a fault, and says nothing about what is open: see `ring-log.ts`. */
import { arch, availableParallelism, release, totalmem } from 'node:os';
import { app, nativeTheme, type BrowserWindow } from 'electron';
import type { RingLog } from './ring-log';
import { isSandboxOff } from './sandbox-warning';

/** Line by line. */
export function desktopDiagnostics(window: BrowserWindow | null, diary: RingLog): readonly string[] {
  const { electron = '', chrome = '', node, v8 } = process.versions;
  const gpu = app.getGPUFeatureStatus();
  const bounds = window?.getBounds();
  return [
    `Electron ${electron}, Chromium ${chrome}, Node ${node}, V8 ${v8}`,
    `System: ${process.platform} ${release()} ${arch()}, ${String(availableParallelism())} processors, ${String(Math.round(totalmem() / 2 ** 30))} GiB of memory`,
    `Packaged: ${yesNo(app.isPackaged)}; sandbox: ${isSandboxOff() ? 'off' : 'on'}; graphics: compositing ${gpu.gpu_compositing}, rasterization ${gpu.rasterization}`,
    `Window: ${bounds === undefined ? 'none' : `${String(bounds.width)} x ${String(bounds.height)}, zoom ${String(window?.webContents.getZoomFactor())}`}; theme: ${nativeTheme.themeSource}`,
    '',
    'Log, the last lines:',
    ...diary.lines().slice(-30),
  ];
}

const yesNo = (is: boolean): string => (is ? 'yes' : 'no');
