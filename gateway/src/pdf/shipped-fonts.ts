import { createRequire } from 'node:module';
import { fontUnreadable } from './font-unreadable.js';

const FAMILY = '@expo-google-fonts/source-sans-3';
const STYLES = ['400Regular', '600SemiBold', '700Bold'];

/** Files of the fonts that documents are set in, which come with the gateway. Errors: HymioError `pdf-font-unreadable`. */
export function shippedFonts(): string[] {
  const require = createRequire(import.meta.url);
  try {
    return STYLES.map((style) => require.resolve(`${FAMILY}/${style}/SourceSans3_${style}.ttf`));
  } catch (error) {
    throw fontUnreadable(FAMILY, error);
  }
}
