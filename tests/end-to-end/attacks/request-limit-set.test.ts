import { afterAll, describe, expect, it } from 'vitest';
import { GatewayProgram, writeGatewayConfig } from '../../support/gateway-program.js';
import { readMetrics, sampleValue } from '../../support/metrics-text.js';
import { TestBench } from '../../support/test-bench.js';

const MOST = 60;

describe('the requests that a configuration allows an address', () => {
  const bench = new TestBench('request-limit');
  afterAll(() => bench.clear());

  it('are answered, those beyond are refused, and /metrics counts them', async () => {
    const http = { listen: '127.0.0.1:0', trustedProxies: ['127.0.0.1'], requestsPerMinute: MOST };
    const gateway = await GatewayProgram.start(bench, writeGatewayConfig(bench, 'limited', { more: { http } }));
    const from = (address: string, path: string) =>
      fetch(`${gateway.http}${path}`, { headers: { 'x-forwarded-for': address } });
    const answers = await Promise.all(
      Array.from({ length: MOST + 3 }, async () => {
        const response = await from('203.0.113.5', '/api/v1/terminals');
        await response.text();
        return response.status;
      }),
    );
    const refused = answers.filter((status) => status === 429).length;
    expect(answers.filter((status) => status === 200).length + refused).toBe(MOST + 3);
    expect(refused).toBe(3);
    const samples = readMetrics(await (await from('203.0.113.6', '/metrics')).text());
    const labels = { method: 'GET', route: '/api/v1/terminals', status: '429' };
    expect(sampleValue(samples, 'hymio_http_request_duration_seconds_count', labels)).toBe(refused);
  });
});
