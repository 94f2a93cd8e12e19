/**
 * Draws the icons of all systems from build/icon.svg: `node build/scripts/make-icon.mjs`. Only needed when the drawing changes.
 *
 * `icon.png` is for Linux, `icon.ico` for Windows, `icon.icns` for macOS. The last two are lists of PNG files.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { findChromium } from './chromium.mjs';
import { PlainError, fromRoot, runMain } from './project.mjs';

const linuxSize = 1024;
const windowsSizes = [16, 24, 32, 48, 64, 128, 256];
/** The types of https://en.wikipedia.org/wiki/Apple_Icon_Image_format that hold a PNG. Those of one size are for displays of two densities. */
const macTypes = /** @type {const} */ ({
  icp4: 16,
  icp5: 32,
  ic11: 32,
  ic12: 64,
  ic07: 128,
  ic08: 256,
  ic13: 256,
  ic09: 512,
  ic14: 512,
  ic10: 1024,
});

/**
 * A Windows icon: a head, an entry of 16 bytes per picture, the pictures.
 *
 * @param {ReadonlyMap<number, Buffer>} pictures by size, px
 */
function makeIco(pictures) {
  const head = Buffer.alloc(6 + 16 * windowsSizes.length);
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(windowsSizes.length, 4);
  let at = head.length;
  const parts = windowsSizes.map((size, number) => {
    const png = pictures.get(size) ?? Buffer.alloc(0);
    const entry = 6 + 16 * number;
    // 0 stands for 256.
    head.writeUInt8(size % 256, entry);
    head.writeUInt8(size % 256, entry + 1);
    head.writeUInt16LE(1, entry + 4);
    head.writeUInt16LE(32, entry + 6);
    head.writeUInt32LE(png.length, entry + 8);
    head.writeUInt32LE(at, entry + 12);
    at += png.length;
    return png;
  });
  return Buffer.concat([head, ...parts]);
}

/**
 * A macOS icon: a head of 8 bytes, and the same before each picture: its type and its length with the head.
 *
 * @param {ReadonlyMap<number, Buffer>} pictures by size, px
 */
function makeIcns(pictures) {
  /** @param {string} type @param {Buffer} content */
  const block = (type, content) => {
    const head = Buffer.alloc(8);
    head.write(type, 'latin1');
    head.writeUInt32BE(8 + content.length, 4);
    return Buffer.concat([head, content]);
  };
  const blocks = Object.entries(macTypes).map(([type, size]) => block(type, pictures.get(size) ?? Buffer.alloc(0)));
  return block('icns', Buffer.concat(blocks));
}

await runMain(async () => {
  const executablePath = await findChromium();
  if (!executablePath) throw new PlainError('Drawing the icon needs a Chromium.');
  const drawing = readFileSync(fromRoot('build', 'icon.svg'), 'utf8');
  const svg = drawing.slice(drawing.indexOf('<svg'));
  const browser = await chromium.launch({ executablePath });
  /** @type {Map<number, Buffer>} */
  const pictures = new Map();
  try {
    const page = await browser.newPage();
    for (const size of new Set([linuxSize, ...windowsSizes, ...Object.values(macTypes)])) {
      await page.setViewportSize({ width: size, height: size });
      await page.setContent(
        `<style>body { margin: 0 } svg { display: block; width: ${size}px; height: ${size}px }</style>${svg}`,
      );
      pictures.set(size, await page.locator('svg').screenshot({ omitBackground: true }));
    }
  } finally {
    await browser.close();
  }
  writeFileSync(fromRoot('build', 'icon.png'), pictures.get(linuxSize) ?? '');
  writeFileSync(fromRoot('build', 'icon.ico'), makeIco(pictures));
  writeFileSync(fromRoot('build', 'icon.icns'), makeIcns(pictures));
  return 0;
});
