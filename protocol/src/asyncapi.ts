import * as z from 'zod';
import { EVENT_MESSAGES } from './asyncapi/event-messages.js';
import { GATEWAY_MESSAGES } from './asyncapi/gateway-messages.js';
import { TERMINAL_MESSAGES } from './asyncapi/terminal-messages.js';
import type { WireMessage } from './asyncapi/wire-message.js';
import { TERMINAL_ID_PATTERN } from './terminal-id.js';
import { TOPIC_PREFIX } from './topic.js';

/** Version of wire format v1's description: grows with what is added; receivers ignore what they do not know. */
const WIRE_VERSION = '1.2.0';
const MQTT_BINDING_VERSION = '0.2.0';
const QOS = 1;
/** Who reads events is told while it listens; what it missed it reads from the HTTP interface. */
const EVENT_QOS = 0;

const MESSAGES = [...TERMINAL_MESSAGES, ...GATEWAY_MESSAGES, ...EVENT_MESSAGES];

/** The wire format as an AsyncAPI 3.0 document, made from the schemas that terminal and gateway check messages with. */
export function asyncApiDocument(): Record<string, unknown> {
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Hymiö wire format',
      version: WIRE_VERSION,
      description:
        'MQTT topics between smiley terminals and their gateway. Works on MQTT 3.1.1. JSON in UTF-8; receivers ignore ' +
        'fields that they do not know. Every operation is given from both sides: `terminal…` and `gateway…`; ' +
        '`reader…` is a program that listens to the events of the gateway.',
      license: { name: 'MIT' },
    },
    defaultContentType: 'application/json',
    servers: { broker: server() },
    channels: byKind((message) => channel(message)),
    operations: Object.fromEntries(MESSAGES.flatMap((message) => operations(message))),
    components: {
      messages: byKind((message) => messageObject(message)),
      schemas: byKind(({ schema }) => payload(schema)),
    },
  };
}

function byKind(make: (message: WireMessage) => unknown): Record<string, unknown> {
  return Object.fromEntries(MESSAGES.map((message) => [message.kind, make(message)]));
}

function server(): unknown {
  return {
    host: '127.0.0.1:1883',
    protocol: 'mqtt',
    protocolVersion: '3.1.1',
    description: "The gateway's embedded broker, or any MQTT broker that gateway and terminals are pointed at.",
    bindings: {
      mqtt: {
        clientId: 'hymio-{terminal}',
        cleanSession: true,
        lastWill: { topic: address('availability'), qos: QOS, message: 'offline', retain: true },
        bindingVersion: MQTT_BINDING_VERSION,
      },
    },
  };
}

function address(kind: string): string {
  return `${TOPIC_PREFIX}/{terminal}/${kind}`;
}

function channel({ kind, title, summary, event }: WireMessage): unknown {
  return {
    address: event?.address ?? address(kind),
    title,
    summary,
    parameters: {
      ...(event && { place: { description: event.place, examples: ['health/clinics/kallio'] } }),
      ...(event?.address.includes('{terminal}') === false ? {} : { terminal: terminalParameter() }),
    },
    messages: { [kind]: { $ref: `#/components/messages/${kind}` } },
  };
}

function terminalParameter(): unknown {
  return { description: `Id of the terminal: ${TERMINAL_ID_PATTERN.source}`, examples: ['kallio-1'] };
}

/** One operation for the side that sends and one for the side that receives. */
function operations(message: WireMessage): [string, unknown][] {
  const to = message.from === 'terminal' ? 'gateway' : message.event === undefined ? 'terminal' : 'reader';
  return [operation(message, message.from, 'send'), operation(message, to, 'receive')];
}

function operation(message: WireMessage, side: string, action: 'send' | 'receive'): [string, unknown] {
  const { kind, summary, description, retained, event } = message;
  const qos = event === undefined ? QOS : EVENT_QOS;
  const mqtt = { qos, ...(action === 'send' && { retain: retained }), bindingVersion: MQTT_BINDING_VERSION };
  const name = `${side}${action === 'send' ? 'Sends' : 'Receives'}${kind[0]?.toUpperCase()}${kind.slice(1)}`;
  return [
    name,
    {
      action,
      channel: { $ref: `#/channels/${kind}` },
      summary,
      description,
      tags: [{ name: side }],
      bindings: { mqtt },
      messages: [{ $ref: `#/channels/${kind}/messages/${kind}` }],
    },
  ];
}

function messageObject({ kind, title, summary, contentType, examples }: WireMessage): unknown {
  return { name: kind, title, summary, contentType, payload: { $ref: `#/components/schemas/${kind}` }, examples };
}

function payload(schema: z.ZodType): unknown {
  const { $schema: _, ...body } = z.toJSONSchema(schema, { target: 'draft-7', io: 'input' });
  return body;
}
