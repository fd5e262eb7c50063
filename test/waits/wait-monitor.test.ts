import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findLongWaits } from './print-waits.ts';
import type { WaitMonitor } from './wait-monitor.ts';
import { startWaitMonitor } from './wait-monitor.ts';

let server: Server;
let monitor: WaitMonitor;
let asked: number;
let answer: { status: number; headers: Record<string, string> };

beforeEach(async () => {
  asked = 0;
  answer = { status: 200, headers: {} };
  server = createServer((_request, response) => {
    asked += 1;
    response.writeHead(answer.status, answer.headers).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  monitor = startWaitMonitor(`http://127.0.0.1:${port}`, { search: '/s', article: '/a' });
  await askedAgain();
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

/** Until each of the six kinds was asked some times more. */
async function askedAgain(): Promise<void> {
  for (const before = asked; asked < before + 24;) await sleep(20);
}

describe('the wait monitor', () => {
  it('says beside which attack a thread stood still', async () => {
    monitor.attack('standstill');
    await askedAgain();
    for (const end = performance.now() + 1_000; performance.now() < end;);
    await askedAgain();
    monitor.attack('another');
    await askedAgain();
    const report = await monitor.end();
    expect(report.byAttack['standstill']!.longest).toBeGreaterThan(300);
    // Each of the six kinds would have asked some times meanwhile.
    expect(report.byAttack['standstill']!.p99).toBeGreaterThan(300);
    expect(findLongWaits(report)).toContainEqual(expect.stringContaining('“standstill”'));
  });

  it('counts who is told to come back apart from who gets a wrong answer', async () => {
    monitor.attack('busy');
    answer = { status: 503, headers: { 'Retry-After': '1' } };
    await askedAgain();
    monitor.attack('broken');
    answer = { status: 503, headers: {} };
    await askedAgain();
    monitor.attack('not measured', 'none');
    await askedAgain();
    const { byAttack } = await monitor.end();
    expect(byAttack['busy']!.away).toBeGreaterThan(0);
    expect(byAttack['broken']!.failed).toBeGreaterThan(0);
    expect(byAttack['broken']!.failure).toContain('503');
    expect(byAttack['not measured']).toBeUndefined();
  });
});
