import { describe, expect, it } from 'vitest';
import { FormatDetection } from '#engine/formats/format-detection';

describe('the format of a file', () => {
  it('is that of its events, whatever it looked like before', () => {
    const detection = new FormatDetection();
    detection.looksLike('other');
    detection.listOf('records');
    detection.ignored('digest');
    detection.event('splunk');
    detection.event('splunk');
    expect([detection.format, detection.isIgnored]).toEqual(['splunk', false]);
    detection.event('records');
    expect([detection.format, detection.isIgnored]).toEqual(['mixed', false]);
  });

  it('is that of its first list where nothing else was found', () => {
    const detection = new FormatDetection();
    expect([detection.format, detection.isIgnored]).toEqual([null, false]);
    detection.listOf('records');
    detection.listOf('splunk');
    expect([detection.format, detection.isIgnored]).toEqual(['records', false]);
    detection.other();
    expect([detection.format, detection.isIgnored]).toEqual([null, false]);
  });

  it('is what it first looked like where it has no events', () => {
    const detection = new FormatDetection();
    detection.looksLike('os-metadata');
    detection.looksLike('digest');
    detection.listOf('records');
    expect([detection.format, detection.isIgnored, detection.ignoredCount]).toEqual(['os-metadata', true, 0]);
  });

  it('is ignored with digests alone, and not with anything else beside them', () => {
    const detection = new FormatDetection();
    detection.ignored('digest');
    detection.ignored('other');
    expect([detection.format, detection.isIgnored, detection.ignoredCount]).toEqual(['digest', true, 2]);
    detection.other();
    expect([detection.format, detection.isIgnored]).toEqual(['digest', false]);
  });
});
