/** The listing of these files, which have to be in its order. */
import { ListingBuilder, type FileListing } from '#engine/sources/file-listing';
import type { ListedFile } from '#engine/sources/listed-file';

export function listingOf(files: Iterable<ListedFile>): FileListing {
  const builder = new ListingBuilder();
  for (const file of files) builder.add(file);
  return builder.build();
}
