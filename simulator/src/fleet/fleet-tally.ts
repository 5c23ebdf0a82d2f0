/** What a run did, for its summary. */
export interface FleetTally {
  kept: number;
  unanswered: number;
  /** Pushes not kept, by the terminal's code; `not-running` is a push on a terminal that is switched off. */
  notKept: Record<string, number>;
  kills: number;
  reboots: number;
  cuts: number;
}

export function emptyTally(): FleetTally {
  return { kept: 0, unanswered: 0, notKept: {}, kills: 0, reboots: 0, cuts: 0 };
}

export function describeTally({ kept, unanswered, notKept, kills, reboots, cuts }: FleetTally): string {
  const refused = Object.entries(notKept).map(([code, count]) => `${code} ${count}`);
  return [
    `kept ${kept}`,
    `unanswered ${unanswered}`,
    ...refused,
    `kills ${kills}`,
    `reboots ${reboots}`,
    `cuts ${cuts}`,
  ].join(', ');
}
