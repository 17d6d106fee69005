// Papa Parse as its documentation says for large files: in its worker, chunk by chunk.
/* global Papa */
import { isUtf16, peer } from './peer.js';

/** Papa Parse reads files, not streams, so what is compressed is made a file first. */
async function plain(file) {
  if (!file.name.endsWith('.gz')) return file;
  const stream = file.stream().pipeThrough(new DecompressionStream('gzip'));
  return new File([await new Response(stream).blob()], 'plain.csv');
}

function parse(file, encoding, onRows) {
  return new Promise((resolve, reject) => {
    let header;
    Papa.parse(file, {
      worker: true,
      encoding,
      skipEmptyLines: true,
      chunk: ({ data }) => {
        header ??= data.shift();
        onRows(header, data);
      },
      complete: resolve,
      error: reject,
    });
  });
}

peer(async (files) => {
  let rows = 0;
  const messages = new Set();
  const groups = new Map();
  for (const file of files) {
    await parse(await plain(file), (await isUtf16(file)) ? 'utf-16le' : 'utf-8', (header, data) => {
      const [time, direction, connector, id, custom] = [
        'date_time_utc', 'directionality', 'connector_id', 'network_message_id', 'custom_data',
      ].map((name) => header.indexOf(name));
      for (const row of data) {
        const tls = /S:tlsversion=([^;]*)/.exec(row[custom])?.[1] ?? 'none';
        const key = `${row[time].slice(0, 10)}|${row[direction]}|${row[connector]}|${tls}`;
        groups.set(key, (groups.get(key) ?? 0) + 1);
        messages.add(row[id]);
      }
      rows += data.length;
    });
  }
  return { rows, messages: messages.size, groups: Object.fromEntries(groups) };
});
