import { gatewayConfigSchema } from '@hymio/gateway';
import { describe, expect, it } from 'vitest';

const GOOD = '127.0.0.1:1883';
const faults = (mqtt: object, http: object) => {
  const read = gatewayConfigSchema.safeParse({ data: 'd', mqtt, http, identity: { names: ['hymio.example.org'] } });
  return read.error?.issues.map(({ path, message }) => `${path.join('.')}: ${message}`) ?? [];
};

describe('an address to listen on that is none', () => {
  it.each(['127.0.0.1', 'localhost', ':8080', 'a:b:1883', '::1:8080', 'http://127.0.0.1:80', '127.0.0.1:port', ''])(
    '%j is named by its key, wherever it stands',
    (listen) => {
      const fault = 'write it as 127.0.0.1:8080';
      expect(faults({ listen: GOOD }, { listen })).toEqual([`http.listen: ${fault}`]);
      expect(faults({ listen }, { listen: GOOD })).toEqual([`mqtt.listen: ${fault}`]);
      expect(faults({ listen: GOOD, tls: 'own', plain: listen }, { listen })).toEqual([
        ...[`mqtt.plain: ${fault}`, `http.listen: ${fault}`],
      ]);
    },
  );
});
