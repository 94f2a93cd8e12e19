/** What belongs to an event, in groups with names. */
import type { RelatedEvent, RelatedEvents } from '#contract/events';
import { texts } from './texts';

export interface RelatedGroup {
  readonly id: keyof RelatedEvents;
  readonly title: string;
  /** One sentence: how these belong to the event. */
  readonly sentence: string;
  readonly events: readonly RelatedEvent[];
}

/** The groups that have an event in them, in the order they are shown. */
export function relatedGroups(related: RelatedEvents, isInsight: boolean): readonly RelatedGroup[] {
  const groups: readonly RelatedGroup[] = [
    { id: 'versions', ...texts.related.versions, events: related.versions },
    {
      id: 'duplicates',
      title: texts.related.duplicates.title(related.duplicates.length),
      sentence: texts.related.duplicates.sentence,
      events: related.duplicates,
    },
    {
      id: 'shared',
      title: isInsight ? texts.related.shared.otherEnd : texts.related.shared.otherAccount,
      sentence: texts.related.shared.sentence,
      events: related.shared,
    },
    { id: 'amends', ...texts.related.amends, events: related.amends },
    { id: 'amendedBy', ...texts.related.amendedBy, events: related.amendedBy },
  ];
  return groups.filter(({ events }) => events.length > 0);
}
