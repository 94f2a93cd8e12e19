/** Saves a text by the browser's own download: without the host, and without the network. */
export function downloadText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download keeps the bytes once it has begun, which is after this task.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name as a file name that every system accepts. */
export function asFileName(name: string): string {
  return (
    name.replace(/(?:[^\p{L}\p{N}._-]|\p{Default_Ignorable_Code_Point})+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') ||
    'archive'
  );
}
