/**
 * Mean waits and waiting probabilities of queues with a closed form. Rates are per second, times in seconds; a queue
 * that grows without end waits Infinity. Source: Kleinrock, Queueing Systems I (1975); Erlang 1917; Pollaczek 1930.
 */

/** Probability that all of `servers` are busy and a request is turned away: Erlang B, by its recurrence. */
export function erlangB(servers: number, offered: number): number {
  let blocked = 1;
  for (let server = 1; server <= servers; server++) blocked = (offered * blocked) / (server + offered * blocked);
  return blocked;
}

/** Probability that a request must wait for one of `servers`: Erlang C. 1 where the queue has no steady state. */
export function erlangC(servers: number, offered: number): number {
  if (offered >= servers) return 1;
  const blocked = erlangB(servers, offered);
  return (servers * blocked) / (servers - offered * (1 - blocked));
}

export interface Servers {
  readonly arrivalsPerS: number;
  /** Mean time of one request in service. */
  readonly serviceS: number;
  readonly servers: number;
}

const spare = ({ arrivalsPerS, serviceS, servers }: Servers): number => servers / serviceS - arrivalsPerS;

/** Mean wait in M/M/c: C / (cμ − λ). */
export const meanWaitS = (queue: Servers): number => {
  const left = spare(queue);
  return left > 0 ? erlangC(queue.servers, queue.arrivalsPerS * queue.serviceS) / left : Number.POSITIVE_INFINITY;
};

/** Wait that a share of the requests stays within in M/M/c: P(W > t) = C · e^−(cμ−λ)t. */
export function waitPercentileS(queue: Servers, share: number): number {
  const left = spare(queue);
  if (left <= 0) return Number.POSITIVE_INFINITY;
  const waiting = erlangC(queue.servers, queue.arrivalsPerS * queue.serviceS);
  return Math.max(0, Math.log(waiting / (1 - share)) / left);
}

/** Mean wait in G/G/c, approximate, by the squared variations of gaps and service (Allen and Cunneen 1990). */
export const burstyWaitS = (queue: Servers, gapVariation: number, serviceVariation: number): number =>
  ((gapVariation ** 2 + serviceVariation ** 2) / 2) * meanWaitS(queue);

/** Mean wait in M/G/1: λ·E[S²] / 2(1 − ρ) (Pollaczek and Khinchine); variation 0 is M/D/1, 1 is M/M/1. */
export const singleServerWaitS = (arrivalsPerS: number, serviceS: number, serviceVariation: number): number => {
  const load = arrivalsPerS * serviceS;
  if (load >= 1) return Number.POSITIVE_INFINITY;
  return (arrivalsPerS * serviceS ** 2 * (1 + serviceVariation ** 2)) / (2 * (1 - load));
};

/** Probability that more than `most` are present where the number present is Poisson of that mean; in logarithms, for large means. */
export function poissonAbove(mean: number, most: number): number {
  if (mean === 0) return 0;
  let logTerm = -mean;
  let sum = Math.exp(logTerm);
  for (let count = 1; count <= most; count++) {
    logTerm += Math.log(mean / count);
    sum += Math.exp(logTerm);
  }
  return Math.max(0, 1 - sum);
}
