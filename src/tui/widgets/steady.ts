import stringWidth from 'string-width';

/**
 * What is dropped: emoji that are joined to another, controls, what is never seen (joiners, selectors, direction marks, fillers, tags), what
 * only changes the look of the sign before it (skin tones, keycaps), and line separators. Flags and half characters are replaced.
 */
const UNSTEADY =
  /\u200d\p{Extended_Pictographic}|[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Zl}\p{Zp}\p{Emoji_Modifier}\p{Me}]|\p{Regional_Indicator}|\p{Cs}/gu;

/** Signs that join the letter after them, of scripts in which some terminals give the two one place and some two. */
const PREPENDED =
  /[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\u0d4e\u{110bd}\u{110cd}\u{111c2}\u{111c3}\u{1193f}\u{11941}\u{11a3a}\u{11a84}-\u{11a89}\u{11d46}\u{11f02}]/gu;

/** Parts of Hangul syllables that make no whole one: vowels and ends that some terminals give a cell and some none, then begins that pile up. */
const STRAY_ENDS = /[\u1160-\u11ff\ud7b0-\ud7ff]/g;
const STRAY_BEGINS = /[\u1100-\u115f\ua960-\ua97c](?=[\u1100-\u115f\ua960-\ua97c\uac00-\ud7a3])/g;

/** Signs that take a cell beside the letter that they belong to; beside a letter of two cells some terminals give them none. */
const SPACING = /[\p{Mc}\u0e33\u0eb3]/u;
const SPACINGS = /[\p{Mc}\u0e33\u0eb3]/gu;

/** Marks with nothing before them that they could stand on: some take a cell for them, some do not. */
const LEADING_MARKS = /^\p{M}+/u;

const clusters = new Intl.Segmenter();

const REGIONAL_A = 0x1f1e6;

/**
 * The text with nothing in it of which terminals disagree how many cells it takes: of joined emoji the first stands for all, a flag is its
 * two letters. What is left is as wide as its characters together, so that no border is pushed out of its column.
 */
export function steady(text: string): string {
  const joined = text.replace(UNSTEADY, replacement).replace(PREPENDED, '').normalize('NFC');
  const plain = joined.replace(STRAY_ENDS, '');
  const spaced = SPACING.test(plain) ? withoutLostSpacing(plain) : plain;
  return spaced.replace(STRAY_BEGINS, '').replace(LEADING_MARKS, '').normalize('NFC');
}

function withoutLostSpacing(text: string): string {
  return Array.from(clusters.segment(text), ({ segment }) => {
    const [first = ''] = segment;
    return stringWidth(first) === 2
      ? first + segment.slice(first.length).replace(SPACINGS, '')
      : segment;
  }).join('');
}

function replacement(found: string): string {
  const code = found.codePointAt(0) ?? 0;
  if (code >= REGIONAL_A && code < REGIONAL_A + 26) {
    return String.fromCharCode(code - REGIONAL_A + 65);
  }
  return code >= 0xd800 && code <= 0xdfff ? '\ufffd' : '';
}
