import { encode } from 'uqr';

/** Light modules that a reader wants around the code (ISO/IEC 18004: four). */
const QUIET_ZONE = 4;

/** A text as a QR code that a phone reads from the screen; `label` says what it is to who does not see it. */
export function QrCode({ text, label }: { text: string; label: string }) {
  // Of level M 15 % may be hidden, by a reflection say.
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  return (
    <svg class="qr-code" viewBox={`0 0 ${size} ${size}`} role="img" aria-label={label} shape-rendering="crispEdges">
      {/* Dark on light whatever the page's colours are: readers expect it. */}
      <rect width={size} height={size} fill="#fff" />
      <path d={data.map(rowPath).join('')} fill="#000" />
    </svg>
  );
}

/** A rectangle for each run of dark modules in a row. */
function rowPath(row: readonly boolean[], y: number): string {
  const runs = row
    .map((dark) => (dark ? '#' : ' '))
    .join('')
    .matchAll(/#+/g);
  return [...runs].map(({ index, 0: { length } }) => `M${index} ${y}h${length}v1h-${length}z`).join('');
}
