/** Hands a text to the browser's own way of saving files: no host is asked, and no network. */
export function downloadText(fileName: string, text: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/plain;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = fileName;
  link.click();
  // The download has its own hold on the bytes once it began, which is after this turn.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** A name as a file name any system takes. */
export function asFileName(name: string): string {
  return (
    name.replace(/(?:[^\p{L}\p{N}._-]|\p{Default_Ignorable_Code_Point})+/gu, '-').replace(/^[-.]+|[-.]+$/g, '') ||
    'archive'
  );
}
