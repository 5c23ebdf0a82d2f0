import { createRequire } from 'node:module';
import type { MqttClient } from 'mqtt';

const require = createRequire(import.meta.url);
const library: { default: typeof MqttClient } = require('mqtt/lib/client');

/**
 * The MQTT client alone. The package's entry also loads websockets, proxies and TLS: 5 MB of memory and more that a
 * terminal does not need.
 */
export const LeanClient = library.default;
