// How long a change of a filter takes until the new picture is painted, with
// 90 days of 20,000 senders and 90 days x 24 hours x 12 connectors.
// Usage: node tools/bench-reports.mjs [SENDERS] (after `make page`)
import { mkdtempSync, rmSync, createWriteStream } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { addresses, choose, launch, started, whenDone } from '../tests/browser/support.mjs';

const senders = Number(process.argv[2] ?? 20_000);
const folder = mkdtempSync(join(tmpdir(), 'mailflow-bench-'));
const tls = ['TLS1_2', 'TLS1_3', 'TLS1_0', 'No TLS'];
const day = (index) => new Date(Date.UTC(2026, 5, 1 + index)).toISOString().slice(0, 10);

async function write(name, head, rows) {
  const path = join(folder, name);
  const out = createWriteStream(path);
  out.write(`${head}\n`);
  for (const part of rows) if (!out.write(part)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return path;
}

function* submissions() {
  for (let d = 0; d < 90; d += 1) {
    let part = '';
    for (let s = 0; s < senders; s += 1) {
      const hour = String((s * 7 + d) % 24).padStart(2, '0');
      part += `${day(d)}T${hour}:00:00Z,sender${s}@d${s % 40}.example,192.0.2.${s % 250},${tls[(s + (d % 9 === 0)) % 3]},Basic,<${d}-${s}@a>\n`;
    }
    yield part;
  }
}

function* flows() {
  for (let d = 0; d < 90; d += 1) {
    let part = '';
    for (let h = 0; h < 24; h += 1) {
      for (let c = 0; c < 12; c += 1) {
        part += `${day(d)}T${String(h).padStart(2, '0')}:00:00Z,${c % 2 ? 'Inbound' : 'Outbound'},Connector ${c},Partner,${tls[(c + h) % 4]},<${d}-${h}-${c}@b>\n`;
      }
    }
    yield part;
  }
}

const files = [
  await write('senders.csv', 'date,sender address,client ip,tls version,authentication protocol,message id', submissions()),
  await write('connectors.csv', 'date,direction,connector,connector type,tls version,message id', flows()),
];
const site = await addresses();
const browser = await launch();
try {
  const page = await browser.newPage({ locale: 'en-US', viewport: { width: 1440, height: 900 } });
  await page.goto(site.hosted);
  await started(page);
  await choose(page, files);
  await whenDone(page, 1, 600_000);
  /** Sets the fragment and gives the milliseconds until what changed is painted. */
  const change = (hash, part) =>
    page.evaluate(
      ([hash, part]) =>
        new Promise((resolve) => {
          let start;
          const observer = new MutationObserver(() => {
            observer.disconnect();
            requestAnimationFrame(() => requestAnimationFrame(() => resolve(performance.now() - start)));
          });
          observer.observe(document.querySelector(part), { childList: true, subtree: true });
          start = performance.now();
          location.hash = hash;
        }),
      [hash, part],
    );
  const measure = async (name, part, hashes) => {
    await page.evaluate((hash) => (location.hash = hash), hashes[1]);
    await page.waitForSelector(part);
    await page.waitForTimeout(3_000);
    const times = [];
    for (let round = 0; round < 20; round += 1) {
      times.push(await change(hashes[round % 2], part));
      // What is unusual is looked for after the picture.
      await page.waitForTimeout(2_000);
    }
    times.sort((a, b) => a - b);
    console.log(`${name}: median ${times[10].toFixed(0)} ms, slowest ${times[19].toFixed(0)} ms`);
  };
  const connector = '#/connector-report?v=1&days=90';
  const sender = '#/smtp-auth-clients-report?v=1&days=90';
  await measure('Connector report, chart', '.report-body', [`${connector}&by=tls`, connector]);
  await measure('Connector report, sort', '.report-rows', [`${connector}&view=table&sort=-volume`, `${connector}&view=table&sort=name`]);
  await measure('SMTP Auth clients report, chart', '.report-body', [`${sender}&by=tls`, sender]);
  await measure('SMTP Auth clients report, one domain', '.report-body', [`${sender}&show=domain:d1.example`, sender]);
  await measure('SMTP Auth clients report, sort', '.report-rows', [`${sender}&view=table&sort=-volume`, `${sender}&view=table&sort=name`]);
  const ready = '#/readiness?v=1&days=90';
  await measure('Readiness, another policy', '.report-body', [`${ready}&policy=no-tls`, ready]);
  const filtered = `${ready}&filter=all(client~starts~192.0.2.1)`;
  await measure('Readiness, another policy of what a filter leaves', '.report-body', [`${filtered}&policy=no-tls`, filtered]);
} finally {
  await browser.close();
  site.server.close();
  site.server.closeAllConnections();
  rmSync(folder, { recursive: true });
}
