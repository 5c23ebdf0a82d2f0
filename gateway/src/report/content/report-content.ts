import type { Rating } from '@hymio/protocol';
import type { Language } from '../../registry/registry.js';
import type { Interval } from '../../statistics/interval.js';
import type { Definition } from '../definition.js';

/**
 * A weekly report in the words of one language, without a form: what the page, the PDF and the mail show, in order.
 * Whatever a reader can see stands here, so that all of them say the same.
 */
export interface ReportContent {
  language: Language;
  /** Weekly report, week 47 of 2026 */
  title: string;
  /** What it is about: a service point, a group, the organisation. */
  subject: string;
  /** The days that the week covers. */
  period: string;
  /** What must be known before anything else is read: the week is not over, an earlier issue was corrected. */
  notices: readonly Phrase[];
  sections: readonly ContentSection[];
}

export interface ContentSection {
  /** Kebab-case, the same in all languages: the anchor of a page. */
  id: string;
  title: string;
  blocks: readonly ContentBlock[];
}

export type ContentBlock =
  /** `figure`: the sentence that the report is for. `note`: said beside the numbers. */
  | { kind: 'paragraph'; role: 'figure' | 'text' | 'note'; phrase: Phrase }
  | { kind: 'list'; items: readonly ContentItem[] }
  | { kind: 'subheading'; text: string }
  | { kind: 'table'; table: ContentTable }
  | { kind: 'chart'; chart: ContentChart }
  | { kind: 'definitions'; entries: readonly { definition: Definition; term: string; text: string }[] };

/** Text of one line or paragraph; `definition`: what the numbers in it mean is explained there. */
export interface Phrase {
  text: string;
  definition?: Definition;
}

export interface ContentItem extends Phrase {
  items?: readonly Phrase[];
}

/** The first cell of a row is its header. */
export interface ContentTable {
  caption: string;
  columns: readonly ContentColumn[];
  rows: readonly (readonly ContentCell[])[];
  /** `wide`: many columns of a narrow number, such as the hours of a day. */
  shape: 'plain' | 'wide';
}
export interface ContentColumn {
  text: string;
  /** Numbers stand to the right. */
  numeric?: boolean;
  /** What its numbers mean is explained there. */
  definition?: Definition;
}
export interface ContentCell {
  text: string;
  /** Said smaller, on a line of its own. */
  detail?: string;
  /** A smiley is drawn before the text, which says the same. */
  rating?: Rating;
  /** Four counts, very unhappy first: drawn as smileys with numbers. */
  ratings?: readonly [number, number, number, number];
  /** 0 worst … 1 best: shaded so; the text says the same. */
  shade?: number;
  /** A share, 0…1, drawn as a small bar beside the text, which says the same. */
  bar?: number;
  /** Said with weight. In the first cell of a row: the row stands out. */
  strong?: boolean;
  /** Id of the service point whose own report tells more: a link where there is something to follow it to. */
  servicePoint?: string;
}

/** A drawing, and the same in words (`alternative`) and numbers (`table`). Shares 0…1. */
export type ContentChart = {
  alternative: string;
  table: ContentTable;
} & (
  | { kind: 'ratings'; ratings: readonly [number, number, number, number] }
  | {
      kind: 'trend';
      /** What stands below the labels: week. */
      axis: string;
      points: readonly TrendPoint[];
      /** Lines across, lowest first, the first and last being the ends of the axis. */
      ticks: readonly { share: number; text: string }[];
    }
);

export interface TrendPoint {
  /** As it stands below the axis: 47 */
  label: string;
  /** Null where there were too few answers. */
  value: { share: number; interval: Interval } | null;
}
