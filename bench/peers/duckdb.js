// DuckDB-Wasm: the file's handle is registered, and SQL reads it.
import * as duckdb from '@duckdb/duckdb-wasm';
import { isUtf16, peer } from './peer.js';

const part = (name) => new URL(`../node_modules/@duckdb/duckdb-wasm/dist/${name}`, document.baseURI).href;

const database = new duckdb.AsyncDuckDB(new duckdb.VoidLogger(), new Worker(part('duckdb-browser-eh.worker.js')));
await database.instantiate(part('duckdb-eh.wasm'));
const connection = await database.connect();

/** DuckDB refuses UTF-16 beyond the basic plane, so such a file is made UTF-8 first. */
async function utf8(file) {
  if (!(await isUtf16(file))) return file;
  const text = file.stream().pipeThrough(new TextDecoderStream('utf-16le'));
  return new Response(text.pipeThrough(new TextEncoderStream())).blob();
}

peer(async (files) => {
  for (const file of files) {
    await database.registerFileHandle(file.name, await utf8(file), duckdb.DuckDBDataProtocol.BROWSER_FILEREADER, true);
  }
  const names = files.map(({ name }) => `'${name}'`).join(', ');
  await connection.query(`
    CREATE TABLE trace AS SELECT
      left(date_time_utc, 10) AS day, directionality, coalesce(connector_id, '') AS connector, network_message_id AS id,
      coalesce(nullif(regexp_extract(custom_data, 'S:tlsversion=([^;]*)', 1), ''), 'none') AS tls
    FROM read_csv([${names}], header = true, all_varchar = true, delim = ',', quote = '"', escape = '"')`);
  const grouped = await connection.query(`
    SELECT day || '|' || directionality || '|' || connector || '|' || tls AS key, count(*)::INTEGER AS rows
    FROM trace GROUP BY day, directionality, connector, tls`);
  const total = await connection.query('SELECT count(*)::INTEGER AS rows, count(DISTINCT id)::INTEGER AS messages FROM trace');
  const [{ rows, messages }] = total.toArray();
  return { rows, messages, groups: Object.fromEntries(grouped.toArray().map(({ key, rows }) => [key, rows])) };
});
