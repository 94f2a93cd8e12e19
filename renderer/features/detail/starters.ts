/** Queries to begin with, where no event is chosen yet. */
import { texts } from './texts';

export interface Starter {
  readonly question: string;
  readonly query: string;
}

/** What somebody asks of any archive first. */
export const starters: readonly Starter[] = [
  {
    question: texts.starters.logging,
    query: 'event:(StopLogging OR DeleteTrail OR UpdateTrail OR PutEventSelectors OR DeleteFlowLogs OR DeleteDetector)',
  },
  {
    question: texts.starters.credentials,
    query: 'event:(CreateAccessKey OR CreateLoginProfile OR UpdateLoginProfile OR CreateUser OR CreateRole)',
  },
  { question: texts.starters.signIns, query: 'event:(ConsoleLogin OR SwitchRole OR GetFederationToken)' },
  { question: texts.starters.root, query: 'kind:Root' },
  { question: texts.starters.failed, query: 'class:error' },
  { question: texts.starters.changes, query: 'class:write' },
];

/** The story of the sample archive, in the order in which it is found out. */
export const sampleStarters: readonly Starter[] = [
  { question: texts.starters.sampleWho, query: 'event:(StopLogging OR DeleteTrail)' },
  { question: texts.starters.sampleWhat, query: 'identity:svc-backup-sync class:write' },
  { question: texts.starters.sampleWhere, query: 'ip:203.0.113.66' },
  { question: texts.starters.sampleRepair, query: 'event:(CreateTrail OR StartLogging)' },
];
