// Every view of the page and every state that a person may meet it in, in one table: what must hold of all of them
// (everyone.test.mjs, design.test.mjs) goes through it, and so do pictures (tools/screenshot.mjs --views).
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { choose, whenDone } from './support.mjs';

const two = (number) => String(number).padStart(2, '0');
const long = 'Partner of many words whose administrator wrote the whole agreement into the name of the connector ';
const flowHead = 'date,direction,connector,connector type,tls version,forced tls,sender address,recipient address,client ip,message id\n';
const authHead = 'date,senderName,senderDomain,authMethod,original_client_ip,tls_version,tls_cipher,message_count,message_id\n';

/** Writes files that between them fill every view: 40 days, each TLS state, long names, and files that cannot be read. */
export function writeData(folder = mkdtempSync(join(tmpdir(), 'mailflow-views-'))) {
  const write = (name, text) => {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  };
  let serial = 0;
  const id = () => `<${(serial += 1)}@a.example>`;
  const days = Array.from({ length: 40 }, (_, day) => new Date(Date.UTC(2026, 7, 1 + day)).toISOString().slice(0, 10));
  const connectors = [
    ['Inbound', 'Contoso partner', 'Partner', ['TLS1_2', 'TLS1_3', 'TLS1_0']],
    ['Inbound', `"${long.repeat(2)}"`, 'Partner', ['TLS1_0', 'TLS1_0', 'No TLS']],
    ['Inbound', '', 'NoConnector', ['TLS1_3', 'TLS1_2', 'No TLS', '']],
    ['Outbound', 'Smarthost Berlin', 'OnPremises', ['TLS1_2', 'TLS1_1']],
    ['Outbound', '', 'NoConnector', ['TLS1_3', 'TLS1_2', 'No TLS']],
    ['Inbound', 'Branch office', '', ['TLS1_2', '']],
  ];
  const flow = days.flatMap((day, at) =>
    connectors.flatMap(([direction, name, type, versions], which) =>
      Array.from({ length: 2 + ((at * 7 + which * 5) % 9) }, (_, n) => {
        const direct = which === 2 && n === 0 && at % 5 === 0;
        const sender = direct ? 'ceo@office.example' : direction === 'Inbound' ? `a@peer${which}.example` : 'ceo@office.example';
        const recipient = direction === 'Inbound' ? 'b@office.example' : `b@far${n}.example`;
        return [`${day}T0${n % 10}:00:00Z`, direction, name, type, versions[(at + n) % versions.length], '', sender, recipient, `198.51.100.${n}`, id()].join(',');
      }),
    ),
  );
  const sender = (at, name, version, method, ip, many) =>
    Array.from({ length: many }, (_, n) =>
      `${days[at]} ${two(8 + (n % 12))}:${two(n % 60)}:00,${name},office.example,${method},${ip},${version},TLS_AES_256_GCM_SHA384,1,<${name}${at}.${n}@office>`,
    );
  const auth = days.flatMap((_, at) => [
    ...sender(at, 'scanner', 'TLS1.0', 'Basic Authentication', '192.0.2.7', 2),
    ...sender(at, 'erp', 'TLS1.2', 'Basic Authentication', '192.0.2.8', at === 37 ? 60 : 3),
    ...sender(at, `a-service-account-with-a-very-long-name-${'x'.repeat(60)}`, 'TLS1.3', 'Modern authentication', '192.0.2.9', 2),
    ...sender(at, 'printer', at % 2 ? 'TLS1.1' : 'No Tls', 'Basic Authentication', '2001:db8::7', 1),
  ]);
  const trace = Array.from({ length: 60 }, (_, n) =>
    `<erp37.${n}@office>,${days[37]}T${two(8 + (n % 12))}:${two(n % 60)}:00Z,erp@office.example,customer${n}@shop.example,Order ${n},Delivered,198.51.100.9,192.0.2.8,20480,aaaaaaaa-0000-4000-8000-${String(n).padStart(12, '0')}`,
  );
  const paths = [
    write('all/Contoso/flow.csv', `${flowHead + flow.join('\n')}\nyesterday,Inbound,,,TLS1_2,,,,,<broken@a.example>\n`),
    write('all/Contoso/auth.csv', `${authHead + auth.join('\n')}\n`),
    write('all/Fabrikam/trace.csv', `MessageId,Received,SenderAddress,RecipientAddress,Subject,Status,ToIP,FromIP,Size,MessageTraceId\n${trace.join('\n')}\n`),
    write('all/photo.jpg', Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 16, 74, 70, 73, 70])),
    'tests/samples/tls-report.json',
    'tests/samples/tls-report-odd.json',
    'tests/samples/received-postfix.eml',
  ];
  const undated = write('counts.csv', 'Sender address,Message count\na@office.example,12\n');
  const ambiguous = write('days.csv', `${flowHead}03/04/2026 10:00:00,Inbound,Contoso,Partner,TLS1_2,,,,,<o@a.example>\n`);
  const unknown = write('zeit.csv', `Zeit,direction,connector,tls version,message id\n2026-09-03T10:00:00Z,Inbound,Contoso,TLS1_2,<z@a.example>\n`);
  // Long enough to be looked at while it is read.
  const slow = () => write('slow.csv', flowHead + `2026-09-03T10:00:00Z,Inbound,${'x'.repeat(4_000)},Partner,TLS1_2,,,,,<s@a.example>\n`.repeat(30_000));
  return { paths, unknown, undated, ambiguous, slow, remove: () => rmSync(folder, { recursive: true }) };
}

const dialog = (page) => page.locator('dialog[open]');
/** A button or link of either language. */
const press = async (scope, name) => scope.getByRole('button', { name }).or(scope.getByRole('link', { name })).first().click();
const opens = (name, within = 'main') => async (page) => {
  await press(page.locator(within), name);
  await dialog(page).waitFor();
};
const at = (hash, ready = 'main h1') => async (page) => {
  await page.evaluate((to) => (location.hash = to), hash);
  await page.locator(ready).first().waitFor();
  await answered(page);
};
const then = (...steps) => async (page) => {
  for (const step of steps) await step(page);
};
/** The answer to the question of the address is on the page. */
const answered = (page) =>
  page.waitForFunction(() => !/^(Loading…|불러오는 중…)$/m.test(document.querySelector('main').innerText));
/** Looks at the last day or week of a chart. */
const pointed = async (page) => {
  await page.locator('[role=application]').first().focus();
  await page.keyboard.press('End');
  await page.locator('.readout').first().waitFor();
};
const opensRow = async (page) => {
  // The answer may draw the rows anew under the pointer: then a person clicks again.
  const look = async () => {
    await page.locator('tbody .row-name').first().click();
    await dialog(page).waitFor({ timeout: 5_000 });
  };
  await look().catch(look);
  await page.waitForFunction(() => document.querySelector('dialog[open] :is(table, dl, ul)'));
};

const details = /^(View details|세부 정보 보기)$/;

/** Before a file is read. */
export const first = [
  ['start', async () => {}],
  ['start, all of it open', (page) => page.evaluate(() => document.querySelectorAll('details').forEach((part) => (part.open = true)))],
  ['paste', opens(/^(Paste text|텍스트 붙여넣기)…$/)],
  ['paste, nothing to read', then(opens(/^(Paste text|텍스트 붙여넣기)…$/), (page) => press(dialog(page), /^(Read|읽기)$/))],
  ['connect', opens(/^(Connect|연결)$/)],
];

/** Once `data.paths` are read: the name of a view and how it is reached. What a dialog hides is closed by Escape before. */
export const views = [
  ['dashboard', at('#')],
  ['dashboard, a file open', then(at('#'), (page) => page.getByRole('button', { name: 'flow.csv' }).first().click())],
  ['dashboard, the path of a mail', then(at('#'), (page) => page.getByRole('button', { name: 'received-postfix.eml' }).click())],
  ['mail flow flyout', then(at('#'), async (page) => page.locator('main').getByRole('button', { name: details }).first().click())],
  ['SMTP AUTH flyout', then(at('#'), async (page) => page.locator('main').getByRole('button', { name: details }).nth(1).click())],
  ['settings', then(at('#'), opens(/^(Settings|설정)…$/))],
  ['settings that are wrong', then(at('#'), opens(/^(Settings|설정)…$/), async (page) => {
    await page.locator('#time-zone').fill('Nowhere');
    await press(dialog(page), /^(Apply|적용)$/);
    await page.locator('[aria-invalid]').waitFor();
  })],
  ['organizations', then(at('#'), opens(/^(Organizations|조직)…$/))],
  ['save', then(at('#'), opens(/^(Save analysis|분석 저장)…$/))],
  ['readiness', at('#/readiness?v=1&days=all', '.readiness-table')],
  ['readiness, all listed', at('#/readiness?v=1&days=all&policy=no-tls&untold=list', '.readiness-table')],
  ['readiness row', then(at('#/readiness?v=1&days=all', '.readiness-table'), opensRow)],
  ['connector report', at('#/connector-report?v=1&days=all', '.day-chart .drawing')],
  ['connector report, a day and a menu', then(at('#/connector-report?v=1&days=all', '.day-chart .drawing'), pointed, (page) => page.locator('.menu summary').first().click())],
  ['connector report, TLS', at('#/connector-report?v=1&days=all&by=tls', '.pie')],
  ['connector report, trend', at('#/connector-report?v=1&days=all&by=trend', '.week-chart .drawing')],
  ['connector report, a week', then(at('#/connector-report?v=1&days=all&by=trend', '.week-chart .drawing'), pointed)],
  ['connector report, table of the trend', at('#/connector-report?v=1&days=all&by=trend&view=table', '.report-table')],
  ['connector table', at('#/connector-report?v=1&days=all&view=table', '.report-table')],
  ['connector row', then(at('#/connector-report?v=1&days=all&view=table', '.report-table .row-name'), opensRow)],
  ['connector report, nothing in the period', at('#/connector-report?v=1&from=2020-01-01&to=2020-01-07')],
  ['connector report, ends before it starts', at('#/connector-report?v=1&from=2026-08-20&to=2026-08-07')],
  ['connector report, one day', at('#/connector-report?v=1&from=2026-08-20&to=2026-08-20')],
  ['senders report', at('#/smtp-auth-clients-report?v=1&days=all', '.day-chart .drawing')],
  ['senders report, TLS', at('#/smtp-auth-clients-report?v=1&days=all&by=tls', '.pie')],
  ['senders report, trend', at('#/smtp-auth-clients-report?v=1&days=all&by=trend', '.week-chart .drawing')],
  ['senders table', at('#/smtp-auth-clients-report?v=1&days=all&view=table', '.report-table')],
  ['sender row', then(at('#/smtp-auth-clients-report?v=1&days=all&view=table&search=erp', '.report-table .row-name'), opensRow)],
  ['sender row, trend', then(at('#/smtp-auth-clients-report?v=1&days=all&by=trend', '.week-chart .drawing'), async (page) => {
    await page.locator('main').getByRole('button', { name: /^(scanner|printer)@/ }).first().click();
    await dialog(page).getByRole('application').first().waitFor();
  })],
  ['messages of a sender', then(at('#/smtp-auth-clients-report?v=1&days=all&view=table&search=erp', '.report-table .row-name'), opensRow, async (page) => {
    await press(dialog(page), /^(Show messages|메시지 표시)$/);
    await dialog(page).locator('.sent-table .row-name, .sent-table tbody tr:not(.space)').first().waitFor();
  })],
  ['domains report', at('#/domains-report?v=1&days=all', '.day-chart .drawing')],
  ['domains table', at('#/domains-report?v=1&days=all&view=table', '.report-table')],
  ['domain row', then(at('#/domains-report?v=1&days=all&view=table', '.report-table .row-name'), opensRow)],
  ['hosts table', at('#/hosts-report?v=1&days=all&view=table')],
  ['direct send report', at('#/direct-send-report?v=1&days=all')],
  ['direct send table', at('#/direct-send-report?v=1&days=all&view=table', '.report-table')],
  ['direct send row', then(at('#/direct-send-report?v=1&days=all&view=table', '.report-table .row-name'), opensRow)],
  ['filter', then(at('#/connector-report?v=1&filter=all(sender-domain~ends~.example,any(tls~is~1.0,share-none~gt~5),volume~between~1~900)'), opens(/^(Change filter|필터 변경)$/))],
  ['filter that makes no sense', then(at('#/connector-report?v=1'), opens(/^(Add filter|필터 추가)$/), async (page) => {
    await page.locator('[id^=filter-field]').selectOption('volume');
    await press(dialog(page), /^(Apply|적용)$/);
    await page.locator('[aria-invalid]').waitFor();
  })],
  ['filter that nothing passes', at('#/connector-report?v=1&filter=all(sender-domain~is~nobody.example)')],
  ['audit report', at('#/audit-report?v=1&days=all', '.paper h3')],
  ['keys', then(at('#'), opens(/^(Keyboard shortcuts|바로 가기 키)$/, 'header'))],
  ['request', then(at('#/smtp-auth-clients-report?v=1'), opens(/^(Request report|보고서 요청)$/))],
];

/** Goes through `list`, and calls `look` with the name of each. */
export async function walk(page, list, look) {
  for (const [name, go] of list) {
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await go(page);
    await page.evaluate(() => scrollTo(0, 0));
    await look(name);
  }
}

/** The end of the next import. */
async function imported(page, start) {
  const count = Number(await page.locator('html').getAttribute('data-import-count'));
  await start();
  await whenDone(page, count + 1);
}

/** Reads `data`, and goes through every view there is. */
export async function walkAll(page, data, look) {
  await walk(page, first, look);
  await page.keyboard.press('Escape');
  await choose(page, data.paths);
  await whenDone(page);
  await walk(page, views, look);
  const dashboard = async () => {
    await page.keyboard.press('Escape');
    await dialog(page).waitFor({ state: 'hidden' });
    await at('#')(page);
  };

  // What a file is asked.
  for (const [name, path] of [['map columns', data.unknown], ['period', data.undated], ['date order', data.ambiguous]]) {
    await dashboard();
    await imported(page, () => choose(page, path));
    await dialog(page).waitFor();
    await page.waitForFunction(() => document.querySelector('dialog[open] :is(select, input)'));
    await look(name);
  }

  // Several organizations.
  await dashboard();
  await press(page.locator('main'), /^(Organizations|조직)…$/);
  for (const [at, name] of ['Contoso', 'Contoso', 'Fabrikam'].entries()) await dialog(page).locator('input').nth(at).fill(name);
  await imported(page, () => press(dialog(page), /^(Apply|적용)$/));
  await dialog(page).waitFor({ state: 'hidden' });
  await look('overview');
  await at('#/?v=1&organization=Contoso', '.card')(page);
  await look('an organization');
  await at('#/connector-report?v=1&days=all&organization=Contoso', '.day-chart .drawing')(page);
  await look('report of an organization');
  await at('#/?v=1&organization=Nobody')(page);
  await look('an organization that is not there');

  // What is remembered, and may be opened.
  await dashboard();
  await page.getByRole('checkbox', { name: /Remember on this device|이 기기에 기억/ }).check();
  await page.getByText(/^(Remembered|기억됨): /).waitFor();
  await page.reload();
  await whenDone(page);
  await look('remembered');
  await press(page.locator('main'), /^(Start over|처음부터)/);
  await page.locator('.kept').waitFor();
  await look('remembered, to be opened');
  await press(page.locator('.kept'), /^(Forget|지우기)$/);
  await page.locator('.kept p').waitFor();
  await look('forgotten');

  // The sample says that it is one.
  await imported(page, () => press(page.locator('main'), /sample data|샘플 데이터/));
  await look('sample');
  await at('#/smtp-auth-clients-report?v=1&days=all', '.day-chart .drawing')(page);
  await look('sample, senders report');

  // While it is read; what is cancelled is said.
  await dashboard();
  await imported(page, async () => {
    await choose(page, data.slow());
    await page.locator('.progress').waitFor();
    await look('reading');
    // It may be through by now.
    await page.locator('.progress').getByRole('button').click({ timeout: 1_000 }).catch(() => {});
  });
}
