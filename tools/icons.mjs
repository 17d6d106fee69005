// Makes the pictures of public/icons out of public/icon.svg. They are kept in the repository: run this after that has changed.
// They are part of every download of the page, so each has a palette, which makes it a quarter of what the browser itself would write.
// Usage: node tools/icons.mjs
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { crc32, deflateSync } from 'node:zlib';
import { launch } from '../tests/browser/support.mjs';

const svg = readFileSync('public/icon.svg', 'utf8');
const [, ground] = /<rect[^>]* fill="(#[0-9a-f]{6})"/.exec(svg);

/** A system cuts its own shape out of a maskable icon, and keeps a circle of 80% (W3C, maskable icons). */
const SAFE = 0.8;

const pictures = [
  { name: 'icon-192', size: 192 },
  { name: 'icon-512', size: 512 },
  { name: 'icon-maskable-512', size: 512, fills: true },
];

/** Draws the icon; RGBA of every pixel. */
async function draw(page, size, fills = false) {
  const url = `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`;
  const drawn = Math.round(fills ? size * SAFE : size);
  return page.evaluate(
    async ({ url, size, drawn, ground, fills }) => {
      const image = Object.assign(new Image(drawn, drawn), { src: url });
      await image.decode();
      const context = Object.assign(document.createElement('canvas'), { width: size, height: size }).getContext('2d');
      context.fillStyle = ground;
      if (fills) context.fillRect(0, 0, size, size);
      context.drawImage(image, Math.round((size - drawn) / 2), Math.round((size - drawn) / 2), drawn, drawn);
      const { data } = context.getImageData(0, 0, size, size);
      // Only edges have other colours than these two, and need few of them.
      const often = new Set([0, 255, ...[1, 3, 5].map((at) => parseInt(ground.slice(at, at + 2), 16))]);
      for (let at = 0; at < data.length; at += 1) if (!often.has(data[at])) data[at] = Math.min(255, Math.round(data[at] / 16) * 16);
      return [...new Uint32Array(data.buffer)];
    },
    { url, size, drawn, ground, fills },
  );
}

/** A PNG with a palette (W3C, Portable Network Graphics), of pixels as 32-bit numbers, red lowest. */
function png(pixels, size) {
  const colours = [...new Set(pixels)];
  if (colours.length > 256) throw new Error(`${colours.length} colours are too many for a palette`);
  // What is not opaque comes first, since its list may end there.
  colours.sort((one, other) => (one >>> 24) - (other >>> 24));
  const index = new Map(colours.map((colour, at) => [colour, at]));
  const rows = Buffer.alloc((size + 1) * size);
  pixels.forEach((pixel, at) => (rows[Math.floor(at / size) * (size + 1) + 1 + (at % size)] = index.get(pixel)));
  const chunk = (name, content) => {
    const body = Buffer.concat([Buffer.from(name), content]);
    const frame = Buffer.alloc(8);
    frame.writeUInt32BE(content.length, 0);
    frame.writeUInt32BE(crc32(body), 4);
    return [frame.subarray(0, 4), body, frame.subarray(4)];
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(size, 0);
  header.writeUInt32BE(size, 4);
  header.set([8, 3, 0, 0, 0], 8);
  const clear = colours.map((colour) => colour >>> 24).filter((alpha) => alpha < 255);
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    ...chunk('IHDR', header),
    ...chunk('PLTE', Buffer.from(colours.flatMap((colour) => [colour & 255, (colour >>> 8) & 255, (colour >>> 16) & 255]))),
    ...(clear.length > 0 ? chunk('tRNS', Buffer.from(clear)) : []),
    ...chunk('IDAT', deflateSync(rows, { level: 9 })),
    ...chunk('IEND', Buffer.alloc(0)),
  ]);
}

mkdirSync('public/icons', { recursive: true });
const browser = await launch();
try {
  const page = await browser.newPage();
  for (const { name, size, fills } of pictures) {
    const picture = png(await draw(page, size, fills), size);
    writeFileSync(`public/icons/${name}.png`, picture);
    console.log(`public/icons/${name}.png: ${picture.length} bytes`);
  }
} finally {
  await browser.close();
}
