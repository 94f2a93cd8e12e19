/** What belongs to an event, in groups with names. */
import type { RelatedEvent, RelatedEvents } from '#contract/events';

export interface RelatedGroup {
  readonly id: keyof RelatedEvents;
  readonly title: string;
  /** One sentence: how these belong to the event. */
  readonly sentence: string;
  readonly events: readonly RelatedEvent[];
}

/** The groups that have an event in them, in the order they are told. */
export function relatedGroups(related: RelatedEvents, isInsight: boolean): readonly RelatedGroup[] {
  const groups: readonly RelatedGroup[] = [
    {
      id: 'versions',
      title: 'Conflicting versions',
      sentence: 'Events with this ID and different content: versions of one event, or different calls.',
      events: related.versions,
    },
    {
      id: 'duplicates',
      title: related.duplicates.length === 1 ? 'Duplicate' : 'Duplicates',
      sentence: 'The same event in another place.',
      events: related.duplicates,
    },
    {
      id: 'shared',
      title: isInsight ? 'Other end of the insight' : 'View of the other account',
      sentence: 'The same action, by its sharedEventID.',
      events: related.shared,
    },
    { id: 'amends', title: 'Amends', sentence: 'The event that this one adds to.', events: related.amends },
    { id: 'amendedBy', title: 'Amended by', sentence: 'Events that add to this one later.', events: related.amendedBy },
  ];
  return groups.filter(({ events }) => events.length > 0);
}
