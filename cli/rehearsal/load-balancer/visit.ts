import type { ServerResponse } from 'node:http';
import { failureKindOf } from '../../../src/scenario/failures';
import type { TrafficRecord } from '../traffic/traffic-record';

/** Writes down that a client has asked for something, and how that ends for it. */
export interface Visit {
  /** To be called once: with the status of the answer, or 0 where there was none to the end. */
  end(statusCode: number): void;
}

/** A request that has just come in. */
export function beginVisit(record: TrafficRecord): Visit {
  const sinceMillis = performance.now();
  record.question();
  return {
    end: (statusCode) => {
      if (statusCode === 0) record.failure('other');
      else if (statusCode >= 500) record.failure(failureKindOf(statusCode));
      else record.answer((performance.now() - sinceMillis) / 1000);
    },
  };
}

/** The same where the answer says itself when it is over. */
export function noteVisit(record: TrafficRecord, response: ServerResponse): void {
  const visit = beginVisit(record);
  response.once('close', () => visit.end(response.writableFinished ? response.statusCode : 0));
}
