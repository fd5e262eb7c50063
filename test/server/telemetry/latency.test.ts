import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { latenciesBy } from '../../../server/telemetry/latency.ts';

describe('latenciesBy', () => {
  it('tells how often, how long, and within what most of it lies', async () => {
    const histogram = new Histogram({
      name: 'x',
      help: 'x',
      labelNames: ['stage', 'status'] as const,
      buckets: [0.01, 0.1, 1],
      registers: [new Registry()],
    });
    for (let n = 0; n < 19; n += 1) histogram.observe({ stage: 'rank', status: '200' }, 0.02);
    histogram.observe({ stage: 'rank', status: '500' }, 0.62);
    histogram.observe({ stage: 'engine', status: '200' }, 30);
    const found = await latenciesBy(histogram, 'stage');
    expect(found.get('rank')).toMatchObject({ times: 20, mostlyWithinMs: 100 });
    expect(found.get('rank')!.meanMs).toBeCloseTo(50);
    expect(found.get('engine')).toMatchObject({ times: 1, mostlyWithinMs: null });
    expect(found.size).toBe(2);
  });
});
