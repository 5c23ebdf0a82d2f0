import { HymioError } from '@hymio/protocol';

/** What of a service point everybody may see. Off until staff switch it on. */
export interface PublicSetting {
  servicePoint: string;
  enabled: boolean;
  /** Parts that can be left out. */
  show: {
    /** The question that was asked. */
    question: boolean;
    /** How often each face was pressed, where the numbers allow it. */
    faces: boolean;
    /** What was changed because of the answers. */
    changes: boolean;
  };
}

/** Of a service point that nobody has switched on. */
export function defaultPublicSetting(servicePoint: string): PublicSetting {
  return { servicePoint, enabled: false, show: { question: true, faces: true, changes: true } };
}

/** The place that it is about. */
export function placeOfPublicSetting({ servicePoint }: PublicSetting): { kind: 'service-point'; id: string } {
  return { kind: 'service-point', id: servicePoint };
}

/** Throws `unknown-service-point` where there is none. */
export function checkPublicSetting({ servicePoint }: PublicSetting, servicePointKnown: boolean): void {
  if (servicePointKnown) return;
  throw new HymioError(
    'unknown-service-point',
    `There is no service point ${servicePoint}.`,
    'Choose one that exists.',
  );
}
